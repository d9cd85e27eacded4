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
