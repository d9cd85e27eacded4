import { zeroHash, type ChainEntry } from './chain.ts';
import { judged, opens, reportUnfit, type Judged } from './entry-fault.ts';
import { erasureAction, openErasures } from './erased.ts';
import type { Findings } from './fault.ts';
import { openMoves } from './moved.ts';

/** The place and the hash of the last entry of a chain. */
export type ChainHead = { readonly seq: number; readonly hash: string };

/** A head that was noted elsewhere, at a time. */
export type ChainCheckpoint = ChainHead & { readonly tenantId: string; readonly at: string };

/** One pass over a chain: entries go in by their places, each with a head not older than it. */
export type Walk = {
  readonly take: (entry: ChainEntry, head: ChainHead | null) => void;
  /** After the last entry, with a head that is older than the look at which no entry was left. */
  readonly end: (head: ChainHead | null) => ChainHead;
};

const mostOfOnePlace = 16;

/** Walks the chain of a tenant from behind a place, and reports what does not hold. */
export const openWalk = (
  since: ChainHead,
  checkpoints: readonly ChainCheckpoint[],
  findings: Findings,
): Walk => {
  const { report } = findings;
  const erasures = openErasures();
  const moves = openMoves();
  const marks = Map.groupBy(checkpoints, ({ seq }) => seq);
  // The hashes that the next entry may name; null after a gap.
  let expected: readonly string[] | null = [since.hash];
  let next = since.seq + 1;
  let last: ChainHead = since;
  let before: Judged | null = null;
  let place: ChainEntry[] = [];

  const inserted = ({ seq, id }: ChainEntry, why: string): void =>
    report({ kind: 'inserted', seq, id, column: null, text: `entry ${id} at place ${seq} ${why}` });

  const missing = (from: number, to: number): void => {
    const what = from === to ? `entry ${from} is` : `entries ${from} to ${to} are`;
    report({ kind: 'missing', seq: from, to, id: null, column: null, text: `${what} missing` });
    moves.vacant(from);
    expected = null;
    before = null;
  };

  const isLinked = ({ prev_hash }: ChainEntry): boolean => expected?.includes(prev_hash) ?? true;

  // Of several entries at one place, the one that the next names, else the head, else one that fits what was before.
  const genuineOf = (follower: string | undefined): Judged => {
    const all = place.map(judged);
    const [first] = all;
    if (first === undefined) throw new Error('no entry at this place');
    if (all.length === 1) return first;
    return (
      all.find(({ entry, fits }) => fits && entry.hash === follower) ??
      all.find(({ entry, fits }) => fits && isLinked(entry)) ??
      first
    );
  };

  const checkLink = (one: Judged): void => {
    if (!one.fits || isLinked(one.entry)) return;
    const { seq } = one.entry;
    if (before?.fits === false) return;
    report({
      kind: 'changed',
      seq: before?.entry.seq ?? seq,
      id: before?.entry.id ?? one.entry.id,
      column: null,
      text:
        before === null
          ? `entry ${seq} does not name the hash of what was before it: it was put in the place of another`
          : `entry ${before.entry.seq} has another hash than entry ${seq} names: it was put in the place of another, or all from ${seq} on were`,
    });
  };

  const checkMarks = ({ entry, computed }: Judged): void => {
    for (const { hash, at } of marks.get(entry.seq) ?? [])
      if (hash !== entry.hash && hash !== computed)
        report({
          kind: 'checkpoint-mismatch',
          seq: entry.seq,
          id: entry.id,
          column: null,
          text: `entry ${entry.seq} has another hash than the checkpoint of ${at} notes: it, or entries before it, were written anew since`,
        });
  };

  const settle = (successor: ChainEntry | null, head: ChainHead | null): void => {
    if (place.length === 0) return;
    const named = successor?.prev_hash ?? head?.hash;
    const one = genuineOf(named);
    const { entry } = one;
    for (const other of place)
      if (other !== entry) {
        inserted(other, 'stands beside another');
        moves.suspect(judged(other));
      }
    if (entry.seq > next) missing(next, entry.seq - 1);
    const isOpen = opens(entry, findings);
    if (!one.fits) {
      reportUnfit(one, expected, named, findings);
      moves.suspect(one);
    }
    checkLink(one);
    checkMarks(one);
    erasures.see(entry);
    if (entry.action === erasureAction && one.fits && isOpen) erasures.record(entry);
    expected = one.fits ? [entry.hash] : [entry.hash, one.computed];
    before = one;
    next = entry.seq + 1;
    last = { seq: entry.seq, hash: entry.hash };
  };

  const checkEnd = (head: ChainHead | null): void => {
    const noted = [...marks.keys()].reduce((most, seq) => Math.max(most, seq), 0);
    const most = Math.max(noted, head?.seq ?? 0);
    if (most > last.seq)
      report({
        kind: 'cut-tail',
        seq: last.seq + 1,
        to: most,
        id: null,
        column: null,
        text: `the chain ends at ${last.seq}, and ${noted > (head?.seq ?? 0) ? 'a checkpoint' : 'its head'} says ${most}`,
      });
    if (head?.seq === last.seq && head.hash === last.hash) return;
    if (head !== null && (head.seq > last.seq || (before?.fits === false && before.computed === head.hash)))
      return;
    if (head === null && last.seq === 0) return;
    report({
      kind: 'head-mismatch',
      seq: last.seq,
      id: before?.entry.id ?? null,
      column: null,
      text:
        head === null
          ? `the chain has ${last.seq} entries and no head`
          : `the head of the chain has another hash than entry ${last.seq}`,
    });
  };

  return {
    take: (entry, head) => {
      if (entry.seq < 1) return inserted(entry, 'is before the first');
      if (head !== null && entry.seq > head.seq) return inserted(entry, 'is beyond the head');
      if (place[0]?.seq !== entry.seq) {
        settle(entry, head);
        place = [entry];
      } else if (place.length < mostOfOnePlace) place.push(entry);
      else inserted(entry, 'stands beside others');
    },
    end: (head) => {
      settle(null, head);
      checkEnd(head);
      erasures.settle(findings);
      moves.settle(findings);
      return last;
    },
  };
};

/** Where a chain begins. */
export const beginning: ChainHead = { seq: 0, hash: zeroHash };
