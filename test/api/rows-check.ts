import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';

/** A row as JSON has it. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of an NDJSON text; every line is ended. */
export const ndjsonRows = (text: string): Row[] => {
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);
};

const at = (row: Row, path: string): unknown => {
  let value: unknown = row;
  for (const key of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Row)[key] : undefined;
  return value;
};

/** A value as a cell of CSV, before any guard. */
export const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
};

// What a spreadsheet would run has an apostrophe before it.
const guarded = (text: string, isText: boolean): string =>
  isText && /^(?:[\t\r\n\0]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u.test(text) ? `'${text}` : text;

const leaves = (value: unknown, path: string): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, held]) =>
        leaves(held, path === '' ? key : `${path}.${key}`),
      )
    : [path];

/** The lines of a CSV text, that of the names first. */
export const csvRows = (text: string): string[][] => parse(text, { relaxColumnCount: false });

/** Checks that a CSV text holds these rows under these columns, and everything that is in them. */
export const expectSameRows = (
  csv: string,
  rows: readonly Row[],
  columns: readonly string[],
): void => {
  const [header, ...lines] = csvRows(csv);
  expect(header).toEqual(columns);
  expect(lines).toEqual(
    rows.map((row) =>
      columns.map((column) => guarded(cell(at(row, column)), typeof at(row, column) !== 'number')),
    ),
  );
  // Nothing of a row is left out: every leaf has a column, its own or one of what it is in.
  for (const row of rows)
    for (const leaf of leaves(row, ''))
      expect(
        columns.some(
          (column) =>
            leaf === column || leaf.startsWith(`${column}.`) || column.startsWith(`${leaf}.`),
        ),
      ).toBe(true);
};
