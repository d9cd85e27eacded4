import { publishedKeys, publishKey } from './checkpoint-keys.ts';
import { signerFor } from './sign.ts';
import { openSigned } from './signed.ts';

/** Signs checkpoints with a key that it publishes beside them, and opens those that any key published there has signed. */
export const checkpointSeal = async (
  signKey: string,
  shelf: Parameters<typeof publishKey>[0],
): Promise<{
  readonly sign: (checkpoint: object) => Promise<string>;
  readonly open: (text: string) => Promise<unknown>;
}> => {
  const signer = signerFor(signKey);
  await publishKey(shelf, await signer.publicKey());
  const keys = await publishedKeys(shelf);
  return {
    sign: (checkpoint) => signer.sign('rookery-checkpoint', checkpoint),
    open: (text) => openSigned(text, keys, 'rookery-checkpoint'),
  };
};
