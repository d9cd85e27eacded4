import { readConfig } from './config.ts';
import { signerFor } from './sign.ts';

/** Signs the manifest of an export with the key of SIGN_KEY and has it recorded; gives the header that carries it. */
export const sealManifest = async <M extends object>(
  manifest: M,
  record: (manifest: M) => Promise<unknown>,
): Promise<{ readonly 'rookery-manifest': string }> => {
  const { signKey } = readConfig(['signKey']);
  const signed = await signerFor(signKey).sign('rookery-manifest', manifest);
  await record(manifest);
  return { 'rookery-manifest': signed };
};
