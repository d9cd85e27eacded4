import type { Endpoint } from '@rookery/http/contract';
import { everyWrite, isOnce, targetOf, type Known, type Values } from './questions.ts';
import type { Wire } from './wire.ts';

/** A right request to an endpoint that changes something. */
export type Wish = { readonly title: string; readonly params: Values; readonly body: object };

// As the example of the contract has it, but of now: what is a month old is not taken.
const freshened = (body: object): object => {
  const now = new Date().toISOString();
  return JSON.parse(JSON.stringify(body), (name, value: unknown) =>
    name === 'time' || name === 'occurred_at' ? now : value,
  ) as object;
};

/** Every example of an endpoint, and where it names a thing that the tenant lacks, one that it has. */
export const wishesOf = ({ params: shape, examples }: Endpoint, known: Known): Wish[] =>
  examples.map(({ title, params = {}, body = {} }) => ({
    title,
    body: freshened(body),
    params: Object.fromEntries(
      Object.keys(shape.shape).map((name) => {
        const has = name === 'stream' ? [] : known.valuesOf(name);
        return [
          name,
          has.includes(params[name] ?? '') ? params[name]! : (has[0] ?? params[name] ?? ''),
        ];
      }),
    ) as Values,
  }));

/** The same as it goes over the wire. */
export const wishWire = (endpoint: Endpoint, { params, body }: Omit<Wish, 'title'>): Wire => ({
  method: endpoint.method,
  target: targetOf(endpoint, params),
  ...(endpoint.body === undefined
    ? {}
    : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
});

const isChange = (each: Endpoint): boolean => each.method === 'PATCH' || isOnce(each);

/**
 * The same wishes about every thing there is: what is changed is at another revision, and refuses whoever saw the one
 * before. Endpoints that change the same kind share its things out, and leave each other those of their examples.
 */
export const spread = (endpoint: Endpoint, wishes: Wish[], known: Known): Wish[] => {
  const [name] = Object.keys(endpoint.params.shape);
  if (!isChange(endpoint) || name === undefined) return wishes;
  const others = everyWrite
    .map(([, each]) => each.endpoint)
    .filter((each) => name in each.params.shape);
  const theirs = new Set(
    others
      .filter((each) => each !== endpoint)
      .flatMap(({ examples }) => examples.map(({ params }) => params?.[name])),
  );
  const changers = others.filter(isChange);
  const mine = known
    .valuesOf(name)
    .filter((value) => !theirs.has(value))
    .filter((_, i) => i % changers.length === changers.indexOf(endpoint));
  return wishes.flatMap((wish) => mine.map((value) => ({ ...wish, params: { [name]: value } })));
};
