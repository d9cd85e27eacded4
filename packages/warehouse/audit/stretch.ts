import type { Session } from '@rookery/db/pool';
import {
  commitmentOf,
  committedColumns,
  hashOf,
  textAt,
  zeroHash,
  type ChainEntry,
} from './chain.ts';
import type { Broken, Moved } from './checkpoint.ts';
import { stretchEntries } from './checkpoint.sql.ts';

type Spot = { readonly seq: number; readonly hash: string };

const start: Spot = { seq: 0, hash: zeroHash };

/** What is wrong with the entry that should come after a place, as a sentence; undefined when it is the one. */
export const faultOf = (before: Spot, entry: ChainEntry): string | undefined => {
  const { seq, id } = entry;
  if (seq > before.seq + 1) return `entry ${before.seq + 1} is missing`;
  if (seq <= before.seq) return `there are two entries ${seq}, one of them is number ${id}`;
  if (entry.prev_hash !== before.hash) return `entry ${seq} (${id}) does not follow the one before`;
  for (const column of committedColumns) {
    const salt = textAt(entry.salts, column);
    if (salt === null) continue;
    if (commitmentOf(salt, column, entry[column]) !== textAt(entry.commitments, column))
      return `${column} of entry ${seq} (${id}) was changed`;
  }
  return hashOf(entry) === entry.hash ? undefined : `entry ${seq} (${id}) was changed`;
};

// Entries of some KB each would be too many megabytes in a larger part; 1,000 usual ones take 15 ms to check.
const partEntries = 1_000;

type Walk = { at: Spot; broken: Broken | undefined };

const step = (walk: Walk, tenant_id: string, entry: ChainEntry): void => {
  const reason = faultOf(walk.at, entry);
  if (reason === undefined) walk.at = { seq: entry.seq, hash: entry.hash };
  else walk.broken = { tenant_id, seq: entry.seq, reason };
};

const endOf = ({ at, broken }: Walk, { head }: Moved): Broken | undefined => {
  if (broken !== undefined) return broken;
  const { tenant_id, seq, hash } = head;
  if (at.seq < seq)
    return { tenant_id, seq: at.seq + 1, reason: `entry ${at.seq + 1} is missing, of ${seq}` };
  return at.hash === hash
    ? undefined
    : { tenant_id, seq, reason: `entry ${seq} is another one than the head of the chain` };
};

/**
 * Reads what chains have grown by and computes it all again, up to their heads: entries that come meanwhile are for the next
 * time. Returns the chains that do not hold, each with its first fault.
 */
export const checkGrowth = async (
  session: Session,
  moved: readonly Moved[],
): Promise<readonly Broken[]> => {
  const walks = new Map<string, Walk>(
    moved.map(({ head, known }) => [head.tenant_id, { at: known ?? start, broken: undefined }]),
  );
  const isOpen = ({ head }: Moved): boolean => {
    const walk = walks.get(head.tenant_id);
    return walk !== undefined && walk.broken === undefined && walk.at.seq < head.seq;
  };
  for (let left = moved.filter(isOpen); left.length > 0;) {
    const entries = await session.query(stretchEntries, {
      tenants: left.map(({ head }) => head.tenant_id),
      afters: left.map(({ head }) => walks.get(head.tenant_id)?.at.seq ?? 0),
      lasts: left.map(({ head }) => head.seq),
      limit: partEntries,
    });
    if (entries.length === 0) break;
    for (const entry of entries) {
      const walk = walks.get(entry.tenant_id);
      if (walk !== undefined && walk.broken === undefined) step(walk, entry.tenant_id, entry);
    }
    // Those before the last that came are through; one of them that is not at its head has no more entries.
    const last = entries.at(-1)?.tenant_id;
    const reached = left.findIndex(({ head }) => head.tenant_id === last);
    left = entries.length < partEntries ? [] : left.slice(reached).filter(isOpen);
  }
  return moved.flatMap((one) => {
    const broken = endOf(walks.get(one.head.tenant_id) ?? { at: start, broken: undefined }, one);
    return broken === undefined ? [] : [broken];
  });
};
