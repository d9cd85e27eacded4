import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSMessageAttribute, SQSRecord } from 'aws-lambda';
import { describe } from '@rookery/kernel/failure';
import { account, region } from './invoke.ts';

/** A queue, its consumer, and how a failed message waits. */
export type EventSource = {
  readonly client: SQSClient;
  readonly name: string;
  readonly url: string;
  readonly batchSize: number;
  readonly maxConcurrency: number;
  readonly invoke: (event: SQSEvent) => Promise<unknown>;
  readonly onError: (line: string) => void;
  /** Seconds until a failed message comes back. In the cloud it is the queue's visibility timeout, 12 minutes. */
  readonly backoffSeconds?: (receiveCount: number) => number;
};

/** A consumer at work; `stop` takes no more messages and waits for the batches in hand. */
export type Consumer = { readonly running: () => number; readonly stop: () => Promise<void> };

const attributesOf = ({ MessageAttributes = {} }: Message): SQSRecord['messageAttributes'] =>
  Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { DataType = 'String', StringValue }]) => [
      name,
      {
        ...(StringValue === undefined ? {} : { stringValue: StringValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      } satisfies SQSMessageAttribute,
    ]),
  );

/** A received message as Lambda hands it to a function: every attribute is a string. */
export const recordOf = (queue: string, message: Message): SQSRecord => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  attributes: {
    ApproximateReceiveCount: message.Attributes?.ApproximateReceiveCount ?? '1',
    SentTimestamp: message.Attributes?.SentTimestamp ?? '',
    SenderId: message.Attributes?.SenderId ?? account,
    ApproximateFirstReceiveTimestamp: message.Attributes?.ApproximateFirstReceiveTimestamp ?? '',
  },
  messageAttributes: attributesOf(message),
  ...(message.MD5OfMessageAttributes === undefined
    ? {}
    : { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
  md5OfBody: message.MD5OfBody ?? '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:${region}:${account}:${queue}`,
  awsRegion: region,
});

/**
 * The ids that failed, of the batch `ids`, as Lambda reads a function's response.
 * Nothing at all or an empty list means that all succeeded; any id that is not in the batch fails the whole batch.
 */
export const failedIds = (response: unknown, ids: readonly string[]): readonly string[] => {
  if (response === undefined || response === null || response === '') return [];
  if (typeof response !== 'object') return ids;
  if (Object.keys(response).length === 0) return [];
  if (!('batchItemFailures' in response)) return ids;
  const { batchItemFailures } = response;
  if (batchItemFailures === null) return [];
  if (!Array.isArray(batchItemFailures)) return ids;
  const failed: string[] = [];
  for (const item of batchItemFailures as unknown[]) {
    const id =
      typeof item === 'object' && item !== null && 'itemIdentifier' in item
        ? item.itemIdentifier
        : undefined;
    if (typeof id !== 'string' || !ids.includes(id)) return ids;
    failed.push(id);
  }
  return failed;
};

const oneSecondMore = (receiveCount: number): number => receiveCount;
const longPollSeconds = 20;
const restAfterFaultMs = 500;

/** Consumes a queue as a Lambda event source mapping with partial batch responses does, with the real SQS client. */
export const consume = (source: EventSource): Consumer => {
  const { client, name, url, invoke, onError, backoffSeconds = oneSecondMore } = source;
  const stopping = new AbortController();
  const batches = new Set<Promise<void>>();

  const settle = async (messages: readonly Message[]): Promise<void> => {
    const records = messages.map((message) => recordOf(name, message));
    const ids = records.map(({ messageId }) => messageId);
    const failed = await invoke({ Records: records }).then(
      (response) => failedIds(response, ids),
      (error: unknown) => {
        onError(
          `${name}: the function failed, its batch of ${ids.length} comes back: ${describe(error)}`,
        );
        return ids;
      },
    );
    const [again, done] = [
      records.filter(({ messageId }) => failed.includes(messageId)),
      records.filter(({ messageId }) => !failed.includes(messageId)),
    ];
    if (done.length > 0)
      await client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: url,
          Entries: done.map(({ messageId, receiptHandle }) => ({
            Id: messageId,
            ReceiptHandle: receiptHandle,
          })),
        }),
      );
    if (again.length > 0)
      await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: url,
          Entries: again.map(({ messageId, receiptHandle, attributes }) => ({
            Id: messageId,
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: backoffSeconds(Number(attributes.ApproximateReceiveCount)),
          })),
        }),
      );
  };

  const dispatch = (messages: readonly Message[]): void => {
    const batch = settle(messages)
      .catch((error: unknown) => {
        onError(`${name}: ${describe(error)}`);
      })
      .finally(() => batches.delete(batch));
    batches.add(batch);
  };

  const poll = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (batches.size >= source.maxConcurrency) {
        await Promise.race(batches);
        continue;
      }
      try {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: source.batchSize,
            WaitTimeSeconds: longPollSeconds,
            MessageSystemAttributeNames: ['All'],
            MessageAttributeNames: ['All'],
          }),
          { abortSignal: stopping.signal },
        );
        if (Messages.length > 0) dispatch(Messages);
      } catch (error) {
        if (stopping.signal.aborted) break;
        onError(`${name}: cannot receive: ${describe(error)}`);
        await new Promise((resolve) => setTimeout(resolve, restAfterFaultMs));
      }
    }
  };

  const polling = poll();
  return {
    running: () => batches.size,
    stop: async () => {
      stopping.abort();
      await polling;
      await Promise.all(batches);
    },
  };
};
