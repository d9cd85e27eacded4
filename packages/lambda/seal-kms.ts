import { randomBytes } from 'node:crypto';
import { Failure } from '@rookery/kernel/failure';
import {
  broken,
  partsOf,
  sealedWith,
  unsealedWith,
  versions,
  type Seal,
  type SecretPlace,
} from './seal-format.ts';

type DataKey = { readonly key: Uint8Array; readonly keyName: Uint8Array };
type Kept<T> = { readonly value: Promise<T>; readonly until: number; uses: number };

// One call of KMS for many secrets; a data key that leaks opens what was sealed with it, so it does not live long.
const keptMs = 5 * 60_000;
const mostUses = 1_000;
// Data keys that are open at once: those of one run over many tenants.
const mostOpen = 200;
// KMS opens our data keys for nothing else.
const purpose = { purpose: 'rookery-seal' };
const longestName = 6_144;
// What KMS says of bytes that are no data key of ours, or were made with another key.
const strange = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);
const timeouts = { connectionTimeout: 1_000, requestTimeout: 3_000 };

const unusable = (keyId: string, cause: unknown): Failure =>
  new Failure(
    'unavailable',
    'seal-key-unusable',
    `KMS does not let us use ${keyId}: look at its state, and at what this function may do`,
    { cause },
  );

const load = async () => {
  const { KMSClient, DecryptCommand, GenerateDataKeyCommand } = await import('@aws-sdk/client-kms');
  const client = new KMSClient({ requestHandler: timeouts });
  return { client, DecryptCommand, GenerateDataKeyCommand };
};

// The two calls of KMS that are needed; the SDK is loaded with the first of them.
const kmsOf = (keyId: string) => {
  let loaded: ReturnType<typeof load> | undefined;
  const sdk = () => (loaded ??= load());
  return {
    generate: async (): Promise<DataKey> => {
      const { client, GenerateDataKeyCommand } = await sdk();
      const made = await client
        .send(
          new GenerateDataKeyCommand({
            KeyId: keyId,
            KeySpec: 'AES_256',
            EncryptionContext: purpose,
          }),
        )
        .catch((cause: unknown) => {
          throw unusable(keyId, cause);
        });
      const { Plaintext: key, CiphertextBlob: keyName } = made;
      if (key === undefined || keyName === undefined) throw unusable(keyId, 'KMS made no data key');
      return { key, keyName };
    },
    open: async (keyName: Uint8Array, place: SecretPlace): Promise<Uint8Array> => {
      const { client, DecryptCommand } = await sdk();
      const { Plaintext: key } = await client
        .send(
          new DecryptCommand({ KeyId: keyId, CiphertextBlob: keyName, EncryptionContext: purpose }),
        )
        .catch((cause: unknown) => {
          const isStrange = cause instanceof Error && strange.has(cause.name);
          throw isStrange ? broken(place, cause) : unusable(keyId, cause);
        });
      if (key === undefined) throw unusable(keyId, 'KMS opened no data key');
      return key;
    },
  };
};

const keep = <T>(value: Promise<T>): Kept<T> => ({ value, until: Date.now() + keptMs, uses: 0 });

/** Seals with data keys of a KMS key; each lies, closed, in what it sealed, and is kept open for five minutes at most. */
export const kmsSeal = (keyId: string): Seal => {
  const kms = kmsOf(keyId);
  const open = new Map<string, Kept<Uint8Array>>();
  let current: Kept<DataKey> | undefined;

  const sealing = async (): Promise<DataKey> => {
    if (current === undefined || Date.now() >= current.until || current.uses >= mostUses)
      current = keep(kms.generate());
    const mine = current;
    mine.uses += 1;
    try {
      return await mine.value;
    } catch (error) {
      // The next one asks again.
      if (current === mine) current = undefined;
      throw error;
    }
  };

  const opening = async (keyName: Buffer, place: SecretPlace): Promise<Uint8Array> => {
    const name = keyName.toString('base64');
    let known = open.get(name);
    if (known === undefined || Date.now() >= known.until) {
      open.delete(name);
      const [oldest] = open.keys();
      if (oldest !== undefined && open.size >= mostOpen) open.delete(oldest);
      known = keep(kms.open(keyName, place));
      open.set(name, known);
    }
    try {
      return await known.value;
    } catch (error) {
      if (open.get(name) === known) open.delete(name);
      throw error;
    }
  };

  return {
    seal: async (place, text) => {
      const { key, keyName } = await sealing();
      const iv = randomBytes(12);
      return sealedWith(key, { version: versions.kms, keyName, iv, place }, text);
    },
    unseal: async (place, bytes) => {
      const parts = partsOf(versions.kms, place, bytes);
      const { length } = parts.keyName;
      if (length === 0 || length > longestName) throw broken(place);
      return unsealedWith(await opening(parts.keyName, place), place, parts);
    },
  };
};
