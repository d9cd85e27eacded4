import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { actions } from './shelf.sql.ts';

/** One unit of retention on the queue: an action on one tenant's rows of a table, as due at a slot of the schedule. */
export const retentionMessage = z.strictObject({
  kind: z.literal('retention'),
  tenant_id: z.string().min(1).max(200),
  table_name: z.string().min(1).max(63),
  action: z.enum(actions),
  scheduled_time: z.iso.datetime(),
  /** Of a unit that goes on: how often it did, how many rows it had done then, and whether the last time brought none. */
  went_on: z
    .strictObject({ times: z.int().min(1), rows: z.int().min(0), stalled: z.boolean() })
    .optional(),
});
export type RetentionMessage = z.infer<typeof retentionMessage>;

// At 100 batches of 1,000 rows a time, more than any tenant's rows of a table.
const mostTimes = 10_000;

/**
 * The message by which an unfinished unit goes on. Fails for good with `retention-stalled` when it got nowhere twice in a row,
 * or has no end: it is laid aside for somebody to look at, and found anew at the next slot.
 */
export const goingOn = (message: RetentionMessage, rows: number): RetentionMessage => {
  const before = message.went_on ?? { times: 0, rows: -1, stalled: false };
  const stalled = rows <= Math.max(before.rows, 0);
  const times = before.times + 1;
  if ((stalled && before.stalled) || times > mostTimes)
    throw new Failure(
      'invalid',
      'retention-stalled',
      `to ${message.action} ${message.table_name} of ${message.tenant_id} gets no further than ${rows} rows after ${times} times; look at the rows that rookery retention plan shows`,
    );
  return { ...message, went_on: { times, rows, stalled } };
};
