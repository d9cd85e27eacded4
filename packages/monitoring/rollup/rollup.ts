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

// Buckets a transaction, `first` in a run and at most, and how many `parts`, rows that they are made of, are to be enough for
// it: a part of metrics is a sketch and takes 80 µs, one of activity 4. So that a turn is some ten seconds, whoever it is for:
// a stop in time is not far, little is done again after a failure, and nobody waits long for another.
const steps = {
  performance_metric_5min: { first: 6, most: 24, parts: 100_000, roll: rollFiveMinutes },
  performance_metric_hourly: { first: 2, most: 6, parts: 100_000, roll: rollHours },
  user_activity_hourly: { first: 4, most: 12, parts: 2_000_000, roll: rollActivityHours },
  user_activity_daily: { first: 1, most: 3, parts: 2_000_000, roll: rollActivityDays },
  user_cohort_month: { first: 1, most: 3, parts: 2_000_000, roll: rollCohortMonths },
} as const;

// What is made of whose marks: it waits while those are many, or it would be recomputed after each of their turns.
const madeOf: Partial<Record<Level, Level>> = {
  performance_metric_hourly: 'performance_metric_5min',
  user_cohort_month: 'user_activity_daily',
};

const none = { buckets: 0, parts: 0, written: 0, deleted: 0, too_late: 0 };

const needsKey = (level: Level): boolean =>
  level === 'user_activity_hourly' || level === 'user_activity_daily';

/** How many buckets the next turn of a rollup takes, going by the rows that those of the last one were made of. */
export const bucketsAfter = (
  level: Level,
  last: { readonly buckets: number; readonly parts: number },
): number => {
  const { most, parts } = steps[level];
  return Math.max(1, Math.min(most, Math.floor((parts * last.buckets) / Math.max(1, last.parts))));
};

/**
 * Recomputes the oldest marked buckets of one rollup of a tenant, in one transaction. Whoever meets another at it does nothing:
 * the marks that the other does not see stay for the next run.
 */
export const rollTurn = (
  warehouse: Db,
  level: Level,
  tenantId: string,
  most: number = steps[level].most,
) =>
  warehouse.transaction(async (tx) => {
    const [turn] = await tx.query(takeTurn, { level, tenantId });
    if (turn?.taken !== true) return none;
    if (needsKey(level)) await tx.query(ensureRollupKey, { tenantId });
    const [done] = await tx.query(steps[level].roll, { tenantId, most });
    return done ?? none;
  });

/** The rollup of a tenant within a run: the buckets of its next turn, and whether the last one left some. */
type Lane = { most: number; isMore: boolean; isBroken: boolean };

type Run = {
  readonly warehouse: Db;
  readonly isTimeUp: () => boolean;
  readonly lanes: Map<string, Lane>;
  readonly sum: { buckets: number; rows: number; too_late: number; unfinished: boolean };
  readonly problems: string[];
};

const laneOf = ({ lanes }: Run, level: Level, tenantId: string): Lane => {
  const name = `${level} of ${tenantId}`;
  const lane = lanes.get(name) ?? { most: steps[level].first, isMore: false, isBroken: false };
  lanes.set(name, lane);
  return lane;
};

const advance = async (run: Run, level: Level, tenantId: string): Promise<void> => {
  const lane = laneOf(run, level, tenantId);
  const source = madeOf[level];
  if (lane.isBroken || (source !== undefined && laneOf(run, source, tenantId).isMore)) return;
  try {
    const done = await rollTurn(run.warehouse, level, tenantId, lane.most);
    lane.isMore = done.buckets === lane.most;
    if (done.buckets > 0) lane.most = bucketsAfter(level, done);
    run.sum.buckets += done.buckets;
    run.sum.rows += done.written + done.deleted;
    run.sum.too_late += done.too_late;
  } catch (error) {
    Object.assign(lane, { isMore: false, isBroken: true });
    run.problems.push(`${level} of ${tenantId}: ${describe(error)}`);
  }
};

// One turn for everybody who has marks, level by level. False when time is up.
const round = async (run: Run): Promise<boolean> => {
  for (const lane of run.lanes.values()) lane.isMore = false;
  for (const level of levels)
    for (const { tenant_id } of await run.warehouse.query(markedTenants, { level })) {
      run.sum.unfinished = run.isTimeUp();
      if (run.sum.unfinished) return false;
      await advance(run, level, tenant_id);
    }
  return true;
};

/**
 * Does what is marked, of all rollups and tenants, in rounds: in each, whoever has marks gets a turn, so that nobody waits for
 * another's backlog; level by level, so that a round carries a minute up to its hour. Begins nothing once `isTimeUp`; what is
 * left stays marked. One tenant's fault leaves its marks, is told as a problem, and stops nobody else. `warehouse` is a pool
 * of rookery_ops.
 */
export const rollUp = async (warehouse: Db, isTimeUp: () => boolean): Promise<Rolled> => {
  const sum = { buckets: 0, rows: 0, too_late: 0, unfinished: false };
  const run: Run = { warehouse, isTimeUp, lanes: new Map(), sum, problems: [] };
  while ((await round(run)) && [...run.lanes.values()].some(({ isMore }) => isMore));
  return { ...sum, problems: run.problems };
};
