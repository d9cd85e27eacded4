import { createHash } from 'node:crypto';
import { Failure } from '@rookery/kernel/failure';
import {
  checkpointSchema,
  checkpointsBelow,
  nameOf,
  numberIn,
  type Checkpoint,
} from './checkpoint.ts';

/** Where checkpoints lie, outside the database: what is created there stays. */
export type Shelf = {
  readonly list: (prefix: string) => Promise<readonly string[]>;
  readonly read: (name: string) => Promise<Uint8Array>;
  /** False when there is one of that name. */
  readonly create: (name: string, bytes: Uint8Array) => Promise<boolean>;
};

type LockingPlace = Omit<Shelf, 'create'> & {
  readonly create: (name: string, bytes: Uint8Array, keepUntil: Date) => Promise<boolean>;
};

// The longest that a category of the audit is kept.
const lockedYears = 10;

/** A place as a shelf: what is created there from now on is locked for ten years, where the place can lock. */
export const shelfAt = ({ create, ...place }: LockingPlace, now: Date): Shelf => {
  const keepUntil = new Date(now);
  keepUntil.setUTCFullYear(now.getUTCFullYear() + lockedYears);
  return { ...place, create: (name, bytes) => create(name, bytes, keepUntil) };
};

/** Tells what a signed text says; fails unless a trusted key signed it. */
export type Open = (text: string) => Promise<unknown>;

/** A checkpoint as it lies there. */
export type Filed = {
  readonly name: string;
  readonly sha256: string;
  readonly checkpoint: Checkpoint;
};

/** A file that cannot be believed, or is not there, and why. */
export type FileFault = { readonly name: string; readonly reason: string };

// Ten years of hours are 87,600 files: a list of them costs S3 88 requests; to read all, one after the other, would take hours.
const atOnce = 16;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Reads one checkpoint; fails where its signature or what it says of itself does not hold. */
export const readFiled = async (shelf: Shelf, open: Open, nth: number): Promise<Filed> => {
  const name = nameOf(nth);
  const bytes = await shelf.read(name);
  const parsed = checkpointSchema.safeParse(await open(Buffer.from(bytes).toString('utf8')));
  if (!parsed.success || parsed.data.number !== nth)
    throw new Failure(
      'invalid',
      'checkpoint-malformed',
      `${name} is signed, but is not checkpoint ${nth}: somebody renamed it`,
    );
  return { name, sha256: hashOf(bytes), checkpoint: parsed.data };
};

/** The numbers of the checkpoints that lie there, in order. */
export const numbersOn = async (shelf: Shelf): Promise<readonly number[]> =>
  (await shelf.list(checkpointsBelow))
    .map(numberIn)
    .filter((nth): nth is number => nth !== undefined)
    .toSorted((a, b) => a - b);

/** The newest checkpoints, back to one that has all heads, the oldest first; fails where one of them cannot be believed. */
export const readNewest = async (shelf: Shelf, open: Open): Promise<readonly Filed[]> => {
  const filed: Filed[] = [];
  const newest = (await numbersOn(shelf)).at(-1) ?? 0;
  for (let nth = newest; nth > 0; nth -= 1) {
    const one = await readFiled(shelf, open, nth);
    const after = filed[0]?.checkpoint.previous;
    if (after !== undefined && after?.sha256 !== one.sha256)
      throw new Failure(
        'unavailable',
        'checkpoints-broken',
        `${one.name} is another file than the one that ${nameOf(nth + 1)} follows: run rookery audit verify`,
      );
    filed.unshift(one);
    if (one.checkpoint.full) return filed;
  }
  return filed;
};

const linkFault = (one: Filed, before: Filed | undefined): FileFault[] => {
  const { previous, number } = one.checkpoint;
  // What is missing before it is told of as missing.
  if (before === undefined && number > 1) return [];
  const fits =
    before === undefined
      ? previous === null
      : previous?.name === before.name && previous.sha256 === before.sha256;
  return fits
    ? []
    : [
        {
          name: one.name,
          reason: 'it does not follow the file before it: one of them was replaced',
        },
      ];
};

// A gap is one fault however wide it is: anybody who can write there can name a file 999999999999.
const gapsOf = (numbers: readonly number[]): FileFault[] =>
  numbers.flatMap((nth, place) => {
    const first = (numbers[place - 1] ?? 0) + 1;
    if (first === nth) return [];
    const reason =
      first === nth - 1
        ? 'the file is missing'
        : `the files from here to ${nameOf(nth - 1)} are missing`;
    return [{ name: nameOf(first), reason }];
  });

/**
 * Reads every checkpoint that lies there, the oldest first, and tells which files are missing, forged, or do not follow the
 * one before.
 */
export const readAll = async (
  shelf: Shelf,
  open: Open,
): Promise<{ readonly filed: readonly Filed[]; readonly faults: readonly FileFault[] }> => {
  const numbers = await numbersOn(shelf);
  const faults: FileFault[] = [];
  const filed = new Map<number, Filed>();
  const read = async (nth: number): Promise<void> => {
    try {
      filed.set(nth, await readFiled(shelf, open, nth));
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'unavailable') throw error;
      faults.push({ name: nameOf(nth), reason: error.message });
    }
  };
  for (let from = 0; from < numbers.length; from += atOnce)
    await Promise.all(numbers.slice(from, from + atOnce).map(read));
  faults.push(...gapsOf(numbers));
  for (const [nth, one] of filed)
    if (nth === 1 || filed.has(nth - 1)) faults.push(...linkFault(one, filed.get(nth - 1)));
  const inOrder = [...filed.values()].toSorted((a, b) => a.checkpoint.number - b.checkpoint.number);
  return { filed: inOrder, faults: faults.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
};
