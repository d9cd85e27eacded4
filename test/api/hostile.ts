import fc from 'fast-check';
import type { Endpoint } from '@rookery/http/contract';
import { callerOf, targetOf, type Values } from './questions.ts';
import type { Caller } from './stack.ts';
import type { Wire } from './wire.ts';

/** A request that is wrong in one way; `refused` when no server may answer it with 2xx or 3xx. */
export type Hostile = {
  readonly what: string;
  readonly caller: Caller | undefined;
  readonly wish: Wire;
  readonly refused: boolean;
};

/** What a hostile request is made from: requests that are right, and cursors of this and other questions. */
export type Ground = {
  readonly tenantId: string;
  readonly params: readonly Values[];
  readonly cursors: readonly string[];
  /** Questions with the cursor of their second page. */
  readonly pages: readonly { readonly query: Values; readonly cursor: string }[];
};

// Encoded already; none of them holds a word that a leak would hold.
const encodedTexts = [
  '',
  '%00',
  'a%00b',
  '%FF%FE',
  '%ED%A0%80',
  '%',
  '%zz',
  '%25%30%30',
  '%E2%80%AE%F0%9F%92%A3',
  '%27%20or%201%3D1--',
  '%22%3B--',
  '%27%29%29%3B--',
  '%5C%27',
  '%24%7Bx%7D',
  '%7B%7B7*7%7D%7D',
  '..%2F..%2Fetc',
  '%2F',
  '%0D%0AX-Evil%3A%201',
  '%3Cscript%3E',
  'null',
  'undefined',
  'NaN',
  '__proto__',
  'constructor',
  '[object%20Object]',
  '%2C%2C%2C',
  '-1',
  '1e999',
  '99999999999999999999',
];

const encoded = fc.oneof(
  fc.constantFrom(...encodedTexts),
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc
    .tuple(fc.constantFrom('a', '%F0%9F%92%A3', '1', ',', '%00'), fc.integer({ min: 1, max: 600 }))
    .map(([text, times]) => text.repeat(times)),
);

const badDays = [
  '2025-02-30',
  '2025-02-29',
  '2025-13-01',
  '2025-00-10',
  '2025-1-1',
  '20250101',
  '+002025-01-01',
  '2025-01-01T00:00:00Z',
  'today',
  'infinity',
  '1e3',
  '%00',
];
const oddRanges: readonly (readonly [string, string])[] = [
  ['2025-03-02', '2025-03-01'],
  ['2025-03-01', '2025-03-01'],
  ['9999-12-31', '0001-01-01'],
];
const longRanges: readonly (readonly [string, string])[] = [
  ['0000-01-01', '2025-01-01'],
  ['0001-01-01', '9999-12-31'],
  ['2000-01-01', '2025-01-01'],
];
const badZones = ['Mars/Olympus', '%2B02:00', '%2B0200', 'Europe', '../etc', 'Etc%2FGMT%2B99', '%00', 'x'];
const badLimits = ['0', '-1', '1000000000', 'NaN', 'Infinity', '1.5', '', 'ten', '501', '%00', '[]'];
const oddAccepts = [
  'text/html',
  'application/xml;q=1',
  '*/*;q=0',
  'text/csv;header=absent',
  'application/json;q=0, */*;q=0.1',
  ';;;,,,',
  'a/b/c',
  '"',
  'text/csv;x="\\"',
  ',',
  '*',
  'x'.repeat(4_000),
  'a/a,'.repeat(1_000),
];
const oddTags = ['"', 'W/', '*, "x"', 'W/"\\"', '"a" "b"', ','.repeat(3_000), 'W/"x",'.repeat(500)];
const oddPaths = ['/', '//', '/..', '/%2e%2e', '.xml', '.JSON', '%00', ';x=1', '/x/y/z', '%2F', '%'];
const otherMethods = ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
const badTokens = ['', 'Bearer', 'Bearer x', 'Basic YTpi', 'Bearer a.b.c', `Bearer ${'a'.repeat(5_000)}`];

const key = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    '\0',
    "'",
    '2025-02-30',
    '0000-01-01',
    '2025-03-01',
    '0000-01-01T00:00:00.000000Z',
    '9999-12-31T23:59:59.999999Z',
    '-infinity',
  ),
  fc.constantFrom(0, -1, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, 1e-320),
  fc.double(),
  fc.constantFrom(null, true, {}, []),
);
const span = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(
    null,
    ['2025-01-01', '2025-01-02'],
    ['0000-01-01', '9999-12-31'],
    ['0001-01-01', '9999-12-31'],
    ['2025-01-02', '2025-01-01'],
    ['x', 'y'],
    {},
  ),
);

// The print of the question stays, so that what comes after it is looked at.
const tampered = (cursor: string): fc.Arbitrary<string> => {
  const [version, print, days, keys] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [
    number,
    string,
    unknown,
    unknown[],
  ];
  const others = fc.oneof(
    fc.tuple(fc.nat(keys.length - 1), key).map(([at, other]) => keys.with(at, other)),
    fc.array(key, { minLength: keys.length, maxLength: keys.length }),
    fc.array(key, { maxLength: 9 }),
  );
  return fc
    .tuple(others, span)
    .map(([other, range]) =>
      Buffer.from(
        JSON.stringify([version, print, range === undefined ? days : range, other]),
      ).toString('base64url'),
    );
};

const has = ({ query }: Endpoint, name: string): boolean => Object.hasOwn(query.shape, name);

/** Wrong requests of every kind that fits the endpoint, made from its contract alone. */
export const hostileTo = (endpoint: Endpoint, ground: Ground): fc.Arbitrary<Hostile> => {
  const right = callerOf(endpoint, ground.tenantId);
  const base = fc.constantFrom(...ground.params).map((params) => targetOf(endpoint, params));
  const names = Object.keys(endpoint.query.shape);
  const refuse =
    (what: string, refused: boolean) =>
    (wish: Wire): Hostile => ({ what, caller: right, wish, refused });
  const query = (what: string, refused: boolean, text: fc.Arbitrary<string>) =>
    fc
      .tuple(base, text)
      .map(([target, search]) => refuse(what, refused)({ target: `${target}?${search}` }));
  const header = (name: string, values: readonly string[]) =>
    fc
      .tuple(base, fc.constantFrom(...values))
      .map(([target, value]) => refuse(name, false)({ target, headers: { [name]: value } }));
  const either = (...texts: string[]) => fc.constantFrom(...texts);

  const kinds: (fc.Arbitrary<Hostile> | false)[] = [
    query(
      'an unknown parameter',
      true,
      fc
        .tuple(either('x', 'FROM', 'limit%5B%5D', 'from%00', 'constructor', 'tenant_id', '%F0%9F%92%A3'), encoded)
        .map((pair) => pair.join('=')),
    ),
    query(
      'thousands of unknown parameters',
      true,
      fc.integer({ min: 100, max: 1_500 }).map((n) =>
        Array.from({ length: n }, (_, i) => `x${i}`)
          .join('&')
          .slice(0, 8_000),
      ),
    ),
    names.length > 0 &&
      query(
        'a known parameter with any text',
        false,
        fc
          .array(fc.tuple(fc.constantFrom(...names), encoded), { minLength: 1, maxLength: 3 })
          .map((pairs) => pairs.map((pair) => pair.join('=')).join('&').slice(0, 8_000)),
      ),
    names.length > 0 &&
      query(
        'a parameter twice',
        false,
        fc
          .tuple(fc.constantFrom(...names), encoded, encoded)
          .map(([name, a, b]) => `${name}=${a}&${name}=${b}`),
      ),
    has(endpoint, 'from') &&
      query(
        'a day that is none',
        true,
        fc.tuple(either('from', 'to'), either('2025-02-30', '2025-02-29', 'today', ...badDays.filter((d) => !d.includes('T')))).map((pair) => pair.join('=')),
      ),
    has(endpoint, 'from') &&
      query('an empty range', true, fc.constantFrom(...oddRanges).map(([a, b]) => `from=${a}&to=${b}`)),
    has(endpoint, 'from') &&
      query(
        'a long range',
        false,
        fc.constantFrom(...longRanges).map(([a, b]) => `from=${a}&to=${b}`),
      ),
    has(endpoint, 'tz') &&
      query('a zone that is none', true, either(...badZones).map((zone) => `tz=${zone}`)),
    has(endpoint, 'limit') &&
      query('a limit that is none', true, either(...badLimits).map((limit) => `limit=${limit}`)),
    has(endpoint, 'sort') &&
      query(
        'a sort that is none',
        true,
        either('', '-', '--id', 'id,sent', '1', 'ID', 'tenant_id', '-%00', 'id%20desc').map(
          (sort) => `sort=${sort}`,
        ),
      ),
    has(endpoint, 'cursor') &&
      query('a cursor of another question', true, fc.oneof(
        fc.constantFrom(...ground.cursors, 'e30').map((cursor) => `cursor=${cursor}`),
        encoded.map((text) => `cursor=${text}`),
        fc
          .array(fc.oneof(fc.jsonValue(), fc.constantFrom(1, null, 'x', ['2025-01-01', '2025-01-02'])), { maxLength: 5 })
          .map((value) => `cursor=${Buffer.from(JSON.stringify(value)).toString('base64url').slice(0, 8_000)}`),
      )),
    ...ground.pages.map(({ query, cursor }) =>
      tampered(cursor).map((other) =>
        refuse(
          'a tampered cursor',
          false,
        )({ target: targetOf(endpoint, ground.params[0], { ...query, cursor: other }) }),
      ),
    ),
    fc
      .tuple(base, either('{}', 'x', '\0', '{"a":'), either('application/json', 'text/plain', 'image/png'))
      .map(([target, body, type]) =>
        refuse('a body', true)({ target, body, headers: { 'content-type': type } }),
      ),
    fc
      .tuple(base, fc.integer({ min: 60_000, max: 400_000 }))
      .map(([target, size]) =>
        refuse('a large body', true)({ target, body: size, headers: { 'content-type': 'text/plain' } }),
      ),
    fc
      .tuple(base, fc.constantFrom(...otherMethods), fc.boolean())
      .map(([target, method, withBody]) =>
        refuse('another method', true)({
          method,
          target,
          ...(withBody && method !== 'HEAD' && method !== 'TRACE' ? { body: '{}' } : {}),
        }),
      ),
    fc
      .tuple(base, fc.constantFrom(...oddPaths))
      .map(([target, end]) => refuse('another path', false)({ target: `${target}${end}` })),
    base.map((target) => refuse('a long URL', true)({ target: `${target}?x=${'y'.repeat(8_000)}` })),
    header('accept', oddAccepts),
    header('if-none-match', oddTags),
    header('x-request-id', ['', ' ', 'a b', 'ü', 'x'.repeat(4_000), '<b>', '"']),
    header('accept-encoding', ['', 'br;q=0, gzip;q=0', 'gzip;q=x', '*;q=NaN', ';', 'br;q=1e9', 'zstd']),
    fc.tuple(base, fc.constantFrom(...badTokens)).map(([target, authorization]) => ({
      what: 'a token that is none',
      caller: undefined,
      wish: { target, headers: { authorization } },
      refused: true,
    })),
    Object.keys(endpoint.params.shape).length > 0 &&
      fc.array(encoded, { minLength: 4, maxLength: 4 }).map((texts) => {
        let at = 0;
        const target = endpoint.path.replaceAll(/\{\w+\}/g, () => (texts[at++] ?? '').slice(0, 2_000));
        return refuse('a path parameter with any text', false)({ target });
      }),
  ];
  return fc.oneof(...kinds.filter((kind) => kind !== false));
};
