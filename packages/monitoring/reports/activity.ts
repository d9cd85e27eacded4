import type { Session } from '@rookery/db/pool';
import type { Day } from '@rookery/kernel/day';
import { activityFreshness } from './activity-freshness.sql.ts';
import { activeUsers, featureUsage } from './activity.sql.ts';
import { cohortRetention } from './cohorts.sql.ts';
import { daysBefore, onlyRow } from './since.ts';

const freshOf = async (session: Session, tenantId: string) => {
  const { as_of, users_through } = onlyRow(await session.query(activityFreshness, { tenantId }));
  return { as_of, complete_through: users_through };
};

/** How many users were active in the hour, the day, the seven and the thirty days before `now`. */
export const activeUserCounts = async (
  session: Session,
  { tenantId, now }: { tenantId: string; now: Date },
) => {
  const fresh = await freshOf(session, tenantId);
  const ask = { tenantId, now: now.toISOString() };
  return { body: { data: onlyRow(await session.query(activeUsers, ask)) }, fresh };
};

/** The features used most in the last days, from the start of the hour in which they begin. */
export const featureUses = async (
  session: Session,
  ask: {
    tenantId: string;
    now: Date;
    query: { days: number; limit: number; module?: string | undefined };
  },
) => {
  const { tenantId, now, query } = ask;
  const fresh = await freshOf(session, tenantId);
  const since = daysBefore(now, query.days);
  const data = await session.query(featureUsage, {
    tenantId,
    from: since,
    module: query.module ?? null,
    limit: query.limit,
  });
  return { body: { data, since: `${since.slice(0, 13)}:00:00.000Z` }, fresh };
};

// An element of `months` as the statement builds it.
type Month = {
  readonly after: number;
  readonly month: Day;
  readonly retained: number;
  readonly rate: number | null;
  readonly complete: boolean;
};

/**
 * How many users of each cohort came back, month by month; the rates are percentages of the cohort, and null while their
 * month lasts. Month 1 is told under the names of the seed as well, null when it has not begun.
 */
export const cohorts = async (
  session: Session,
  ask: { tenantId: string; now: Date; query: { cohorts: number; months: number } },
) => {
  const { tenantId, now, query } = ask;
  const { as_of, cohorts_through } = onlyRow(await session.query(activityFreshness, { tenantId }));
  const rows = await session.query(cohortRetention, { tenantId, now: now.toISOString(), ...query });
  const data = rows.map(({ cohort_month, cohort_size, months }) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- cohorts.sql.ts builds it
    const later = months as readonly Month[];
    const [first] = later;
    return {
      cohort_month,
      cohort_size,
      retained_month_1: first?.retained ?? null,
      retention_rate_month_1: first?.rate ?? null,
      months: [...later],
    };
  });
  return { body: { data }, fresh: { as_of, complete_through: cohorts_through } };
};
