import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** Gives every tenant its whole allowance back, in the row that a spend would update. */
export const refill = statement<Record<string, never>, { tenant_id: 'text' }>({
  title: 'refill all allowances',
  on: 'warehouse',
  columns: { tenant_id: 'text' },
  example: {},
  sql: () =>
    sql`update olap.rate_limit set drained_at = now() - interval '1 hour' returning tenant_id`,
});

/** The database a session is in. */
export const databaseName = statement<Record<string, never>, { name: 'name' }>({
  title: 'name of the database',
  on: 'warehouse',
  columns: { name: 'name' },
  example: {},
  sql: () => sql`select current_database() as name`,
});
