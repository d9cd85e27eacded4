import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';
import { exampleTurn, nextMarks, takenBuckets, turned, type Turn } from '../rollup/mark.sql.ts';
import { rollupKey, userKey } from './rollup-key.sql.ts';

// Hours, days and months are those of UTC, which have no daylight saving.
const startOf = (unit: 'hour' | 'day' | 'month') =>
  sql.raw(`date_trunc('${unit}', d.bucket, 'UTC')`);

// The activity of the taken buckets. One scan of the key: a subquery in the list would run for each row.
const activity = (tenantId: string, end: RawBuilder<unknown>): RawBuilder<unknown> => sql`
select b.bucket, b.whole, a.module, a.feature, a.activity_type, a.duration, ${userKey(sql`s.key`, sql`a.user_id`)} as user_key
from bucket b
join monitoring.tb_user_activity a on a.tenant_id = ${tenantId} and a.time >= b.bucket and a.time < ${end}
cross join (select ${rollupKey(tenantId)} as key) s`;

/**
 * Recomputes marked hours of a tenant's activity, whole and in one snapshot, with the set of their users. Of an hour that
 * may have been anonymised only a series that has no row yet is written: its users are no longer who they were.
 */
export const rollActivityHours = statement<Turn, typeof turned>({
  title: 'roll activity up to hours',
  on: 'warehouse',
  columns: turned,
  example: exampleTurn,
  sql: (turn) => sql`
with ${takenBuckets('user_activity_hourly', turn, sql`'tb_user_activity'`, startOf('hour'))}, fresh as materialized (
  select a.bucket, a.whole, a.module, a.feature, a.activity_type, count(*) as total_activities,
    coalesce(sum(a.duration), 0)::bigint as duration_sum, count(a.duration) as duration_count,
    array_agg(distinct a.user_key order by a.user_key) as users
  from (${activity(turn.tenantId, sql`b.bucket + interval '1 hour'`)}) a
  group by a.bucket, a.whole, a.module, a.feature, a.activity_type
), compared as materialized (
  select f.*, h.place, f.bucket is null as vanished, coalesce(f.whole, h.whole) or h.place is null as allowed
  from fresh f
  full join (
    select b.whole, t.ctid as place, t.* from bucket b
    join monitoring.tb_user_activity_hourly t on t.tenant_id = ${turn.tenantId} and t.bucket = b.bucket
  ) h on h.bucket = f.bucket and h.activity_type = f.activity_type
    and coalesce(h.module, '') = coalesce(f.module, '') and (h.module is null) = (f.module is null)
    and coalesce(h.feature, '') = coalesce(f.feature, '') and (h.feature is null) = (f.feature is null)
  where (f.total_activities, f.duration_sum, f.duration_count, f.users)
    is distinct from (h.total_activities, h.duration_sum, h.duration_count, h.users)
), gone as (
  delete from monitoring.tb_user_activity_hourly t using compared c
  where t.ctid = c.place and t.tenant_id = ${turn.tenantId} and c.vanished and c.allowed
  returning t.bucket
), written as (
  insert into monitoring.tb_user_activity_hourly
    (tenant_id, bucket, module, feature, activity_type, total_activities, duration_sum, duration_count, users)
  select ${turn.tenantId}, bucket, module, feature, activity_type, total_activities, duration_sum, duration_count, users
  from compared where allowed and not vanished order by bucket, module, feature, activity_type
  on conflict on constraint tb_user_activity_hourly_series do update set total_activities = excluded.total_activities,
    duration_sum = excluded.duration_sum, duration_count = excluded.duration_count, users = excluded.users, updated = now()
  returning bucket
)
select (select count(*) from bucket) as buckets, (select coalesce(sum(total_activities), 0)::bigint from fresh) as parts,
  (select count(*) from written) as written,
  (select count(*) from gone) as deleted, (select count(*) from compared where not allowed) as too_late`,
});

/**
 * Recomputes who was active on marked days and since which month each user is known, and marks the months this changes. The
 * month of a user only ever moves to an earlier one, also when a day vanishes. A day that may have been anonymised is written
 * only when it has no user yet.
 */
export const rollActivityDays = statement<Turn, typeof turned>({
  title: 'roll activity up to days',
  on: 'warehouse',
  columns: turned,
  example: exampleTurn,
  sql: (turn) => sql`
with ${takenBuckets('user_activity_daily', turn, sql`'tb_user_activity'`, startOf('day'))}, held as materialized (
  select b.whole, h.day, h.user_key from bucket b
  join monitoring.user_activity_daily h on h.tenant_id = ${turn.tenantId} and h.day = (b.bucket at time zone 'UTC')::date
), fresh as materialized (
  select (a.bucket at time zone 'UTC')::date as day, a.whole, a.user_key, count(*) as parts
  from (${activity(turn.tenantId, sql`b.bucket + interval '24 hours'`)}) a
  group by a.bucket, a.whole, a.user_key
), compared as materialized (
  select coalesce(f.day, h.day) as day, coalesce(f.user_key, h.user_key) as user_key, f.day is null as vanished,
    coalesce(f.whole, h.whole) or not exists (select from held e where e.day = coalesce(f.day, h.day)) as allowed
  from fresh f full join held h on h.day = f.day and h.user_key = f.user_key
  where f.day is null or h.day is null
), gone as (
  delete from monitoring.user_activity_daily t using compared c
  where t.tenant_id = ${turn.tenantId} and t.day = c.day and t.user_key = c.user_key and c.vanished and c.allowed
  returning t.day
), written as (
  insert into monitoring.user_activity_daily (tenant_id, day, user_key)
  select ${turn.tenantId}, day, user_key from compared where allowed and not vanished order by day, user_key
  on conflict (tenant_id, day, user_key) do nothing
  returning day, user_key
), first_month as materialized (
  select user_key, date_trunc('month', min(day)::timestamp)::date as month from written group by user_key
), earlier as materialized (
  select f.user_key, f.month, c.cohort_month as before
  from first_month f left join monitoring.user_cohort c on c.tenant_id = ${turn.tenantId} and c.user_key = f.user_key
  where f.month < coalesce(c.cohort_month, 'infinity')
), cohort as (
  insert into monitoring.user_cohort as c (tenant_id, user_key, cohort_month)
  select ${turn.tenantId}, user_key, month from earlier order by user_key
  on conflict (tenant_id, user_key) do update set cohort_month = least(c.cohort_month, excluded.cohort_month)
  returning c.user_key
), month as (
  select date_trunc('month', b.bucket, 'UTC') as bucket, b.since from bucket b
  join (select day from written union select day from gone) c on c.day = (b.bucket at time zone 'UTC')::date
  union all
  -- Who moves to another cohort leaves the old one in every month counted since.
  select m.month::timestamp at time zone 'UTC', (select min(since) from bucket) from monitoring.user_cohort_month m
  join (select min(before) as before from earlier) e on m.tenant_id = ${turn.tenantId} and m.month >= e.before
), next as (${nextMarks('user_cohort_month', turn.tenantId, sql`'user_activity_daily'`, sql`select bucket, since from month`)}
)
select (select count(*) from bucket) as buckets, (select coalesce(sum(parts), 0)::bigint from fresh) as parts,
  (select count(*) from written) + (select count(*) from cohort) as written,
  (select count(*) from gone) as deleted, (select count(*) from compared where not allowed) as too_late`,
});

/**
 * Recounts marked months: how many users of each cohort were active. Of a month whose first days may be deleted a count only
 * ever grows. No user can be told from what is written, so it stays when the days are gone.
 */
export const rollCohortMonths = statement<Turn, typeof turned>({
  title: 'count cohorts of months',
  on: 'warehouse',
  columns: turned,
  example: exampleTurn,
  sql: (turn) => sql`
with ${takenBuckets('user_cohort_month', turn, sql`'user_activity_daily'`, startOf('month'))}, month as materialized (
  select (b.bucket at time zone 'UTC')::date as month, b.whole from bucket b
), fresh as materialized (
  select a.month, a.whole, c.cohort_month, count(*)::integer as active_users, sum(a.days) as parts
  from (
    select m.month, m.whole, d.user_key, count(*) as days
    from month m
    join monitoring.user_activity_daily d on d.tenant_id = ${turn.tenantId}
      and d.day >= m.month and d.day < (m.month + interval '1 month')::date
    group by m.month, m.whole, d.user_key
  ) a
  join monitoring.user_cohort c on c.tenant_id = ${turn.tenantId} and c.user_key = a.user_key
  group by a.month, a.whole, c.cohort_month
), compared as materialized (
  select coalesce(f.month, h.month) as month, coalesce(f.cohort_month, h.cohort_month) as cohort_month, f.active_users,
    f.month is null as vanished, coalesce(f.whole, h.whole) or coalesce(f.active_users > coalesce(h.active_users, 0), false) as allowed
  from fresh f
  full join (
    select m.whole, t.month, t.cohort_month, t.active_users from month m
    join monitoring.user_cohort_month t on t.tenant_id = ${turn.tenantId} and t.month = m.month
  ) h on h.month = f.month and h.cohort_month = f.cohort_month
  where f.active_users is distinct from h.active_users
), gone as (
  delete from monitoring.user_cohort_month t using compared c
  where t.tenant_id = ${turn.tenantId} and t.month = c.month and t.cohort_month = c.cohort_month and c.vanished and c.allowed
  returning t.month
), written as (
  insert into monitoring.user_cohort_month (tenant_id, cohort_month, month, active_users)
  select ${turn.tenantId}, cohort_month, month, active_users from compared where allowed and not vanished
  order by cohort_month, month
  on conflict (tenant_id, cohort_month, month) do update set active_users = excluded.active_users, updated = now()
  returning month
)
select (select count(*) from bucket) as buckets, (select coalesce(sum(parts), 0)::bigint from fresh) as parts,
  (select count(*) from written) as written,
  (select count(*) from gone) as deleted, (select count(*) from compared where not allowed) as too_late`,
});
