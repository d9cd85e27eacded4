import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';

/** The newest cohorts of a tenant and the months after each, as they stand at an instant. */
export type CohortsAsk = {
  readonly tenantId: string;
  readonly now: string;
  readonly cohorts: number;
  readonly months: number;
};

const columns = {
  cohort_month: 'date',
  cohort_size: 'int4',
  months: 'jsonb',
} as const satisfies Columns;

/**
 * How many users of each monthly cohort came back in the months after, the newest cohort first; from the rollup that is
 * written before anonymising (C25). `months` has an element for each month that has begun, in order:
 * `{after, month, retained, rate, complete}`; nobody in it is a zero. A month is complete once it is over; its rate, in
 * percent of the cohort, is null until then.
 */
export const cohortRetention = statement<CohortsAsk, typeof columns>({
  title: 'retention of cohorts',
  on: 'warehouse',
  columns,
  example: { tenantId: 'nobody', now: '2025-03-31T12:00:00.000Z', cohorts: 12, months: 12 },
  sql: ({ tenantId, now, cohorts, months }) => sql`
with today as (
  select (${now}::timestamptz at time zone 'UTC')::date as day
), cohort as (
  select c.cohort_month, c.active_users from monitoring.user_cohort_month c
  where c.tenant_id = ${tenantId} and c.month = c.cohort_month and c.active_users > 0
  order by c.cohort_month desc limit ${cohorts}
)
select c.cohort_month, c.active_users as cohort_size, coalesce(jsonb_agg(jsonb_build_object('after', m.after,
    'month', m.month, 'retained', coalesce(r.active_users, 0), 'rate', case when m.over <= t.day
      then round(100.0 * coalesce(r.active_users, 0) / c.active_users, 2) end, 'complete', m.over <= t.day) order by m.after)
  filter (where m.month <= t.day), '[]') as months
from cohort c cross join today t
cross join lateral (
  select after, (c.cohort_month + make_interval(months => after))::date as month,
    (c.cohort_month + make_interval(months => after + 1))::date as over
  from generate_series(1, ${months}::int) after
) m
left join monitoring.user_cohort_month r
  on r.tenant_id = ${tenantId} and r.cohort_month = c.cohort_month and r.month = m.month
group by c.cohort_month, c.active_users
order by c.cohort_month desc`,
});
