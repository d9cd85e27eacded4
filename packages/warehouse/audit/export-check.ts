import * as z from 'zod';
import { hashOf, type ChainEntry } from './chain.ts';
import type { Manifest, WholeFile } from './export-manifest.ts';

const text = z.string().nullable();
const orEmpty = text.transform((value) => value ?? '');

const lineSchema = z.object({
  tenant_id: z.string(),
  seq: z.int().min(1),
  id: z.int(),
  creation_time: z.string(),
  prev_hash: z.string(),
  hash: z.string(),
  action: z.string(),
  resource_type: z.string(),
  resource_id: z.string(),
  data_classification: orEmpty,
  retention_category: orEmpty,
  commitments: z.unknown(),
});

type Line = z.output<typeof lineSchema>;

// Values are held to by the digest of the file; the hash of an entry is over their commitments.
const entryOf = (line: Line): ChainEntry => ({
  ...line,
  salts: null,
  admin_user_id: null,
  ip_address: null,
  user_agent: null,
  notes: null,
  old_values: null,
  new_values: null,
  metadata: null,
});

/** What of an export is not what its manifest says, as sentences; none when it is that file, byte by byte. */
export const fileFaults = (manifest: Manifest, file: Omit<WholeFile, 'format'>): string[] => {
  if (file.sha256 === manifest.sha256 && file.bytes === manifest.bytes) return [];
  const size =
    file.bytes === manifest.bytes ? '' : `: it has ${file.bytes} bytes, not ${manifest.bytes}`;
  return [`the file is not the one that the manifest was signed for, or was changed${size}`];
};

/** Follows the chain through the lines of an NDJSON export. */
export type ChainFollower = {
  readonly take: (line: string) => void;
  /** What does not hold, as sentences; the first ten. */
  readonly end: () => readonly string[];
};

const mostTold = 10;

/**
 * Computes the hash of each exported entry again, holds neighbours of the chain against each other, and counts: what a manifest
 * was signed for may have been wrong before it was signed. Of values that are not there nothing is said.
 */
export const followChain = (manifest: Manifest): ChainFollower => {
  const faults: string[] = [];
  let rows = 0;
  let before: Line | undefined;
  let first: number | null = null;
  const follow = (line: Line): void => {
    const { seq, tenant_id } = line;
    if (tenant_id !== manifest.tenant_id) faults.push(`entry ${seq} is of another tenant`);
    if (hashOf(entryOf(line)) !== line.hash)
      faults.push(`entry ${seq} has not the hash of what it says`);
    if (before !== undefined && seq <= before.seq) faults.push(`entry ${seq} is out of order`);
    if (before?.seq === seq - 1 && before.hash !== line.prev_hash)
      faults.push(`entry ${seq} does not follow entry ${before.seq}`);
    first ??= seq;
    before = line;
  };
  return {
    take: (line) => {
      rows += 1;
      const parsed = lineSchema.safeParse(JSON.parse(line));
      if (parsed.success) follow(parsed.data);
      else faults.push(`line ${rows} is no entry of the audit`);
    },
    end: () => {
      const told = [manifest.rows, manifest.first_seq, manifest.last_seq, manifest.last_hash];
      const found = [rows, first, before?.seq ?? null, before?.hash ?? null];
      if (told.join() !== found.join())
        faults.push('the entries are not as many, or not from and to where the manifest says');
      return faults.slice(0, mostTold);
    },
  };
};
