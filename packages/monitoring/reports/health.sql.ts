import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';

/** One tenant and the moment to judge staleness at (ISO 8601). */
export type SystemHealthAsk = { readonly tenantId: string; readonly now: string };

const systemColumns = {
  total_services: 'int8',
  healthy_count: 'int8',
  degraded_count: 'int8',
  down_count: 'int8',
  unknown_count: 'int8',
  stale_count: 'int8',
  avg_uptime_24h: 'float8?',
} as const satisfies Columns;

/**
 * Q1 of seed 004: the services of a tenant by state, in one row. The four states add up to the total (C43). The seed rounds
 * the mean to two decimals, which tell 99.999 from 100 no more: here it has six, as the column has.
 */
export const systemHealth = statement<SystemHealthAsk, typeof systemColumns>({
  title: 'overall system health',
  on: 'warehouse',
  columns: systemColumns,
  example: { tenantId: 'nobody', now: '2025-03-10T12:00:00Z' },
  sql: ({ tenantId, now }) => sql`
select count(*) as total_services, count(*) filter (where status = 'healthy') as healthy_count,
  count(*) filter (where status = 'degraded') as degraded_count,
  count(*) filter (where status = 'down') as down_count,
  count(*) filter (where status = 'unknown') as unknown_count,
  count(*) filter (where last_check < ${now}::timestamptz - 3 * check_interval * interval '1 second') as stale_count,
  round(avg(uptime_24h), 6)::float8 as avg_uptime_24h
from monitoring.tb_service_health
where tenant_id = ${tenantId} and deleted_at is null`,
});

/** A page of services in the order of their names, after one of them; each with so many checks. */
export type ServiceHealthAsk = {
  readonly tenantId: string;
  readonly status: string | null;
  readonly checks: number;
  readonly limit: number;
  readonly after: { readonly name: string; readonly id: string } | null;
};

const serviceColumns = {
  id: 'varchar',
  name: 'varchar',
  service_type: 'varchar',
  status: 'text',
  uptime_24h: 'float8?',
  last_check: 'timestamptz',
  recent_checks: 'jsonb',
  reason: 'text?',
  changed_at: 'timestamptz?',
  is_active: 'bool',
  revision: 'int4',
} as const satisfies Columns;

/**
 * Q2 of seed 004: services with their latest checks, the newest first. Where the seed has null for a service without checks,
 * this has an empty list. The names of a tenant's services are few; each walks the index of its checks as far as they are
 * asked for.
 */
export const serviceHealth = statement<ServiceHealthAsk, typeof serviceColumns>({
  title: 'service health with recent checks',
  on: 'warehouse',
  columns: serviceColumns,
  example: { tenantId: 'nobody', status: null, checks: 10, limit: 50, after: null },
  sql: ({ tenantId, status, checks, limit, after }) => sql`
select s.id, s.name, s.service_type, s.status::text as status, s.uptime_24h::float8 as uptime_24h, s.last_check, c.recent_checks,
  s.reason, s.changed_at, s.is_active, s.revision
from (
  select * from monitoring.tb_service_health
  where tenant_id = ${tenantId} and deleted_at is null
    ${status === null ? sql`` : sql`and status = ${status}::text::monitoring.service_status`}
    ${after === null ? sql`` : sql`and (name, id) > (${after.name}::text, ${after.id}::text)`}
  order by name, id limit ${limit + 1}
) s cross join lateral (
  select coalesce(jsonb_agg(jsonb_build_object('status', l.status, 'response_time', l.response_time,
    'checked_at', to_char(l.checked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    order by l.checked_at desc, l.id desc), '[]') as recent_checks
  from (
    select id, status, response_time, checked_at from monitoring.tb_health_check_log
    where tenant_id = ${tenantId} and service_id = s.id
    order by checked_at desc, id desc limit ${checks}
  ) l
) c
order by s.name, s.id`,
});
