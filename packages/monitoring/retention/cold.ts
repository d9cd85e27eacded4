import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import type { ArchivePlace } from './place.ts';

/**
 * What an object of the archive holds: its name, its lines, the SHA-256 of its text, in hex, the category that all its rows
 * have, and between which instants they are.
 */
export type ColdObject = {
  readonly name: string;
  readonly rows: number;
  readonly sha256: string;
  readonly category: string | null;
  readonly oldest: string;
  readonly newest: string;
};

/** A row of a table to be archived, as a line of JSON. */
export type Line = {
  readonly clock: Date;
  readonly category: string | null;
  readonly line: string;
};

/** The objects of a ledger row. */
export const coldObjects: z.ZodType<readonly ColdObject[]> = z.array(
  z.strictObject({
    name: z.string(),
    rows: z.int(),
    sha256: z.string(),
    category: z.string().nullable(),
    oldest: z.string(),
    newest: z.string(),
  }),
);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Reads an object back, compares it with what it should hold, and returns its text.
 * Fails with `archive-missing`, or with `archive-differs` when its lines are others: its rows must not be deleted then.
 */
export const verifyObject = async (place: ArchivePlace, object: ColdObject): Promise<string> => {
  const bytes = await place.read(object.name);
  let text = '';
  try {
    text = gunzipSync(bytes).toString('utf8');
  } catch {
    // Broken bytes have no lines, and so differ.
  }
  if (digest(text) === object.sha256 && text.split('\n').length - 1 === object.rows) return text;
  throw new Failure(
    'unavailable',
    'archive-differs',
    `${object.name} does not hold the ${object.rows} rows that were archived; nothing of them is deleted`,
  );
};

// Tenants choose their ids: what a path could mean something by is written otherwise.
const safe = (text: string): string => encodeURIComponent(text).replaceAll('.', '%2E');

const writeObject = async (
  place: ArchivePlace,
  { table, tenantId, category }: { table: string; tenantId: string; category: string | null },
  lines: readonly Line[],
): Promise<ColdObject> => {
  const text = lines.map(({ line }) => `${line}\n`).join('');
  const sha256 = digest(text);
  const clocks = lines.map(({ clock }) => clock.toISOString()).toSorted();
  const [oldest = '', newest = oldest] = [clocks[0], clocks.at(-1)];
  const day = oldest.slice(0, 10);
  const name = `${table}/${safe(tenantId)}/${day.slice(0, 7)}/${day}-${sha256.slice(0, 16)}.ndjson.gz`;
  const object = { name, rows: lines.length, sha256, category, oldest, newest };
  await place.write(name, gzipSync(text));
  await verifyObject(place, object);
  return object;
};

/**
 * Writes lines as NDJSON.gz objects, one for each category, because an object goes as a whole; and reads each back. Its name
 * follows from what it holds, so repeating it writes the same object again.
 */
export const writeObjects = async (
  place: ArchivePlace,
  of: { readonly table: string; readonly tenantId: string },
  lines: readonly Line[],
): Promise<ColdObject[]> => {
  const objects: ColdObject[] = [];
  for (const [category, some] of Map.groupBy(lines, (line) => line.category))
    objects.push(await writeObject(place, { ...of, category }, some));
  return objects;
};
