import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { askedId, instant } from '../fields.ts';
import { channels, operators, severities } from '../words.ts';
import { text } from '../streams/texts.ts';
import { freshOfMonitoring, oneOf, someOf } from './monitoring-window.ts';
import {
  changeOf,
  changing,
  deletionOf,
  idIn,
  integer,
  keptMatcher,
  keptRecipients,
  listOf,
  making,
  making201,
  matcher,
  oneThing,
  signed,
  words,
} from './setting.ts';

const ruleStatuses = ['enabled', 'disabled', 'testing'] as const;
const noData = ['ok', 'alerting', 'keep'] as const;
const path = '/v1/monitoring/alert-rules';
const onePath = `${path}/{alert_rule_id}` as const;
const params = z.strictObject({ alert_rule_id: idIn('rule') });

// numeric(15,4) keeps eleven digits before the point.
const limit = z.number().min(-99_999_999_999).max(99_999_999_999);
const seconds = integer(0, 2_592_000);
const period = integer(1, 2_592_000);
const recipients = z.array(text(320)).max(50);
const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

const needed = {
  name: text(200),
  metric_name: text(100).meta({ description: 'Metric that it watches: see listMetrics.' }),
  comparison_operator: z.enum(operators).meta({
    description: 'contains and not-contains are for metrics of texts, all others for numbers.',
  }),
  threshold: limit.meta({
    description: 'What the value is compared with; of texts, how many samples must match.',
  }),
};

const optional = {
  description: words,
  severity: z.enum(severities).meta({ description: 'By default warning.' }),
  status: z.enum(ruleStatuses).meta({
    description: 'By default enabled. A rule that is tested raises alerts of which nobody is told.',
  }),
  duration_minutes: integer(0, 43_200).meta({
    description: 'Minutes for which it must hold before the alert. By default 5.',
  }),
  evaluation_interval: integer(1, 86_400).meta({
    description:
      'Seconds between evaluations. By default 60; none come more often than each minute.',
  }),
  scope: z
    .strictObject({ matchers: z.array(matcher).max(20).optional(), pattern: text(200).optional() })
    .meta({
      description:
        'Series that it watches: all matchers agree with their labels. Pattern is the text that contains and not-contains look for. By default all series.',
    }),
  notification_channels: z
    .array(z.enum(channels))
    .max(channels.length)
    .refine(isUnique, 'names a channel twice')
    .meta({ description: 'Ways to tell people. By default none.' }),
  notification_recipients: z
    .strictObject({
      email: recipients.optional(),
      slack: recipients.optional(),
      sms: recipients.optional(),
      webhook: recipients.optional(),
      'in-app': recipients.optional(),
      pagerduty: recipients.optional(),
    })
    .meta({
      description:
        'Whom to tell by each channel: addresses, numbers, users, and for slack, webhook and pagerduty the ids of notification targets. In-app tells everybody when it names nobody.',
    }),
  notification_template: text(50).nullable(),
  auto_resolve: z.boolean().meta({
    description: 'Whether its alerts end by themselves. By default true.',
  }),
  suppress_duration: seconds.nullable().meta({
    description: 'Seconds after a notice during which a new alert stays silent. By default 300.',
  }),
  max_alerts_per_hour: integer(0, 10_000).nullable().meta({
    description: 'Most notices in an hour; null for any number. By default 10.',
  }),
  escalation_policy_id: text(50).nullable(),
  escalation_delay: integer(0, 43_200).nullable().meta({
    description: 'Minutes without an acknowledgement until the policy begins.',
  }),
  tags: z.record(text(100), text(500)).refine((tags) => Object.keys(tags).length <= 50, {
    error: 'are more than 50 tags',
  }),
  window_minutes: integer(1, 527_040).nullable().meta({
    description: 'Over how many minutes the metric is measured; null for its own window.',
  }),
  min_samples: integer(0).meta({
    description: 'A value made of fewer counts as none. By default 0.',
  }),
  keep_firing_minutes: integer(0, 43_200),
  recovery_threshold: limit.nullable().meta({
    description: 'A firing series goes on until it is back behind this. By default the threshold.',
  }),
  no_data_state: z.enum(noData).meta({
    description: 'What a series without a value counts as. By default ok.',
  }),
  lookback_seconds: period.meta({
    description: 'How old a value may be and still count. By default 300.',
  }),
  acknowledge_minutes: integer(1, 525_600).nullable().meta({
    description: 'After how long an acknowledged alert that still fires is active again.',
  }),
  group_by: z.array(text(100)).max(10).refine(isUnique, 'names a label twice').meta({
    description:
      'Labels whose values put alerts into one notice; rule and severity are labels, too. By default rule.',
  }),
  group_wait_seconds: seconds,
  group_interval_seconds: period,
  repeat_interval_seconds: period,
};

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
    managed_by: z.string().nullable().meta({ description: 'File of rules that it comes from.' }),
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
    response: z.object({ data: rule }).meta({ id: 'AlertRuleDeleted' }),
    summary: 'Deletes a rule',
    description:
      'It is evaluated no more, and its open alerts end, saying so. What it raised stays as long as any alert.',
    examples: [{ title: 'Delete it', params: { alert_rule_id: 'idle' }, query: { revision: '0' } }],
  }),
} as const satisfies Endpoints;
