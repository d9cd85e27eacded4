import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { MessageAttributeValue, SQSClient } from '@aws-sdk/client-sqs';
import { describe, Failure } from '@rookery/kernel/failure';
import { asciiJson } from '@rookery/kernel/text';
import { readConfig } from './config.ts';

/** SQS and EventBridge both take at most ten entries a call. */
export const batchSize = 10;

const attempts = 5;
const firstDelayMs = 50;
const lanes = 4;

// The SDK costs 76 ms of CPU to import: only functions that send pay for it, and only when they send.
let sqs: Promise<SQSClient> | undefined;
/** The container's SQS client, opened at first use. */
export const openSqs = (): Promise<SQSClient> => {
  sqs ??= import('@aws-sdk/client-sqs').then(({ SQSClient }) => new SQSClient({}));
  return sqs;
};

let eventBridge: Promise<EventBridgeClient> | undefined;
const openEventBridge = (): Promise<EventBridgeClient> => {
  eventBridge ??= import('@aws-sdk/client-eventbridge').then(
    ({ EventBridgeClient }) => new EventBridgeClient({}),
  );
  return eventBridge;
};

/** An entry a service did not take; `permanent` when it never will. */
type Refusal = { readonly index: number; readonly code: string; readonly permanent: boolean };

// A 200 answer may still refuse some entries: only those are sent again, after a jittered, growing pause.
const deliver = async <T>(
  what: string,
  entries: readonly T[],
  send: (entries: readonly T[]) => Promise<readonly Refusal[]>,
): Promise<void> => {
  let left = entries;
  for (let attempt = 1; ; attempt += 1) {
    const refused = await send(left).catch((error: unknown) => {
      throw new Failure(
        'unavailable',
        `${what}-unavailable`,
        `${what} did not take ${left.length} entries: ${describe(error)}`,
        { cause: error },
      );
    });
    if (refused.length === 0) return;
    const codes = [...new Set(refused.map(({ code }) => code))].join(', ');
    if (refused.some(({ permanent }) => permanent))
      // The entries are ours: what refuses them is how we are deployed, and the message that led here is innocent.
      throw new Failure('unavailable', `${what}-refused`, `${what} refused entries: ${codes}`);
    if (attempt === attempts)
      throw new Failure(
        'unavailable',
        `${what}-unavailable`,
        `${what} still refuses ${refused.length} of ${entries.length} entries after ${attempts} tries: ${codes}`,
      );
    const again = new Set(refused.map(({ index }) => index));
    left = left.filter((_, index) => again.has(index));
    await sleep(firstDelayMs * 2 ** attempt * Math.random());
  }
};

// SQS and EventBridge limit a call by its bytes as well (1 MiB and 256 KB today): 200 kB stays clear of both.
const mostBytes = 200_000;

const batchesOf = <T>(all: readonly T[]): T[][] => {
  const batches: T[][] = [];
  let bytes = 0;
  for (const entry of all) {
    const size = Buffer.byteLength(JSON.stringify(entry));
    const current = batches.at(-1);
    if (current === undefined || current.length === batchSize || bytes + size > mostBytes) {
      batches.push([entry]);
      bytes = size;
    } else {
      current.push(entry);
      bytes += size;
    }
  }
  return batches;
};

const inBatches = async <T>(
  all: readonly T[],
  send: (batch: readonly T[]) => Promise<void>,
): Promise<void> => {
  const batches = batchesOf(all);
  const lane = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
      await send(batch);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, batches.length) }, lane));
};

/** A message of a queue: its body as text, and attributes that travel beside it. */
export type Message = {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, string>>;
};

const attributesOf = ({ attributes = {} }: Message): Record<string, MessageAttributeValue> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]),
  );

const sendBatch = async (queueUrl: string, batch: readonly Message[]): Promise<void> => {
  const { SendMessageBatchCommand } = await import('@aws-sdk/client-sqs');
  const client = await openSqs();
  await deliver('queue', batch, async (entries) => {
    const { Failed = [] } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: entries.map((message, index) => ({
          Id: String(index),
          MessageBody: message.body,
          MessageAttributes: attributesOf(message),
        })),
      }),
    );
    return Failed.map(({ Id, Code = 'unknown', SenderFault = false }) => ({
      index: Number(Id),
      code: Code,
      permanent: SenderFault,
    }));
  });
};

/** Sends messages as they are. Resolves when the queue has taken every one of them. */
export const sendRaw = (queueUrl: string, messages: readonly Message[]): Promise<void> =>
  inBatches(messages, (batch) => sendBatch(queueUrl, batch));

/**
 * Sends each body as the JSON of one message, in ASCII, ten a call; refused ones are sent again.
 * Resolves when the queue has taken all; fails with `queue-unavailable`, and then some may have been taken.
 */
export const sendMessages = (queueUrl: string, bodies: readonly object[]): Promise<void> =>
  sendRaw(
    queueUrl,
    bodies.map((body) => ({ body: asciiJson(body) })),
  );

/** Sends messages to the queue of notices, which NOTIFY_QUEUE_URL names. */
export const sendNotices = async (messages: readonly object[]): Promise<void> => {
  const { notifyQueueUrl } = readConfig(['notifyQueueUrl']);
  await sendMessages(notifyQueueUrl, messages);
};

/** An event for the bus. */
export type BusEvent = {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
};

const transient = new Set(['InternalFailure', 'InternalException', 'ThrottlingException']);

/** Puts events on the bus, ten a call; refused ones are put again. Fails with `bus-unavailable` or `bus-refused`. */
export const putEvents = (busName: string, events: readonly BusEvent[]): Promise<void> =>
  inBatches(events, async (batch) => {
    const { PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
    const client = await openEventBridge();
    await deliver('bus', batch, async (entries) => {
      const { Entries = [], FailedEntryCount = 0 } = await client.send(
        new PutEventsCommand({
          Entries: entries.map(({ source, detailType, detail }) => ({
            EventBusName: busName,
            Source: source,
            DetailType: detailType,
            Detail: JSON.stringify(detail),
          })),
        }),
      );
      if (FailedEntryCount === 0) return [];
      return Entries.flatMap(({ ErrorCode }, index) =>
        ErrorCode === undefined
          ? []
          : [{ index, code: ErrorCode, permanent: !transient.has(ErrorCode) }],
      );
    });
  });
