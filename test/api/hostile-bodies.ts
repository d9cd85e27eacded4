import * as fc from 'fast-check';
import type { Endpoint } from '@rookery/http/contract';
import { summed } from '@rookery/lambda/api-key';
import { badTokens, encoded } from './hostile-values.ts';
import { callerOf, filledWith, paramNames, targetOf, withQuery, type Values } from './questions.ts';
import type { Hostile } from './hostile.ts';

/** What hostile bodies are made from: paths that are right, each with a body that is right. */
export type WriteGround = {
  readonly tenantId: string;
  readonly wishes: readonly { readonly params: Values; readonly body: object }[];
};

const json = { 'content-type': 'application/json' };
const mostBytes = 1_048_576;

const texts = [
  '',
  ' ',
  '{',
  '[]',
  'null',
  '0',
  '"x"',
  '{}{}',
  "{'items':[]}",
  '{"items":[{}],}',
  '\0',
  '\ufeff{}',
  '{"items":"x"}',
  '{"items":[]}',
  '{"items":{}}',
  '{"items":[{}],"tenant_id":"birch"}',
  '{"__proto__":{"items":[{}]}}',
] as const;

const types = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/jsonx',
  'application/ld+json',
  'multipart/form-data; boundary=x',
  'json',
] as const;

const badKeys = [
  'x',
  'rk_',
  'rk_.',
  `rk_YQ.0123456789abcdef_${'a'.repeat(49)}`,
  summed(`rk_YQ.0123456789abcdef_${'a'.repeat(43)}`),
  summed(`rk_${Buffer.from('\0').toString('base64url')}.0123456789abcdef_${'a'.repeat(43)}`),
  summed(`rk_${'a'.repeat(1_100)}.0123456789abcdef_${'a'.repeat(43)}`),
  summed(`rk_YR.0123456789abcdef_${'a'.repeat(43)}`),
];

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    -1,
    1e308,
    2 ** 53,
    2 ** 31,
    0.1,
    'a\0b',
    '\ud800',
    '{"$ref":"#"}',
    "'; --",
    'x'.repeat(30_000),
    '2025-02-30T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999Z',
    '+275760-09-13T00:00:00Z',
    'infinity',
    '1.2.3.4/8',
    'fe80::1%eth0',
    [],
    {},
    [null],
    { constructor: 1, toString: null },
    { '': '' },
    { zero: 1, '925': 2_000_000_000 },
  ),
);

// What is right, with one to three of its fields, at any depth of one, replaced, left out or added.
const spoilt = (right: Readonly<Record<string, unknown>>): fc.Arbitrary<object> =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...Object.keys(right), 'id', 'tenant_id', '__proto__', 'time', 'metadata'),
        fc.oneof(value, fc.constant(undefined)),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((changes) => {
      const fields = new Map(Object.entries(right));
      for (const [name, other] of changes) fields.set(name, other);
      return Object.fromEntries(fields);
    });

// What the list is called that a door takes.
const listOf = (right: object): 'items' | 'events' => ('events' in right ? 'events' : 'items');

const bodyLike = (right: object): fc.Arbitrary<unknown> => {
  const name = listOf(right);
  const items: unknown = new Map<string, unknown>(Object.entries(right)).get(name);
  const [first] = Array.isArray(items) ? (items as Record<string, unknown>[]) : [];
  const whole = fc.oneof(spoilt({ ...right }), value);
  if (first === undefined) return whole;
  const each = fc.oneof({ weight: 3, arbitrary: spoilt(first) }, { weight: 1, arbitrary: value });
  return fc.oneof(
    { weight: 1, arbitrary: whole },
    {
      weight: 4,
      arbitrary: fc.array(each, { minLength: 1, maxLength: 6 }).map((all) => ({ [name]: all })),
    },
  );
};

/** Wrong requests of every kind to an endpoint that takes a body, made from its contract and what is right. */
export const hostileBodiesTo = (endpoint: Endpoint, ground: WriteGround): fc.Arbitrary<Hostile> => {
  const caller = callerOf(endpoint, ground.tenantId);
  const { method } = endpoint;
  const name = listOf(ground.wishes[0]?.body ?? {});
  const right = fc
    .constantFrom(...ground.wishes)
    .map(({ params, body }) => ({ target: targetOf(endpoint, params), body }));
  const wrong = <T>(
    what: string,
    refused: boolean,
    values: fc.Arbitrary<T>,
    more: (given: T, target: string, body: object) => Partial<Hostile['wish']>,
  ): fc.Arbitrary<Hostile> =>
    fc.tuple(right, values).map(([{ target, body }, given]) => ({
      what,
      caller,
      refused,
      wish: {
        method,
        target,
        headers: json,
        body: JSON.stringify(body),
        ...more(given, target, body),
      },
    }));
  const stranger = (what: string, name: string, values: readonly string[]) =>
    wrong(what, true, fc.constantFrom(...values), (given) => ({
      headers: { ...json, [name]: given },
    })).map((each) => ({ ...each, caller: undefined }));

  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(...ground.wishes)
        .chain(({ params, body }) =>
          bodyLike(body).map((given) => ({ target: targetOf(endpoint, params), given })),
        )
        .map(({ target, given }) => ({
          what: 'a body that is nearly right',
          caller,
          refused: false,
          wish: { method, target, headers: json, body: JSON.stringify(given) ?? '' },
        })),
    },
    wrong('a body that is none', true, fc.constantFrom(...texts), (text) => ({
      body: text.replaceAll('items', name),
    })),
    wrong('another media type', true, fc.constantFrom(...types), (type) => ({
      headers: { 'content-type': type },
    })),
    wrong('no body', true, fc.constant(null), () => ({ body: '' })),
    wrong('a deep body', true, fc.integer({ min: 33, max: 200_000 }), (depth) => ({
      body: `{"${name}":${'['.repeat(depth)}${']'.repeat(depth)}}`,
    })),
    wrong('a large body', true, fc.integer({ min: 1, max: 400_000 }), (over) => ({
      body: `{"${name}":["${'x'.repeat(mostBytes + over)}"]}`,
    })),
    wrong('too many items', true, fc.integer({ min: 501, max: 20_000 }), (count) => ({
      body: `{"${name}":[${Array.from({ length: count }, () => '0').join(',')}]}`,
    })),
    wrong(
      'an unknown parameter',
      true,
      fc.constantFrom('tenant_id=x', 'x=%00', 'limit=1'),
      (search, target) => ({ target: withQuery(target, search) }),
    ),
    wrong(
      'a key that is none',
      true,
      fc.constantFrom('', ' ', 'a b', 'ü', 'x'.repeat(201)),
      (key) => ({ headers: { ...json, 'idempotency-key': key } }),
    ),
    ...(paramNames(endpoint).length === 0
      ? []
      : [
          wrong('a path parameter with any text', false, encoded, (text) => ({
            target: filledWith(endpoint, [text]),
          })),
        ]),
    stranger('a token that is none', 'authorization', badTokens),
    ...(endpoint.apiKey === undefined
      ? []
      : [stranger('an API key that is none', 'x-api-key', badKeys)]),
  );
};
