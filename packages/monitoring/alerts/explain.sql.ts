import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { isOpen } from './open.sql.ts';

/** Which alert. */
export type AlertAsk = { readonly tenantId: string; readonly id: string };

const example: AlertAsk = { tenantId: 'nobody', id: 'none' };

const alertColumns = {
  id: 'varchar',
  rule_id: 'varchar',
  rule_name: 'varchar',
  rule_status: 'text',
  rule_deleted_at: 'timestamptz?',
  metric_name: 'varchar',
  status: 'text',
  severity: 'text',
  message: 'text',
  labels: 'jsonb',
  current_value: 'float8',
  threshold: 'float8',
  triggered_at: 'timestamptz',
  evaluated_at: 'timestamptz?',
  acknowledged_at: 'timestamptz?',
  acknowledged_by: 'varchar?',
  acknowledgment_note: 'text?',
  acknowledged_until: 'timestamptz?',
  resolved_at: 'timestamptz?',
  resolution_note: 'text?',
  notified_at: 'timestamptz?',
  suppressed_reason: 'text?',
  suppressed_until: 'timestamptz?',
  shadow: 'bool',
  has_channels: 'bool',
  auto_resolve: 'bool',
  explanation: 'jsonb',
  revision: 'int4',
  series_state: 'text?',
  series_active_at: 'timestamptz?',
  last_slot: 'timestamptz?',
  problem: 'text?',
} as const satisfies Columns;

/** One alert with its rule, where its series stands and up to which slot the rule was evaluated. */
export const readAlert = statement<AlertAsk, typeof alertColumns>({
  title: 'one alert with its rule and its series',
  on: 'warehouse',
  columns: alertColumns,
  example,
  sql: ({ tenantId, id }) => sql`
select a.id, a.alert_rule_id as rule_id, r.name as rule_name, r.status::text as rule_status, r.deleted_at as rule_deleted_at,
  coalesce(a.explanation ->> 'metric', r.metric_name)::varchar as metric_name, a.status::text as status,
  a.severity::text as severity, a.message, a.labels, a.current_value::float8 as current_value,
  a.threshold::float8 as threshold, a.triggered_at, a.evaluated_at, a.acknowledged_at, a.acknowledged_by,
  a.acknowledgment_note, a.acknowledged_until, a.resolved_at, a.resolution_note, a.notified_at, a.suppressed_reason,
  a.suppressed_until, coalesce(a.metadata -> 'shadow' = 'true', false) as shadow,
  r.notification_channels <> '{}' as has_channels, r.auto_resolve, a.explanation, a.revision,
  s.state as series_state, s.active_at as series_active_at, e.last_slot, e.problem
from monitoring.tb_alert a
join monitoring.tb_alert_rule r on r.tenant_id = a.tenant_id and r.id = a.alert_rule_id
left join monitoring.alert_state s
  on s.tenant_id = a.tenant_id and s.alert_rule_id = a.alert_rule_id and s.fingerprint = a.fingerprint
left join monitoring.alert_evaluation e on e.tenant_id = a.tenant_id and e.alert_rule_id = a.alert_rule_id
where a.tenant_id = ${tenantId} and a.id = ${id}`,
});

/** What an alert went through, in order: the newest thousand steps, of which no alert has many more. */
export const readTransitions = statement({
  title: 'what an alert went through',
  on: 'warehouse',
  columns: { at: 'timestamptz', kind: 'text', actor: 'text?', note: 'text?', value: 'float8?' },
  example,
  sql: ({ tenantId, id }: AlertAsk) => sql`
select t.at, t.kind, t.actor, t.note, t.value
from monitoring.alert_transition t
where t.tenant_id = ${tenantId} and t.alert_id = ${id} and t.id >= coalesce((
  select n.id from monitoring.alert_transition n where n.tenant_id = ${tenantId} and n.alert_id = ${id}
  order by n.id desc limit 1 offset 999), 0)
order by t.id`,
});

/** The notices that told an alert, oldest first, at most 200. */
export const readNotices = statement({
  title: 'notices of an alert',
  on: 'warehouse',
  columns: {
    id: 'text',
    kind: 'text',
    channel: 'text',
    recipient: 'text',
    state: 'text',
    attempts: 'int4',
    created_at: 'timestamptz',
    next_attempt_at: 'timestamptz',
    sent_at: 'timestamptz?',
    problem: 'text?',
  },
  example,
  sql: ({ tenantId, id }: AlertAsk) => sql`
select n.id, n.kind, n.channel::text as channel, n.recipient, n.state, n.attempts, n.created_at, n.next_attempt_at,
  n.sent_at, n.problem
from monitoring.notice n
where n.tenant_id = ${tenantId} and n.alert_ids @> array[${id}::text]
order by n.created_at, n.id limit 200`,
});

/** The labels of the open alerts of a tenant, as matchers see them: whether one of them inhibits another. */
export const readOpenLabels = statement({
  title: 'labels of the open alerts',
  on: 'warehouse',
  columns: {
    tenant_id: 'text',
    id: 'varchar',
    rule_id: 'varchar',
    rule_name: 'varchar',
    severity: 'text',
    metric_name: 'varchar',
    labels: 'jsonb',
  },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }: { tenantId: string }) => sql`
select a.tenant_id, a.id, a.alert_rule_id as rule_id, r.name as rule_name, a.severity::text as severity, r.metric_name,
  a.labels
from monitoring.tb_alert a
join monitoring.tb_alert_rule r on r.tenant_id = a.tenant_id and r.id = a.alert_rule_id
where a.tenant_id = ${tenantId} and ${isOpen}`,
});
