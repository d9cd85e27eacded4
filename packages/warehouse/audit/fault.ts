import type { CommittedColumn } from './chain.ts';

/** In which way a chain does not hold what it promises. */
export type FaultKind =
  | 'changed'
  | 'missing'
  | 'inserted'
  | 'reordered'
  | 'cut-tail'
  | 'head-mismatch'
  | 'erased-without-record'
  | 'checkpoint-mismatch';

/** One fault: the places seq to `to`, the number of the entry where there is one, and what was found as a sentence. */
export type Fault = {
  readonly tenantId: string;
  readonly kind: FaultKind;
  readonly seq: number;
  readonly to: number;
  readonly id: number | null;
  readonly column: CommittedColumn | 'prev_hash' | 'hash' | null;
  readonly text: string;
};

/** How many faults of a tenant are named; the others are counted. */
export const mostFaults = 100;

/** What was found in one chain so far. */
export type Findings = {
  readonly report: (fault: Omit<Fault, 'tenantId' | 'to'> & { readonly to?: number }) => void;
  /** Gives a reported fault another name and sentence, once more is known. */
  readonly rename: (seq: number, id: number, kind: FaultKind, text: string) => void;
  readonly faults: () => readonly Fault[];
  readonly count: () => number;
};

/** Nothing found yet in the chain of a tenant. */
export const openFindings = (tenantId: string): Findings => {
  const faults: Fault[] = [];
  let count = 0;
  return {
    report: (fault) => {
      count += 1;
      if (faults.length < mostFaults) faults.push({ to: fault.seq, ...fault, tenantId });
    },
    rename: (seq, id, kind, text) => {
      const at = faults.findIndex((fault) => fault.seq === seq && fault.id === id);
      const known = faults[at];
      if (known !== undefined) faults[at] = { ...known, kind, text, column: null };
    },
    faults: () => faults,
    count: () => count,
  };
};
