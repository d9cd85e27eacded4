import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/**
 * Has every statement of a transaction that only reads planned for what it is asked: a kept plan expects ten wants, and is
 * kept however many there are. Where something is written, statements say so of themselves (`planned`).
 */
export const planAnew = statement({
  title: 'plan for what is asked',
  on: 'warehouse',
  columns: { mode: 'text', jit: 'text' },
  example: null,
  sql: () => sql`
select set_config('plan_cache_mode', 'force_custom_plan', true) as mode, set_config('jit', 'off', true) as jit`,
});

// To compile what is run once a minute costs more than it saves, and a table that has to be read without an index looks so dear
// up to Postgres 17 that it would be.

/**
 * Has a transaction read tables by their indexes: of alerts it wants what is open, which are few, and Postgres may not look at
 * the statistics that say so (row-level security).
 */
export const readByIndex = statement({
  title: 'read tables by their indexes',
  on: 'warehouse',
  columns: { seqscan: 'text', jit: 'text' },
  example: null,
  sql: () => sql`
select set_config('enable_seqscan', 'off', true) as seqscan, set_config('jit', 'off', true) as jit`,
});
