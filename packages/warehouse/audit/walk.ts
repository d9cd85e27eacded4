import { zeroHash, type ChainEntry } from './chain.ts';
import { judged, opens, reportUnfit, type Judged } from './entry-fault.ts';
import { erasureAction, openErasures, type Erasures } from './erased.ts';
import type { Findings } from './fault.ts';
import { checkEnd, checkMarks, type Marks } from './marks.ts';
import { openMoves, type Moves } from './moved.ts';

/** The place and the hash of the last entry of a chain. */
export type ChainHead = { readonly seq: number; readonly hash: string };

/** A head that was noted elsewhere, at a time. */
export type ChainCheckpoint = ChainHead & { readonly tenantId: string; readonly at: string };

/** One pass over a chain: entries go in by their places, each with a head not older than it. */
export type Walk = {
  readonly take: (entry: ChainEntry, head: ChainHead | null) => void;
  /** After the last entry, with a head that is older than the look at which no entry was left; returns the last place. */
  readonly end: (head: ChainHead | null) => ChainHead;
};

/** Where a chain begins. */
export const beginning: ChainHead = { seq: 0, hash: zeroHash };

// `expected` are the hashes that the next entry may name, null after a gap; `place` holds what stands at one place.
type Pass = {
  readonly findings: Findings;
  readonly erasures: Erasures;
  readonly moves: Moves;
  readonly marks: Marks;
  expected: readonly string[] | null;
  last: ChainHead;
  before: Judged | null;
  place: ChainEntry[];
};

const mostOfOnePlace = 16;

const inserted = ({ findings }: Pass, { seq, id }: ChainEntry, why: string): void =>
  findings.report({
    kind: 'inserted',
    seq,
    id,
    column: null,
    text: `entry ${id} at place ${seq} ${why}`,
  });

const missing = (pass: Pass, from: number, to: number): void => {
  const text = from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`;
  pass.findings.report({ kind: 'missing', seq: from, to, id: null, column: null, text });
  pass.moves.vacant(from);
  pass.expected = null;
  pass.before = null;
};

const isLinked = ({ expected }: Pass, { prev_hash }: ChainEntry): boolean =>
  expected?.includes(prev_hash) ?? true;

// Of several entries at one place: the one by whose hash the place is known later, else one that fits what was before.
const genuineOf = (pass: Pass, first: ChainEntry, named: string | undefined): Judged => {
  if (pass.place.length === 1) return judged(first);
  const fitting = pass.place.map(judged).filter(({ fits }) => fits);
  const genuine =
    fitting.find(({ entry }) => entry.hash === named) ??
    fitting.find(({ entry }) => isLinked(pass, entry)) ??
    judged(first);
  for (const entry of pass.place) {
    if (entry === genuine.entry) continue;
    inserted(pass, entry, 'stands beside another');
    pass.moves.suspect(judged(entry));
  }
  return genuine;
};

// An entry that fits in itself says truly what was before it: if that is not so now, then what was before was replaced.
const checkLink = (pass: Pass, one: Judged): void => {
  const { before, findings } = pass;
  if (!one.fits || isLinked(pass, one.entry) || before?.fits === false) return;
  const { seq, id } = one.entry;
  const text =
    before === null
      ? `entry ${seq} does not name the hash of what was before it: it was put in the place of another`
      : `entry ${before.entry.seq} has another hash than entry ${seq} names: it was put in the place of another, or all from ${seq} on were`;
  const { entry } = before ?? one;
  findings.report({
    kind: 'changed',
    seq: entry.seq,
    id: before?.entry.id ?? id,
    column: null,
    text,
  });
};

// Judges what stands at the place behind us, now that it is known by which hash it is known later.
const settle = (pass: Pass, named: string | undefined): void => {
  const [first] = pass.place;
  if (first === undefined) return;
  const one = genuineOf(pass, first, named);
  const { entry, fits } = one;
  const { findings, erasures, moves, last, marks } = pass;
  if (entry.seq > last.seq + 1) missing(pass, last.seq + 1, entry.seq - 1);
  const isOpen = opens(entry, findings);
  if (!fits) {
    reportUnfit(one, pass.expected, named, findings);
    moves.suspect(one);
  }
  checkLink(pass, one);
  checkMarks(marks, one, findings);
  erasures.see(entry);
  if (entry.action === erasureAction && fits && isOpen) erasures.record(entry);
  pass.expected = fits ? [entry.hash] : [entry.hash, one.computed];
  pass.before = one;
  pass.last = { seq: entry.seq, hash: entry.hash };
};

const take = (pass: Pass, entry: ChainEntry, head: ChainHead | null): void => {
  if (entry.seq < 1) return inserted(pass, entry, 'is before the first');
  if (head !== null && entry.seq > head.seq) return inserted(pass, entry, 'is beyond the head');
  if (pass.place[0]?.seq !== entry.seq) {
    settle(pass, entry.prev_hash);
    pass.place = [entry];
  } else if (pass.place.length < mostOfOnePlace) pass.place.push(entry);
  else inserted(pass, entry, 'stands beside others');
};

/** Walks the chain of a tenant from behind a place, and reports what does not hold. */
export const openWalk = (
  since: ChainHead,
  checkpoints: readonly ChainCheckpoint[],
  findings: Findings,
): Walk => {
  const pass: Pass = {
    findings,
    erasures: openErasures(),
    moves: openMoves(),
    marks: Map.groupBy(checkpoints, ({ seq }) => seq),
    expected: [since.hash],
    last: since,
    before: null,
    place: [],
  };
  return {
    take: (entry, head) => take(pass, entry, head),
    end: (head) => {
      settle(pass, head?.hash);
      checkEnd(pass, head, pass.marks, findings);
      pass.erasures.settle(findings);
      pass.moves.settle(findings);
      return pass.last;
    },
  };
};
