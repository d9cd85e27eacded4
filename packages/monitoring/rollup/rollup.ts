import type { Db } from '@rookery/db/pool';
import { describe } from '@rookery/kernel/failure';
import { ensureRollupKey } from '../activity/rollup-key.sql.ts';
import { rollActivityDays, rollActivityHours, rollCohortMonths } from '../activity/rollup.sql.ts';
import { rollFiveMinutes, rollHours } from '../performance/rollup.sql.ts';
import { levels, markedTenants, takeTurn, type Level } from './mark.sql.ts';

/**
 * What a run did: buckets recomputed, rows written or deleted in all rollups, rows that stayed as they were because marks
 * came too late, whether marks are left because time was up, and which tenants could not be rolled up, in words.
 */
export type Rolled = {
  readonly buckets: number;
  readonly rows: number;
  readonly too_late: number;
  readonly unfinished: boolean;
  readonly problems: readonly string[];
};

// Buckets a transaction: small enough that a stop in time is not far, and that little is done again after a failure. A day
// of five minutes is 12 turns; days of activity are large and rarely many.
const steps = {
  performance_metric_5min: { most: 24, roll: rollFiveMinutes },
  performance_metric_hourly: { most: 6, roll: rollHours },
  user_activity_hourly: { most: 12, roll: rollActivityHours },
  user_activity_daily: { most: 3, roll: rollActivityDays },
  user_cohort_month: { most: 3, roll: rollCohortMonths },
} as const;

const none = { buckets: 0, written: 0, deleted: 0, too_late: 0 };

const needsKey = (level: Level): boolean =>
  level === 'user_activity_hourly' || level === 'user_activity_daily';

/**
 * Recomputes the oldest marked buckets of one rollup of a tenant, in one transaction. Whoever meets another at it does nothing:
 * the marks that the other does not see stay for the next run.
 */
export const rollTurn = (warehouse: Db, level: Level, tenantId: string) =>
  warehouse.transaction(async (tx) => {
    const [turn] = await tx.query(takeTurn, { level, tenantId });
    if (turn?.taken !== true) return none;
    if (needsKey(level)) await tx.query(ensureRollupKey, { tenantId });
    const { roll, most } = steps[level];
    const [done] = await tx.query(roll, { tenantId, most });
    return done ?? none;
  });

type Sum = { buckets: number; rows: number; too_late: number; unfinished: boolean };

const rollTenant = async (
  warehouse: Db,
  level: Level,
  tenantId: string,
  isTimeUp: () => boolean,
  sum: Sum,
): Promise<void> => {
  let buckets: number;
  do {
    if (isTimeUp()) {
      sum.unfinished = true;
      return;
    }
    const done = await rollTurn(warehouse, level, tenantId);
    buckets = done.buckets;
    sum.buckets += buckets;
    sum.rows += done.written + done.deleted;
    sum.too_late += done.too_late;
  } while (buckets === steps[level].most);
};

/**
 * Does what is marked, of all rollups and tenants, level by level so that one run carries a minute up to its hour. Begins
 * nothing once `isTimeUp`; what is left stays marked. One tenant's fault leaves its marks, is told as a problem, and stops
 * nobody else. `warehouse` is a pool of rookery_ops.
 */
export const rollUp = async (warehouse: Db, isTimeUp: () => boolean): Promise<Rolled> => {
  const sum: Sum = { buckets: 0, rows: 0, too_late: 0, unfinished: false };
  const problems: string[] = [];
  for (const level of levels)
    for (const { tenant_id } of await warehouse.query(markedTenants, { level }))
      try {
        await rollTenant(warehouse, level, tenant_id, isTimeUp, sum);
      } catch (error) {
        problems.push(`${level} of ${tenant_id}: ${describe(error)}`);
      }
  return { ...sum, problems };
};
