import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Matcher } from './matcher.ts';
import { jsonField, setUpFields, type Field } from '../settings/field.sql.ts';
import { settingStatements } from '../settings/setting.sql.ts';
import { microseconds } from '../reports/cursor.sql.ts';

type Channel = 'email' | 'slack' | 'sms' | 'webhook' | 'in-app' | 'pagerduty';

/** Whom to tell, by channel. */
export type Recipients = { readonly [C in Channel]?: string[] };

/** The scope of a rule as the contract lets it in; `Scope` of rule.ts, but for who may write it. */
type Scope = {
  readonly matchers?: Matcher[] | undefined;
  readonly pattern?: string | undefined;
};

const enumOf = (name: string, type: string) =>
  ({ is: 'text', read: `s.${name}::text`, put: `monitoring.${type}` }) as const;

const decimal = (name: string) => ({ read: `s.${name}::float8`, put: 'numeric(15,4)' }) as const;

const whole = { is: 'int4', put: 'integer' } as const;
const wholeOrNone = { is: 'int4?', put: 'integer' } as const;

const ofEvaluation = (what: string): string =>
  `(select ${what} from monitoring.alert_evaluation e where e.tenant_id = s.tenant_id and e.alert_rule_id = s.id)`;

/** A rule of alerts by column. */
export const ruleFields = {
  ...setUpFields,
  created_by: { is: 'varchar' },
  name: { is: 'varchar', put: 'varchar(200)' },
  metric_name: { is: 'varchar', put: 'varchar(100)' },
  comparison_operator: enumOf('comparison_operator', 'comparison_operator'),
  threshold: { is: 'float8', ...decimal('threshold') },
  description: { is: 'text?', put: 'text' },
  severity: enumOf('severity', 'severity_level'),
  status: enumOf('status', 'alert_rule_status'),
  duration_minutes: whole,
  evaluation_interval: whole,
  scope: jsonField<Scope>(`coalesce(s.scope, '{}')`),
  notification_channels: {
    is: '_text',
    read: 's.notification_channels::text[]',
    put: 'monitoring.notification_channel[]',
  },
  notification_recipients: jsonField<Recipients>(),
  notification_template: { is: 'varchar?', put: 'varchar(50)' },
  auto_resolve: { is: 'bool', put: 'boolean' },
  suppress_duration: wholeOrNone,
  max_alerts_per_hour: wholeOrNone,
  escalation_policy_id: { is: 'varchar?', put: 'varchar(50)' },
  escalation_delay: wholeOrNone,
  tags: jsonField<Record<string, unknown>>(`coalesce(s.tags, '{}')`),
  window_minutes: wholeOrNone,
  min_samples: whole,
  keep_firing_minutes: whole,
  recovery_threshold: { is: 'float8?', ...decimal('recovery_threshold') },
  no_data_state: { is: 'text', put: 'text' },
  lookback_seconds: whole,
  acknowledge_minutes: wholeOrNone,
  group_by: { is: '_text', put: 'text[]' },
  group_wait_seconds: whole,
  group_interval_seconds: whole,
  repeat_interval_seconds: whole,
  managed_by: { is: 'text?', put: 'text' },
  last_triggered: { is: 'text?', read: microseconds('s.last_triggered') },
  last_slot: { is: 'text?', read: ofEvaluation(microseconds('e.last_slot')) },
  problem: { is: 'text?', read: ofEvaluation('e.problem') },
} as const satisfies Readonly<Record<string, Field>>;

/** The columns of a rule that people set, with what stands there when nobody says. */
export const usualRule = {
  description: null,
  severity: 'warning',
  status: 'enabled',
  duration_minutes: 5,
  evaluation_interval: 60,
  scope: {},
  notification_channels: [],
  notification_recipients: {},
  notification_template: null,
  auto_resolve: true,
  suppress_duration: 300,
  max_alerts_per_hour: 10,
  escalation_policy_id: null,
  escalation_delay: null,
  tags: {},
  window_minutes: null,
  min_samples: 0,
  keep_firing_minutes: 0,
  recovery_threshold: null,
  no_data_state: 'ok',
  lookback_seconds: 300,
  acknowledge_minutes: null,
  group_by: ['rule'],
  group_wait_seconds: 30,
  group_interval_seconds: 300,
  repeat_interval_seconds: 14_400,
  managed_by: null,
};

const shelf = {
  thing: 'alert rules',
  table: 'monitoring.tb_alert_rule',
  fields: ruleFields,
  filters: { status: 's.status::text', severity: 's.severity::text', metric_name: 's.metric_name' },
  isSigned: true,
  // A policy that only deleted rules name may be deleted.
  onDelete: 'escalation_policy_id = null',
  example: {
    ...usualRule,
    name: 'Bounces',
    metric_name: 'mailbox.bounce_rate',
    comparison_operator: 'gt',
    threshold: 0.05,
  },
} as const;

/** The statements of rules of alerts. */
export const {
  list: listRules,
  one: ruleOfId,
  hold: holdRule,
  make: makeRule,
  put: putRule,
  drop: dropRule,
} = settingStatements(shelf);

/**
 * The names of the metrics that a tenant reported and that are kept, at most 500: from name to name over the index, however
 * many rows each has.
 */
export const reportedMetrics = statement<{ readonly tenantId: string }, { name: 'varchar' }>({
  title: 'names of reported metrics',
  on: 'warehouse',
  columns: { name: 'varchar' },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }) => sql`
with recursive name as (
  (select metric_name from monitoring.tb_performance_metric where tenant_id = ${tenantId} order by metric_name limit 1)
  union all
  select (select m.metric_name from monitoring.tb_performance_metric m
    where m.tenant_id = ${tenantId} and m.metric_name > n.metric_name order by m.metric_name limit 1)
  from name n where n.metric_name is not null
)
select metric_name as name from name where metric_name is not null limit 500`,
});
