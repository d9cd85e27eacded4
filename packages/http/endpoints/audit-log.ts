import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { askedId, askedMoment, freshness, instant, nextCursor, page } from '../fields.ts';

// The order of this list cannot be chosen.
const { limit, cursor } = page(['newest']);

const moment = askedMoment.optional();

const exactly = (what: string) => askedId.optional().meta({ description: `Only this ${what}.` });

const values = z.unknown().meta({ description: 'JSON, or null.' });

const entry = z
  .object({
    id: z.int().min(1),
    creation_time: instant,
    admin_user_id: z.string(),
    action: z.string(),
    resource_type: z.string(),
    resource_id: z.string(),
    tenant_id: z.string(),
    old_values: values,
    new_values: values,
    ip_address: z.string().nullable(),
    user_agent: z.string().nullable(),
    notes: z.string().nullable(),
    metadata: values,
    data_classification: z.string().nullable(),
    retention_category: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

/** The compliance audit of a tenant. */
export const auditLogEndpoints = {
  listAuditLog: {
    method: 'GET',
    path: '/v1/audit-log',
    tag: 'Audit',
    summary: 'What administrators did, the newest first',
    description:
      'The compliance audit of the tenant. Reading it is itself recorded, as `audit_log.read` with the subject of the token and the filters, before anything is answered; without that record there is no answer. A page ends before `limit` where its entries are large; `next_cursor` goes on.',
    roles: ['auditor', 'operator'],
    params: z.strictObject({}),
    query: z.strictObject({
      limit,
      cursor,
      action: exactly('action'),
      admin_user_id: exactly('administrator'),
      resource_type: exactly('kind of resource'),
      resource_id: exactly('resource'),
      from: moment.meta({
        description: 'Not before this instant, or this day in the time zone of the tenant.',
      }),
      to: moment.meta({ description: 'Before this instant, or before this day.' }),
    }),
    response: z
      .object({ data: z.array(entry), next_cursor: nextCursor, ...freshness })
      .meta({ id: 'AuditLog' }),
    rows: entry,
    cache: 'none',
    rate: 'audit',
    examples: [
      { title: 'Who read this log', query: { action: 'audit_log.read' } },
      { title: 'One month', query: { from: '2025-03-01', to: '2025-04-01' } },
    ],
  },
} as const satisfies Endpoints;
