import {
  commitmentOf,
  committedColumns,
  hashOf,
  textAt,
  type ChainEntry,
  type CommittedColumn,
} from '@rookery/warehouse/audit/chain';
import { openFindings, type Fault } from '@rookery/warehouse/audit/fault';
import {
  beginning,
  openWalk,
  type ChainCheckpoint,
  type ChainHead,
} from '@rookery/warehouse/audit/walk';

/** A chain in memory. */
export type Chain = { readonly entries: readonly ChainEntry[]; readonly head: ChainHead };

type Found = Pick<Fault, 'kind' | 'seq'> & Partial<Pick<Fault, 'column' | 'to'>>;

/** One way to tamper with the n-th entry of a chain (from 0), and the faults that must be found then. */
export type Tampering = {
  readonly apply: (chain: Chain, at: number) => Chain;
  readonly found: (at: number, length: number) => readonly Found[];
};

const replaced = ({ entries, head }: Chain, at: number, entry: ChainEntry): Chain => ({
  entries: entries.with(at, entry),
  head,
});

const edited =
  (change: (entry: ChainEntry) => Partial<ChainEntry>): Tampering['apply'] =>
  (chain, at) => {
    const entry = chain.entries[at]!;
    return replaced(chain, at, { ...entry, ...change(entry) });
  };

const changed =
  (column: Fault['column']): Tampering['found'] =>
  (at) => [{ kind: 'changed', seq: at + 1, column }];

const open = (column: CommittedColumn): Tampering => ({
  apply: edited((entry) => ({ [column]: entry[column] === null ? '' : `${entry[column]} ` })),
  found: changed(column),
});

const whenSealed = (entry: ChainEntry): ChainEntry => ({ ...entry, hash: hashOf(entry) });

/** An entry of other contents that fits in itself, as someone makes it who knows how entries are sealed. */
export const forged = (entry: ChainEntry): ChainEntry => {
  const salt = textAt(entry.salts, 'notes') ?? '';
  const notes = commitmentOf(salt, 'notes', 'forged');
  return whenSealed({
    ...entry,
    id: entry.id + 1_000_000,
    notes: 'forged',
    commitments: { ...(entry.commitments as object), notes },
  });
};

const rewritten = ({ entries }: Chain, from: number): Chain => {
  const out = entries.slice(0, from);
  for (const entry of entries.slice(from)) {
    const prev_hash = out.at(-1)?.hash ?? beginning.hash;
    const source = out.length === from ? forged(entry) : entry;
    out.push(whenSealed({ ...source, prev_hash }));
  }
  return { entries: out, head: { seq: out.length, hash: out.at(-1)!.hash } };
};

const swapped: Tampering['apply'] = ({ entries, head }, at) => {
  const to = (at + 371) % entries.length;
  const [one, two] = [entries[at]!, entries[to]!];
  return {
    entries: entries.with(at, { ...two, seq: one.seq }).with(to, { ...one, seq: two.seq }),
    head,
  };
};

const sealedColumns = [
  'action',
  'resource_type',
  'resource_id',
  'data_classification',
  'retention_category',
] as const;

/** Every way that can be told from the chain alone, by name. */
export const tamperings: Readonly<Record<string, Tampering>> = {
  ...Object.fromEntries(committedColumns.map((column) => [`edit ${column}`, open(column)])),
  ...Object.fromEntries(
    sealedColumns.map((column): [string, Tampering] => [
      `edit ${column}`,
      { apply: edited((entry) => ({ [column]: `${entry[column]}x` })), found: changed(null) },
    ]),
  ),
  'edit creation_time': {
    apply: edited(() => ({ creation_time: '2026-01-01T00:00:00.000001Z' })),
    found: changed(null),
  },
  'edit id': { apply: edited(({ id }) => ({ id: id + 1 })), found: changed(null) },
  'edit prev_hash': {
    apply: edited(() => ({ prev_hash: 'f'.repeat(64) })),
    found: changed('prev_hash'),
  },
  'edit hash': { apply: edited(() => ({ hash: 'f'.repeat(64) })), found: changed('hash') },
  'edit a salt': {
    apply: edited(({ salts }) => ({ salts: { ...(salts as object), notes: 'other' } })),
    found: changed('notes'),
  },
  'edit a commitment': {
    apply: edited(({ commitments }) => ({
      commitments: { ...(commitments as object), notes: 'other' },
    })),
    found: (at) => [...changed('notes')(at, 0), ...changed(null)(at, 0)],
  },
  'erase without a record': {
    apply: edited(({ salts }) => ({
      notes: null,
      salts: { ...(salts as object), notes: undefined },
    })),
    found: (at) => [{ kind: 'erased-without-record', seq: at + 1, column: 'notes' }],
  },
  'put another in its place': {
    apply: (chain, at) => replaced(chain, at, forged(chain.entries[at]!)),
    found: (at, length) => [{ kind: at + 1 === length ? 'head-mismatch' : 'changed', seq: at + 1 }],
  },
  'delete one': {
    apply: ({ entries, head }, at) => ({ entries: entries.toSpliced(at, 1), head }),
    found: (at, length) => [{ kind: at + 1 === length ? 'cut-tail' : 'missing', seq: at + 1 }],
  },
  'insert one before its twin': {
    apply: ({ entries, head }, at) => ({
      entries: entries.toSpliced(at, 0, forged(entries[at]!)),
      head,
    }),
    found: (at) => [{ kind: 'inserted', seq: at + 1 }],
  },
  'insert one after its twin': {
    apply: ({ entries, head }, at) => ({
      entries: entries.toSpliced(at + 1, 0, forged(entries[at]!)),
      head,
    }),
    found: (at) => [{ kind: 'inserted', seq: at + 1 }],
  },
  'swap two': {
    apply: swapped,
    found: (at, length) =>
      [at + 1, ((at + 371) % length) + 1]
        .toSorted((a, b) => a - b)
        .map((seq) => ({ kind: 'reordered', seq })),
  },
  'cut the tail': {
    apply: ({ entries, head }, at) => ({ entries: entries.slice(0, at), head }),
    found: (at, length) => [{ kind: 'cut-tail', seq: at + 1, to: length }],
  },
};

/** Two ways that only a checkpoint tells: the head is written anew with them. */
export const hidden: Readonly<Record<string, Tampering>> = {
  'cut the tail and move the head back': {
    apply: ({ entries }, at) => ({
      entries: entries.slice(0, at),
      head: { seq: at, hash: entries[at - 1]?.hash ?? beginning.hash },
    }),
    found: (at, length) => [{ kind: 'cut-tail', seq: at + 1, to: length }],
  },
  'write all anew from there on': {
    apply: rewritten,
    found: (_, length) => [{ kind: 'checkpoint-mismatch', seq: length }],
  },
};

/** What is found in a chain in memory, by the pure part of the verification. */
export const found = (
  chain: Chain,
  checkpoints: readonly ChainCheckpoint[] = [],
  since: ChainHead = beginning,
) => {
  const findings = openFindings('t');
  const walk = openWalk(since, checkpoints, findings);
  for (const entry of chain.entries) walk.take(entry, chain.head);
  walk.end(chain.head);
  return { count: findings.count(), faults: findings.faults() };
};
