import { join } from 'node:path';
import { publishedKeys } from '@rookery/lambda/checkpoint-keys';
import { ensureSignKey, signerFor, type Signer } from '@rookery/lambda/sign';
import { openSigned, parseKeys, type KeySet } from '@rookery/lambda/signed';
import { archivePlace } from '@rookery/monitoring/retention/place';
import { shelfAt, type Shelf } from '@rookery/warehouse/audit/checkpoint-shelf';
import { dataDirOf, type Options } from './command.ts';
import { textOf } from './text-file.ts';

/** Where checkpoints lie, and which keys are trusted. */
export type Trusting = Options & { readonly checkpoints?: string; readonly keys?: string };

/** Where checkpoints lie: what was named, else CHECKPOINT_PLACE, else what npm run dev has made. */
export const checkpointPlaceOf = (options: Trusting): string =>
  options.checkpoints ?? process.env['CHECKPOINT_PLACE'] ?? join(dataDirOf(options), 'checkpoints');

/** The shelf at a place. */
export const shelfOf = (place: string): Shelf => shelfAt(archivePlace(place), new Date());

/** The keys of a file, else those that were published beside the checkpoints. */
export const keysOf = async ({ keys }: Trusting, shelf: Shelf): Promise<KeySet> =>
  keys === undefined ? publishedKeys(shelf) : parseKeys(await textOf(keys));

/** Who signs: SIGN_KEY, else the key of this laptop. */
export const signerOf = async (options: Options): Promise<Signer> => {
  const given = process.env['SIGN_KEY'];
  if (given !== undefined && given !== '') return signerFor(given);
  const file = join(dataDirOf(options), 'sign.key');
  await ensureSignKey(file);
  return signerFor(`file:${file}`);
};

/** Opens checkpoints that these keys signed. */
export const openerOf = (keys: KeySet) => (text: string) =>
  openSigned(text, keys, 'rookery-checkpoint');
