import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** When activity is read, and up to when it is in the rollups; read it before the rollups it stands for. */
export const activityFreshness = statement<
  { readonly tenantId: string },
  { as_of: 'timestamptz'; users_through: 'timestamptz'; cohorts_through: 'timestamptz' }
>({
  title: 'freshness of the activity of a tenant',
  on: 'warehouse',
  columns: { as_of: 'timestamptz', users_through: 'timestamptz', cohorts_through: 'timestamptz' },
  example: { tenantId: 'nobody' },
  // A mark is as old as the transaction that wrote the activity: what was committed before the oldest is rolled up.
  // Cohorts are made of days: a day that waits is a month that waits.
  sql: ({ tenantId }) => sql`
select now() as as_of, coalesce(least(h.since, d.since), now()) as users_through,
  coalesce(least(d.since, m.since), now()) as cohorts_through
from (select min(marked_at) as since from monitoring.user_activity_hourly_dirty where tenant_id = ${tenantId}) h,
  (select min(marked_at) as since from monitoring.user_activity_daily_dirty where tenant_id = ${tenantId}) d,
  (select min(marked_at) as since from monitoring.user_cohort_month_dirty where tenant_id = ${tenantId}) m`,
});
