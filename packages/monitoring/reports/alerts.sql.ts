import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { isOpen } from '../alerts/open.sql.ts';
import { microseconds } from './cursor.sql.ts';

/** One page of alerts in some states, after an alert. */
export type AlertsAsk = {
  readonly tenantId: string;
  readonly statuses: readonly string[];
  readonly ruleId: string | null;
  readonly after: {
    readonly severity: string;
    readonly triggeredAt: string;
    readonly id: string;
  } | null;
  readonly limit: number;
};

const alertColumns = {
  id: 'varchar',
  status: 'text',
  severity: 'text',
  message: 'text',
  current_value: 'float8',
  threshold: 'float8',
  triggered_at: 'text',
  acknowledged_at: 'timestamptz?',
  acknowledged_by: 'varchar?',
  alert_rule_id: 'varchar',
  rule_name: 'varchar',
  metric_name: 'varchar',
  labels: 'jsonb',
  shadow: 'bool',
  acknowledged_until: 'timestamptz?',
  resolved_at: 'timestamptz?',
  revision: 'int4',
} as const satisfies Columns;

// Open alerts are few among many that are over: each rule looks into the index of the open ones, behind the fence of offset 0.
// Without it Postgres, which may not use statistics of a column under row-level security, reads the whole history: 309 ms at
// 100,000 alerts of 100 rules, and 2 ms with it (2026-11).
const openStatuses = ['active', 'acknowledged'];
const sourceOf = (statuses: readonly string[]) =>
  statuses.every((status) => openStatuses.includes(status))
    ? sql`
from monitoring.tb_alert_rule r cross join lateral (
  select * from monitoring.tb_alert a where a.tenant_id = r.tenant_id and a.alert_rule_id = r.id and ${isOpen} offset 0
) a`
    : sql`
from monitoring.tb_alert a
join monitoring.tb_alert_rule r on r.tenant_id = a.tenant_id and r.id = a.alert_rule_id`;

/** Alerts, the worst first and of equals the newest; severities are in the order of their enum, as everywhere. */
export const listAlerts = statement<AlertsAsk, typeof alertColumns>({
  title: 'alerts by severity',
  on: 'warehouse',
  columns: alertColumns,
  example: { tenantId: 'nobody', statuses: ['active'], ruleId: null, after: null, limit: 50 },
  sql: ({ tenantId, statuses, ruleId, after, limit }) => sql`
select a.id, a.status::text as status, a.severity::text as severity, a.message, a.current_value::float8 as current_value,
  a.threshold::float8 as threshold,
  ${sql.raw(microseconds('a.triggered_at'))} as triggered_at, a.acknowledged_at,
  a.acknowledged_by, a.alert_rule_id, r.name as rule_name, r.metric_name, a.labels,
  coalesce(a.metadata -> 'shadow' = 'true', false) as shadow, a.acknowledged_until, a.resolved_at, a.revision
${sourceOf(statuses)}
where r.tenant_id = ${tenantId} and a.tenant_id = ${tenantId} and a.status = any(${statuses}::text[]::monitoring.alert_status[])
  ${ruleId === null ? sql`` : sql`and a.alert_rule_id = ${ruleId}`}
  ${
    after === null
      ? sql``
      : sql`and (a.severity, a.triggered_at, a.id)
    < (${after.severity}::text::monitoring.severity_level, ${after.triggeredAt}::timestamptz, ${after.id}::text)`
  }
order by a.severity desc, a.triggered_at desc, a.id desc limit ${limit + 1}`,
});

/** What the alerts since an instant say of the rules. */
export type AlertStatisticsAsk = { readonly tenantId: string; readonly from: string };

const statisticsColumns = {
  id: 'varchar',
  name: 'varchar',
  status: 'text',
  severity: 'text',
  deleted_at: 'timestamptz?',
  total_alerts: 'int8',
  active_alerts: 'int8',
  acknowledged_alerts: 'int8',
  resolved_alerts: 'int8',
  suppressed_alerts: 'int8',
  last_triggered: 'timestamptz?',
  avg_acknowledgment_time_minutes: 'float8?',
  median_acknowledgment_time_minutes: 'float8?',
  avg_resolution_time_minutes: 'float8?',
  median_resolution_time_minutes: 'float8?',
} as const satisfies Columns;

/**
 * Every rule with the alerts it raised since an instant, the most first; a deleted rule as long as it has any. Times run
 * from the alert, over those alerts that were acknowledged or have ended; null when none was.
 */
export const alertStatistics = statement<AlertStatisticsAsk, typeof statisticsColumns>({
  title: 'alert statistics by rule',
  on: 'warehouse',
  columns: statisticsColumns,
  example: { tenantId: 'nobody', from: '2025-01-01T00:00:00.000Z' },
  sql: ({ tenantId, from }) => sql`
with raised as (
  select a.alert_rule_id, count(*) as total_alerts, count(*) filter (where a.status = 'active') as active_alerts,
    count(*) filter (where a.status = 'acknowledged') as acknowledged_alerts,
    count(*) filter (where a.status = 'resolved') as resolved_alerts,
    count(*) filter (where a.status = 'suppressed') as suppressed_alerts, max(a.triggered_at) as last_triggered,
    avg(t.to_acknowledge) as mean_acknowledge,
    percentile_cont(0.5) within group (order by t.to_acknowledge::float8) as median_acknowledge,
    avg(t.to_resolve) as mean_resolve,
    percentile_cont(0.5) within group (order by t.to_resolve::float8) as median_resolve
  from monitoring.tb_alert a
  cross join lateral (select extract(epoch from a.acknowledged_at - a.triggered_at) / 60 as to_acknowledge,
    extract(epoch from a.resolved_at - a.triggered_at) / 60 as to_resolve) t
  where a.tenant_id = ${tenantId} and a.triggered_at >= ${from}::timestamptz
  group by a.alert_rule_id
)
select r.id, r.name, r.status::text as status, r.severity::text as severity, r.deleted_at,
  coalesce(a.total_alerts, 0) as total_alerts, coalesce(a.active_alerts, 0) as active_alerts,
  coalesce(a.acknowledged_alerts, 0) as acknowledged_alerts, coalesce(a.resolved_alerts, 0) as resolved_alerts,
  coalesce(a.suppressed_alerts, 0) as suppressed_alerts, a.last_triggered,
  round(a.mean_acknowledge, 2)::float8 as avg_acknowledgment_time_minutes,
  round(a.median_acknowledge::numeric, 2)::float8 as median_acknowledgment_time_minutes,
  round(a.mean_resolve, 2)::float8 as avg_resolution_time_minutes,
  round(a.median_resolve::numeric, 2)::float8 as median_resolution_time_minutes
from monitoring.tb_alert_rule r
left join raised a on a.alert_rule_id = r.id
where r.tenant_id = ${tenantId} and (r.deleted_at is null or a.alert_rule_id is not null)
order by total_alerts desc, r.id`,
});
