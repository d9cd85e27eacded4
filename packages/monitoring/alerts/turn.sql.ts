import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** The lock of who writes many alerts: evaluators share it, whoever needs them all as they are has it alone. */
export const alertsLock = sql`hashtextextended('rookery: alerts', 0)`;

// Each statement of an evaluation and of a dispatch takes its alerts in order of their keys, but the second takes smaller ones
// than the first: beside each other they met crosswise, 3 deadlocks in 20 rounds of 200 alerts (2026-11).

/** Keeps dispatchers away until the transaction ends; other evaluators come in. Before any row is locked. */
export const shareAlerts = statement({
  title: 'write alerts beside other evaluators',
  on: 'warehouse',
  columns: { locked: 'text' },
  example: null,
  sql: () => sql`select pg_advisory_xact_lock_shared(${alertsLock})::text as locked`,
});

/** Keeps dispatchers and evaluators away until the transaction ends. Before any row is locked. */
export const takeAlerts = statement({
  title: 'write alerts alone',
  on: 'warehouse',
  columns: { locked: 'text' },
  example: null,
  sql: () => sql`select pg_advisory_xact_lock(${alertsLock})::text as locked`,
});
