import * as z from 'zod';
import { committedColumns, textAt, type ChainEntry, type CommittedColumn } from './chain.ts';
import type { Findings } from './fault.ts';

type Span = { from: number; to: number };
type Spans = Record<CommittedColumn, Span[]>;

/** The action under which an erasure is recorded in the chain itself. */
export const erasureAction = 'audit_log.erased';

/** What the metadata of such a record say: the places, both ends inclusive, and the columns. */
export const erasureRecord = z.object({
  erased: z.array(z.tuple([z.int(), z.int()])),
  columns: z.array(z.enum(committedColumns)),
});

/** Which columns of which entries lost their salts, and what the records of erasures account for. */
export type Erasures = {
  readonly see: (entry: ChainEntry) => void;
  readonly record: (entry: ChainEntry) => void;
  readonly settle: (findings: Findings) => void;
};

const empty = (): Spans => ({
  admin_user_id: [],
  ip_address: [],
  user_agent: [],
  notes: [],
  old_values: [],
  new_values: [],
  metadata: [],
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

// Sorted and without overlap; neighbours become one.
const joined = (spans: readonly Span[]): Span[] => {
  const out: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last !== undefined && span.from <= last.to + 1) last.to = Math.max(last.to, span.to);
    else out.push({ ...span });
  }
  return out;
};

// What of the first is not in the second; both sorted and without overlap.
const without = (spans: readonly Span[], taken: readonly Span[]): Span[] => {
  const out: Span[] = [];
  let at = 0;
  for (const { from, to } of spans) {
    let start = from;
    while ((taken[at]?.to ?? Infinity) < from) at += 1;
    for (let i = at; i < taken.length && start <= to; i += 1) {
      const { from: first, to: last } = taken[i] ?? { from: Infinity, to: Infinity };
      if (first > to) break;
      if (first > start) out.push({ from: start, to: first - 1 });
      start = last + 1;
    }
    if (start <= to) out.push({ from: start, to });
  }
  return out;
};

/** Nothing erased yet; memory grows with the number of gaps between erased entries, not with the entries. */
export const openErasures = (): Erasures => {
  const gone = empty();
  const recorded = empty();
  return {
    see: (entry) => {
      for (const column of committedColumns) {
        if (textAt(entry.salts, column) !== null) continue;
        const last = gone[column].at(-1);
        if (last?.to === entry.seq - 1) last.to = entry.seq;
        else gone[column].push({ from: entry.seq, to: entry.seq });
      }
    },
    record: (entry) => {
      const said = erasureRecord.safeParse(parsed(entry.metadata ?? ''));
      if (!said.success) return;
      // Of what comes after it nobody could know.
      const spans = said.data.erased
        .map(([from, to]) => ({ from, to: Math.min(to, entry.seq - 1) }))
        .filter(({ from, to }) => from <= to);
      for (const column of said.data.columns) recorded[column].push(...spans);
    },
    settle: ({ report }) => {
      for (const column of committedColumns)
        for (const { from, to } of without(gone[column], joined(recorded[column])))
          report({
            kind: 'erased-without-record',
            seq: from,
            to,
            id: null,
            column,
            text: `${column} of entries ${from} to ${to} was erased, and no entry ${erasureAction} of the chain says so`,
          });
    },
  };
};
