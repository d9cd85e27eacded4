import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Written, RuleKeys } from './claim.sql.ts';
import { isOpen } from './open.sql.ts';

// Values become numeric by way of text: straight, Postgres keeps 15 digits of 17, so that a value would differ from itself, and
// the largest would be too large to be read back.

/** Alerts that begin, by their place. */
export type Raised = RuleKeys & {
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  readonly values: readonly number[];
  readonly slots: readonly string[];
  readonly messages: readonly string[];
  readonly explanations: readonly string[];
};

/**
 * Raises alerts, unless one of the same rule and series is open; since when it breaches says the explanation. Within the
 * cool-down after the last notice of its series it
 * is suppressed. `raised` is how many there were; one that was raised before in the same slot is none.
 */
export const raiseAlerts = statement<Raised, { raised: 'int8' }>({
  title: 'raise alerts',
  on: 'warehouse',
  planned: 'each-time',
  columns: { raised: 'int8' },
  example: {
    tenants: [],
    rules: [],
    ids: [],
    labels: [],
    values: [],
    slots: [],
    messages: [],
    explanations: [],
  },
  sql: (given) => sql`
with given as materialized (
  select *, md5(labels::text) as fingerprint
  from unnest(${given.tenants}::text[], ${given.rules}::text[], ${given.ids}::text[], ${given.labels}::jsonb[],
    ${given.values}::float8[], ${given.slots}::timestamptz[], ${given.messages}::text[],
    ${given.explanations}::jsonb[]) as g(tenant_id, rule_id, id, labels, value, slot, message, explanation)
), inserted as (
  insert into monitoring.tb_alert (tenant_id, alert_rule_id, id, status, severity, message, current_value, threshold,
    triggered_at, metadata, labels, evaluated_at, suppressed_reason, suppressed_until, explanation)
  select g.tenant_id, g.rule_id, g.id,
    (case when c.until is null then 'active' else 'suppressed' end)::monitoring.alert_status, r.severity, g.message, g.value::text::numeric, r.threshold, g.slot,
    case when r.status = 'testing' then '{"shadow": true}'::jsonb else '{}' end, g.labels, g.slot,
    case when c.until is not null then 'cool-down' end, c.until, g.explanation
  from given g
  join monitoring.tb_alert_rule r on r.tenant_id = g.tenant_id and r.id = g.rule_id
  left join lateral (
    select told.until from (
      select a.notified_at + make_interval(secs => r.suppress_duration) as until
      from monitoring.tb_alert a
      where a.tenant_id = g.tenant_id and a.alert_rule_id = g.rule_id and a.fingerprint = g.fingerprint
        and a.notified_at is not null
      order by a.notified_at desc limit 1
    ) told where told.until > g.slot
  ) c on true
  order by g.tenant_id, g.rule_id, g.fingerprint
  on conflict do nothing
  returning tenant_id, alert_rule_id, id, triggered_at, suppressed_until, nullif(current_value, 'NaN')::float8 as value,
    (explanation ->> 'active_at')::timestamptz as active_at
), noted as (
  insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, note, value)
  select i.tenant_id, i.id, t.at, t.kind, t.note, t.value
  from inserted i
  cross join lateral (values
    (1, 'pending', i.active_at, null::text, null::float8),
    (2, 'firing', i.triggered_at, null, i.value),
    (3, 'suppressed', i.triggered_at, 'within the cool-down after the last notice of this series', i.value)
  ) as t(place, kind, at, note, value)
  where case t.kind
    when 'pending' then i.active_at < i.triggered_at
    when 'suppressed' then i.suppressed_until is not null
    else true end
  order by i.tenant_id, i.id, t.place
), triggered as (
  update monitoring.tb_alert_rule r set last_triggered = n.at
  from (
    -- Of what was given Postgres knows how much it is; of what was inserted it expects a few, and went through all rules for each.
    select tenant_id, rule_id, max(slot) as at from given g
    where case when (g.tenant_id, g.id) in (select i.tenant_id, i.id::text from inserted i) then true end group by 1, 2
  ) n
  where r.tenant_id = n.tenant_id and r.id = n.rule_id and (r.last_triggered is null or r.last_triggered < n.at)
)
select count(*) as raised from inserted`,
});

// By its statistics hardly any alert is open, and Postgres compared 500 values with each of 9,500 that were: 3.7 s (2026-11).
// Of a case it assumes nothing.
const goesOn = sql`case when a.resolved_at is null then true end`;

/** New values of open alerts, by their place. */
export type Revalued = {
  readonly tenants: readonly string[];
  readonly ids: readonly string[];
  readonly values: readonly number[];
  readonly slots: readonly string[];
};

/** Writes the values of alerts that are still open. */
export const revalueAlerts = statement<Revalued, Written>({
  title: 'write the values of open alerts',
  on: 'warehouse',
  planned: 'each-time',
  columns: { rows: 'int8' },
  example: { tenants: [], ids: [], values: [], slots: [] },
  sql: ({ tenants, ids, values, slots }) => sql`
with valued as (
  update monitoring.tb_alert a set current_value = g.value::text::numeric, evaluated_at = g.slot
  from unnest(${tenants}::text[], ${ids}::text[], ${values}::float8[], ${slots}::timestamptz[])
    as g(tenant_id, id, value, slot)
  where a.tenant_id = g.tenant_id and a.id = g.id and ${goesOn}
  returning 1
)
select count(*) as rows from valued`,
});

/** Alerts that end, by their place; with a note those that end even if their rule leaves that to people. */
export type Ended = Revalued & { readonly notes: readonly (string | null)[] };

// Each alert is looked up by its key, behind the fence of offset 0, and its rule in a hash, which a condition beside an `or`
// is: joined, Postgres went through all rules of the tenant for each of 10,000 alerts, 17.7 s, or through all alerts of each
// of 100 rules, 5 s (2026-11).

/** Resolves alerts that are still open; one that is suppressed stays so, and is over. `resolved` is how many. */
export const resolveAlerts = statement<Ended, { resolved: 'int8' }>({
  title: 'resolve alerts',
  on: 'warehouse',
  planned: 'each-time',
  columns: { resolved: 'int8' },
  example: { tenants: [], ids: [], values: [], slots: [], notes: [] },
  sql: ({ tenants, ids, values, slots, notes }) => sql`
with given as materialized (
  select g.*
  from unnest(${tenants}::text[], ${ids}::text[], ${values}::float8[], ${slots}::timestamptz[], ${notes}::text[])
    as g(tenant_id, id, value, slot, note)
  cross join lateral (
    select a.alert_rule_id from monitoring.tb_alert a where a.tenant_id = g.tenant_id and a.id = g.id offset 0
  ) a
  where g.note is not null
    or (g.tenant_id, a.alert_rule_id::text) in (select r.tenant_id, r.id::text from monitoring.tb_alert_rule r where r.auto_resolve)
), ended as (
  update monitoring.tb_alert a set
    status = case when a.status = 'suppressed' then a.status else 'resolved' end,
    resolved_at = g.slot, resolution_note = g.note, current_value = g.value::text::numeric, evaluated_at = g.slot,
    explanation = a.explanation || jsonb_build_object('resolved_at', g.slot, 'last_value', nullif(g.value, 'NaN'))
  from given g
  where a.tenant_id = g.tenant_id and a.id = g.id and ${goesOn}
  returning a.tenant_id, a.id, g.slot, g.note, g.value
), noted as (
  insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, note, value)
  select e.tenant_id, e.id, e.slot, 'resolved', e.note, nullif(e.value, 'NaN') from ended e order by e.tenant_id, e.id
)
select count(*) as resolved from ended`,
});

/** Open alerts by their place, and why they end. */
type Gone = {
  readonly tenants: readonly string[];
  readonly ids: readonly string[];
  readonly notes: readonly string[];
};

// In one statement with their end Postgres expected 150,000 of 300,000 alerts here, and read them all each minute (2026-11).

/** Forgets the series of rules that are disabled or deleted; returns the open alerts they left behind, and which of both. */
export const forgetRuleless = statement({
  title: 'forget the series of rules that are disabled or deleted',
  on: 'warehouse',
  planned: 'each-time',
  columns: { tenant_id: 'text', id: 'varchar', note: 'text' },
  example: null,
  sql: () => sql`
with forgotten as (
  delete from monitoring.alert_state s
  using monitoring.tb_alert_rule r
  where r.tenant_id = s.tenant_id and r.id = s.alert_rule_id and (r.status = 'disabled' or r.deleted_at is not null)
)
select r.tenant_id, a.id, case when r.deleted_at is null then 'rule disabled' else 'rule deleted' end as note
from monitoring.tb_alert_rule r
cross join lateral (
  select a.id from monitoring.tb_alert a
  where a.tenant_id = r.tenant_id and a.alert_rule_id = r.id and ${isOpen}
  offset 0
) a
where r.status = 'disabled' or r.deleted_at is not null`,
});

/** Resolves alerts that rules left behind which are disabled or deleted. */
export const endRuleless = statement<Gone & { readonly at: string }, { resolved: 'int8' }>({
  title: 'end the alerts of rules that are disabled or deleted',
  on: 'warehouse',
  planned: 'each-time',
  columns: { resolved: 'int8' },
  example: { at: '2026-01-01T00:00:00.000Z', tenants: [], ids: [], notes: [] },
  sql: ({ at, tenants, ids, notes }) => sql`
with gone as materialized (
  select * from unnest(${tenants}::text[], ${ids}::text[], ${notes}::text[]) as g(tenant_id, id, note)
), held as materialized (
  select a.tenant_id, a.id, g.note from gone g join monitoring.tb_alert a on a.tenant_id = g.tenant_id and a.id = g.id
  where ${goesOn} order by a.tenant_id, a.id for no key update of a
), ended as (
  update monitoring.tb_alert a set
    status = case when a.status = 'suppressed' then a.status else 'resolved' end,
    resolved_at = greatest(${at}::timestamptz, a.triggered_at), resolution_note = g.note,
    explanation = a.explanation || jsonb_build_object('resolved_at', ${at}::timestamptz)
  from held g
  where a.tenant_id = g.tenant_id and a.id = g.id
  returning a.tenant_id, a.id, a.resolved_at, g.note
), noted as (
  insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, note)
  select e.tenant_id, e.id, e.resolved_at, 'resolved', e.note from ended e order by 1, 2
)
select count(*) as resolved from ended`,
});
