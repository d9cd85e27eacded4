import { sql, type RawBuilder } from 'kysely';
import type { Columns } from '@rookery/db/statement';

/** A value on its way into an array parameter; instants travel as ISO text. */
export type Cell = string | number | boolean | null;

/** Rows turned on their side: one array for each column, in the column order of the table. */
export type Cells = readonly (readonly Cell[])[];

/** Rows of one statement. 500 to 20,000 took the same time (1.7–2.0 s for 83,083 e-mails); this keeps memory small. */
export const rowsPerStatement = 5_000;

const cellOf = (value: unknown): Cell => {
  if (value instanceof Date) return value.toISOString();
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError(`${typeof value} cannot be a cell`);
};

/** The cells of some rows, column by column. */
export const cellsOf = (
  columns: Columns,
  rows: readonly { readonly [column: string]: unknown }[],
): Cells => Object.keys(columns).map((column) => rows.map((row) => cellOf(row[column])));

/** The column names as identifiers, for an insert or select list. */
export const names = (columns: Columns): RawBuilder<unknown> =>
  sql.join(Object.keys(columns).map((column) => sql.raw(column)));

/** `unnest($1::text[], …)`: the rows as a table, one array parameter a column however many rows there are. */
export const unnested = (columns: Columns, cells: Cells): RawBuilder<unknown> => {
  const arrays = Object.values(columns).map((column, i) => {
    const type = sql.raw(column.replace('?', ''));
    return sql`${cells[i] ?? []}::${type}[]`;
  });
  return sql`unnest(${sql.join(arrays)})`;
};
