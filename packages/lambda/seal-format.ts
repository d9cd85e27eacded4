import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Failure } from '@rookery/kernel/failure';

/** Where a secret belongs: a column of a tenant's row. It opens nowhere else. */
export type SecretPlace = {
  readonly table: string;
  readonly column: string;
  readonly tenantId: string;
  readonly id: string;
};

/** Seals texts for a place, and opens there, and only there, what it sealed. */
export type Seal = {
  /** Fails with `seal-key-unusable` while there is no key. The same text is never sealed to the same bytes twice. */
  readonly seal: (place: SecretPlace, text: string) => Promise<Uint8Array>;
  /** Fails with `seal-broken` for what was changed, cut or sealed for another place, and says nothing of the secret. */
  readonly unseal: (place: SecretPlace, bytes: Uint8Array) => Promise<string>;
};

/** Sealed bytes, taken apart: `keyName` tells which key opens the rest. */
export type Parts = { readonly keyName: Buffer; readonly header: Buffer; readonly rest: Buffer };

/** First byte of what is sealed: by a key of a file, or by a data key that KMS keeps. */
export const versions = { file: 1, kms: 2 } as const;

const ivLength = 12;
const tagLength = 16;
const algorithm = 'aes-256-gcm';

// A length before each part: no two places, and no two key names, come out as the same bytes.
const sized = (part: Uint8Array): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
};

const contextOf = ({ table, column, tenantId, id }: SecretPlace, header: Uint8Array): Buffer =>
  Buffer.concat(
    [header, ...[table, column, tenantId, id].map((part) => Buffer.from(part))].map(sized),
  );

const nameOf = ({ table, column, tenantId, id }: SecretPlace): string =>
  `${table}.${column} of ${id} (tenant ${tenantId})`;

/** What says that sealed bytes do not open; of the secret it says nothing. */
export const broken = (place: SecretPlace, cause?: unknown): Failure =>
  new Failure(
    'invalid',
    'seal-broken',
    `${nameOf(place)} cannot be unsealed, it was changed or belongs to another row: place the secret again`,
    cause === undefined ? {} : { cause },
  );

/** Seals a text with a key of 32 bytes, bound to its place, the version and the name of the key; `iv` must be fresh. */
export const sealedWith = (
  key: Uint8Array,
  {
    version,
    keyName,
    iv,
    place,
  }: {
    readonly version: number;
    readonly keyName: Uint8Array;
    readonly iv: Uint8Array;
    readonly place: SecretPlace;
  },
  text: string,
): Uint8Array => {
  const header = Buffer.concat([Buffer.from([version, 0, 0]), keyName]);
  header.writeUInt16BE(keyName.length, 1);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength });
  cipher.setAAD(contextOf(place, header));
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([header, iv, hidden, cipher.getAuthTag()]);
};

/** Takes sealed bytes of a version apart; fails with `seal-broken` when they are of another or too short. */
export const partsOf = (version: number, place: SecretPlace, bytes: Uint8Array): Parts => {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < 3 || all[0] !== version) throw broken(place);
  const end = 3 + all.readUInt16BE(1);
  if (all.length < end + ivLength + tagLength) throw broken(place);
  return { keyName: all.subarray(3, end), header: all.subarray(0, end), rest: all.subarray(end) };
};

/** The text of sealed bytes; fails with `seal-broken` unless they are whole and of this place. */
export const unsealedWith = (
  key: Uint8Array,
  place: SecretPlace,
  { header, rest }: Parts,
): string => {
  const iv = rest.subarray(0, ivLength);
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength });
  decipher.setAAD(contextOf(place, header));
  decipher.setAuthTag(rest.subarray(-tagLength));
  try {
    const text = decipher.update(rest.subarray(ivLength, -tagLength));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw broken(place, cause);
  }
};
