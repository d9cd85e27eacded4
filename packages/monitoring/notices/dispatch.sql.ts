import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { trimTransitions } from '../alerts/transition.sql.ts';

// The planner knows nothing of alerts: under row-level security it may not look at statistics for operators that could leak,
// as those of enums. It then guesses that most are open and reads the whole history each minute, unless told not to.

/**
 * Makes alerts active whose acknowledgement lapsed, and those that still fire when their cool-down ends, of given tenants or
 * of all; locked in order of their keys. Returns what was done: the lapsed ones are told again.
 */
export const wakeAlerts = statement<
  { readonly now: string; readonly tenants: readonly string[] | null },
  { tenant_id: 'text'; rule_id: 'varchar'; fingerprint: 'text'; kind: 'text' }
>({
  title: 'wake alerts whose acknowledgement or cool-down ended',
  on: 'warehouse',
  planned: 'each-time',
  columns: { tenant_id: 'text', rule_id: 'varchar', fingerprint: 'text', kind: 'text' },
  example: { now: '2025-01-01T00:00:00.000Z', tenants: null },
  sql: ({ now, tenants }) => sql`
with due as materialized (
  select tenant_id, id, case status when 'acknowledged' then 'lapsed' else 'activated' end as kind
  from monitoring.tb_alert
  where (status = 'acknowledged' or (status = 'suppressed' and resolved_at is null)) and resolved_at is null
    and (status = 'acknowledged' and acknowledged_until <= ${now}::timestamptz
      -- One without a reason is from before there were reasons, or was written by hand: its cool-down is over, unless it says when.
      or status = 'suppressed' and suppressed_reason is distinct from 'rate-limit'
        and coalesce(suppressed_until, '-infinity') <= ${now}::timestamptz)
    and (${tenants}::text[] is null or tenant_id = any(${tenants}::text[]))
  order by tenant_id, id
  for no key update
), woken as (
  update monitoring.tb_alert a set status = 'active', acknowledged_until = null, suppressed_until = null, updated_at = now(),
    lapses = a.lapses + (d.kind = 'lapsed')::integer, lapsed_at = case d.kind when 'lapsed' then ${now}::timestamptz else a.lapsed_at end
  from due d where a.tenant_id = d.tenant_id and a.id = d.id
  returning a.tenant_id, a.alert_rule_id, a.fingerprint, a.id, a.lapses, d.kind
), trimmed as (
  ${trimTransitions(sql`(select * from woken where kind = 'lapsed' and lapses % 100 = 0)`)}
), noted as (
  insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, note)
  select tenant_id, id, ${now}::timestamptz, kind, case kind
    when 'lapsed' then 'the acknowledgement timed out while it fires' else 'it still fires after the cool-down' end
  from woken order by tenant_id, id
)
select tenant_id, alert_rule_id as rule_id, fingerprint, kind from woken`,
});

/** What a dispatch reads of an alert. */
export const alertColumns = {
  tenant_id: 'text',
  id: 'varchar',
  rule_id: 'varchar',
  status: 'text',
  severity: 'text',
  message: 'text',
  labels: 'jsonb',
  fingerprint: 'text',
  value: 'float8',
  threshold: 'float8',
  triggered_at: 'timestamptz',
  resolved_at: 'timestamptz?',
  group_id: 'text?',
  is_over_rate: 'bool',
} as const satisfies Columns;

/** The same as SQL, of a row `w`. */
export const alertFields = sql`
w.tenant_id, w.id, w.alert_rule_id as rule_id, w.status::text as status, w.severity::text as severity, w.message, w.labels,
w.fingerprint, w.current_value::float8 as value, w.threshold::float8 as threshold, w.triggered_at, w.resolved_at, w.group_id,
coalesce(w.status = 'suppressed' and w.suppressed_reason = 'rate-limit', false) as is_over_rate`;

/**
 * All open alerts of all tenants, and of each series that a group still owes its end the last alert, which ended. What is
 * tested only is not among them.
 */
export const readAlerts = statement({
  title: 'read the alerts that are to be told',
  on: 'warehouse',
  planned: 'each-time',
  columns: { ...alertColumns, is_open: 'bool' },
  example: null,
  sql: () => sql`
with open as materialized (
  select * from monitoring.tb_alert a
  where (a.status in ('active', 'acknowledged') or (a.status = 'suppressed' and a.resolved_at is null))
    and not coalesce(a.metadata @> '{"shadow": true}', false)
), owed as materialized (
  select distinct g.tenant_id, left(s.series, 32) as fingerprint, substr(s.series, 34) as rule_id
  from monitoring.alert_group g cross join lateral unnest(g.firing || g.stale) s(series)
  except
  select tenant_id, fingerprint, alert_rule_id from open
)
select ${alertFields}, true as is_open from open w
union all
select ${alertFields}, false
from (
  select distinct on (a.tenant_id, a.alert_rule_id, a.fingerprint) a.*
  from owed o cross join lateral (
    -- offset 0: one series at a time by its index. Joined, or with a limit of its own, it reads the history of the rule.
    select a.* from monitoring.tb_alert a
    where a.tenant_id = o.tenant_id and a.alert_rule_id = o.rule_id and a.fingerprint = o.fingerprint
      and not coalesce(a.metadata @> '{"shadow": true}', false) offset 0
  ) a
  order by a.tenant_id, a.alert_rule_id, a.fingerprint, a.triggered_at desc
) w
order by tenant_id, id`,
});

/** Alerts over the rate of their rule that ended before anybody was told, and no digest told of yet. */
const endedHeld = sql`
select tenant_id, alert_rule_id as rule_id, array_agg(id::text order by id) as ids
from monitoring.tb_alert
where status = 'suppressed' and suppressed_reason = 'rate-limit' and suppressed_until is null and resolved_at is not null
group by 1, 2`;

/** The rules of given alerts and those with a digest to come: whom they tell, how, and how often they did in an hour. */
export const readRules = statement({
  title: 'read the rules of alerts that are to be told',
  on: 'warehouse',
  planned: 'each-time',
  columns: {
    tenant_id: 'text',
    id: 'varchar',
    name: 'varchar',
    metric_name: 'varchar',
    channels: '_text',
    recipients: 'jsonb',
    template: 'varchar?',
    group_by: '_text',
    group_wait_seconds: 'int4',
    group_interval_seconds: 'int4',
    repeat_interval_seconds: 'int4',
    most_per_hour: 'int4?',
    escalation_delay: 'int4?',
    policy_name: 'varchar?',
    levels: 'jsonb?',
    told_this_hour: 'int8',
    held_ended: '_text',
  },
  example: { tenants: ['nobody'], ids: ['none'], now: '2025-01-01T00:00:00.000Z' },
  sql: ({ tenants, ids, now }: { tenants: string[]; ids: string[]; now: string }) => sql`
with held as materialized (${endedHeld}
), told as (
  select tenant_id, rule_id, count(*) as flushes from (
    select distinct n.tenant_id, r.rule_id, n.group_id, n.created_at
    from monitoring.notice n, unnest(n.rule_ids) r(rule_id)
    where n.rule_ids <> '{}' and n.created_at > ${now}::timestamptz - interval '1 hour'
  ) f group by 1, 2
), wanted as (
  select tenant_id, id from unnest(${tenants}::text[], ${ids}::text[]) k(tenant_id, id)
  union select tenant_id, rule_id from held
)
select r.tenant_id, r.id, r.name, r.metric_name, r.notification_channels::text[] as channels,
  r.notification_recipients as recipients, r.notification_template as template, r.group_by,
  r.group_wait_seconds, r.group_interval_seconds, r.repeat_interval_seconds, r.max_alerts_per_hour as most_per_hour,
  r.escalation_delay, p.name as policy_name, p.levels,
  coalesce(t.flushes, 0) as told_this_hour, coalesce(h.ids, '{}') as held_ended
from wanted w
join monitoring.tb_alert_rule r on r.tenant_id = w.tenant_id and r.id = w.id
left join monitoring.tb_escalation_policy p on p.tenant_id = r.tenant_id and p.id = r.escalation_policy_id
left join told t on t.tenant_id = r.tenant_id and t.rule_id = r.id
left join held h on h.tenant_id = r.tenant_id and h.rule_id = r.id`,
});

/** All groups of all tenants: there are as many as have something open. */
export const readGroups = statement({
  title: 'read the groups of alerts',
  on: 'warehouse',
  planned: 'each-time',
  columns: {
    tenant_id: 'text',
    id: 'text',
    opened_at: 'timestamptz',
    next_flush_at: 'timestamptz',
    sent_at: 'timestamptz?',
    firing: '_text',
    stale: '_text',
    destinations: 'jsonb',
  },
  example: null,
  sql: () => sql`
select tenant_id, id, opened_at, next_flush_at, sent_at, firing, stale, destinations from monitoring.alert_group`,
});
