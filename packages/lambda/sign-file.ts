import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ensureSecretFile } from './secret-file.ts';
import { publicKeyOf, signerOf, unusable, type Signer } from './sign-format.ts';

const keyOf = (path: string): KeyObject => {
  try {
    return createPrivateKey(readFileSync(path));
  } catch (cause) {
    throw unusable(`${path} must hold a private key of the curve P-256 as PEM: restore it`, cause);
  }
};

const freshKey = (): string =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;

/** Makes the signing key of a laptop, readable by its owner only, unless there is one; beside itself it makes one. */
export const ensureSignKey = (path: string): Promise<void> => ensureSecretFile(path, freshKey);

/** Signs with the private key of a file, which is read once, when it is first needed. */
export const fileSigner = (path: string): Signer => {
  let held: KeyObject | undefined;
  const key = () => (held ??= keyOf(path));
  return signerOf(
    async () => publicKeyOf(createPublicKey(key()).export({ format: 'jwk' })),
    async (bytes) => sign('sha256', bytes, { key: key(), dsaEncoding: 'ieee-p1363' }),
  );
};
