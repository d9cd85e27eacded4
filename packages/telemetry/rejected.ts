import type { Db, Session } from '@rookery/db/pool';
import { countRejected, rejectionsOf, sweepRejected } from './rejected.sql.ts';
import type { Counted } from './router.ts';

const keptMs = 30 * 86_400_000;
const limit = 10_000;

/** Counts rejections, each once however often it is told, as role `rookery_ingest`; returns how many were new. */
export const countEach = async (ingest: Db, rejections: readonly Counted[]): Promise<number> => {
  let counted = 0;
  // A transaction a tenant: row-level security knows one at a time.
  for (const [tenantId, some] of Map.groupBy(rejections, (one) => one.tenantId)) {
    const [done] = await ingest.transaction(
      (tx) => tx.query(countRejected, { tenantId, rejections: some }),
      { tenantId },
    );
    counted += done?.counted ?? 0;
  }
  return counted;
};

/** Forgets the rejections of more than 30 days before `slot`; returns how many. Until none is left or `more` says no. */
export const sweepRejections = async (
  ops: Session,
  slot: Date,
  more: () => boolean,
): Promise<number> => {
  const before = new Date(slot.getTime() - keptMs);
  let all = 0;
  for (;;) {
    const [done] = await ops.query(sweepRejected, { before, limit });
    const swept = done?.swept ?? 0;
    all += swept;
    if (swept < limit || !more()) return all;
  }
};

const usualMs = 7 * 86_400_000;

/** What was rejected of a tenant since an instant or, if none is given, for 7 days; by reason and event, the most first. */
export const rejectedSince = async (
  session: Session,
  ask: {
    readonly tenantId: string;
    readonly now: Date;
    readonly since?: string | undefined;
    readonly limit: number;
  },
) => {
  const { tenantId, now, limit } = ask;
  const since = ask.since === undefined ? new Date(now.getTime() - usualMs) : new Date(ask.since);
  const rows = await session.query(rejectionsOf, { tenantId, since, limit });
  const data = rows.map(({ code, event, door, rejections, reason, ...at }) => ({
    code,
    event,
    door,
    rejections,
    first_rejected_at: at.first_rejected_at.toISOString(),
    last_rejected_at: at.last_rejected_at.toISOString(),
    reason,
  }));
  return { since, data };
};
