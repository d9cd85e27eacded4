import { sql, type RawBuilder } from 'kysely';
import type { Columns } from '@rookery/db/statement';

/** An entry as the text over which it was sealed: what packages/warehouse/audit/chain.ts hashes. */
export const sealedColumns = {
  tenant_id: 'text',
  seq: 'int8',
  id: 'int8',
  creation_time: 'text',
  prev_hash: 'text',
  hash: 'text',
  action: 'text',
  resource_type: 'text',
  resource_id: 'text',
  data_classification: 'text',
  retention_category: 'text',
  admin_user_id: 'text',
  ip_address: 'text?',
  user_agent: 'text?',
  notes: 'text?',
  commitments: 'jsonb',
  salts: 'jsonb',
  old_values: 'text?',
  new_values: 'text?',
  metadata: 'text?',
} as const satisfies Columns;

const instantOf = (row: string): string =>
  `to_char(${row}.creation_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The instant of a row of admin_audit_log as it is hashed and shown: UTC, with its microseconds. */
export const entryInstant = (row: string): RawBuilder<unknown> => sql.raw(instantOf(row));

/** All of these columns of a row of admin_audit_log but the three that are JSON, whose text a query may need before. */
export const sealedScalars = (row: string): RawBuilder<unknown> =>
  sql.raw(`${row}.tenant_id, ${row}.seq, ${row}.id, ${instantOf(row)} as creation_time, ${row}.prev_hash,
  ${row}.hash, ${row}.action, ${row}.resource_type, ${row}.resource_id,
  coalesce(${row}.data_classification, '')::text as data_classification,
  coalesce(${row}.retention_category, '')::text as retention_category, ${row}.admin_user_id, ${row}.ip_address,
  ${row}.user_agent, ${row}.notes, ${row}.commitments, ${row}.salts`);
