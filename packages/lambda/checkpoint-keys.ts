import { Failure } from '@rookery/kernel/failure';
import { parseKeys, type KeySet } from './signed.ts';
import type { PublicKey } from './sign-format.ts';

/** Where keys lie beside what they signed. */
type Shelf = {
  readonly list: (prefix: string) => Promise<readonly string[]>;
  readonly read: (name: string) => Promise<Uint8Array>;
  readonly create: (name: string, bytes: Uint8Array) => Promise<boolean>;
};

const folder = 'keys/';
const nameOf = (kid: string): string => `${folder}${kid}.json`;

/** Publishes a key beside the checkpoints, a file for each: after a rotation the old ones are still there. */
export const publishKey = async (shelf: Shelf, key: PublicKey): Promise<void> => {
  await shelf.create(nameOf(key.kid), Buffer.from(JSON.stringify(key)));
};

// Nothing is believed for the sake of a file that is no key, or has the name of another: it must not stop those that are. What
// lies there under its lock stays for ten years.
const keyAt = async (shelf: Shelf, name: string): Promise<readonly PublicKey[]> => {
  const text = Buffer.from(await shelf.read(name)).toString('utf8');
  try {
    const { keys } = await parseKeys(`{"keys":[${text}]}`);
    return keys.filter(({ kid }) => name === nameOf(kid));
  } catch (error) {
    if (error instanceof Failure && error.code === 'keys-malformed') return [];
    throw error;
  }
};

/** Every key that was ever published there. They prove no more than the place does: who can write there can add one. */
export const publishedKeys = async (shelf: Shelf): Promise<KeySet> => {
  const names = await shelf.list(folder);
  return { keys: (await Promise.all(names.map((name) => keyAt(shelf, name)))).flat() };
};
