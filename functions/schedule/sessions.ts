import { database } from '@rookery/lambda/database';
import { sweepIdempotency } from '@rookery/lambda/idempotency-sweep';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { sweepKeys } from '@rookery/monitoring/ingest/sweep';
import { closeIdleSessions } from '@rookery/monitoring/sessions/close';
import { sweepRejections } from '@rookery/telemetry/rejected';

const reserveMs = 5_000;

/** Every few minutes: ends sessions idle for 30 minutes, and forgets the keys and the rejected events of long ago. */
export const handler = scheduleFunction({
  jobs: ['sessions'],
  run: async ({ slot, remainingMs }) => {
    const more = (): boolean => remainingMs() > reserveMs;
    const ops = database('ops');
    const closed = await closeIdleSessions(ops, slot, more);
    const swept = await sweepKeys(ops, slot, more);
    const forgotten = await sweepIdempotency(ops, more);
    const rejected = await sweepRejections(ops, slot, more);
    return { unit: 'sessions', rows: closed, closed, swept, forgotten, rejected };
  },
});
