import type { ChainHead, ChainCheckpoint } from './walk.ts';
import type { Judged } from './entry-fault.ts';
import type { Findings } from './fault.ts';

/** What was noted elsewhere of the chain, by place. */
export type Marks = ReadonlyMap<number, readonly ChainCheckpoint[]>;

/** Reports each checkpoint of the place of an entry that notes another hash. */
export const checkMarks = (
  marks: Marks,
  { entry, computed }: Judged,
  { report }: Findings,
): void => {
  const { seq, id } = entry;
  for (const { hash, at } of marks.get(seq) ?? [])
    if (hash !== entry.hash && hash !== computed)
      report({
        kind: 'checkpoint-mismatch',
        seq,
        id,
        column: null,
        text: `entry ${seq} has another hash than the checkpoint of ${at} notes: it, or entries before it, were written anew since`,
      });
};

/** The end of a chain as it was met: its last place and hash, and the entry there; null right after the start or a gap. */
export type End = { readonly last: ChainHead; readonly before: Judged | null };

const checkLength = (most: number, last: number, by: string, { report }: Findings): void => {
  if (most <= last) return;
  report({
    kind: 'cut-tail',
    seq: last + 1,
    to: most,
    id: null,
    column: null,
    text: `the chain ends at ${last}, and ${by} says ${most}: its tail was cut off`,
  });
};

/** Reports where the end of a chain is not the one that its head and the checkpoints say. */
export const checkEnd = (
  { last, before }: End,
  head: ChainHead | null,
  marks: Marks,
  findings: Findings,
): void => {
  let noted = 0;
  for (const seq of marks.keys()) noted = Math.max(noted, seq);
  const headSays = head?.seq ?? 0;
  if (noted > headSays) checkLength(noted, last.seq, 'a checkpoint', findings);
  else checkLength(headSays, last.seq, 'its head', findings);
  if (head === null ? last.seq === 0 : head.seq > last.seq || head.hash === last.hash) return;
  // Of an entry that was changed, more need not be said.
  if (head !== null && before?.fits === false) return;
  findings.report({
    kind: 'head-mismatch',
    seq: last.seq,
    id: before?.entry.id ?? null,
    column: null,
    text:
      head === null
        ? `the chain has entries up to ${last.seq} and no head`
        : `the head of the chain has another hash than entry ${last.seq}`,
  });
};
