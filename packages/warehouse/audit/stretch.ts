import type { Session } from '@rookery/db/pool';
import type { Broken, Moved } from './checkpoint.ts';
import { stretchEntries } from './checkpoint.sql.ts';
import { openFindings, type Findings } from './fault.ts';
import { beginning, openWalk, type Walk } from './walk.ts';

// Entries of some KB each would be too many megabytes in a larger part.
const partEntries = 1_000;

type Open = Moved & { readonly walk: Walk; readonly findings: Findings; at: number };

const begun = (one: Moved): Open => {
  const since = one.known ?? beginning;
  const findings = openFindings(one.head.tenant_id);
  return { ...one, findings, walk: openWalk(since, [], findings), at: since.seq };
};

const isShort = ({ at, head }: Open): boolean => at < head.seq;

// An erasure is recorded after what it erased: the record may be beyond the head that this run looks at. Whoever verifies
// whole chains looks for it.
const brokenOf = ({ walk, findings, head }: Open): Broken[] => {
  walk.end(head);
  const [first] = findings.faults().filter(({ kind }) => kind !== 'erased-without-record');
  return first === undefined
    ? []
    : [{ tenant_id: head.tenant_id, seq: first.seq, reason: first.text }];
};

/**
 * Reads what chains have grown by and computes it all again, up to their heads: entries that come meanwhile are for the next
 * time. Returns the chains that do not hold, each with its first fault.
 */
export const checkGrowth = async (
  session: Session,
  moved: readonly Moved[],
): Promise<readonly Broken[]> => {
  const all = new Map(moved.map((one) => [one.head.tenant_id, begun(one)]));
  for (let left = [...all.values()]; left.length > 0;) {
    const entries = await session.query(stretchEntries, {
      tenants: left.map(({ head }) => head.tenant_id),
      afters: left.map(({ at }) => at),
      lasts: left.map(({ head }) => head.seq),
      limit: partEntries,
    });
    for (const entry of entries) {
      const one = all.get(entry.tenant_id);
      if (one === undefined) continue;
      one.walk.take(entry, one.head);
      one.at = entry.seq;
    }
    // Those before the last that came are through; one of them that is short of its head has no more entries.
    const last = entries.at(-1)?.tenant_id;
    const reached = left.findIndex(({ head }) => head.tenant_id === last);
    left = entries.length < partEntries ? [] : left.slice(reached).filter(isShort);
  }
  return [...all.values()].flatMap(brokenOf);
};
