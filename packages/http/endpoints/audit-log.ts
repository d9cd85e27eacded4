import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { askedId, askedMoment, freshness, ids, instant, nextCursor, page } from '../fields.ts';

// The order of this list cannot be chosen.
const { limit, cursor } = page(['newest']);

const moment = askedMoment.optional();

const exactly = (what: string) => askedId.optional().meta({ description: `Only this ${what}.` });

const values = z.unknown().meta({ description: 'JSON, or null.' });

const hash = z.string().meta({ description: '64 hexadecimal digits of a SHA-256.' });

const shown = {
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
  seq: z
    .int()
    .min(1)
    .meta({ description: 'Place in the chain of the tenant, from 1 without a gap.' }),
  prev_hash: hash,
  hash,
  erased: z.array(z.string()).meta({
    description: 'Columns whose value was erased: null, and `erased` for `admin_user_id`.',
  }),
  audit_event: z.string().nullable().meta({
    description: 'The audit event that it was taken from, as in /v1/monitoring/audit-events.',
  }),
};

const entry = z.object(shown).meta({ id: 'AuditEntry' });

const byColumn = (what: string) =>
  z.record(z.string(), z.string().nullable()).meta({ description: what });

const proven = z
  .object({
    ...shown,
    proof: z
      .object({
        commitments: byColumn(
          'SHA-256, as hex, of the salt, a colon, the column, a colon, and an equals sign with the text, or `-` where there is no value.',
        ),
        salts: byColumn('Of each column that is not erased.'),
        texts: byColumn(
          'The values as they were committed to; of JSON the text that Postgres has.',
        ),
      })
      .meta({ id: 'AuditProof' }),
  })
  .meta({ id: 'AuditEntryProven' });

const chain = z
  .object({
    seq: z.int().min(1).meta({ description: 'Place of the last entry.' }),
    hash,
    updated: instant.meta({ description: 'When the last entry was written.' }),
    entries: z.int().min(1).meta({ description: 'Entries that are there: as many as `seq`.' }),
    first_prev_hash: hash,
  })
  .meta({ id: 'AuditChain' });

const seq = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'is not the place of an entry')
  .transform(Number)
  .meta({ description: 'Place of the entry in the chain.' });

const formula =
  'Its `hash` is the SHA-256 of `prev_hash`, `seq`, `tenant_id`, `id`, `creation_time` (UTC, with microseconds), `action`, `resource_type`, `resource_id`, `data_classification`, `retention_category` (nothing for null) and the commitments of `admin_user_id`, `ip_address`, `user_agent`, `notes`, `old_values`, `new_values`, `metadata`, each with its length in characters and a colon before it.';

/** The compliance audit of a tenant. */
export const auditLogEndpoints = {
  listAuditLog: {
    method: 'GET',
    path: '/v1/audit-log',
    tag: 'Audit',
    summary: 'What administrators did',
    description:
      'The compliance audit of the tenant. Reading it is itself recorded, as `audit_log.read` with the subject of the token and the filters, before anything is answered; without that record there is no answer. A page ends before `limit` where its entries are large. Filters other than `action`, `admin_user_id`, `resource_id` and the range look through 20,000 entries a page, which may then be short or empty: as long as there is a `next_cursor` it goes on.',
    roles: ['auditor', 'operator'],
    params: z.strictObject({}),
    query: z.strictObject({
      limit,
      cursor,
      action: ids('actions'),
      admin_user_id: exactly('administrator'),
      resource_type: exactly('kind of resource'),
      resource_id: exactly('resource'),
      data_classification: exactly('class'),
      retention_category: exactly('category'),
      ip_address: exactly('address; entries that lost theirs have none'),
      changed: askedId.max(200).optional().meta({
        description: 'Only where this field was changed: it is named by the old or the new values.',
      }),
      q: askedId
        .max(200)
        .refine((text) => text.trim() !== '' && text.trim().split(/\s+/).length <= 5, {
          error: 'is not 1 to 5 words',
        })
        .optional()
        .meta({
          description:
            'Up to five words, each of which stands somewhere in the resource, the notes, the metadata or the values, in any case of letters, also within a longer word.',
        }),
      order: z
        .enum(['newest', 'oldest'])
        .optional()
        .meta({ description: 'Which comes first. By default the newest.' }),
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
      {
        title: 'Whose role was changed in a case, from its beginning',
        query: { q: 'case 25-117', changed: 'role', order: 'oldest' },
      },
    ],
  },
  getAuditChain: {
    method: 'GET',
    path: '/v1/audit-log/chain',
    tag: 'Audit',
    summary: 'The head of the chain of hashes',
    description:
      'The last entry of the tenant’s chain, which is the record of this read. Keep it: a log that is whole has this hash at this place for ever. The first entry has 64 zeros before it.',
    roles: ['auditor', 'operator'],
    params: z.strictObject({}),
    query: z.strictObject({}),
    response: z.object({ data: chain, ...freshness }).meta({ id: 'AuditChainAnswer' }),
    cache: 'none',
    rate: 'audit',
    examples: [{ title: 'The head' }],
  },
  getAuditEntry: {
    method: 'GET',
    path: '/v1/audit-log/{seq}',
    tag: 'Audit',
    summary: 'One entry, with its proof',
    description: `Everything that the hash of the entry is computed from. ${formula}`,
    roles: ['auditor', 'operator'],
    params: z.strictObject({ seq }),
    query: z.strictObject({}),
    response: z.object({ data: proven, ...freshness }).meta({ id: 'AuditEntryAnswer' }),
    cache: 'none',
    rate: 'audit',
    examples: [{ title: 'The first entry', params: { seq: '1' } }],
  },
} as const satisfies Endpoints;
