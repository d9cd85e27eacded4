import * as fc from 'fast-check';

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

/** Any text, encoded for a URL or wrongly so. */
export const encoded = fc.oneof(
  fc.constantFrom(...encodedTexts),
  fc
    .string({ unit: 'binary', maxLength: 60 })
    .map((text) => encodeURIComponent(text.toWellFormed())),
  fc
    .tuple(fc.constantFrom('a', '%F0%9F%92%A3', '1', ',', '%00'), fc.integer({ min: 1, max: 600 }))
    .map(([text, times]) => text.repeat(times)),
);

/** What is no day. */
export const badDays = [
  '2025-02-30',
  '2025-02-29',
  '2025-13-01',
  '2025-00-10',
  '2025-1-1',
  '20250101',
  '+002025-01-01',
  'today',
  'infinity',
  '1999-12-31',
  '3000-01-01',
  '2025-03-01T00:00:00',
  '2025-03-01T00:00:00%2B23:00',
  '2025-03-01T00:00:00-15:59',
  '1999-12-31T23:59:59Z',
  '3000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-14:00',
  '1e3',
  '%00',
];
/** Ranges without a day. */
export const oddRanges: readonly (readonly [string, string])[] = [
  ['2025-03-02', '2025-03-01'],
  ['2025-03-01', '2025-03-01'],
  ['9999-12-31', '0001-01-01'],
];
/** Ranges that are longer than most endpoints allow, or than a calendar is. */
export const longRanges: readonly (readonly [string, string])[] = [
  ['0000-01-01', '2025-01-01'],
  ['0001-01-01', '9999-12-31'],
  ['2000-01-01', '2025-01-01'],
];
/** What is no time zone. */
export const badZones = [
  'Mars/Olympus',
  '%2B02:00',
  '%2B0200',
  'Europe',
  '../etc',
  'Etc%2FGMT%2B99',
  '%00',
  'x',
];
/** What is no limit. */
export const badLimits = [
  '0',
  '-1',
  '1000000000',
  'NaN',
  'Infinity',
  '1.5',
  '',
  'ten',
  '501',
  '0x10',
  '0b1',
  '1e2',
  '5.0',
  '%205',
  '5%20',
  '%2B5',
  '%EF%BC%95',
  '%00',
  '[]',
];
/** Accept headers that hardly anybody sends. */
export const oddAccepts = [
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
/** If-None-Match headers that are none. */
export const oddTags = [
  '"',
  'W/',
  '*, "x"',
  'W/"\\"',
  '"a" "b"',
  ','.repeat(3_000),
  'W/"x",'.repeat(500),
];
/** What may stand after a path by mistake or by malice. */
export const oddPaths = [
  '/',
  '//',
  '/..',
  '/%2e%2e',
  '.xml',
  '.JSON',
  '%00',
  ';x=1',
  '/x/y/z',
  '%2F',
  '%',
];
/** Methods that no endpoint takes. */
export const otherMethods = [
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
];
/** Authorization headers without a token of the issuer. */
export const badTokens = [
  '',
  'Bearer',
  'Bearer x',
  'Basic YTpi',
  'Bearer a.b.c',
  `Bearer ${'a'.repeat(5_000)}`,
];

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

/** Cursors with the print of a real one and other keys or days. */
export const tampered = (cursor: string): fc.Arbitrary<string> => {
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
