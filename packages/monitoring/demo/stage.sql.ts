import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { integrations, services } from './cast.ts';

/** Whose stage is set, and the moment that its checks and alerts are counted back from. */
export type Stage = { readonly tenantId: string; readonly now: Date };

const example: Stage = { tenantId: 'nobody', now: new Date('2026-01-01T00:00:00Z') };

const checksOfDay = 288;

/**
 * The services of the demo, and `checks` of each five minutes apart, a day of them as a rule; what is there already stays as it
 * is.
 */
export const setServices = statement<
  Stage & { readonly checks?: number },
  { services: 'int8'; checks: 'int8' }
>({
  title: 'set the services of the demo',
  on: 'warehouse',
  columns: { services: 'int8', checks: 'int8' },
  // Partitions are there around today only: an example of a fixed day can write none.
  example: { ...example, checks: 0 },
  sql: ({ tenantId, now, checks = checksOfDay }) => sql`
with given as (
  select * from jsonb_to_recordset(${JSON.stringify(services)}::jsonb)
    as s (id text, name text, type text, status monitoring.service_status, uptime numeric, ms integer)
), service as (
  insert into monitoring.tb_service_health
    (tenant_id, id, name, service_type, status, last_check, uptime_24h, uptime_7d, uptime_30d)
  select ${tenantId}, id, name, type, status, ${now}::timestamptz, uptime, uptime, uptime from given order by id
  on conflict do nothing
  returning id
), checks as (
  insert into monitoring.tb_health_check_log (tenant_id, service_id, status, response_time, error_message, checked_at)
  select ${tenantId}, id, case when i % 29 = 0 and status <> 'unknown' then 'degraded' else status end,
    ms + i % 7 * ms / 10, case when status = 'down' then 'connection refused' end,
    ${now}::timestamptz - i * interval '5 minutes'
  from given join service using (id), generate_series(0, ${checks}::integer - 1) i
  order by id, i
  returning 1
)
select (select count(*) from service) as services, (select count(*) from checks) as checks`,
});

/** The integrations of the demo; their figures come from their events. */
export const setIntegrations = statement({
  title: 'set the integrations of the demo',
  on: 'warehouse',
  columns: { integrations: 'int8' },
  example,
  sql: ({ tenantId, now }: Stage) => sql`
with set_up as (
  insert into monitoring.tb_integration_health (tenant_id, id, name, integration_type, configured_at, last_check)
  select ${tenantId}, id, name, type, ${now}::timestamptz - interval '90 days', ${now}::timestamptz
  from jsonb_to_recordset(${JSON.stringify(integrations)}::jsonb)
    as i (id text, name text, type monitoring.integration_type)
  order by id
  on conflict do nothing
  returning 1
)
select count(*) as integrations from set_up`,
});

/** Two alert rules of the demo, with alerts of the last two weeks that have all ended; what comes next is evaluated. */
export const setAlerts = statement({
  title: 'set the alerts of the demo',
  on: 'warehouse',
  columns: { rules: 'int8', alerts: 'int8' },
  example,
  sql: ({ tenantId, now }: Stage) => sql`
with rule as (
  insert into monitoring.tb_alert_rule
    (tenant_id, id, name, severity, metric_name, comparison_operator, threshold, min_samples, notification_channels, created_by)
  values
    (${tenantId}, 'slow-reports', 'Reports are slow', 'warning', 'request.p95', 'gt', 5000, 20, '{in-app}', 'demo'),
    (${tenantId}, 'bounces', 'A mailbox bounces', 'error', 'mailbox.bounce_rate', 'gte', 0.2, 50, '{in-app}', 'demo')
  on conflict do nothing
  returning id, severity, threshold
), alert as (
  insert into monitoring.tb_alert
    (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold, triggered_at,
      acknowledged_at, acknowledged_by, resolved_at, labels)
  select ${tenantId}, r.id || '-' || i, r.id, 'resolved', r.severity, 'over ' || r.threshold, r.threshold * 1.3, r.threshold,
    t.at, t.at + interval '4 minutes', 'on-call', t.at + (10 + i) * interval '1 minute',
    case r.id when 'bounces' then jsonb_build_object('mailbox_id', 'heron-analytics-partners-mailbox2')
      else jsonb_build_object('endpoint', '/api/reports', 'method', 'POST') end
  from rule r, generate_series(0, 9) i,
    lateral (select ${now}::timestamptz - i * interval '34 hours' - interval '50 minutes' as at) t
  order by r.id, i
  on conflict do nothing
  returning 1
)
select (select count(*) from rule) as rules, (select count(*) from alert) as alerts`,
});

/** Has a service of the demo checked at the next look, whenever it was checked before. */
export const hurryService = statement({
  title: 'hurry a service of the demo',
  on: 'warehouse',
  columns: { hurried: 'int8' },
  example: { tenantId: 'nobody', id: 'none' },
  sql: ({ tenantId, id }: { readonly tenantId: string; readonly id: string }) => sql`
with hurried as (
  update monitoring.tb_service_health set next_check_at = null
  where tenant_id = ${tenantId} and id = ${id}
  returning 1
)
select count(*) as hurried from hurried`,
});
