import type { Session } from '@rookery/db/pool';
import { sweepClaims } from './take.sql.ts';

// An item is written until it is 29 days old and may be 10 minutes ahead of its receipt: for a day less than this an item
// may come again. That a queue delivers again for 14 days adds nothing, as an item's age is taken by the worker's clock.
const keptMs = 30 * 86_400_000;
const limit = 10_000;

/** Forgets the keys received more than 30 days before `slot`; returns how many. Until none is left or `more` says no. */
export const sweepKeys = async (ops: Session, slot: Date, more: () => boolean): Promise<number> => {
  const before = new Date(slot.getTime() - keptMs);
  let all = 0;
  for (;;) {
    const [done] = await ops.query(sweepClaims, { before, limit });
    const swept = done?.swept ?? 0;
    all += swept;
    if (swept < limit || !more()) return all;
  }
};
