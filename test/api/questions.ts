import * as z from 'zod';
import { operations } from '@rookery/http/api';
import type { Endpoint } from '@rookery/http/contract';
import { inParallel } from '../scenarios/chance.ts';
import type { Api, Caller } from './stack.ts';
import type { Answer, Wire } from './wire.ts';

/** An endpoint of the contract table with its name. */
export type Operation = (typeof operations)[number];

/** Values by name, of a path or a query. */
export type Values = Readonly<Record<string, string>>;

/** The operations that read; those that change something have a battery of their own. */
export const reads = operations.filter(({ endpoint }) => endpoint.method === 'GET');

/** The operations that change something. */
const writes = operations.filter(({ endpoint }) => endpoint.method !== 'GET');

/** One row for each operation, for test.each. */
export const everyOperation = operations.map((each) => [each.operation, each] as const);

/** One row for each operation that reads, for test.each. */
export const everyRead = reads.map((each) => [each.operation, each] as const);

/** One row for each operation that changes something, for test.each. */
export const everyWrite = writes.map((each) => [each.operation, each] as const);

// What an endpoint cannot be asked without, as its first example has it.
const requiredOf = ({ query, examples }: Pick<Endpoint, 'query' | 'examples'>): Values =>
  Object.fromEntries(
    Object.entries(query.shape).flatMap(([name, schema]): [string, string][] =>
      z.safeParse(schema, undefined).success ? [] : [[name, examples[0].query?.[name] ?? '']],
    ),
  );

/** The path and query of a request, encoded; what the query must have is there also when it is not given. */
export const targetOf = (
  { path, ...endpoint }: Pick<Endpoint, 'path' | 'query' | 'examples'>,
  params: Values = {},
  query: Values = {},
  suffix = '',
): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams({ ...requiredOf(endpoint), ...query }).toString();
  return `${filled}${suffix}${search === '' ? '' : `?${search}`}`;
};

/** The path of an endpoint filled with texts, encoded already. */
export const filledWith = ({ path }: Endpoint, texts: readonly string[]): string => {
  let at = 0;
  return path.replaceAll(/\{\w+\}/g, () => (texts[at++] ?? '').slice(0, 2_000));
};

/** A caller of a tenant in a role that the endpoint is for. */
export const callerOf = ({ roles }: Endpoint, tenantId: string): Caller => {
  const [role] = roles;
  if (role === undefined) throw new Error('an endpoint for nobody');
  return { tenantId, role };
};

/** The names of the path parameters of an endpoint. */
export const paramNames = ({ params }: Endpoint): string[] => Object.keys(params.shape);

/** The orders that a list can be asked in; none where it has only one. */
export const sortsOf = ({ query }: Endpoint): readonly string[] => {
  const sort = query.shape['sort'];
  const inner = sort instanceof z.ZodOptional ? sort.unwrap() : sort;
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
};

/** A target with more of a query, encoded already. */
export const withQuery = (target: string, search: string): string =>
  `${target}${target.includes('?') ? '&' : '?'}${search}`;

const queryNames = new Set(operations.flatMap(({ endpoint }) => Object.keys(endpoint.query.shape)));
const wanted = new Set([
  ...queryNames,
  ...operations.flatMap(({ endpoint }) => paramNames(endpoint)),
]);

// Every object of an answer as one record of the names that parameters have, with those of the objects around it.
const recordsIn = (
  value: unknown,
  around: Values,
  found: Map<string, Values>,
  idName?: string,
): void => {
  if (Array.isArray(value)) for (const each of value) recordsIn(each, around, found, idName);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const own = Object.entries(value).flatMap(([given, held]): [string, string][] => {
    const name = given === 'id' && idName !== undefined ? idName : given;
    return wanted.has(name) && (typeof held === 'string' || typeof held === 'number')
      ? [[name, String(held)]]
      : [];
  });
  const record = { ...around, ...Object.fromEntries(own) };
  if (Object.keys(record).length > 0) found.set(JSON.stringify(record), record);
  for (const held of Object.values(value)) recordsIn(held, record, found, idName);
};

// What a path below a list calls the `id` of its rows.
const idNameOf = ({ path }: Endpoint): string | undefined =>
  operations
    .filter(({ endpoint }) => endpoint.path.startsWith(`${path}/{`))
    .flatMap(({ endpoint }) => paramNames(endpoint))[0];

const jsonOf = ({ text }: Answer): unknown =>
  text.trimEnd().includes('\n')
    ? text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
    : JSON.parse(text);

/** What a tenant can find out by asking: values for the parameters of every endpoint. */
export type Known = {
  /** Up to 24 combinations of values that the endpoint has something under; one without values where its path has none. */
  readonly paramsOf: (endpoint: Endpoint) => readonly Values[];
  /** Every value seen under a name. */
  readonly valuesOf: (name: string) => readonly string[];
};

// More of a kind find nothing else.
const most = 24;

const uniqueOf = (all: readonly Values[]): Values[] => [
  ...new Map(all.map((each) => [JSON.stringify(each), each])).values(),
];

/**
 * Asks as a client would, lists first and then what they name, and keeps every value a parameter may take.
 * An id may be known without every endpoint having something under it; fails when one has nothing at all: then the seed
 * lacks something.
 */
export const explore = async (api: Api, tenantId: string): Promise<Known> => {
  const found = new Map<string, Values>();
  const working = new Map<string, Values[]>();
  const fitting = (endpoint: Endpoint): Values[] => {
    const names = paramNames(endpoint);
    const records = [...found.values()].filter((record) =>
      names.every((name) => record[name] !== undefined),
    );
    return uniqueOf(
      names.length === 0
        ? [{}]
        : records.map((record) =>
            Object.fromEntries(names.map((name) => [name, record[name] ?? ''])),
          ),
    ).slice(0, most);
  };
  // Those that there is something under.
  const tried = async (endpoint: Endpoint): Promise<Values[]> => {
    const right: Values[] = [];
    await inParallel(4, fitting(endpoint), async (params) => {
      const target = targetOf(endpoint, params);
      const answer = await api.ask(callerOf(endpoint, tenantId), { target });
      if (answer.status === 404 && paramNames(endpoint).length > 0) return;
      if (answer.status !== 200) throw new Error(`${target}: ${answer.status} ${answer.text}`);
      right.push(params);
      if (answer.text !== '') recordsIn(jsonOf(answer), params, found, idNameOf(endpoint));
    });
    return right;
  };
  let left: readonly Operation[] = reads;
  while (left.length > 0) {
    const before = left.length;
    for (const { operation, endpoint } of left) {
      const right = await tried(endpoint);
      if (right.length > 0) working.set(operation, right);
    }
    left = left.filter(({ operation }) => !working.has(operation));
    if (left.length === before)
      throw new Error(
        `no answer holds parameters for ${left.map(({ endpoint }) => endpoint.path).join(', ')}: seed some`,
      );
  }
  const nameOf = new Map(operations.map(({ operation, endpoint }) => [endpoint, operation]));
  return {
    paramsOf: (endpoint) => working.get(nameOf.get(endpoint) ?? '') ?? [],
    valuesOf: (name) => [...new Set([...found.values()].flatMap((record) => record[name] ?? []))],
  };
};

/** Every example of the contract; ids that the tenant does not have give way to ones that it has. */
export const examplesOf = (
  endpoint: Endpoint,
  known: Known,
): { readonly title: string; readonly params: Values; readonly query: Values }[] =>
  endpoint.examples.map(({ title, params = {}, query = {} }) => {
    const possible = known.paramsOf(endpoint);
    const given = possible.find((each) => JSON.stringify(each) === JSON.stringify(params));
    return { title, params: given ?? possible[0] ?? {}, query };
  });

/** A request for an endpoint that is right and can be repeated: its first example, without what it would change. */
export const wireOf = (endpoint: Endpoint, known: Known): Wire => {
  const { method, examples } = endpoint;
  const [{ params = {}, body }] = examples;
  const target = targetOf(endpoint, known.paramsOf(endpoint)[0] ?? params);
  if (body === undefined) return { method, target };
  const headers = { 'content-type': 'application/json' };
  const { revision, ...rest }: { readonly revision?: unknown } = body;
  const kept = revision === undefined ? rest : { revision };
  return { method, target, headers, body: JSON.stringify(kept) };
};

/** True when it can be done to a thing once: what is released stays so. */
export const isOnce = ({ path }: Endpoint): boolean => path.endsWith('/release');

/** True when the request that `wireOf` makes succeeds however often it is sent. */
export const isRepeatable = (endpoint: Endpoint): boolean => {
  const {
    method,
    body,
    examples: [{ body: right }],
  } = endpoint;
  return (
    method !== 'DELETE' &&
    !isOnce(endpoint) &&
    (right === undefined ||
      !('revision' in right) ||
      body?.safeParse({ revision: right.revision }).success === true)
  );
};

/** A day so many days before today, in UTC. */
export const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

const has = ({ query }: Endpoint, name: string): boolean => Object.hasOwn(query.shape, name);

/** A range that is over in every zone where an endpoint takes one: what is done while the test runs is not in it. */
export const still = (endpoint: Endpoint): Values =>
  has(endpoint, 'from') ? { from: daysAgo(60), to: daysAgo(1) } : {};

/** A question about a list with the cursor of its second page. */
export type SecondPage = { readonly query: Values; readonly cursor: string };

/**
 * The second page of a list in every order that it has; none where the endpoint has no pages. Fails when all fits on one.
 */
export const secondPages = async (
  api: Api,
  known: Known,
  tenantId: string,
  { endpoint }: Operation,
): Promise<SecondPage[]> => {
  if (!has(endpoint, 'cursor')) return [];
  const filter = { limit: '1', ...still(endpoint) };
  const orders = sortsOf(endpoint).map((sort) => ({ ...filter, sort }));
  const pages: SecondPage[] = [];
  for (const query of orders.length > 0 ? orders : [filter]) {
    const target = targetOf(endpoint, known.paramsOf(endpoint)[0], query);
    const { text } = await api.ask(callerOf(endpoint, tenantId), { target });
    const { next_cursor: cursor } = JSON.parse(text) as { next_cursor: string | null };
    if (cursor === null) throw new Error(`${target} has one page only: seed more`);
    pages.push({ query, cursor });
  }
  return pages;
};
