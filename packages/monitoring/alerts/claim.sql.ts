import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';

const dueColumns = {
  tenant_id: 'text',
  id: 'varchar',
  name: 'varchar',
  metric_name: 'varchar',
  operator: 'text',
  threshold: 'float8',
  recovery_threshold: 'float8?',
  min_samples: 'int4',
  no_data_state: 'text',
  for_seconds: 'float8',
  keep_firing_seconds: 'float8',
  evaluation_interval: 'int4',
  lookback_seconds: 'int4',
  window_minutes: 'int4?',
  scope: 'jsonb?',
  is_shadow: 'bool',
  revision: 'int4',
  slot: 'timestamptz',
  is_first: 'bool',
} as const satisfies Columns;

// The columns of a rule as its evaluation reads it, of `monitoring.tb_alert_rule r`.
const ruleColumns = sql`r.tenant_id, r.id, r.name, r.metric_name, r.comparison_operator::text as operator,
  r.threshold::float8 as threshold, r.recovery_threshold::float8 as recovery_threshold, r.min_samples, r.no_data_state,
  r.duration_minutes * 60.0::float8 as for_seconds, r.keep_firing_minutes * 60.0::float8 as keep_firing_seconds, r.evaluation_interval,
  r.lookback_seconds, r.window_minutes, r.scope, r.status = 'testing' as is_shadow, r.revision`;

/**
 * The rules that have a slot to be evaluated at a moment: the newest that began by then, if it is newer than their last.
 * A slot that nobody came for is skipped. Nothing is locked: whoever evaluates claims them afterwards.
 */
export const dueRules = statement({
  title: 'find the alert rules that are due',
  on: 'warehouse',
  planned: 'each-time',
  columns: dueColumns,
  example: { at: '2026-01-01T00:00:30.000Z' },
  sql: ({ at }: { at: string }) => sql`
select ${ruleColumns}, s.slot, e.alert_rule_id is null as is_first
from monitoring.tb_alert_rule r
cross join lateral (
  select to_timestamp(floor(extract(epoch from ${at}::timestamptz) / r.evaluation_interval) * r.evaluation_interval) as slot
) s
left join monitoring.alert_evaluation e on e.tenant_id = r.tenant_id and e.alert_rule_id = r.id
where r.status in ('enabled', 'testing') and r.deleted_at is null and (e.last_slot is null or e.last_slot < s.slot)
order by r.tenant_id, r.id`,
});

/** Rules by their place: the tenant and the id of each. */
export type RuleKeys = { readonly tenants: readonly string[]; readonly rules: readonly string[] };

/** The keys as rows: tenant_id, rule_id. */
export const keyRows = ({ tenants, rules }: RuleKeys) =>
  sql`unnest(${tenants}::text[], ${rules}::text[]) as g(tenant_id, rule_id)`;

/** What a statement that writes returns: how many rows it wrote. */
export type Written = { rows: 'int8' };

/** Lets rules be claimed that never were evaluated. */
export const admitRules = statement({
  title: 'admit alert rules to their evaluation',
  on: 'warehouse',
  planned: 'each-time',
  columns: { rows: 'int8' },
  example: { tenants: ['nobody'], rules: ['none'] },
  sql: (keys: RuleKeys) => sql`
with admitted as (
  insert into monitoring.alert_evaluation (tenant_id, alert_rule_id, rule_revision)
  select r.tenant_id, r.id, r.revision
  from ${keyRows(keys)}
  join monitoring.tb_alert_rule r on r.tenant_id = g.tenant_id and r.id = g.rule_id
  order by 1, 2
  on conflict do nothing
  returning 1
)
select count(*) as rows from admitted`,
});

/** The slot and the revision of each rule that is claimed. */
export type Claims = RuleKeys & {
  readonly slots: readonly string[];
  readonly revisions: readonly number[];
};

/**
 * Claims rules for their slot until this transaction has ended. Of two evaluators the second waits here, and then gets only
 * what is still due: a rule that somebody evaluated, changed or disabled meanwhile is not returned.
 */
export const claimRules = statement({
  title: 'claim the alert rules that are due',
  on: 'warehouse',
  planned: 'each-time',
  columns: {
    tenant_id: 'text',
    alert_rule_id: 'varchar',
    last_slot: 'timestamptz?',
    rule_revision: 'int4',
  },
  example: {
    tenants: ['nobody'],
    rules: ['none'],
    slots: ['2026-01-01T00:00:00.000Z'],
    revisions: [0],
  },
  sql: ({ tenants, rules, slots, revisions }: Claims) => sql`
select e.tenant_id, e.alert_rule_id, e.last_slot, e.rule_revision
from unnest(${tenants}::text[], ${rules}::text[], ${slots}::timestamptz[], ${revisions}::integer[])
  as g(tenant_id, rule_id, slot, revision)
join monitoring.alert_evaluation e on e.tenant_id = g.tenant_id and e.alert_rule_id = g.rule_id
join monitoring.tb_alert_rule r on r.tenant_id = g.tenant_id and r.id = g.rule_id
where r.revision = g.revision and r.status in ('enabled', 'testing') and r.deleted_at is null
  and (e.last_slot is null or e.last_slot < g.slot)
order by e.tenant_id, e.alert_rule_id
for no key update of e`,
});

/** How the evaluation of each rule went. Without a slot it did not: the rule stays due, with the problem. */
export type Settled = RuleKeys & {
  readonly slots: readonly (string | null)[];
  readonly revisions: readonly number[];
  readonly series: readonly number[];
  readonly problems: readonly (string | null)[];
};

/** Notes how the evaluation of claimed rules went. */
export const settleRules = statement<Settled, Written>({
  title: 'note how the evaluation of alert rules went',
  on: 'warehouse',
  planned: 'each-time',
  columns: { rows: 'int8' },
  example: {
    tenants: ['nobody'],
    rules: ['none'],
    slots: ['2026-01-01T00:00:00.000Z'],
    revisions: [0],
    series: [1],
    problems: [null],
  },
  sql: ({ tenants, rules, slots, revisions, series, problems }) => sql`
with settled as (
  update monitoring.alert_evaluation e set
    last_slot = coalesce(g.slot, e.last_slot), problem = g.problem, updated_at = now(),
    rule_revision = case when g.slot is null then e.rule_revision else g.revision end,
    series = case when g.slot is null then e.series else g.series end
  from unnest(${tenants}::text[], ${rules}::text[], ${slots}::timestamptz[], ${revisions}::integer[],
    ${series}::integer[], ${problems}::text[]) as g(tenant_id, rule_id, slot, revision, series, problem)
  where e.tenant_id = g.tenant_id and e.alert_rule_id = g.rule_id
    and (g.slot is not null or e.problem is distinct from g.problem)
  returning 1
)
select count(*) as rows from settled`,
});
