import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { redactedText } from '../payload/payload.ts';
import { notePing } from './ping.sql.ts';

/** A ping of a job that a heartbeat watches. */
export type Ping = {
  readonly tenantId: string;
  readonly id: string;
  readonly status: 'ok' | 'fail';
  readonly message: string | null;
  readonly now: Date;
};

const longestMessage = 500;

/**
 * Notes a ping; returns when the newest one came. The state follows within a minute. The same ping again, or a late one,
 * changes nothing. Fails with `not-found` when the tenant has no such heartbeat.
 */
export const ping = async (
  tx: Session,
  { tenantId, id, status, message, now }: Ping,
): Promise<{ readonly heartbeat_at: Date }> => {
  const [noted] = await tx.query(notePing, {
    tenantId,
    id,
    status,
    message: message === null ? null : redactedText(message, longestMessage),
    now: now.toISOString(),
  });
  if (noted === undefined)
    throw new Failure(
      'missing',
      'not-found',
      `there is no heartbeat ${id}; GET /v1/monitoring/services lists the services`,
    );
  return noted;
};
