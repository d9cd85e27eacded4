import type { Session } from '@rookery/db/pool';
import { sweepClaims } from './take.sql.ts';

// SQS delivers a message again for 14 days.
const keptMs = 15 * 86_400_000;
const limit = 10_000;

/** Forgets the keys received more than 15 days before `slot`; returns how many. Until none is left or `more` says no. */
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
