import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { recordOf } from '../../infra/local/event-source.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startSqs, type Sqs } from '../../infra/local/queue.ts';
import { contextOf, failedOf } from './function-room.ts';

type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** The queues of a sink's surroundings. */
export type SinkQueue = 'events' | 'siem' | 'metrics' | 'console' | 'ingest';

/** Sinks over real queues. */
export type SinkRoom = {
  readonly sqs: Sqs<SinkQueue>;
  /** Takes every message off a queue, or off its dead letters. */
  readonly take: (queue: SinkQueue, which?: 'url' | 'dlqUrl') => Promise<Message[]>;
  /** Hands a queue's messages to its function until the queue is empty, those that failed again; and counts the calls. */
  readonly work: (queue: SinkQueue, handler: Handler, remainingMs?: number) => Promise<number>;
  readonly close: () => Promise<void>;
};

// Failed messages come back at once, and often: how many times is for the test to say.
const spec = { visibilitySeconds: 30, maxReceiveCount: 100, retentionDays: 1 };
const mostCalls = 2_000;

/** Opens queues and the settings that functions read; `more` are further ones. */
export const openSinkRoom = async (more: Readonly<Record<string, string>>): Promise<SinkRoom> => {
  const queues = { events: spec, siem: spec, metrics: spec, console: spec, ingest: spec };
  const sqs = await startSqs<SinkQueue>({ queues, port: 0 });
  const urls = Object.entries(sqs.urls).flatMap(([name, { url, dlqUrl }]) => [
    [`${name.toUpperCase()}_QUEUE_URL`, url],
    [`${name.toUpperCase()}_DLQ_URL`, dlqUrl],
  ]);
  const env = applyEnv({
    ...Object.fromEntries(urls),
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    STAGE: 'test',
    LOG_LEVEL: 'SILENT',
    ...more,
  });
  const receive = async (url: string): Promise<Message[]> => {
    const { Messages = [] } = await sqs.client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages;
  };
  return {
    sqs,
    take: async (queue, which = 'url') => {
      const all: Message[] = [];
      for (;;) {
        const some = await receive(sqs.urls[queue][which]);
        if (some.length === 0) return all;
        all.push(...some);
      }
    },
    work: async (queue, handler, remainingMs = 30_000) => {
      const QueueUrl = sqs.urls[queue].url;
      for (let calls = 0; calls < mostCalls; calls += 1) {
        const messages = await receive(QueueUrl);
        if (messages.length === 0) return calls;
        const Records = messages.map((message) => recordOf(queue, message));
        const failed = failedOf(await handler({ Records }, contextOf(remainingMs)));
        for (const { MessageId = '', ReceiptHandle } of messages)
          await (failed.includes(MessageId)
            ? sqs.client.send(
                new ChangeMessageVisibilityCommand({
                  QueueUrl,
                  ReceiptHandle,
                  VisibilityTimeout: 0,
                }),
              )
            : sqs.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })));
      }
      throw new Error(`${queue} is not empty after ${mostCalls} calls`);
    },
    close: async () => {
      env.stop();
      await sqs.stop();
    },
  };
};
