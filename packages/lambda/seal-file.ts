import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Failure } from '@rookery/kernel/failure';
import { ensureSecretFile } from './secret-file.ts';
import { broken, partsOf, sealedWith, unsealedWith, versions, type Seal } from './seal-format.ts';

type NamedKey = { readonly key: Buffer; readonly keyName: Buffer };

const keyLength = 32;
const nameLength = 8;

const unusable = (path: string, cause?: unknown): Failure =>
  new Failure(
    'unavailable',
    'seal-key-unusable',
    `${path} must hold keys of ${keyLength} bytes in base64, one a line, the one that seals first: restore it`,
    cause === undefined ? {} : { cause },
  );

const namedKey = (path: string, line: string): NamedKey => {
  const key = Buffer.from(line, 'base64');
  if (key.length !== keyLength || key.toString('base64') !== line) throw unusable(path);
  // Of the hash, so that the name says nothing of the key.
  return { key, keyName: createHash('sha256').update(key).digest().subarray(0, nameLength) };
};

const keysOf = (path: string): readonly [NamedKey, ...NamedKey[]] => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw unusable(path, cause);
  }
  const lines = text.split('\n').map((line) => line.trim());
  const [first, ...others] = lines
    .filter((line) => line !== '')
    .map((line) => namedKey(path, line));
  if (first === undefined) throw unusable(path);
  return [first, ...others];
};

/** Makes the key file of a laptop, readable by its owner only, unless there is one; beside itself it makes one. */
export const ensureKeyFile = (path: string): Promise<void> =>
  ensureSecretFile(path, () => `${randomBytes(keyLength).toString('base64')}\n`);

/** Seals with the first key of a file, unseals with any of them; the file is read once, when it is first needed. */
export const fileSeal = (path: string): Seal => {
  let held: readonly [NamedKey, ...NamedKey[]] | undefined;
  const keys = () => (held ??= keysOf(path));
  return {
    seal: async (place, text) => {
      const [{ key, keyName }] = keys();
      const iv = randomBytes(12);
      return sealedWith(key, { version: versions.file, keyName, iv, place }, text);
    },
    unseal: async (place, bytes) => {
      const parts = partsOf(versions.file, place, bytes);
      const known = keys().find(({ keyName }) => keyName.equals(parts.keyName));
      if (known === undefined) throw broken(place);
      return unsealedWith(known.key, place, parts);
    },
  };
};
