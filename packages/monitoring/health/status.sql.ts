import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** A tenant's public services, or one of them, as of a moment. */
export type PublicAsk = {
  readonly tenantId: string;
  readonly serviceId: string | null;
  readonly now: string;
};

const columns = {
  id: 'varchar',
  name: 'varchar',
  status: 'text',
  changed_at: 'timestamptz?',
  last_check: 'timestamptz',
  uptime_24h: 'float8?',
  uptime_7d: 'float8?',
  uptime_30d: 'float8?',
  days: 'jsonb',
} as const;

/**
 * The public services of a tenant by name, with the uptime of each of the last 90 days in UTC, the oldest first; a day of
 * which nothing is known is null. Nothing else of a service is told: reasons may name what is not public.
 */
export const readPublic = statement<PublicAsk, typeof columns>({
  title: 'public status of services',
  on: 'warehouse',
  columns,
  example: { tenantId: 'nobody', serviceId: null, now: '2026-01-01T00:00:00.000Z' },
  sql: ({ tenantId, serviceId, now }) => sql`
with day as (
  select date_trunc('day', ${now}::timestamptz, 'UTC') - n * interval '24 hours' as begins from generate_series(0, 89) n
)
select s.id, s.name, s.status::text as status, s.changed_at, s.last_check, s.uptime_24h::float8 as uptime_24h,
  s.uptime_7d::float8 as uptime_7d, s.uptime_30d::float8 as uptime_30d, d.days
from monitoring.tb_service_health s cross join lateral (
  select jsonb_agg(jsonb_build_object('day', to_char(d.begins at time zone 'UTC', 'YYYY-MM-DD'),
    'uptime', round(100.0 * u.up / nullif(u.known, 0), 6)) order by d.begins) as days
  from day d left join (
    select date_trunc('day', hour, 'UTC') as begins, sum(healthy_seconds + degraded_seconds) as up,
      sum(healthy_seconds + degraded_seconds + down_seconds) as known
    from monitoring.service_uptime_hour
    where tenant_id = ${tenantId} and service_id = s.id and hour >= (select min(begins) from day)
    group by 1
  ) u using (begins)
) d
where s.tenant_id = ${tenantId} and s.is_public and s.deleted_at is null
  and (${serviceId}::text is null or s.id = ${serviceId}::text)
order by s.name, s.id`,
});
