import { hashOf } from './chain.ts';
import type { Judged } from './entry-fault.ts';
import { mostFaults, type Findings } from './fault.ts';

/** Tells entries that were moved from those that were changed: a moved one fits again at the place it came from. */
export type Moves = {
  readonly vacant: (seq: number) => void;
  readonly suspect: (entry: Judged) => void;
  readonly settle: (findings: Findings) => void;
};

type Origin = { readonly seq: number; readonly prev_hash: string | null };

/** Nobody suspected yet; as many are remembered as faults are named. */
export const openMoves = (): Moves => {
  const suspects: Judged[] = [];
  const places: Origin[] = [];
  return {
    vacant: (seq) => {
      if (places.length < mostFaults) places.push({ seq, prev_hash: null });
    },
    suspect: (one) => {
      if (one.fits || suspects.length >= mostFaults) return;
      suspects.push(one);
      if (places.length < mostFaults) places.push(one.entry);
    },
    settle: ({ rename }) => {
      for (const { entry } of suspects) {
        // With the hash that stood before it there, or with its own: either may have been moved along.
        const origin = places.find(
          ({ seq, prev_hash }) =>
            seq !== entry.seq &&
            [entry.prev_hash, prev_hash ?? entry.prev_hash].some(
              (prev) => hashOf({ ...entry, seq, prev_hash: prev }) === entry.hash,
            ),
        );
        if (origin !== undefined)
          rename(
            entry.seq,
            entry.id,
            'reordered',
            `entry ${entry.id} stands at place ${entry.seq} and was sealed at place ${origin.seq}`,
          );
      }
    },
  };
};
