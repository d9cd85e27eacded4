import * as z from 'zod';
import { channels, operators, severities } from '../words.ts';
import { text } from '../streams/texts.ts';
import { integer, matcher, words } from './setting.ts';

/** Whether a rule is evaluated. */
export const ruleStatuses = ['enabled', 'disabled', 'testing'] as const;

/** What a series without a value counts as. */
export const noData = ['ok', 'alerting', 'keep'] as const;

// numeric(15,4) keeps eleven digits before the point.
const limit = z.number().min(-99_999_999_999).max(99_999_999_999);
const seconds = integer(0, 2_592_000);
const period = integer(1, 2_592_000);
const recipients = z.array(text(320)).max(50);
const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** What a new rule has to say. */
export const needed = {
  name: text(200),
  metric_name: text(100).meta({ description: 'Metric that it watches: see listMetrics.' }),
  comparison_operator: z.enum(operators).meta({
    description: 'contains and not-contains are for metrics of texts, all others for numbers.',
  }),
  threshold: limit.meta({
    description: 'What the value is compared with; of texts, how many samples must match.',
  }),
};

/** What else a rule may say. */
export const optional = {
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
  notification_recipients: z.partialRecord(z.enum(channels), recipients).meta({
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
