import type { Session } from '@rookery/db/pool';
import { forgetKeys } from './idempotency.sql.ts';

const limit = 10_000;

/** Forgets the idempotency keys older than 25 hours; returns how many. Until none is left or `more` says no. */
export const sweepIdempotency = async (ops: Session, more: () => boolean): Promise<number> => {
  let all = 0;
  for (;;) {
    const [done] = await ops.query(forgetKeys, { limit });
    const forgotten = done?.forgotten ?? 0;
    all += forgotten;
    if (forgotten < limit || !more()) return all;
  }
};
