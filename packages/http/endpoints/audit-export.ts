import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { askedId, askedMoment, instant } from '../fields.ts';

const exactly = (what: string) => askedId.optional().meta({ description: `Only this ${what}.` });
const values = z.unknown().meta({ description: 'JSON, or null.' });
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string().nullable();

const entry = z.object({
  seq: z.int().min(1).meta({ description: 'Its place in the chain of the tenant.' }),
  id: z.int().min(1),
  creation_time: instant,
  tenant_id: z.string(),
  admin_user_id: z.string(),
  action: z.string(),
  resource_type: z.string(),
  resource_id: z.string(),
  old_values: values,
  new_values: values,
  ip_address: text,
  user_agent: text,
  notes: text,
  metadata: values,
  data_classification: text,
  retention_category: text,
  prev_hash: hash,
  hash: hash.meta({ description: 'Hash over this entry and the hash of the one before.' }),
  commitments: values.meta({ description: 'Hash of each erasable column with its salt.' }),
  salts: values.meta({ description: 'Salt of each column that was not erased.' }),
});

/** The compliance audit of a tenant as a file that can be proved. */
export const auditExportEndpoints = {
  exportAuditLog: {
    method: 'GET',
    path: '/v1/audit-log/export',
    tag: 'Audit',
    summary: 'The compliance audit as a file, with a signed manifest',
    description:
      'Every entry of the range in the order of the chain, as one snapshot, with all that proves it. `repr-digest` (RFC 9530) is the SHA-256 of the file as it is sent, which is never packed; `rookery-manifest` is a JWS (ES256) that says what the file is, of what, for whom, with the same digest: keep both, and `rookery audit verify --file` proves them offline. The export is recorded as `audit_log.exported` in the chain before the first byte; when that cannot be done there is no export. It is read twice, so that it takes twice as long to arrive as it takes to read. An answer that ends without its last chunk failed on the way: ask again. In CSV a text that a spreadsheet would take for a formula has an apostrophe before it; NDJSON has the texts as they are.',
    roles: ['auditor', 'operator'],
    params: z.strictObject({}),
    query: z.strictObject({
      action: exactly('action'),
      admin_user_id: exactly('administrator'),
      resource_type: exactly('kind of resource'),
      resource_id: exactly('resource'),
      from: askedMoment.optional().meta({
        description: 'Not before this instant, or this day in the time zone of the tenant.',
      }),
      to: askedMoment.optional().meta({ description: 'Before this instant, or before this day.' }),
    }),
    response: entry,
    rows: entry,
    streaming: true,
    cache: 'none',
    rate: 'export',
    examples: [
      { title: 'The audit of a quarter', query: { from: '2025-01-01', to: '2025-04-01' } },
      { title: 'Who exported it', query: { action: 'audit_log.exported' } },
    ],
  },
} as const satisfies Endpoints;
