import { hash } from 'node:crypto';

/** The columns of an entry that may have to be erased, in the order in which its hash takes their commitments. */
export const committedColumns = [
  'admin_user_id',
  'ip_address',
  'user_agent',
  'notes',
  'old_values',
  'new_values',
  'metadata',
] as const;

/** A column that may have to be erased. */
export type CommittedColumn = (typeof committedColumns)[number];

/** What the first entry of a chain names as the hash before it. */
export const zeroHash = '0'.repeat(64);

/** An entry as text, the way Postgres prints it; salts and commitments are whatever the database holds. */
export type ChainEntry = Readonly<Record<CommittedColumn, string | null>> & {
  readonly tenant_id: string;
  readonly seq: number;
  readonly id: number;
  readonly creation_time: string;
  readonly prev_hash: string;
  readonly hash: string;
  readonly action: string;
  readonly resource_type: string;
  readonly resource_id: string;
  readonly data_classification: string;
  readonly retention_category: string;
  readonly commitments: unknown;
  readonly salts: unknown;
};

const digest = (text: string): string => hash('sha256', text, 'hex');

/** The text under a key of a JSON object; null where there is none. */
export const textAt = (value: unknown, key: CommittedColumn): string | null => {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : null;
};

/** What an entry holds of a column in place of its value: nothing can be told from it without the salt. */
export const commitmentOf = (salt: string, column: CommittedColumn, value: string | null): string =>
  digest(`${salt}:${column}:${value === null ? '-' : `=${value}`}`);

const beyondFirstPlane = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

// Postgres counts characters, JavaScript the two halves of those beyond the first plane.
const lengthOf = (text: string): number =>
  text.length - (text.match(beyondFirstPlane)?.length ?? 0);

/** The hash that an entry of these contents must have. */
export const hashOf = (entry: ChainEntry): string => {
  const parts = [
    entry.prev_hash,
    String(entry.seq),
    entry.tenant_id,
    String(entry.id),
    entry.creation_time,
    entry.action,
    entry.resource_type,
    entry.resource_id,
    entry.data_classification,
    entry.retention_category,
  ];
  for (const column of committedColumns) parts.push(textAt(entry.commitments, column) ?? '');
  let chained = '';
  for (const part of parts) chained += `${lengthOf(part)}:${part}`;
  return digest(chained);
};
