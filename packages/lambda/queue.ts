// oxlint-disable-next-line import/no-named-as-default -- its types only know the default export
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { Failure, isPermanent } from '@rookery/kernel/failure';
import { logUnit, type Unit } from './log.ts';
import { sendRaw } from './outbox.ts';

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

const guardShare = 0.1;
// The limit of a whole message is 1 MiB, attributes included; a reason needs no more than this.
const reasonLength = 1_000;

const parse = <M>(schema: z.ZodType<M>, { body }: SQSRecord): M => {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw new Failure('invalid', 'message-malformed', `the body is not JSON`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
  throw new Failure('invalid', 'message-invalid', faults);
};

// SQS refuses control characters in attributes.
const printable = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '?')
    .slice(0, reasonLength);

const bury = (url: string, record: SQSRecord, failure: Failure): Promise<void> =>
  sendRaw(url, [
    {
      body: record.body,
      attributes: {
        reason: printable(failure.message) || failure.code,
        code: failure.code,
        failed_at: new Date().toISOString(),
        source_message_id: record.messageId,
      },
    },
  ]);

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = (): void => {
      reject(
        new Failure(
          'unavailable',
          'time-is-up',
          'the function is about to time out; it is retried',
        ),
      );
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

/**
 * Makes a Lambda handler of a queue: one bad message never blocks its batch.
 * A message that can never succeed goes to the dead-letter queue at once, with the reason; others that fail are
 * reported back, and SQS delivers them again.
 */
export const queueFunction = <M>({ name, schema, deadLetterUrl, handle }: QueueFunction<M>) => {
  // True when the message is finished with, one way or the other.
  const settle = async (record: SQSRecord, signal: AbortSignal): Promise<boolean> => {
    const started = performance.now();
    const line = { message_id: record.messageId, unit: name, rows: 0 };
    const ms = (): number => Math.round(performance.now() - started);
    try {
      const message = parse(schema, record);
      const receiveCount = Number(record.attributes.ApproximateReceiveCount);
      const unit = await Promise.race([
        handle(message, { messageId: record.messageId, receiveCount, signal }),
        untilAborted(signal),
      ]);
      logUnit({ ...line, ...unit, ms: ms(), outcome: 'done' });
      return true;
    } catch (error) {
      if (!isPermanent(error)) {
        logUnit({ ...line, ms: ms(), outcome: 'retry' }, error);
        return false;
      }
      try {
        await bury(deadLetterUrl(), record, error);
        logUnit({ ...line, ms: ms(), outcome: 'dead' }, error);
        return true;
      } catch (unburied) {
        logUnit({ ...line, ms: ms(), outcome: 'retry' }, unburied);
        return false;
      }
    }
  };

  const batch = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const timer = new AbortController();
    const budgetMs = context.getRemainingTimeInMillis() * (1 - guardShare);
    const guard = setTimeout(() => {
      timer.abort();
    }, budgetMs);
    const failed: string[] = [];
    try {
      for (const record of event.Records)
        if (timer.signal.aborted || !(await settle(record, timer.signal)))
          failed.push(record.messageId);
    } finally {
      clearTimeout(guard);
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

  return middy<SQSEvent, SQSBatchResponse>()
    .before(({ context }) => {
      // Pooled connections stay open between invocations: do not wait for them.
      context.callbackWaitsForEmptyEventLoop = false;
    })
    .onError(({ error }) => {
      logUnit({ unit: name, rows: 0, ms: 0, outcome: 'retry' }, error);
    })
    .handler(batch);
};
