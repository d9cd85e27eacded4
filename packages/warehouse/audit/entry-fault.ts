import { commitmentOf, committedColumns, hashOf, textAt, type ChainEntry } from './chain.ts';
import type { Findings } from './fault.ts';

/** What an entry holds by itself: the hash that it should have, and whether it has it. */
export type Judged = {
  readonly entry: ChainEntry;
  readonly computed: string;
  readonly fits: boolean;
};

/** An entry and the hash computed from it. */
export const judged = (entry: ChainEntry): Judged => {
  const computed = hashOf(entry);
  return { entry, computed, fits: computed === entry.hash };
};

// The form that the log gives salts. In a freer one, the salt could take in the beginning of a value: a commitment is to the
// salt, the column and the value in one text.
const saltForm = /^[0-9a-f]{32}$/;

const known: ReadonlySet<string> = new Set(committedColumns);
const hasStranger = (value: unknown): boolean =>
  Object.keys(Object(value)).some((key) => !known.has(key));

// No hash is over what stands beside the seven columns.
const reportStranger = ({ seq, id, commitments, salts }: ChainEntry, { report }: Findings) => {
  if (!hasStranger(commitments) && !hasStranger(salts)) return false;
  const text = `commitments or salts of entry ${seq} hold more than those of its columns`;
  report({ kind: 'changed', seq, id, column: null, text });
  return true;
};

/** Reports each column that does not open its commitment, and what is no commitment; true when there is none of both. */
export const opens = (entry: ChainEntry, findings: Findings): boolean => {
  const { report } = findings;
  let all = !reportStranger(entry, findings);
  for (const column of committedColumns) {
    const value = entry[column];
    const salt = textAt(entry.salts, column);
    if (
      salt !== null &&
      saltForm.test(salt) &&
      commitmentOf(salt, column, value) === textAt(entry.commitments, column)
    )
      continue;
    if (salt === null && value === (column === 'admin_user_id' ? 'erased' : null)) continue;
    all = false;
    report({
      kind: 'changed',
      seq: entry.seq,
      id: entry.id,
      column,
      text:
        salt === null
          ? `${column} of entry ${entry.seq} has a value without a salt: it was written after it was erased`
          : `${column} of entry ${entry.seq}, or its salt, is not what was committed to`,
    });
  }
  return all;
};

/**
 * Reports that the hash of an entry is not that of its contents; `expected` are the hashes it may name as the one before,
 * `named` is the hash by which the next entry or the head knows it.
 */
export const reportUnfit = (
  { entry, computed }: Judged,
  expected: readonly string[] | null,
  named: string | undefined,
  { report }: Findings,
): void => {
  const { seq, id } = entry;
  const isOtherwiseWhole = expected?.some(
    (prev_hash) => hashOf({ ...entry, prev_hash }) === entry.hash,
  );
  if (isOtherwiseWhole === true)
    report({
      kind: 'changed',
      seq,
      id,
      column: 'prev_hash',
      text: `prev_hash of entry ${seq} is not the hash of the entry before`,
    });
  else if (named === computed)
    report({
      kind: 'changed',
      seq,
      id,
      column: 'hash',
      text: `hash of entry ${seq} is not the one by which it is known after it, and which fits its contents`,
    });
  else
    report({
      kind: 'changed',
      seq,
      id,
      column: null,
      text: `entry ${seq} does not have the hash of its contents: a column that is never erased, or a commitment, was changed`,
    });
};
