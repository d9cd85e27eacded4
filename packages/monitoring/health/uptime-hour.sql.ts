import { sql, type RawBuilder } from 'kysely';

const seconds = (of: string): RawBuilder<unknown> =>
  sql.raw(`floor(extract(epoch from ${of}))::bigint`);

// Seconds of each state and hour: what a check found lasts until the next one, at most two intervals. The walk of each
// service through the index of its checks begins two intervals before its first hour: no older check reaches into it.
const stated = (until: string): RawBuilder<unknown> => sql`
spell as (
  select s.tenant_id, s.id, c.status, greatest(c.begins, s.first_s) as begins,
    least(c.ends, c.begins + 2 * s.seconds, s.until_s) as ends
  from service s cross join lateral (
    select l.status, ${seconds('l.checked_at')} as begins,
      coalesce(lead(${seconds('l.checked_at')}) over (order by l.checked_at, l.id), s.until_s) as ends
    from monitoring.tb_health_check_log l
    where l.tenant_id = s.tenant_id and l.service_id = s.id and l.checked_at < ${until}::timestamptz
      and l.checked_at >= s.first - 2 * s.seconds * interval '1 second' - interval '1 second'
  ) c
), piece as (
  select p.tenant_id, p.id, p.status, hour_s, greatest(p.begins, hour_s) as begins, least(p.ends, hour_s + 3600) as ends
  from spell p cross join lateral generate_series(p.begins / 3600 * 3600, p.ends - 1, 3600) hour_s
  where p.begins < p.ends and p.status <> 'unknown'
)`;

// Times of maintenance by service and hour, those that overlap as one: pieces are looked up by a hash of the three. Compared
// with every time of its service instead, a piece of a million checks would take minutes for what takes seconds.
const rested = sql`
resting as materialized (
  select c.tenant_id, c.id, hour_s,
    range_agg(int8range(greatest(c.begins, hour_s), least(c.ends, hour_s + 3600))) as busy
  from (
    select s.tenant_id, s.id, greatest(${seconds('c.starts')}, s.first_s) as begins, least(${seconds('c.ends')}, s.until_s) as ends
    from covered c join service s on s.tenant_id = c.tenant_id and s.id = c.id
  ) c cross join lateral generate_series(c.begins / 3600 * 3600, c.ends - 1, 3600) hour_s
  where c.begins < c.ends
  group by 1, 2, 3
), cleared as (
  select p.tenant_id, p.id, p.status, p.hour_s, p.ends - p.begins - case when r.busy is null then 0 else (
    select coalesce(sum(upper(b) - lower(b)), 0) from unnest(r.busy * int8multirange(int8range(p.begins, p.ends))) b
  ) end as seconds
  from piece p left join resting r on r.tenant_id = p.tenant_id and r.id = p.id and r.hour_s = p.hour_s
)`;

const hours = sql`
hour as materialized (
  select tenant_id, id, hour_s, coalesce(sum(seconds) filter (where what = 'healthy'), 0)::integer as healthy,
    coalesce(sum(seconds) filter (where what = 'degraded'), 0)::integer as degraded,
    coalesce(sum(seconds) filter (where what = 'down'), 0)::integer as down,
    coalesce(sum(seconds) filter (where what = 'resting'), 0)::integer as resting
  from (
    select tenant_id, id, hour_s, status::text as what, seconds from cleared
    union all select tenant_id, id, hour_s, 'resting', (select sum(upper(b) - lower(b)) from unnest(busy) b) from resting
    -- An hour that was known and is not any more.
    union all select u.tenant_id, u.service_id, ${seconds('u.hour')}, 'unknown', 0
      from service s join monitoring.service_uptime_hour u
        on u.tenant_id = s.tenant_id and u.service_id = s.id and u.hour >= s.first and u.hour < s.until
  ) parts
  group by 1, 2, 3
)`;

const upsert = sql`
written as (
  insert into monitoring.service_uptime_hour as u
    (tenant_id, service_id, hour, healthy_seconds, degraded_seconds, down_seconds, maintenance_seconds)
  select tenant_id, id, to_timestamp(hour_s), healthy, degraded, down, resting from hour order by tenant_id, id, hour_s
  on conflict (tenant_id, service_id, hour) do update set healthy_seconds = excluded.healthy_seconds,
    degraded_seconds = excluded.degraded_seconds, down_seconds = excluded.down_seconds,
    maintenance_seconds = excluded.maintenance_seconds
  where (u.healthy_seconds, u.degraded_seconds, u.down_seconds, u.maintenance_seconds)
    is distinct from (excluded.healthy_seconds, excluded.degraded_seconds, excluded.down_seconds, excluded.maintenance_seconds)
  returning 1
)`;

/**
 * Common table expressions that count the hours of each `service` until a moment, with its times of maintenance in
 * `covered`: `hour` has the seconds of each state, and `written` a row for each that changed.
 */
export const hoursCounted = (until: string): RawBuilder<unknown> =>
  sql`${stated(until)}, ${rested}, ${hours}, ${upsert}`;
