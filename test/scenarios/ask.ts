import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Session } from '@rookery/db/pool';

const asked = (text: string) =>
  statement({
    title: 'test: what the database holds',
    on: 'warehouse',
    columns: { rows: 'jsonb' },
    example: null,
    sql: () => sql`select coalesce(jsonb_agg(to_jsonb(t)), '[]') as rows from (${sql.raw(text)}) t`,
  });

/** The rows of a query as JSON has them, for what a test wants to know about a database. */
export const ask = async <Row>(db: Session, text: string): Promise<Row[]> => {
  const [row] = await db.query(asked(text), null);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test names the row it asked for
  return (row?.rows ?? []) as Row[];
};

/** The first row of a query that has one. */
export const askOne = async <Row>(db: Session, text: string): Promise<Row> => {
  const [row] = await ask<Row>(db, text);
  if (row === undefined) throw new Error(`no row: ${text}`);
  return row;
};
