import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { askedId, askedMoment, id, instant, nextCursor, page, whole } from '../fields.ts';
import { auditActions, severities } from '../words.ts';
import { freshOfMonitoring, oneOf, since, someOf } from './monitoring-window.ts';

// The order of this list cannot be chosen.
const { limit, cursor } = page(['newest']);
const readers = ['tenant-admin', 'operator', 'auditor'] as const;
const moment = askedMoment.optional();

const exactly = (what: string) => askedId.optional().meta({ description: `Only this ${what}.` });

const values = z.unknown().meta({ description: 'JSON, or null.' });

const shown = {
  event_id: id,
  time: instant,
  user_id: z.string(),
  user_email: z.string().meta({ description: 'anonymized@example.com once anonymised.' }),
  user_role: z.string(),
  action_type: oneOf(auditActions),
  resource_type: z.string(),
  resource_id: z.string().nullable(),
  resource_name: z.string().nullable(),
  description: z.string(),
  outcome: oneOf(['success', 'failure']),
  failure_reason: z.string().nullable(),
  ip_address: z.string().nullable().meta({ description: 'Null once anonymised.' }),
  session_id: z.string().nullable(),
  module: z.string().nullable(),
  severity: oneOf(severities),
  archived: z.boolean().meta({ description: 'Whether it has left the stream for the archive.' }),
};

const event = z.object(shown).meta({ id: 'AuditEvent' });

const user = z
  .object({
    user_id: z.string(),
    user_email: z.string().nullable().meta({ description: 'The address of the last action.' }),
    total_actions: z.int().min(1),
    active_days: z.int().min(1).meta({ description: 'UTC days with an action.' }),
    first_action: instant,
    last_action: instant,
    failed_actions: z.int().min(0),
  })
  .meta({ id: 'AuditUser' });

/** The audit events of the product: searched, one with what it changed, and summed up by user. */
export const monitoringAuditEndpoints = {
  searchAuditEvents: {
    method: 'GET',
    path: '/v1/monitoring/audit-events',
    tag: 'Monitoring audit',
    summary: 'Audit events that match, the newest first',
    description:
      'Every audited action of the product, sign-ins and reads included, as long as it is kept: events that were archived are found as well. What administrators of the platform did is in `/v1/audit-log`. A page ends before `limit` where its events are large; `next_cursor` goes on.',
    roles: readers,
    params: z.strictObject({}),
    query: z.strictObject({
      limit,
      cursor,
      user_id: exactly('user'),
      action_type: someOf(auditActions)
        .optional()
        .meta({
          description: `Only these actions, separated by commas: ${auditActions.join(', ')}.`,
        }),
      resource_type: exactly('kind of resource'),
      resource_id: exactly('resource'),
      outcome: z
        .enum(['success', 'failure'])
        .optional()
        .meta({ description: 'Only this outcome.' }),
      module: exactly('part of the product'),
      session_id: exactly('session; events that were anonymised have none'),
      text: askedId.max(200).optional().meta({
        description:
          'Only with this text, in any case of letters, in the description, the name of the resource or the address of the user. Nothing but the other filters and the range makes it fast.',
      }),
      from: moment.meta({ description: 'Not before this instant, or this UTC day.' }),
      to: moment.meta({ description: 'Before this instant, or before this UTC day.' }),
    }),
    response: z
      .object({ data: z.array(event), next_cursor: nextCursor, ...freshOfMonitoring })
      .meta({ id: 'AuditEventList' }),
    rows: event,
    cache: 'none',
    rate: 'audit',
    examples: [
      {
        title: 'What changed in a month, its last day included',
        query: { action_type: 'create,update,delete', from: '2025-01-01', to: '2025-02-01' },
      },
    ],
  },
  getAuditEvent: {
    method: 'GET',
    path: '/v1/monitoring/audit-events/{event_id}',
    tag: 'Monitoring audit',
    summary: 'One audit event, with what it changed',
    description: 'One audited action whole, wherever it is kept by now.',
    roles: readers,
    params: z.strictObject({
      event_id: askedId.meta({ description: 'Identifier that the writer of the event chose.' }),
    }),
    query: z.strictObject({}),
    response: z
      .object({
        data: z
          .object({
            ...shown,
            before_data: values,
            after_data: values,
            changes: values,
            user_agent: z.string().nullable(),
            request_id: z.string().nullable(),
            metadata: values,
          })
          .meta({ id: 'AuditEventDetail' }),
        ...freshOfMonitoring,
      })
      .meta({ id: 'AuditEventAnswer' }),
    cache: 'none',
    rate: 'audit',
    examples: [{ title: 'One event', params: { event_id: 'AUD-2025-001234' } }],
  },
  listAuditUsers: {
    method: 'GET',
    path: '/v1/monitoring/audit-users',
    tag: 'Monitoring audit',
    summary: 'Who did most, user by user',
    description:
      'The users with the most audited actions of the last days, one row each however often their address changed.',
    roles: readers,
    params: z.strictObject({}),
    query: z.strictObject({
      days: whole(1, 92, 30).meta({ description: 'How many times 24 hours, up to now.' }),
      limit: whole(1, 100, 20).meta({ description: 'Users at most.' }),
    }),
    response: z
      .object({ data: z.array(user), since, ...freshOfMonitoring })
      .meta({ id: 'AuditUserList' }),
    rows: user,
    cache: 'none',
    rate: 'audit',
    examples: [{ title: 'The last week', query: { days: '7' } }],
  },
} as const satisfies Endpoints;
