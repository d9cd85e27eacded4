import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

// The lock of who writes many alerts: evaluators share it, whoever needs them all as they are has it alone.
const alertsLock = sql`hashtextextended('rookery: alerts', 0)`;

// Has the transaction read tables by their indexes: of alerts it wants what is open, which are few, and Postgres may not look
// at the statistics that say so (row-level security). To compile what is run once a minute costs more than it saves, and a
// table that has to be read without an index looks so dear up to Postgres 17 that it would be.
const byIndex = sql`set_config('enable_seqscan', 'off', true) as seqscan, set_config('jit', 'off', true) as jit`;

const columns = { locked: 'text', seqscan: 'text', jit: 'text' } as const;

// Each statement of an evaluation and of a dispatch takes its alerts in order of their keys, but the second one smaller keys
// than the first: beside each other they met crosswise, 13 deadlocks in 20 rounds of 200 alerts (2026-11).

/** Keeps dispatchers away until the transaction ends; other evaluators come in. Before any row is locked. */
export const shareAlerts = statement({
  title: 'write alerts beside other evaluators',
  on: 'warehouse',
  columns,
  example: null,
  sql: () => sql`select pg_advisory_xact_lock_shared(${alertsLock})::text as locked, ${byIndex}`,
});

/** Keeps dispatchers and evaluators away until the transaction ends. Before any row is locked. */
export const takeAlerts = statement({
  title: 'write alerts alone',
  on: 'warehouse',
  columns,
  example: null,
  sql: () => sql`select pg_advisory_xact_lock(${alertsLock})::text as locked, ${byIndex}`,
});
