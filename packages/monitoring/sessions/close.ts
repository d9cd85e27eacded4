import type { Session } from '@rookery/db/pool';
import { closeIdle } from './close.sql.ts';

const idleMs = 30 * 60_000;
const limit = 1_000;

/**
 * Ends the sessions that were not seen for 30 minutes before `slot`, each at the moment it was last seen; returns how many.
 * A thousand a statement, until none is left or `more` says that there is no time.
 */
export const closeIdleSessions = async (
  ops: Session,
  slot: Date,
  more: () => boolean,
): Promise<number> => {
  const idleSince = new Date(slot.getTime() - idleMs);
  let all = 0;
  for (;;) {
    const [done] = await ops.query(closeIdle, { idleSince, limit });
    const closed = done?.closed ?? 0;
    all += closed;
    if (closed < limit || !more()) return all;
  }
};
