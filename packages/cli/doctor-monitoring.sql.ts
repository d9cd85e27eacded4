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

/** Alert rules, notices and probes that are behind: not evaluated, sent or checked when they should have been. */
export const watchBehind = statement({
  title: 'alert rules, notices and probes that are behind',
  on: 'warehouse',
  columns: {
    rules: 'int8',
    late_rules: 'int8',
    late_notices: 'int8',
    probes: 'int8',
    late_probes: 'int8',
  },
  example: {},
  sql: () => sql`
select r.rules, r.late_rules, n.late_notices, p.probes, p.late_probes
from (
  select count(*) as rules, count(*) filter (
    where coalesce(e.last_slot, r.created_at) < now() - greatest(3 * r.evaluation_interval, 300) * interval '1 second'
  ) as late_rules
  from monitoring.tb_alert_rule r
  left join monitoring.alert_evaluation e on e.tenant_id = r.tenant_id and e.alert_rule_id = r.id
  where r.status in ('enabled', 'testing') and r.deleted_at is null
) r, (
  select count(*) as late_notices from monitoring.notice
  where state in ('pending', 'sending') and next_attempt_at < now() - interval '10 minutes'
) n, (
  select count(*) as probes, count(*) filter (
    -- In maintenance or behind what is down it is unknown, and rightly not checked.
    where next_check_at < now() - interval '10 minutes' and status <> 'unknown'
  ) as late_probes
  from monitoring.tb_service_health
  where probe is not null and is_active and deleted_at is null and probe ->> 'kind' <> 'heartbeat'
) p`,
});
