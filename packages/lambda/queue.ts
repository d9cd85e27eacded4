import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { isPermanent } from '@rookery/kernel/failure';
import { batchHandler } from './batch-handler.ts';
import { bodyOf, bury } from './letter.ts';
import { logUnit, type Unit } from './log.ts';
import { startTimeGuard, type TimeGuard } from './time-guard.ts';

/** What a handler of one message gets beside it. `signal` aborts when a tenth of the function's time is left. */
export type Delivery = {
  readonly messageId: string;
  readonly receiveCount: number;
  readonly signal: AbortSignal;
};

/** A queue's function: what its messages look like, where the dead ones go, and the work for one of them. */
export type QueueFunction<M> = {
  readonly name: string;
  readonly schema: z.ZodType<M>;
  readonly deadLetterUrl: () => string;
  readonly handle: (message: M, delivery: Delivery) => Promise<Unit>;
};

/**
 * Makes a Lambda handler of a queue: one bad message never blocks its batch.
 * A message that can never succeed goes to the dead-letter queue at once, with the reason; others that fail are
 * reported back, and SQS delivers them again.
 */
export const queueFunction = <M>({ name, schema, deadLetterUrl, handle }: QueueFunction<M>) => {
  // True when the message is finished with, one way or the other.
  const settle = async (record: SQSRecord, { signal, inTime }: TimeGuard): Promise<boolean> => {
    const started = performance.now();
    const line = { message_id: record.messageId, unit: name, rows: 0 };
    const ms = (): number => Math.round(performance.now() - started);
    try {
      const message = bodyOf(schema, record);
      const receiveCount = Number(record.attributes.ApproximateReceiveCount);
      const unit = await inTime(
        handle(message, { messageId: record.messageId, receiveCount, signal }),
      );
      logUnit({ ...line, ...unit, ms: ms(), outcome: 'done' });
      return true;
    } catch (error) {
      if (!isPermanent(error)) {
        logUnit({ ...line, ms: ms(), outcome: 'retry' }, error);
        return false;
      }
      try {
        await bury(deadLetterUrl(), record, { failure: error });
        logUnit({ ...line, ms: ms(), outcome: 'dead' }, error);
        return true;
      } catch (unburied) {
        logUnit({ ...line, ms: ms(), outcome: 'retry' }, unburied);
        return false;
      }
    }
  };

  const batch = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const guard = startTimeGuard(context);
    const failed: string[] = [];
    try {
      for (const record of event.Records)
        if (guard.signal.aborted || !(await settle(record, guard))) failed.push(record.messageId);
    } finally {
      guard.end();
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

  return batchHandler(name, batch);
};
