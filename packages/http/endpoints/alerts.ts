import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { askedInstant, id, instant } from '../fields.ts';
import { severities } from '../words.ts';
import { text } from '../streams/texts.ts';
import { freshOfMonitoring, oneOf } from './monitoring-window.ts';
import { idIn, integer, setUp } from './setting.ts';

const path = '/v1/monitoring/alerts/{alert_id}';
const params = z.strictObject({ alert_id: idIn('alert') });
const line = z.string().nullable();
const moment = instant.nullable();

const transition = z.object({
  at: instant,
  kind: z.string().meta({ description: 'What happened, in a word.' }),
  actor: line.meta({ description: 'Who did it. Null: the evaluation.' }),
  note: line,
  value: z.number().nullable(),
});

const told = z.object({
  id,
  kind: z.string(),
  channel: z.string(),
  recipient: z.string(),
  state: oneOf(['pending', 'sending', 'sent', 'failed']),
  attempts: z.int(),
  created_at: instant,
  next_attempt_at: instant,
  sent_at: moment,
  problem: line,
});

const alert = z
  .object({
    id,
    alert_rule_id: id,
    rule_name: z.string(),
    metric_name: z.string(),
    status: oneOf(['active', 'acknowledged', 'resolved', 'suppressed']),
    severity: oneOf(severities),
    message: z.string(),
    labels: z.record(z.string(), z.string()),
    current_value: z.number().nullable().meta({ description: 'Null when there is none.' }),
    threshold: z.number(),
    triggered_at: instant,
    evaluated_at: moment,
    acknowledged_at: moment,
    acknowledged_by: line,
    acknowledgment_note: line,
    acknowledged_until: moment,
    resolved_at: moment,
    resolution_note: line,
    suppressed_reason: line,
    suppressed_until: moment,
    notified_at: moment,
    silent_because: z.array(z.string()).meta({
      description: 'Why nobody is told at this moment, in words. Empty: nothing holds it back.',
    }),
    shadow: z.boolean().meta({ description: 'Raised by a rule under test: nobody is told.' }),
    revision: setUp.revision,
    series_state: line.meta({ description: 'pending or firing. Null: its series breaches not.' }),
    last_slot: moment.meta({ description: 'Up to when its rule was evaluated.' }),
    problem: line.meta({ description: 'Why the last evaluation of its rule failed.' }),
    explanation: z.record(z.string(), z.unknown()).meta({
      description:
        'Why it fires, as the evaluation saw it: value, samples, window, threshold, with their unit and in words.',
    }),
    transitions: z.array(transition).meta({ description: 'What it went through, in order.' }),
    notices: z.array(told).meta({ description: 'Who was told, the first 200.' }),
  })
  .meta({ id: 'AlertDetail' });

/** One alert with its explanation; the list is in monitoring-alerts.ts. */
export const alertEndpoints = {
  getAlert: {
    method: 'GET',
    path,
    tag: 'Alerting',
    summary: 'One alert, explained',
    description: 'Why it fires, what it went through, and who was told or not.',
    roles: analysts,
    params,
    query: z.strictObject({}),
    response: z.object({ data: alert, ...freshOfMonitoring }).meta({ id: 'AlertAnswer' }),
    cache: 'none',
    rate: 'read',
    examples: [{ title: 'One alert', params: { alert_id: 'alert-example' } }],
  },
} as const satisfies Endpoints;

const body = z
  .strictObject({
    revision: integer(0).meta({ description: 'The `revision` as you saw it.' }),
    status: z.enum(['active', 'acknowledged', 'resolved']),
    note: text(4_000).optional().meta({
      description: 'What you say to it. To resolve needs one: how it ended.',
    }),
    until: askedInstant.optional().meta({
      description: 'Until when the acknowledgement holds. By default as the rule says.',
    }),
    minutes: integer(1, 525_600).optional().meta({ description: 'The same, from now on.' }),
  })
  .meta({ id: 'AlertChange' });

/** What people do about an alert. */
export const alertChangeEndpoints = {
  changeAlert: {
    method: 'PATCH',
    path,
    tag: 'Alerting',
    summary: 'Acknowledges, resolves or reopens an alert',
    description:
      'Acknowledged: nobody is told again and nothing escalates, until it ends or the time is over. Resolved: it ended; while its series still fires no new one comes. Active: the acknowledgement is taken back. What is resolved stays so. 409 when somebody changed it since you saw it. An audit event of the type `alert`.',
    roles: ['tenant-admin', 'operator'],
    params,
    query: z.strictObject({}),
    body,
    response: z.object({ data: alert }).meta({ id: 'AlertChanged' }),
    cache: 'none',
    rate: 'change',
    examples: [
      {
        title: 'Take it on for an hour',
        params: { alert_id: 'alert-example' },
        body: { revision: 0, status: 'acknowledged', note: 'On it', minutes: 60 },
      },
    ],
  },
} as const satisfies Endpoints;
