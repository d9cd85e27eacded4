import { parseKeys, type KeySet } from './signed.ts';
import type { PublicKey } from './sign-format.ts';

/** Where keys lie beside what they signed. */
type Shelf = {
  readonly list: (prefix: string) => Promise<readonly string[]>;
  readonly read: (name: string) => Promise<Uint8Array>;
  readonly create: (name: string, bytes: Uint8Array) => Promise<boolean>;
};

const folder = 'keys/';

/** Publishes a key beside the checkpoints, a file for each: after a rotation the old ones are still there. */
export const publishKey = async (shelf: Shelf, key: PublicKey): Promise<void> => {
  await shelf.create(`${folder}${key.kid}.json`, Buffer.from(JSON.stringify(key)));
};

/** Every key that was ever published there. They prove no more than the place does: who can write there can add one. */
export const publishedKeys = async (shelf: Shelf): Promise<KeySet> => {
  const names = await shelf.list(folder);
  const texts = await Promise.all(
    names.map(async (name) => Buffer.from(await shelf.read(name)).toString('utf8')),
  );
  return parseKeys(`{"keys":[${texts.join(',')}]}`);
};
