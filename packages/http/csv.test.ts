import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLines, csvOf } from './csv.ts';
import { flattener, type Cell } from './flatten.ts';

const columns = ['id', 'name', 'count', 'rates.open', 'tags', 'live'];
const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const breaks = ['\t', '\r', '\n', '\0'];
const blanks = [' ', '  ', '\u00A0', '\u3000', '\uFEFF', '\u200B', '\u202E', '\u001F', '\v'];
const begins = [...signs, ...breaks, ...blanks.flatMap((blank) => [`${blank}=`, `${blank}@`])];

const scraps = [
  '"',
  '""',
  ',',
  ';',
  '\r\n',
  '\u2028',
  '\u2029',
  '\u0085',
  '\uFEFF',
  "'",
  ' ',
  'a',
  'é',
  '🐧',
];
const awkward = fc.constantFrom(...begins, ...scraps);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(awkward, { maxLength: 12 }).map((all) => all.join('')),
);
const row = fc.record({
  id: text,
  name: fc.option(text),
  count: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
  rates: fc.option(
    fc.record({ open: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })) }),
  ),
  tags: fc.array(text, { maxLength: 3 }),
  live: fc.boolean(),
});

const read = (csv: string): string[][] =>
  parse(csv, { record_delimiter: '\r\n', relax_column_count: false });

const isFormula = (text: string): boolean =>
  breaks.includes(text[0] ?? '') ||
  signs.includes(text.replaceAll(/[\s\p{Cc}\p{Cf}]/gu, '')[0] ?? '');

// What a reader of CSV sees of a cell; the apostrophe is the one thing that is added.
const seen = (cell: Cell): string => {
  if (cell === null) return '';
  const shown = String(cell);
  return typeof cell === 'string' && isFormula(shown) ? `'${shown}` : shown;
};

test('what a CSV reader gets is what JSON says, for any text', () => {
  const flat = flattener(columns);

  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
      expect(read(csvOf(columns, rows))).toEqual([
        columns,
        ...rows.map((each) => flat(each).map(seen)),
      ]);
    }),
    { numRuns: 1_000 },
  );
});

test('a table cut anywhere is the same table', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), fc.nat(6), (rows, at) => {
      expect(csvOf(columns, rows.slice(0, at)) + csvLines(columns, rows.slice(at))).toBe(
        csvOf(columns, rows),
      );
    }),
  );
});

test('a table of one column keeps its empty cells as lines', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ a: fc.option(text) }), { maxLength: 4 }), (rows) => {
      expect(read(csvOf(['a'], rows))).toHaveLength(rows.length + 1);
    }),
  );
});

test('no rows are a row of names', () => {
  expect(csvOf(['id', 'rates.open'], [])).toBe('id,rates.open\r\n');
  expect(csvLines(['id'], [])).toBe('');
});

test('lines end with CRLF and only what needs quotes has them', () => {
  const rows = [{ id: 'a', name: 'x, "y"', count: -5, live: false, rates: null }];

  expect(csvOf(columns, rows)).toBe(
    'id,name,count,rates.open,tags,live\r\na,"x, ""y""",-5,,,false\r\n',
  );
});

test.each(begins)('a text that begins with %j is no formula, a number stays one', (begin) => {
  const [cells] = read(
    csvLines(['text', 'number', 'small'], [{ text: `${begin}1`, number: -1, small: -1e-7 }]),
  );

  expect(cells).toEqual([`'${begin}1`, '-1', '-1e-7']);
});

test.each(["'=1", '1=1', ' 1=1', ' ', '', 'a-b', '["=1"]', ' "=1"'])(
  '%j is left as it is',
  (text) => {
    expect(read(csvLines(['text'], [{ text }]))).toEqual([[text]]);
  },
);
