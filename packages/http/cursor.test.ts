import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDay } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { decodeCursor, encodeCursor } from './cursor.ts';

const range = { from: parseDay('2025-02-01'), to: parseDay('2025-03-01') };
const filters = { operation: 'listCampaigns', tenantId: 't1', sort: '-sent', status: ['a', 'b'] };
const base64url = (json: string): string => Buffer.from(json).toString('base64url');

const storable = fc
  .string({ unit: 'binary', maxLength: 200 })
  .filter((text) => text.isWellFormed() && !text.includes('\0'));
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const keys = fc.array(fc.oneof(storable, number), { minLength: 1, maxLength: 8 });

const codeOf = (text: string, asked: Readonly<Record<string, unknown>> = filters): string => {
  try {
    decodeCursor(text, asked);
    return 'read';
  } catch (error) {
    if (error instanceof Failure && error.kind === 'invalid') return error.code;
    throw error;
  }
};

test('a cursor gives back the keys and the range it was made of, and fits a URL', () => {
  fc.assert(
    fc.property(keys, fc.constantFrom(range, undefined), (keys, range) => {
      const cursor = encodeCursor({ filters, keys, range });

      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodeCursor(cursor, filters)).toEqual({ keys, range });
    }),
  );
});

test('the order in which filters are named does not matter, what is undefined is not there', () => {
  const cursor = encodeCursor({ filters: { a: 1, b: { c: 2, d: 3 } }, keys: ['x'], range });

  expect(codeOf(cursor, { b: { d: 3, c: 2 }, e: undefined, a: 1 })).toBe('read');
});

test.each([
  { ...filters, operation: 'listMailboxes' },
  { ...filters, tenantId: 't2' },
  { ...filters, sort: 'sent' },
  { ...filters, status: ['a,b'] },
  { ...filters, status: ['b', 'a'] },
  { ...filters, from: '2025-01-01' },
  { operation: 'listCampaigns', tenantId: 't1', sort: '-sent' },
  {},
])('a cursor is refused with other filters: %j', (other) => {
  expect(codeOf(encodeCursor({ filters, keys: [1, 'c1'], range }), other)).toBe('cursor-mismatch');
});

const print = /"([\w-]{16})"/.exec(
  Buffer.from(encodeCursor({ filters, keys: ['x'] }), 'base64url').toString(),
)?.[1];
const days = '["2025-02-01","2025-03-01"]';

test('the cursors below would be read but for what is wrong with them', () => {
  expect(codeOf(base64url(`[1,"${print}",${days},["x"]]`))).toBe('read');
  expect(codeOf(base64url(`[1,"${print}",null,["x",-1.5e300,"${'y'.repeat(7_000)}"]]`))).toBe(
    'read',
  );
});

test.each([
  '',
  ' ',
  'null',
  '.',
  'A',
  base64url('null'),
  base64url('{}'),
  base64url('[]'),
  base64url('{"__proto__":{"length":4}}'),
  base64url(`{"0":1,"1":"${print}","2":null,"3":["x"],"length":4}`),
  base64url(`[2,"${print}",${days},["x"]]`),
  base64url(`["1","${print}",${days},["x"]]`),
  base64url(`[1,7,${days},["x"]]`),
  base64url(`[1,"${print}",${days},["x"],0]`),
  base64url(`[1,"${print}",${days}]`),
  base64url(`[1,"${print}",${days},[]]`),
  base64url(`[1,"${print}",${days},"x"]`),
  base64url(`[1,"${print}",${days},{"0":"x","length":1}]`),
  base64url(`[1,"${print}",${days},[1,2,3,4,5,6,7,8,9]]`),
  base64url(`[1,"${print}",${days},[null]]`),
  base64url(`[1,"${print}",${days},[true]]`),
  base64url(`[1,"${print}",${days},[["x"]]]`),
  base64url(`[1,"${print}",${days},[1e999]]`),
  base64url(`[1,"${print}",${days},["\\u0000"]]`),
  base64url(`[1,"${print}",${days},["\\ud800"]]`),
  base64url(`[1,"${print}",["2025-02-29","2025-03-01"],["x"]]`),
  base64url(`[1,"${print}",["2025-03-01","2025-03-01"],["x"]]`),
  base64url(`[1,"${print}",["2025-03-01"],["x"]]`),
  base64url(`[1,"${print}",[1,2],["x"]]`),
  base64url(`[1,"${print}","2025-03-01",["x"]]`),
  base64url(`[1,"${print}",null,["${'y'.repeat(7_500)}"]]`),
  base64url('['.repeat(7_400)),
  base64url(`${'['.repeat(3_700)}${']'.repeat(3_700)}`),
  base64url('{"a":'.repeat(1_400)),
  `${base64url(`[1,"${print}",${days},["x"]]`)}=`,
  `${base64url(`[1,"${print}",${days},["x"]]`)} `,
])('%s is malformed', (text) => {
  expect(codeOf(text)).toBe('cursor-malformed');
});

test('any text at all is malformed, of another list, or a cursor', () => {
  const json = fc.oneof(fc.json(), fc.json({ maxDepth: 40 })).map(base64url);
  const big = fc.string({ minLength: 9_000, maxLength: 11_000 });
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), json, big);

  fc.assert(
    fc.property(anything, (text) => {
      expect(codeOf(text)).toBe('cursor-malformed');
    }),
    { numRuns: 500 },
  );
});

test('a cursor that was changed is refused, or is one that could have been made', () => {
  fc.assert(
    fc.property(keys, fc.nat(), fc.string({ maxLength: 3 }), fc.nat(3), (keys, at, put, cut) => {
      const cursor = encodeCursor({ filters, keys, range });
      const start = at % cursor.length;
      const changed = cursor.slice(0, start) + put + cursor.slice(start + cut);

      const code = codeOf(changed);

      expect(['read', 'cursor-malformed', 'cursor-mismatch']).toContain(code);
      if (code !== 'read') return;
      const read = decodeCursor(changed, filters);
      expect(decodeCursor(encodeCursor({ filters, ...read }), filters)).toEqual(read);
    }),
    { numRuns: 2_000 },
  );
});
