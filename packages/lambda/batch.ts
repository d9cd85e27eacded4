import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { isPermanent } from '@rookery/kernel/failure';
import { batchHandler } from './batch-handler.ts';
import { bodyOf, bury, type Burial } from './letter.ts';
import { logUnit, type Unit } from './log.ts';
import { startTimeGuard, type TimeGuard } from './time-guard.ts';

/** A message of a batch: what its body says, and the body as it came. */
export type Received<M> = {
  readonly messageId: string;
  readonly receiveCount: number;
  /** When the queue took it. */
  readonly sentAt: Date;
  readonly message: M;
  readonly body: string;
};

/** A message that is given up, or the part of it that `body` holds. */
export type Dead = Burial & { readonly messageId: string };

/** What became of a batch: every message that is named nowhere is done. `fault` is why some are to come again. */
export type Settled = {
  readonly unit: Unit;
  readonly retry: readonly string[];
  readonly dead: readonly Dead[];
  readonly fault?: unknown;
};

/** A queue's function that works on whole batches. */
export type BatchFunction<M> = {
  readonly name: string;
  readonly schema: z.ZodType<M>;
  readonly deadLetterUrl: () => string;
  /** `signal` aborts when a tenth of the function's time is left. */
  readonly work: (messages: readonly Received<M>[], signal: AbortSignal) => Promise<Settled>;
};

type Read<M> = { readonly good: readonly Received<M>[]; readonly bad: readonly Dead[] };

const read = <M>(schema: z.ZodType<M>, records: readonly SQSRecord[]): Read<M> => {
  const good: Received<M>[] = [];
  const bad: Dead[] = [];
  for (const record of records) {
    const { messageId, body, attributes } = record;
    const receiveCount = Number(attributes.ApproximateReceiveCount);
    const sentAt = new Date(Number(attributes.SentTimestamp));
    try {
      good.push({ messageId, receiveCount, sentAt, message: bodyOf(schema, record), body });
    } catch (error) {
      if (!isPermanent(error)) throw error;
      bad.push({ messageId, failure: error });
    }
  }
  return { good, bad };
};

// SQS takes an answer that names a message it did not send for the failure of the whole batch, and so do we: aloud.
const checked = (messages: readonly Received<unknown>[], settled: Settled): Settled => {
  const known = new Set(messages.map(({ messageId }) => messageId));
  const named = [...settled.retry, ...settled.dead.map(({ messageId }) => messageId)];
  const unknown = named.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new Error(`no message of the batch is ${unknown.join(', ')}`);
  return settled;
};

/**
 * Makes a Lambda handler of a queue that works on a whole batch in one call, and answers exactly which of its messages come
 * again: those that the work names, those whose dead letters could not be sent, and all when it throws or time is up.
 * A message that comes again leaves no dead letter yet: what is left of it is told when the rest is done.
 */
export const batchFunction = <M>({ name, schema, deadLetterUrl, work }: BatchFunction<M>) => {
  const settle = async (messages: readonly Received<M>[], guard: TimeGuard): Promise<Settled> => {
    if (messages.length === 0) return { unit: { unit: name, rows: 0 }, retry: [], dead: [] };
    try {
      return checked(messages, await guard.inTime(work(messages, guard.signal)));
    } catch (fault) {
      const retry = messages.map(({ messageId }) => messageId);
      return { unit: { unit: name, rows: 0 }, retry, dead: [], fault };
    }
  };

  // The messages that cannot be buried now.
  const buryAll = async (
    records: readonly SQSRecord[],
    dead: readonly Dead[],
    guard: TimeGuard,
  ): Promise<string[]> => {
    const unburied = dead.map(async ({ messageId, ...burial }): Promise<string[]> => {
      const record = records.find((each) => each.messageId === messageId);
      const line = { message_id: messageId, unit: name, rows: 0, ms: 0 };
      if (record === undefined) return [];
      try {
        await guard.inTime(bury(deadLetterUrl(), record, burial));
        logUnit({ ...line, outcome: 'dead' }, burial.failure);
        return [];
      } catch (error) {
        logUnit({ ...line, outcome: 'retry' }, error);
        return [messageId];
      }
    });
    return (await Promise.all(unburied)).flat();
  };

  const batch = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const started = performance.now();
    const guard = startTimeGuard(context);
    try {
      const { good, bad } = read(schema, event.Records);
      const [{ unit, retry, dead, fault }, unread] = await Promise.all([
        settle(good, guard),
        buryAll(event.Records, bad, guard),
      ]);
      const again = new Set(retry);
      const ready = dead.filter(({ messageId }) => !again.has(messageId));
      const failed = [...again, ...unread, ...(await buryAll(event.Records, ready, guard))];
      const answer = [...new Set(failed)];
      const counts = { messages: event.Records.length, retried: answer.length };
      logUnit(
        {
          ...unit,
          ...counts,
          ms: Math.round(performance.now() - started),
          outcome: answer.length > 0 ? 'retry' : 'done',
        },
        fault,
      );
      return { batchItemFailures: answer.map((itemIdentifier) => ({ itemIdentifier })) };
    } finally {
      guard.end();
    }
  };

  return batchHandler(name, batch);
};
