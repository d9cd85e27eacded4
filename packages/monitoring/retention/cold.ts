import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import type { ArchivePlace } from './place.ts';

/** What an object of the archive holds: its name, its lines and the SHA-256 of its text, in hex. */
export type ColdObject = { readonly name: string; readonly rows: number; readonly sha256: string };

/** The objects of a ledger row. */
export const coldObjects: z.ZodType<readonly ColdObject[]> = z.array(
  z.strictObject({ name: z.string(), rows: z.int(), sha256: z.string() }),
);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Reads an object back and compares it with what it should hold.
 * Fails with `archive-missing`, or with `archive-differs` when its lines are others: its rows must not be deleted then.
 */
export const verifyObject = async (place: ArchivePlace, object: ColdObject): Promise<void> => {
  const bytes = await place.read(object.name);
  let text = '';
  try {
    text = gunzipSync(bytes).toString('utf8');
  } catch {
    // Broken bytes have no lines, and so differ.
  }
  if (digest(text) === object.sha256 && text.split('\n').length - 1 === object.rows) return;
  throw new Failure(
    'unavailable',
    'archive-differs',
    `${object.name} does not hold the ${object.rows} rows that were archived; nothing of them is deleted`,
  );
};

// Tenants choose their ids: what a path could mean something by is written otherwise.
const safe = (text: string): string => encodeURIComponent(text).replaceAll('.', '%2E');

/**
 * Writes lines of JSON as one NDJSON.gz object and reads it back. Its name follows from what it holds, so repeating it
 * writes the same object again.
 */
export const writeObject = async (
  place: ArchivePlace,
  { table, tenantId, from }: { table: string; tenantId: string; from: Date },
  lines: readonly string[],
): Promise<ColdObject> => {
  const text = lines.map((line) => `${line}\n`).join('');
  const sha256 = digest(text);
  const day = from.toISOString().slice(0, 10);
  const name = `${table}/${safe(tenantId)}/${day.slice(0, 7)}/${day}-${sha256.slice(0, 16)}.ndjson.gz`;
  const object = { name, rows: lines.length, sha256 };
  await place.write(name, gzipSync(text));
  await verifyObject(place, object);
  return object;
};
