import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import {
  compare,
  headsAfter,
  isFull,
  nameOf,
  type Broken,
  type Checkpoint,
  type Head,
} from './checkpoint.ts';
import { readNewest, type Filed, type Open, type Shelf } from './checkpoint-shelf.ts';
import { auditHeads } from './checkpoint.sql.ts';
import { checkGrowth } from './stretch.ts';

/** What a run needs: the warehouse, where checkpoints lie, and who signs them and knows the signatures of before. */
export type Bench = {
  readonly db: Session;
  readonly shelf: Shelf;
  readonly sign: (checkpoint: Checkpoint) => Promise<string>;
  readonly open: Open;
};

/** What a run left behind; `made` is false where a checkpoint of this slot, or of a later one, was there. */
export type Ran = {
  readonly made: boolean;
  readonly name: string;
  readonly heads: number;
  readonly broken: readonly Broken[];
};

// As many runs at once would have to lose to each other before one gives up.
const mostTries = 5;

const wordOf = ({ tenant_id, reason }: Broken): string => `${tenant_id}: ${reason}`;

/** Fails with `audit-chain-broken`, naming the entries, where a checkpoint could not vouch for a chain. */
export const refuseBroken = (broken: readonly Broken[]): void => {
  if (broken.length === 0) return;
  throw new Failure(
    'unavailable',
    'audit-chain-broken',
    `the audit was tampered with, and is not vouched for: ${broken.map(wordOf).join('; ')}. Find out who with rookery audit verify, and keep the checkpoints`,
  );
};

const ranOf = (made: boolean, { number, heads, broken }: Checkpoint): Ran => ({
  made,
  name: nameOf(number),
  heads: heads.length,
  broken,
});

// What was signed before is signed again as it was where the chain does not hold: a checkpoint never blesses a broken one.
const next = async (
  db: Session,
  filed: readonly Filed[],
  { slot, now }: { readonly slot: Date; readonly now: Date },
): Promise<Checkpoint> => {
  const newest = filed.at(-1);
  const number = (newest?.checkpoint.number ?? 0) + 1;
  const known = headsAfter(filed.map(({ checkpoint }) => checkpoint));
  const { moved, broken } = compare(known, await db.query(auditHeads, null));
  const grown = await checkGrowth(db, moved);
  const bad = new Set(grown.map(({ tenant_id }) => tenant_id));
  const heads = moved.map(({ head }) => head).filter(({ tenant_id }) => !bad.has(tenant_id));
  const all = new Map<string, Head>([
    ...known,
    ...heads.map((head) => [head.tenant_id, head] as const),
  ]);
  return {
    version: 1,
    number,
    slot: slot.toISOString(),
    at: now.toISOString(),
    previous: newest === undefined ? null : { name: newest.name, sha256: newest.sha256 },
    full: isFull(number),
    heads: isFull(number) ? [...all.values()] : heads,
    broken: [...broken, ...grown],
  };
};

const mostAheadMs = 10 * 60_000;

// One of a clock that is ahead would stop all others until its time has come.
const isDone = ({ slot: newest }: Checkpoint, slot: Date, now: Date): boolean =>
  Date.parse(newest) >= slot.getTime() && Date.parse(newest) <= now.getTime() + mostAheadMs;

/**
 * Signs the heads of all chains that moved since the last checkpoint, once what they have grown by was computed again, and
 * files them under the next number, which only one run can have. Of one slot, and of one that came after a later one, there is
 * no second checkpoint: the newest says it all.
 */
export const runCheckpoint = async (
  { db, shelf, sign, open }: Bench,
  slot: Date,
  now: () => Date,
): Promise<Ran> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const filed = await readNewest(shelf, open);
    const newest = filed.at(-1)?.checkpoint;
    const at = now();
    if (newest !== undefined && isDone(newest, slot, at)) return ranOf(false, newest);
    const checkpoint = await next(db, filed, { slot, now: at });
    const bytes = Buffer.from(await sign(checkpoint));
    if (await shelf.create(nameOf(checkpoint.number), bytes)) return ranOf(true, checkpoint);
  }
  throw new Failure(
    'unavailable',
    'checkpoints-busy',
    `other runs took the next number ${mostTries} times: try again`,
  );
};
