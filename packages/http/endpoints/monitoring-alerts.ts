import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { askedId, id, instant, nextCursor, page, whole } from '../fields.ts';
import { severities } from '../words.ts';
import { freshOfMonitoring, oneOf, since, someOf } from './monitoring-window.ts';

// The order of this list cannot be chosen.
const { limit, cursor } = page(['severity']);

const count = z.int().min(0);
const minutes = z.number().nullable();

const alert = z
  .object({
    id,
    status: oneOf(['active', 'acknowledged', 'resolved', 'suppressed']),
    severity: oneOf(severities),
    message: z.string(),
    current_value: z.number().nullable().meta({
      description: 'Null when there is none, or none that is finite: the message tells.',
    }),
    threshold: z.number(),
    triggered_at: instant,
    acknowledged_at: instant.nullable(),
    acknowledged_by: z.string().nullable(),
    alert_rule_id: id,
    rule_name: z.string(),
    metric_name: z.string(),
    labels: z.unknown().meta({ description: 'The series that it is about, by label.' }),
    shadow: z.boolean().meta({ description: 'Raised by a rule under test: nobody was told.' }),
    acknowledged_until: instant.nullable(),
    resolved_at: instant.nullable(),
    revision: z.int().min(0).meta({ description: 'What a change has to name.' }),
  })
  .meta({ id: 'Alert' });

const rule = z
  .object({
    id,
    name: z.string(),
    status: oneOf(['enabled', 'disabled', 'testing']),
    severity: oneOf(severities),
    deleted_at: instant.nullable().meta({ description: 'Null while the rule is in force.' }),
    total_alerts: count,
    active_alerts: count,
    acknowledged_alerts: count,
    resolved_alerts: count,
    suppressed_alerts: count,
    last_triggered: instant.nullable().meta({ description: 'In the window. Null without alerts.' }),
    avg_acknowledgment_time_minutes: minutes.meta({
      description: 'Mean time until somebody took it on (MTTA). Null when nobody did.',
    }),
    median_acknowledgment_time_minutes: minutes,
    avg_resolution_time_minutes: minutes.meta({
      description: 'Mean time until it ended (MTTR). Null when none has.',
    }),
    median_resolution_time_minutes: minutes,
  })
  .meta({ id: 'AlertStatistics' });

/** Alerts: those going on, and what rules raised lately. */
export const monitoringAlertEndpoints = {
  listActiveAlerts: {
    method: 'GET',
    path: '/v1/monitoring/alerts',
    tag: 'Monitoring',
    summary: 'Alerts that are going on, the worst first',
    description:
      'Alerts in the states asked for, by default those that are active, by severity from critical down, and of one severity the newest first.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      limit,
      cursor,
      status: someOf(['active', 'acknowledged', 'resolved', 'suppressed'])
        .default(['active'])
        .meta({
          description: 'In one of these states, separated by commas.',
          override: { default: 'active' },
        }),
      alert_rule_id: askedId.optional().meta({ description: 'Only of this rule.' }),
    }),
    response: z
      .object({ data: z.array(alert), next_cursor: nextCursor, ...freshOfMonitoring })
      .meta({ id: 'AlertList' }),
    rows: alert,
    cache: 'none',
    rate: 'read',
    examples: [
      { title: 'What nobody has ended yet', query: { status: 'active,acknowledged', limit: '20' } },
    ],
  },
  listAlertStatistics: {
    method: 'GET',
    path: '/v1/monitoring/alert-statistics',
    tag: 'Monitoring',
    summary: 'What each rule raised lately',
    description:
      'Every rule with the alerts that it raised in the window, the most first: how many are in which state, and how long they took. A deleted rule is there as long as it has alerts in the window.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      days: whole(1, 90, 30).meta({ description: 'How many times 24 hours, up to now.' }),
    }),
    response: z
      .object({ data: z.array(rule), since, ...freshOfMonitoring })
      .meta({ id: 'AlertStatisticsList' }),
    rows: rule,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'The last week', query: { days: '7' } }],
  },
} as const satisfies Endpoints;
