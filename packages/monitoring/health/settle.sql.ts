import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';
import { secondsOf } from './interval.sql.ts';
import { covered, noCovers, type Covers } from './window.sql.ts';

/** A slot of the schedule, and what is under maintenance then. */
export type SettleAsk = { readonly slot: string; readonly covers: Covers };

// What is stored may be older than the contract: a period that is no number is null, and none is too long to be added.
const allowed = sql`
case when jsonb_typeof(h.probe -> 'period_seconds') = 'number' then greatest(0, least(100000000,
  (h.probe ->> 'period_seconds')::numeric
  + case when jsonb_typeof(h.probe -> 'grace_seconds') = 'number' then (h.probe ->> 'grace_seconds')::numeric else 0 end))
end`;

// What a service is by itself at the slot. One that is, or was, probed is what its last check made of it, while that is fresh;
// one that only others tell of is what they say.
const verdict = (slot: string): RawBuilder<unknown> => sql`
case
  when not h.is_active then array['unknown', 'it is switched off']
  when m.name is not null then array['unknown', 'maintenance: ' || m.name]
  when h.probe is null and h.checked_slot is null then array[h.status::text, h.reason]
  when h.probe ->> 'kind' = 'heartbeat' then case
    when a.seconds is null then array['unknown', 'what is expected of it cannot be read any more: set it anew']
    when h.heartbeat_at is null then array['unknown', 'no ping has come yet']
    when h.heartbeat_status = 'fail' then array['down', coalesce('the job says: ' || h.heartbeat_message, 'the job says that it failed')]
    when h.heartbeat_at + a.seconds::float8 * interval '1 second' < ${slot}::timestamptz
      then array['down', 'no ping within ' || a.seconds || ' seconds of the last']
    else array['healthy', null] end
  when h.status <> 'unknown' and h.last_check < ${slot}::timestamptz - 3 * ${secondsOf('h')} * interval '1 second'
    then array['unknown', 'no fresh check']
  else array[h.status::text, h.reason] end`;

// All services with what they are by themselves, and for those below one that is down, the uppermost such.
const wanted = ({ slot, covers }: SettleAsk): RawBuilder<unknown> => sql`
${covered(covers)}, maintained as (
  select tenant_id, id, min(name) as name from covered group by 1, 2
), own as materialized (
  select h.tenant_id, h.id, h.parent_id, h.name, h.status::text as status, h.reason, h.blocked_by, h.checked_slot, h.last_check,
    h.heartbeat_at, h.heartbeat_status, ${secondsOf('h')} as seconds, (h.probe is not null or h.checked_slot is not null) as is_ours,
    coalesce(h.probe ->> 'kind' = 'heartbeat', false) as is_heartbeat,
    not h.is_active or m.name is not null as is_resting, m.name is not null as is_maintained, v.verdict, v.why
  from monitoring.tb_service_health h
  left join maintained m on m.tenant_id = h.tenant_id and m.id = h.id
  cross join lateral (select ${allowed} as seconds) a
  cross join lateral (select r.v[1] as verdict, r.v[2] as why from (select ${verdict(slot)} as v) r) v
  where h.deleted_at is null
)`;

/**
 * Settles at a slot what no check tells: services under maintenance, switched off, below one that is down, or without a
 * fresh check are unknown; heartbeats are what their pings say. Writes only what changed since, and for heartbeats a line of
 * the log an interval, by which their uptime is counted. Who was held back by maintenance or by one above is due as soon as
 * that is over. A row that somebody writes meanwhile, and one that has been checked at a later slot, stays as it is. Rows
 * are locked in the order of their keys, as messages of checks lock them.
 */
export const settleServices = statement<
  SettleAsk,
  { changed: 'int8'; down: 'int8'; logged: 'int8' }
>({
  title: 'settle the states of services',
  on: 'warehouse',
  columns: { changed: 'int8', down: 'int8', logged: 'int8' },
  example: { slot: '2026-01-01T00:00:00.000Z', covers: noCovers },
  sql: (ask) => sql`
with recursive ${wanted(ask)}, below as (
  select c.tenant_id, c.id, p.id as by_id, p.name as by_name, 1 as depth
  from own p join own c on c.tenant_id = p.tenant_id and c.parent_id = p.id
  where p.verdict = 'down'
  union all
  select c.tenant_id, c.id, b.by_id, b.by_name, b.depth + 1
  from below b join own c on c.tenant_id = b.tenant_id and c.parent_id = b.id
  where b.depth < 16
), blocked as (
  select distinct on (tenant_id, id) tenant_id, id, by_id, by_name from below order by tenant_id, id, depth desc
), settled as (
  select o.*, not o.is_resting and b.by_id is not null as is_below,
    case when o.is_resting or b.by_id is null then o.verdict else 'unknown' end as new_status,
    case when not o.is_resting and b.by_id is not null then 'because ' || b.by_name || ' is down'
      when f.is_freed then 'what it depends on is up again: its next check tells' else o.why end as new_reason,
    case when not o.is_resting then b.by_id end as new_blocked_by, f.is_freed
  from own o left join blocked b on b.tenant_id = o.tenant_id and b.id = o.id
  cross join lateral (
    select not (o.is_resting or o.is_heartbeat) and b.by_id is null and o.blocked_by is not null as is_freed
  ) f
  where o.is_ours and (o.checked_slot is null or o.checked_slot <= ${ask.slot}::timestamptz)
), news as materialized (
  select s.*, s.is_heartbeat and not s.is_resting and not s.is_below and s.new_status <> 'unknown'
    and s.last_check <= ${ask.slot}::timestamptz - s.seconds * interval '1 second' as is_due
  from settled s
), held as materialized (
  select n.* from news n join monitoring.tb_service_health h on h.tenant_id = n.tenant_id and h.id = n.id
  where (n.is_due or (n.status, n.reason, n.blocked_by) is distinct from (n.new_status, n.new_reason, n.new_blocked_by))
    and h.status::text = n.status and h.last_check = n.last_check and h.checked_slot is not distinct from n.checked_slot
    and h.heartbeat_at is not distinct from n.heartbeat_at and h.heartbeat_status is not distinct from n.heartbeat_status
  order by h.tenant_id, h.id
  for no key update of h
), told as (
  update monitoring.tb_service_health h set
    status = n.new_status::monitoring.service_status, reason = n.new_reason, blocked_by = n.new_blocked_by, updated_at = now(),
    last_check = case when n.is_heartbeat and not n.is_resting and not n.is_below and n.new_status <> 'unknown'
      then ${ask.slot}::timestamptz else h.last_check end,
    checked_slot = case when n.is_heartbeat or n.is_resting then ${ask.slot}::timestamptz else h.checked_slot end,
    -- Whoever is asked once a day would be unknown for a day: it is due when its maintenance ends, or who held it back is up.
    next_check_at = case when n.is_maintained or n.is_freed then least(h.next_check_at, ${ask.slot}::timestamptz)
      else h.next_check_at end,
    changed_at = case when n.status = n.new_status then h.changed_at else ${ask.slot}::timestamptz end,
    uptime_until = case when h.uptime_until > ${ask.slot}::timestamptz then ${ask.slot}::timestamptz else h.uptime_until end
  from held n where h.tenant_id = n.tenant_id and h.id = n.id
  returning h.tenant_id, h.id, h.status, h.reason, n.is_due, n.status <> n.new_status as changed
), logged as (
  insert into monitoring.tb_health_check_log (tenant_id, service_id, status, error_message, checked_at)
  select tenant_id, id, status, reason, ${ask.slot}::timestamptz from told where changed or is_due order by tenant_id, id
  returning 1
)
select count(*) filter (where changed) as changed, count(*) filter (where changed and status = 'down') as down,
  (select count(*) from logged) as logged
from told`,
});
