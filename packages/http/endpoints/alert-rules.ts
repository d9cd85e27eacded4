import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { askedId, instant } from '../fields.ts';
import { operators, severities } from '../words.ts';
import { needed, noData, optional, ruleStatuses } from './alert-rule-fields.ts';
import { freshOfMonitoring, oneOf, someOf } from './monitoring-window.ts';
import {
  changeOf,
  changing,
  dataOf,
  deletionOf,
  idIn,
  keptMatcher,
  keptRecipients,
  listOf,
  making,
  making201,
  managedBy,
  oneThing,
  signed,
} from './setting.ts';

const path = '/v1/monitoring/alert-rules';
const onePath = `${path}/{alert_rule_id}` as const;
const params = z.strictObject({ alert_rule_id: idIn('rule') });

const rule = z
  .object({
    ...signed,
    name: z.string(),
    metric_name: z.string(),
    comparison_operator: oneOf(operators),
    threshold: z.number(),
    description: z.string().nullable(),
    severity: oneOf(severities),
    status: oneOf(ruleStatuses),
    duration_minutes: z.int(),
    evaluation_interval: z.int(),
    scope: z.object({ matchers: z.array(keptMatcher).optional(), pattern: z.string().optional() }),
    notification_channels: z.array(z.string()),
    notification_recipients: keptRecipients,
    notification_template: z.string().nullable(),
    auto_resolve: z.boolean(),
    suppress_duration: z.int().nullable(),
    max_alerts_per_hour: z.int().nullable(),
    escalation_policy_id: z.string().nullable(),
    escalation_delay: z.int().nullable(),
    tags: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Names and values to find it by.' }),
    window_minutes: z.int().nullable(),
    min_samples: z.int(),
    keep_firing_minutes: z.int(),
    recovery_threshold: z.number().nullable(),
    no_data_state: oneOf(noData),
    lookback_seconds: z.int(),
    acknowledge_minutes: z.int().nullable(),
    group_by: z.array(z.string()),
    group_wait_seconds: z.int(),
    group_interval_seconds: z.int(),
    repeat_interval_seconds: z.int(),
    managed_by: managedBy,
    last_triggered: instant.nullable(),
    last_slot: instant.nullable().meta({ description: 'Up to when it was evaluated.' }),
    problem: z.string().nullable().meta({ description: 'Why the last evaluation failed.' }),
  })
  .meta({ id: 'AlertRule' });

const warned = z
  .object({
    data: rule,
    warnings: z.array(z.string()).meta({
      description: 'What is allowed and probably not meant, in words.',
    }),
  })
  .meta({ id: 'AlertRuleChanged' });

const metric = z
  .object({
    name: z.string(),
    title: z.string(),
    kind: oneOf(['number', 'text']),
    unit: z.string(),
    labels: z.array(z.string()).meta({ description: 'Labels that its series have.' }),
    window_minutes: z.int().meta({ description: 'Window of a rule that names none.' }),
    least_window_minutes: z.int(),
    most_window_minutes: z.int(),
    about: z.string(),
    reported: z.boolean().meta({ description: 'Reported by somebody, not worked out by us.' }),
  })
  .meta({ id: 'Metric' });

/** Rules of alerts, and the metrics that they may name. */
export const alertRuleEndpoints = {
  listAlertRules: listOf({
    path,
    row: rule,
    component: 'AlertRuleList',
    query: {
      status: someOf(ruleStatuses).optional().meta({ description: 'Only these, by commas.' }),
      severity: someOf(severities).optional().meta({ description: 'Only these, by commas.' }),
      metric_name: askedId.optional().meta({ description: 'Only rules over this metric.' }),
    },
    summary: 'Rules of alerts, the newest first',
    description: 'Every rule that is not deleted, with how its last evaluation went.',
    examples: [{ title: 'What is watched', query: { status: 'enabled,testing' } }],
  }),
  getAlertRule: oneThing({
    path: onePath,
    params,
    row: rule,
    component: 'AlertRuleAnswer',
    summary: 'One rule',
    description: 'A rule of alerts with all its settings.',
    examples: [{ title: 'One rule', params: { alert_rule_id: 'latency' } }],
  }),
  listMetrics: {
    method: 'GET',
    path: '/v1/monitoring/metrics',
    tag: 'Alerting',
    summary: 'Metrics that a rule may name',
    description:
      'Those that are worked out from e-mails, requests, services and jobs, and those that you reported in the last 7 days.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({}),
    response: z.object({ data: z.array(metric), ...freshOfMonitoring }).meta({ id: 'MetricList' }),
    rows: metric,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'All of them' }],
  },
} as const satisfies Endpoints;

/** What people change of rules. */
export const alertRuleChangeEndpoints = {
  createAlertRule: making201({
    path,
    body: making(needed, optional, 'AlertRuleNew'),
    response: warned,
    summary: 'Makes a rule',
    description:
      'From the next slot of its interval on it is evaluated. An audit event of the type `alert-rule`.',
    examples: [
      {
        title: 'Bounces of a mailbox',
        body: {
          name: 'Bounces',
          metric_name: 'mailbox.bounce_rate',
          comparison_operator: 'gt',
          threshold: 0.05,
          recovery_threshold: 0.04,
          severity: 'critical',
          min_samples: 50,
          notification_channels: ['in-app'],
        },
      },
    ],
  }),
  changeAlertRule: changeOf({
    path: onePath,
    params,
    body: changing({ ...needed, ...optional }, 'AlertRuleChange'),
    response: warned,
    summary: 'Changes a rule',
    description:
      'What is left out stays. Series that are pending start afresh; alerts of series that it watches no longer end. `revision` is the one you saw: when somebody changed the rule since, the answer is 409.',
    examples: [
      {
        title: 'Try it silently',
        params: { alert_rule_id: 'latency' },
        body: { revision: 0, status: 'testing' },
      },
    ],
  }),
  deleteAlertRule: deletionOf({
    path: onePath,
    params,
    response: dataOf(rule, 'AlertRuleDeleted'),
    summary: 'Deletes a rule',
    description:
      'It is evaluated no more, and its open alerts end, saying so. What it raised stays as long as any alert.',
    examples: [{ title: 'Delete it', params: { alert_rule_id: 'idle' }, query: { revision: '0' } }],
  }),
} as const satisfies Endpoints;
