import { Failure } from '@rookery/kernel/failure';
import { readConfig } from './config.ts';
import { fileSeal } from './seal-file.ts';
import type { Seal } from './seal-format.ts';
import { kmsSeal } from './seal-kms.ts';

export { ensureKeyFile } from './seal-file.ts';
export type { Seal, SecretPlace } from './seal-format.ts';

const seals = new Map<string, Seal>();
const openSeal = (sealKey: string): Seal => {
  const [, kind, name = ''] = /^(file|kms):(.+)$/.exec(sealKey) ?? [];
  if (kind === 'file') return fileSeal(name);
  if (kind === 'kms') return kmsSeal(name);
  throw new Failure(
    'unavailable',
    'config-invalid',
    'SEAL_KEY is neither file:<path> nor kms:<key>: set it',
  );
};

/**
 * The seal of the setting SEAL_KEY: `file:<path>` on a laptop, `kms:<key id, ARN or alias>` in the cloud. One for
 * each key and container: its open data keys serve every call.
 */
export const sealOf = (sealKey: string): Seal => {
  const known = seals.get(sealKey) ?? openSeal(sealKey);
  seals.set(sealKey, known);
  return known;
};

/** Seals a text for a place, with the key of SEAL_KEY. */
export const seal: Seal['seal'] = (place, text) =>
  sealOf(readConfig(['sealKey']).sealKey).seal(place, text);

/** Opens what `seal` sealed for the same place. */
export const unseal: Seal['unseal'] = (place, bytes) =>
  sealOf(readConfig(['sealKey']).sealKey).unseal(place, bytes);
