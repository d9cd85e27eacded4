import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { trimTransitions } from '../alerts/transition.sql.ts';

/** Alerts by their keys, place by place. */
export type Keys = { readonly tenants: readonly string[]; readonly ids: readonly string[] };

const nobody: Keys = { tenants: ['nobody'], ids: ['none'] };
const exampleNow = '2025-01-01T00:00:00.000Z';

/** Writes what groups have told, and when they are looked at next. */
export const writeGroups = statement({
  title: 'write groups of alerts',
  on: 'warehouse',
  planned: 'each-time',
  columns: {},
  example: { groups: '[]' },
  sql: ({ groups }: { groups: string }) => sql`
insert into monitoring.alert_group (tenant_id, id, labels, opened_at, next_flush_at, sent_at, firing, stale,
  destinations)
select tenant_id, id, labels, opened_at, next_flush_at, sent_at, firing, stale, destinations
from jsonb_to_recordset(${groups}::jsonb) g(tenant_id text, id text, labels jsonb, opened_at timestamptz,
  next_flush_at timestamptz, sent_at timestamptz, firing text[], stale text[], destinations jsonb)
order by tenant_id, id
on conflict (tenant_id, id) do update set next_flush_at = excluded.next_flush_at, sent_at = excluded.sent_at,
  firing = excluded.firing, stale = excluded.stale, destinations = excluded.destinations`,
});

/** Removes groups that have nothing more to tell. */
export const removeGroups = statement({
  title: 'remove groups of alerts',
  on: 'warehouse',
  planned: 'each-time',
  columns: {},
  example: nobody,
  sql: ({ tenants, ids }: Keys) => sql`
delete from monitoring.alert_group g using unnest(${tenants}::text[], ${ids}::text[]) k(tenant_id, id)
where g.tenant_id = k.tenant_id and g.id = k.id`,
});

/** Puts notices into the outbox, once for each dedup_key of a tenant; returns those that were not there. */
export const writeNotices = statement({
  title: 'write notices',
  on: 'warehouse',
  planned: 'each-time',
  columns: { written: 'text' },
  example: { notices: '[]', now: exampleNow },
  sql: ({ notices, now }: { notices: string; now: string }) => sql`
insert into monitoring.notice (tenant_id, id, dedup_key, kind, channel, recipient, group_id, alert_ids, rule_ids, content,
  state, problem, created_at, next_attempt_at)
select tenant_id, id, dedup_key, kind, channel::monitoring.notification_channel, recipient, group_id, alert_ids, rule_ids,
  content, case when problem is null then 'pending' else 'failed' end, problem, ${now}::timestamptz, ${now}::timestamptz
from jsonb_to_recordset(${notices}::jsonb) n(tenant_id text, id text, dedup_key text, kind text, channel text,
  recipient text, group_id text, alert_ids text[], rule_ids text[], content jsonb, problem text)
order by tenant_id, dedup_key
on conflict do nothing
returning id as written`,
});

/** What alerts were told, place by place: when last that they fire, to whom (JSON), and in words. */
export type ToldOf = Keys & {
  readonly firing: readonly boolean[];
  readonly sent: readonly string[];
  readonly notes: readonly string[];
};

/** Notes of alerts that they were told, to whom. Rows are taken in order of their keys, as by all who write alerts. */
export const noteTold = statement({
  title: 'note what alerts were told',
  on: 'warehouse',
  planned: 'each-time',
  columns: {},
  example: { ...nobody, firing: [true], sent: ['[]'], notes: ['-'], now: exampleNow },
  sql: ({ tenants, ids, firing, sent, notes, now }: ToldOf & { now: string }) => sql`
with told as materialized (
  select k.* from unnest(${tenants}::text[], ${ids}::text[], ${firing}::boolean[], ${sent}::text[], ${notes}::text[])
    k(tenant_id, id, is_firing, sent, note)
), held as materialized (
  select a.tenant_id, a.id,
    case jsonb_typeof(a.notifications_sent) when 'array' then jsonb_array_length(a.notifications_sent) >= 100 end as is_old
  from monitoring.tb_alert a join told t on t.tenant_id = a.tenant_id and t.id = a.id
  order by a.tenant_id, a.id for no key update of a
), trimmed as (
  -- Of those that were told a hundred times: to look at others in a storm of 10,000 would cost more than it finds.
  ${trimTransitions(sql`(select * from held where is_old)`)}
), noted as (
  update monitoring.tb_alert a set
    notified_at = case when t.is_firing then ${now}::timestamptz else a.notified_at end,
    -- The newest hundred: what is repeated for months would grow with each notice, and be written whole each time.
    notifications_sent = (
      select jsonb_agg(n.one order by n.place) from (
        select one, place, count(*) over () as many
        from jsonb_array_elements(coalesce(a.notifications_sent, '[]') || t.sent::jsonb) with ordinality s(one, place)
      ) n where n.place > n.many - 100)
  from told t join held h on h.tenant_id = t.tenant_id and h.id = t.id
  where a.tenant_id = t.tenant_id and a.id = t.id
)
insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, note)
select t.tenant_id, t.id, ${now}::timestamptz, 'notified', t.note
from told t join held h on h.tenant_id = t.tenant_id and h.id = t.id order by t.tenant_id, t.id`,
});

/** Says of alerts which group they belong to; an empty text: to none. */
export const writeMembership = statement({
  title: 'write the groups that alerts belong to',
  on: 'warehouse',
  planned: 'each-time',
  columns: {},
  example: { ...nobody, groups: [''] },
  sql: ({ tenants, ids, groups }: Keys & { groups: readonly string[] }) => sql`
with wanted as materialized (
  select a.tenant_id, a.id, nullif(k.group_id, '') as group_id
  from unnest(${tenants}::text[], ${ids}::text[], ${groups}::text[]) k(tenant_id, id, group_id)
  join monitoring.tb_alert a on a.tenant_id = k.tenant_id and a.id = k.id
  order by a.tenant_id, a.id for no key update of a
)
update monitoring.tb_alert a set group_id = w.group_id
from wanted w where a.tenant_id = w.tenant_id and a.id = w.id`,
});

/** Holds active alerts back that are over the rate of their rule; one that somebody took on meanwhile stays his. */
export const holdBack = statement({
  title: 'hold alerts back that are over the rate',
  on: 'warehouse',
  planned: 'each-time',
  columns: {},
  example: { ...nobody, now: exampleNow },
  sql: ({ tenants, ids, now }: Keys & { now: string }) => sql`
with over as materialized (
  select a.tenant_id, a.id from monitoring.tb_alert a
  join unnest(${tenants}::text[], ${ids}::text[]) k(tenant_id, id) on a.tenant_id = k.tenant_id and a.id = k.id
  where a.status = 'active' order by a.tenant_id, a.id for no key update of a
), held as (
  update monitoring.tb_alert a set status = 'suppressed', suppressed_reason = 'rate-limit', suppressed_until = null,
    updated_at = now()
  from over k where a.tenant_id = k.tenant_id and a.id = k.id
  returning a.tenant_id, a.id
)
insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, note)
select tenant_id, id, ${now}::timestamptz, 'suppressed', 'the rule told as often as it may in an hour'
from held order by tenant_id, id`,
});

/** Ends the holding back of alerts that a digest told of: those that fire are active, those that ended stay suppressed. */
export const releaseHeld = statement({
  title: 'release alerts that a digest told of',
  on: 'warehouse',
  planned: 'each-time',
  columns: {},
  example: { ...nobody, now: exampleNow },
  sql: ({ tenants, ids, now }: Keys & { now: string }) => sql`
with held as materialized (
  select a.tenant_id, a.id from monitoring.tb_alert a
  join unnest(${tenants}::text[], ${ids}::text[]) k(tenant_id, id) on a.tenant_id = k.tenant_id and a.id = k.id
  where a.status = 'suppressed' and a.suppressed_reason = 'rate-limit'
  order by a.tenant_id, a.id for no key update of a
), released as (
  update monitoring.tb_alert a set updated_at = now(),
    status = case when a.resolved_at is null then 'active' else a.status end,
    suppressed_until = case when a.resolved_at is null then null else ${now}::timestamptz end
  from held k where a.tenant_id = k.tenant_id and a.id = k.id
  returning a.tenant_id, a.id, a.resolved_at
)
insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, note)
select tenant_id, id, ${now}::timestamptz, 'activated', 'a digest told of it'
from released where resolved_at is null order by tenant_id, id`,
});

/** Notes of silences that it was told that they are about to end. */
export const noteReminded = statement({
  title: 'note that silences were reminded of',
  on: 'warehouse',
  planned: 'each-time',
  columns: {},
  example: { ...nobody, now: exampleNow },
  sql: ({ tenants, ids, now }: Keys & { now: string }) => sql`
update monitoring.silence s set reminded_at = ${now}::timestamptz
from unnest(${tenants}::text[], ${ids}::text[]) k(tenant_id, id) where s.tenant_id = k.tenant_id and s.id = k.id`,
});
