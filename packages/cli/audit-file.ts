import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { openSigned } from '@rookery/lambda/signed';
import { Failure } from '@rookery/kernel/failure';
import { fileFaults, followChain } from '@rookery/warehouse/audit/export-check';
import { manifestSchema, type Manifest } from '@rookery/warehouse/audit/export-manifest';
import { checkpointPlaceOf, keysOf, shelfOf, type Trusting } from './audit-keys.ts';
import type { Answer } from './command.ts';
import { shown } from './table.ts';
import { textOf } from './text-file.ts';

const unreadable = (path: string, cause: unknown): Failure =>
  new Failure('invalid', 'file-unreadable', `${path} cannot be read`, { cause });

const digestOf = async (path: string) => {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  return { bytes, sha256: hash.digest('hex') };
};

const chainFaults = async (path: string, manifest: Manifest): Promise<readonly string[]> => {
  const follower = followChain(manifest);
  for await (const line of createInterface({ input: createReadStream(path) })) follower.take(line);
  return follower.end();
};

const refused = (path: string, reasons: readonly string[]): Answer => ({
  data: { ok: false, file: path, faults: reasons },
  text: `${path} is refused:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`,
  ok: false,
});

const proved = (path: string, manifest: Manifest): Answer => {
  const { by, at, tenant_id, rows, first_seq, last_seq, range, filters } = manifest;
  const asked = Object.entries({ ...range, ...filters }).filter(([, value]) => value !== null);
  const parts = [
    `${path} is, byte by byte, what ${by.subject} (${by.role}) exported of tenant ${tenant_id} at ${at}: ${
      rows === 0 ? 'no entry' : `${shown(rows)} of the entries ${first_seq} to ${last_seq}`
    }${asked.length === 0 ? '' : `, for ${asked.map(([name, value]) => `${name} ${value}`).join(', ')}`}.`,
    manifest.format === 'csv'
      ? 'Of CSV only the bytes are proved; of NDJSON the chain is computed again as well.'
      : 'Each entry has the hash of what it says, and those that are neighbours follow each other.',
  ];
  return { data: { ok: true, file: path, manifest }, text: parts.join('\n'), ok: true };
};

/** Proves an exported file by its manifest, without a database: who signed it, its bytes, and the chain in it. */
export const verifyFile = async (
  options: Trusting,
  path: string,
  manifestPath = `${path}.manifest.jws`,
): Promise<Answer> => {
  const keys = await keysOf(options, shelfOf(checkpointPlaceOf(options)));
  const signed = await textOf(manifestPath);
  let manifest: Manifest;
  try {
    manifest = manifestSchema.parse(await openSigned(signed, keys, 'rookery-manifest'));
  } catch (error) {
    if (error instanceof Failure) return refused(path, [`its manifest: ${error.message}`]);
    return refused(path, ['its manifest is signed, but is none of an export']);
  }
  const faults = fileFaults(manifest, await digestOf(path));
  if (faults.length > 0) return refused(path, faults);
  const broken = manifest.format === 'ndjson' ? await chainFaults(path, manifest) : [];
  return broken.length > 0 ? refused(path, broken) : proved(path, manifest);
};
