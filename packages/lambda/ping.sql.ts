import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** Asks the warehouse for any answer at all, as the role that is logged in. */
export const ping = statement<Record<string, never>, { alive: 'bool' }>({
  title: 'ping',
  on: 'warehouse',
  columns: { alive: 'bool' },
  example: {},
  sql: () => sql`select true as alive`,
});
