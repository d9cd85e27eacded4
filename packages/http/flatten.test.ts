import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { columnsOf, flattener } from './flatten.ts';

const rate = z.object({ value: z.number().nullable(), n: z.int() });
const schema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  tags: z.array(z.string()),
  rates: z.object({ open: rate, click: rate.nullable() }).optional(),
  live: z.boolean().default(false),
  before: z.object({ sent: z.int().nullable().optional() }).readonly().nullable(),
  extra: z.record(z.string(), z.unknown()),
  at: z.date(),
});
const columns = [
  'id',
  'name',
  'tags',
  'rates.open.value',
  'rates.open.n',
  'rates.click.value',
  'rates.click.n',
  'live',
  'before.sent',
  'extra',
  'at',
];

test('columns are the leaves of the schema in its order, through null and optional', () => {
  expect(columnsOf(schema)).toEqual(columns);
  expect(columnsOf(schema)).toBe(columnsOf(schema));
});

test('a name with a dot is refused: two columns could have it', () => {
  expect(() => columnsOf(z.object({ 'a.b': z.string(), a: z.object({ b: z.string() }) }))).toThrow(
    'a.b',
  );
});

test('a row becomes one cell a column, and keeps what is a number', () => {
  const row = {
    at: new Date('2025-03-10T12:00:00Z'),
    extra: { any: [1] },
    before: { sent: -5 },
    live: false,
    rates: { click: { n: 0, value: 0.5 }, open: { n: 3, value: null } },
    tags: ['a', 'b,c'],
    name: '',
    id: 'c1',
    unlisted: 'x',
  };

  expect(flattener(columns)(row)).toEqual([
    'c1',
    '',
    '["a","b,c"]',
    null,
    3,
    0.5,
    0,
    false,
    -5,
    '{"any":[1]}',
    '2025-03-10T12:00:00.000Z',
  ]);
});

test('an object that is null or missing leaves its columns empty and the others in place', () => {
  const cells = flattener(columns)({ id: 'c1', rates: { open: null }, before: null, tags: [] });

  expect(cells).toEqual(['c1', null, '[]', null, null, null, null, null, null, null, null]);
});

test('a number that JSON cannot say is nothing known, as in JSON', () => {
  expect(flattener(['a', 'b', 'c'])({ a: Number.NaN, b: Infinity, c: -0.5 })).toEqual([
    null,
    null,
    -0.5,
  ]);
});

test('what a row only inherits is not in it', () => {
  expect(flattener(['constructor', 'toString.name', '__proto__'])({ toString: {} })).toEqual([
    null,
    null,
    null,
  ]);
});

test('cells come in the order of the columns, whatever the order in the row', () => {
  const row = { a: 1, b: { c: 'x', d: null }, e: [true] };
  const flat = flattener(['b.d', 'a', 'e', 'b.c']);

  fc.assert(
    fc.property(fc.shuffledSubarray(Object.entries(row), { minLength: 3 }), (entries) => {
      expect(flat(Object.fromEntries(entries))).toEqual(flat(row));
    }),
  );
});
