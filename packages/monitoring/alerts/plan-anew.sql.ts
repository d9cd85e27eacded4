import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

// A plan that is kept expects ten of an array, and as many alerts as there were when it was made: after a night without any,
// 10,000 took 44 s instead of 0.1. Planning costs a statement 0.1 to 2 ms (2026-11). What a plan does not do here, compiling
// would not make worth its while.
const anew = sql`set_config('plan_cache_mode', 'force_custom_plan', true) as mode, set_config('jit', 'off', true) as jit`;

/** Has every statement of a transaction planned for the rows that there are. */
export const planAnew = statement({
  title: 'plan for the rows there are',
  on: 'warehouse',
  columns: { mode: 'text', jit: 'text' },
  example: null,
  sql: () => sql`select ${anew}`,
});

/**
 * The same, and has tables read by their indexes: of alerts a transaction wants what is open, which are few, and Postgres may
 * not look at the statistics that say so (row-level security).
 */
export const planByIndex = statement({
  title: 'plan for the rows there are, by indexes',
  on: 'warehouse',
  columns: { mode: 'text', jit: 'text', seqscan: 'text' },
  example: null,
  sql: () => sql`select ${anew}, set_config('enable_seqscan', 'off', true) as seqscan`,
});
