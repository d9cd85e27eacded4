import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { keyRows, type Written, type RuleKeys } from './claim.sql.ts';
import { isOpen } from './open.sql.ts';

// Open alerts are read once, all there are, and picked by a hash of the rules, which a condition within a case is. Looked up for
// each rule, the statistics chose the index: after a quiet night, or vacuumed while a table was empty, one by which each of
// 10,000 rules went through all open alerts, 98 s. 10,000 open: 20 to 50 ms, two busy cores (2026-11).
// alert_state has one index, and a fence has each rule look into it: by a plan of a quiet night it took 16 s (2026-11).

/** The series that rules know: those that are pending or firing, and those of open alerts. */
export const knownSeries = statement({
  title: 'read where the series of alert rules stand',
  on: 'warehouse',
  planned: 'each-time',
  columns: {
    tenant_id: 'text',
    rule_id: 'varchar',
    fingerprint: 'text',
    labels: 'jsonb',
    state: 'text?',
    active_at: 'timestamptz?',
    keep_since: 'timestamptz?',
    alert_id: 'varchar?',
    alert_value: 'float8?',
    is_shadow: 'bool?',
    metric: 'text?',
  },
  example: { tenants: ['nobody'], rules: ['none'] },
  sql: (keys: RuleKeys) => sql`
with given as materialized (select * from ${keyRows(keys)}),
standing as (
  select s.*
  from given g
  cross join lateral (
    select s.tenant_id, s.alert_rule_id, s.fingerprint, s.labels, s.state, s.active_at, s.keep_since
    from monitoring.alert_state s where s.tenant_id = g.tenant_id and s.alert_rule_id = g.rule_id offset 0
  ) s
), alerting as materialized (
  select a.tenant_id, a.alert_rule_id, a.fingerprint, a.labels, a.id as alert_id, a.current_value::float8 as alert_value,
    coalesce((a.metadata ->> 'shadow')::boolean, false) as is_shadow, a.explanation ->> 'metric' as metric
  from monitoring.tb_alert a
  where ${isOpen}
    and case when (a.tenant_id, a.alert_rule_id::text) in (select g.tenant_id, g.rule_id from given g) then true end
)
select coalesce(s.tenant_id, a.tenant_id) as tenant_id, coalesce(s.alert_rule_id, a.alert_rule_id) as rule_id,
  coalesce(s.fingerprint, a.fingerprint) as fingerprint, coalesce(s.labels, a.labels) as labels,
  s.state, s.active_at, s.keep_since, a.alert_id, a.alert_value, a.is_shadow, a.metric
from standing s
full join alerting a on a.tenant_id = s.tenant_id and a.alert_rule_id = s.alert_rule_id and a.fingerprint = s.fingerprint
order by coalesce(s.tenant_id, a.tenant_id) collate "C", coalesce(s.alert_rule_id, a.alert_rule_id) collate "C",
  coalesce(s.fingerprint, a.fingerprint) collate "C"`,
});

/** Series of rules, by their place. */
export type SeriesKeys = RuleKeys & { readonly fingerprints: readonly string[] };

/** Forgets series that are inactive from now on. */
export const forgetSeries = statement({
  title: 'forget series of alert rules that are inactive',
  on: 'warehouse',
  planned: 'each-time',
  columns: { rows: 'int8' },
  example: { tenants: ['nobody'], rules: ['none'], fingerprints: ['none'] },
  sql: ({ tenants, rules, fingerprints }: SeriesKeys) => sql`
with forgotten as (
  delete from monitoring.alert_state s
  using unnest(${tenants}::text[], ${rules}::text[], ${fingerprints}::text[]) as g(tenant_id, rule_id, fingerprint)
  where s.tenant_id = g.tenant_id and s.alert_rule_id = g.rule_id and s.fingerprint = g.fingerprint
  returning 1
)
select count(*) as rows from forgotten`,
});

/** Where series of rules stand from now on. */
export type Standings = RuleKeys & {
  readonly labels: readonly string[];
  readonly states: readonly string[];
  readonly activeAts: readonly string[];
  readonly keepSinces: readonly (string | null)[];
  readonly slots: readonly string[];
  readonly values: readonly (number | null)[];
};

/** Writes where series stand that are pending or firing. */
export const placeSeries = statement<Standings, Written>({
  title: 'write where series of alert rules stand',
  on: 'warehouse',
  planned: 'each-time',
  columns: { rows: 'int8' },
  example: {
    tenants: [],
    rules: [],
    labels: [],
    states: [],
    activeAts: [],
    keepSinces: [],
    slots: [],
    values: [],
  },
  sql: (given) => sql`
with placed as (
  insert into monitoring.alert_state as s
    (tenant_id, alert_rule_id, labels, state, active_at, keep_since, last_slot, last_value)
  select g.tenant_id, g.rule_id, g.labels, g.state, g.active_at, g.keep_since, g.slot, g.value
  from unnest(${given.tenants}::text[], ${given.rules}::text[], ${given.labels}::jsonb[], ${given.states}::text[],
    ${given.activeAts}::timestamptz[], ${given.keepSinces}::timestamptz[], ${given.slots}::timestamptz[],
    ${given.values}::float8[]) as g(tenant_id, rule_id, labels, state, active_at, keep_since, slot, value)
  order by g.tenant_id, g.rule_id, md5(g.labels::text)
  on conflict (tenant_id, alert_rule_id, fingerprint) do update set
    state = excluded.state, active_at = excluded.active_at, keep_since = excluded.keep_since,
    last_slot = excluded.last_slot, last_value = excluded.last_value
  returning 1
)
select count(*) as rows from placed`,
});
