import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** Up to when each stream of the monitoring tier has partitions, the nearest end first. */
export const streamPartitions = statement({
  title: 'up to when streams have partitions',
  on: 'warehouse',
  columns: { stream: 'text', until: 'timestamptz?' },
  example: {},
  sql: () => sql`
select s.stream,
  max((regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \\(''([^'']+)''\\)'))[1]::timestamptz) as until
from monitoring.streams() s
left join pg_inherits i on i.inhparent = format('monitoring.%I', s.stream)::regclass
left join pg_class c on c.oid = i.inhrelid
group by s.stream
order by until nulls first, s.stream`,
});

/** Marks of buckets that wait to be rolled up; `late` tenants have had one for more than half an hour. */
export const waitingMarks = statement({
  title: 'marks that wait to be rolled up',
  on: 'warehouse',
  columns: { marks: 'int8', late: 'int8' },
  example: {},
  sql: () => sql`
with mark as (
  select tenant_id, marked_at from monitoring.performance_metric_5min_dirty
  union all select tenant_id, marked_at from monitoring.performance_metric_hourly_dirty
  union all select tenant_id, marked_at from monitoring.user_activity_hourly_dirty
  union all select tenant_id, marked_at from monitoring.user_activity_daily_dirty
  union all select tenant_id, marked_at from monitoring.user_cohort_month_dirty
)
select count(*) as marks, count(distinct tenant_id) filter (where marked_at < now() - interval '30 minutes') as late
from mark`,
});
