import * as z from 'zod';
import type { ExportQuery, OpenExport } from './export.ts';
import { recordRead, type Committing, type Reader } from './log.ts';

/** The file of an export, byte by byte as its reader gets it. */
export type WholeFile = {
  readonly format: 'csv' | 'ndjson';
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
};

const seq = z.int().min(1).nullable();
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable();

/** What the manifest of an export says, once it is signed: which file this is, of what, for whom. */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  export_id: z.string(),
  tenant_id: z.string(),
  by: z.strictObject({ subject: z.string(), role: z.string() }),
  at: z.iso.datetime(),
  range: z.strictObject({ from: z.string().nullable(), to: z.string().nullable() }),
  filters: z.record(z.string(), z.string()),
  format: z.enum(['csv', 'ndjson']),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  first_seq: seq,
  last_seq: seq,
  last_hash: hash,
  /** The head of the chain when the export was opened; null where it had no entry. */
  head: z.strictObject({ seq: z.int(), hash: z.string() }).nullable(),
});

/** The manifest of an export. */
export type Manifest = z.output<typeof manifestSchema>;

/** What there is to say of an export that was read once, to its end. */
export type Told = {
  readonly id: string;
  readonly by: Reader;
  readonly query: ExportQuery;
  readonly file: WholeFile;
  readonly export: OpenExport;
};

/** The manifest of an export that was read to its end. */
export const manifestOf = ({ id, by, query, file, export: opened }: Told): Manifest => {
  const { from, to, ...filters } = query;
  const given = Object.entries(filters).filter(
    (one): one is [string, string] => one[1] !== undefined,
  );
  return {
    version: 1,
    export_id: id,
    tenant_id: by.tenantId,
    by: { subject: by.subject, role: by.role },
    at: opened.as_of.toISOString(),
    range: { from: from ?? null, to: to ?? null },
    filters: Object.fromEntries(given),
    ...file,
    ...opened.extent(),
    head: opened.head,
  };
};

/**
 * Commits an export as an entry of the chain that it is of, `audit_log.exported`, with what its manifest says. When that fails
 * there must be no export.
 */
export const recordExport = (
  commit: Committing,
  by: Reader,
  { version: _version, tenant_id: _tenant, by: _by, ...said }: Manifest,
): Promise<void> => recordRead(commit, by, said, 'audit_log.exported');
