import { Failure } from '@rookery/kernel/failure';
import { fileSigner } from './sign-file.ts';
import type { Signer } from './sign-format.ts';
import { kmsSigner } from './sign-kms.ts';

export { ensureSignKey } from './sign-file.ts';
export type { PublicKey, Purpose, Signer } from './sign-format.ts';

const signers = new Map<string, Signer>();
const openSigner = (signKey: string): Signer => {
  const [, kind, name = ''] = /^(file|kms):(.+)$/.exec(signKey) ?? [];
  if (kind === 'file') return fileSigner(name);
  if (kind === 'kms') return kmsSigner(name);
  throw new Failure(
    'unavailable',
    'config-invalid',
    'SIGN_KEY is neither file:<path> nor kms:<key>: set it',
  );
};

/** The signer of the setting SIGN_KEY: `file:<path>` on a laptop, `kms:<key id, ARN or alias>` in the cloud; one a container. */
export const signerFor = (signKey: string): Signer => {
  const known = signers.get(signKey) ?? openSigner(signKey);
  signers.set(signKey, known);
  return known;
};
