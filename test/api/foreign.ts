import * as fc from 'fast-check';
import { roles } from '@rookery/http/identity';
import {
  paramNames,
  sortsOf,
  still,
  targetOf,
  type Known,
  type Operation,
  type Values,
} from './questions.ts';
import { tenants } from './seed.ts';

/** One question that names things of another tenant, and the same with things that nobody has. */
export type Case = {
  readonly operation: string;
  readonly allowed: boolean;
  readonly role: (typeof roles)[number];
  readonly target: string;
  /** The same question with ids that nobody has in the place of foreign ones. */
  readonly absent: string;
  readonly said: readonly string[];
  readonly nowhere: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
};

const nobodies = ['nobody-at-all', '987654321'];
/** An id of the same kind that nobody has. */
export const nobody = (value: string): string => nobodies[/^\d+$/.test(value) ? 1 : 0] ?? '';

const tricks: readonly Readonly<Record<string, string>>[] = [
  {},
  {},
  { 'x-tenant-id': tenants[1].tenant_id },
  { cookie: `tenant_id=${tenants[1].tenant_id}` },
  { 'x-amzn-oidc-identity': tenants[1].tenant_id },
  { accept: 'text/csv' },
  { 'if-none-match': '*' },
];

const mixed = (a: Values, b: Values, picks: readonly boolean[]): Values =>
  Object.fromEntries(
    Object.keys(a).map((name, at) => [
      name,
      (picks[at % picks.length] === true ? a : b)[name] ?? '',
    ]),
  );

/**
 * Questions of the first tenant about an operation: a path and filters, each value its own or of another tenant, and
 * what a caller might try in headers. `weightOf` is how often an operation should be asked: more where it takes ids.
 */
export const foreignQuestions = (mine: Known, theirs: Known) => {
  const marks = tenants.slice(1).map(({ mark }) => mark);
  const isForeign = (name: string, value: string): boolean =>
    marks.some((mark) => value.includes(mark)) ||
    // The places of a chain are everybody's: each reading of the audit makes one more.
    (name !== 'seq' &&
      (/^\d+$/.test(value) || name === 'error_id') &&
      !mine.valuesOf(name).includes(value));

  const swapped = (values: Values): Values =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        isForeign(name, value) ? nobody(value) : value,
      ]),
    );

  const filtersOf = ({ endpoint }: Operation): string[] =>
    Object.keys(endpoint.query.shape).filter(
      (name) => theirs.valuesOf(name).length > 0 && !['from', 'to'].includes(name),
    );

  const foreignFirst = (values: readonly Values[]): fc.Arbitrary<Values> => {
    const marked = values.filter((each) =>
      Object.entries(each).some(([name, value]) => isForeign(name, value)),
    );
    return fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(...values) },
      { weight: 3, arbitrary: fc.constantFrom(...(marked.length > 0 ? marked : values)) },
    );
  };

  const casesOf = (operation: Operation): fc.Arbitrary<Case> => {
    const { endpoint } = operation;
    const filter = (name: string): fc.Arbitrary<Values> =>
      fc.oneof(
        {
          weight: 3,
          arbitrary: foreignFirst(theirs.valuesOf(name).map((value) => ({ [name]: value }))),
        },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            {},
            ...mine.valuesOf(name).map((value) => ({ [name]: value })),
          ),
        },
      );
    const filters = filtersOf(operation);
    const query =
      filters.length === 0 ? fc.constant({}) : fc.constantFrom(...filters).chain(filter);
    return fc
      .record({
        role: fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(...endpoint.roles) },
          { weight: 1, arbitrary: fc.constantFrom(...roles) },
        ),
        a: foreignFirst(theirs.paramsOf(endpoint)),
        b: fc.constantFrom(...mine.paramsOf(endpoint)),
        picks: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
        filter: query,
        second: query,
        order: fc.constantFrom({}, ...sortsOf(endpoint).map((sort) => ({ sort }))),
        headers: fc.constantFrom(...tricks),
      })
      .map(({ role, a, b, picks, filter: one, second, order, headers }) => {
        const params = mixed(a, b, picks);
        const asked = { ...still(endpoint), ...second, ...one, ...order };
        const [otherParams, otherQuery] = [swapped(params), swapped(asked)];
        return {
          operation: operation.operation,
          allowed: endpoint.roles.includes(role),
          role,
          headers,
          target: targetOf(endpoint, params, asked),
          absent: targetOf(endpoint, otherParams, otherQuery),
          said: [...Object.entries(params), ...Object.entries(asked)]
            .filter(([name, value]) => isForeign(name, value))
            .map(([, value]) => value),
          nowhere: [...Object.values(otherParams), ...Object.values(otherQuery)].filter((value) =>
            nobodies.includes(value),
          ),
        };
      });
  };

  const weightOf = (operation: Operation): number =>
    filtersOf(operation).length + paramNames(operation.endpoint).length > 0 ? 4 : 1;
  return { casesOf, weightOf };
};
