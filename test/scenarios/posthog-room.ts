import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { packEvents } from '@rookery/telemetry/message';
import { eventId } from '@rookery/telemetry/identity';
import { plan } from '@rookery/telemetry/plan/plan';
import { handler } from '../../functions/queue/posthog.ts';
import { consume, recordOf, type Consumer } from '../../infra/local/event-source.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startSqs, type LocalQueue, type Sqs } from '../../infra/local/queue.ts';
import { startTelemetrySink, type TelemetrySink } from '../../infra/local/telemetry-sink.ts';
import { contextOf } from './function-room.ts';

type Queue = 'posthog' | 'events';

/** PostHog, SQS and the function between them. */
export type PosthogRoom = {
  readonly sink: TelemetrySink;
  readonly sqs: Sqs<Queue>;
  /** What the function and a worker of another process read. */
  readonly env: Readonly<Record<string, string>>;
  /** Puts messages into the queue. */
  readonly send: (messages: readonly object[]) => Promise<void>;
  /** Works the queue off as Lambda does, with so many batches at once. */
  readonly work: (lanes: number, batchSize?: number) => Consumer;
  /** Resolves when no message is in the queue, seen or not. */
  readonly emptied: () => Promise<void>;
  readonly dead: () => Promise<number>;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly decide?: Parameters<typeof startTelemetrySink>[1];
  readonly queue?: Partial<LocalQueue>;
  /** Leads calls of SQS elsewhere first. */
  readonly through?: (endpoint: string) => Promise<string>;
  /** How much time the function has. */
  readonly functionMs?: number;
};

const spec = { visibilitySeconds: 30, maxReceiveCount: 10, retentionDays: 1 };
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Opens a room. */
export const openPosthogRoom = async (options: Options = {}): Promise<PosthogRoom> => {
  const { decide, queue, through, functionMs = 30_000 } = options;
  const sink = await startTelemetrySink(0, decide);
  const queues = { posthog: { ...spec, ...queue }, events: spec };
  const sqs = await startSqs<Queue>({ queues, port: 0 });
  const endpoint = (await through?.(sqs.endpoint)) ?? sqs.endpoint;
  const urlOf = (url: string): string => new URL(new URL(url).pathname, endpoint).href;
  const env = {
    POSTHOG_HOST: sink.url,
    POSTHOG_API_KEY: 'phc_local',
    POSTHOG_QUEUE_URL: urlOf(sqs.urls.posthog.url),
    POSTHOG_DLQ_URL: urlOf(sqs.urls.posthog.dlqUrl),
    EVENTS_QUEUE_URL: urlOf(sqs.urls.events.url),
    AWS_ENDPOINT_URL_SQS: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    LOG_LEVEL: 'SILENT',
  };
  const applied = applyEnv(env);
  const client = new SQSClient({ endpoint, region: 'us-east-1', credentials });
  const depth = async () => (await sqs.pending()).posthog;
  return {
    sink,
    sqs,
    env,
    send: async (messages) => {
      for (let n = 0; n < messages.length; n += 10)
        await sqs.client.send(
          new SendMessageBatchCommand({
            QueueUrl: sqs.urls.posthog.url,
            Entries: messages.slice(n, n + 10).map((message, index) => ({
              Id: String(index),
              MessageBody: JSON.stringify(message),
            })),
          }),
        );
    },
    work: (lanes, batchSize = 10) =>
      consume({
        client,
        name: 'posthog',
        url: env.POSTHOG_QUEUE_URL,
        batchSize,
        maxConcurrency: lanes,
        invoke: (event) => handler(event, contextOf(functionMs)),
        onError: () => {},
        backoffSeconds: () => 0,
      }),
    emptied: async () => {
      while ((await depth()).queue > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    dead: async () => (await depth()).dlq,
    close: async () => {
      applied.stop();
      client.destroy();
      await sink.stop();
      await sqs.stop();
    },
  };
};

/** Events of a tenant, named by number, every second one with somebody who did it. */
export const someEvents = (tenant: string, from: number, many: number) =>
  Array.from({ length: many }, (_, n) => ({
    id: `${tenant}-${from + n}`,
    event: 'email_clicked',
    time: new Date().toISOString(),
    ...(n % 2 === 0 ? { actor: `user-${n}` } : {}),
    properties: plan.email_clicked.example,
  }));

/** The ids by which PostHog knows them. */
export const idsOf = (tenant: string, events: readonly { id: string; event: string }[]) =>
  events.map(({ id, event }) => eventId(tenant, event, id)).toSorted();

/** They as messages of the queue, so many events each; every fifth comes alone over the bus. */
export const messagesOf = (tenant: string, events: ReturnType<typeof someEvents>, each: number) =>
  Array.from({ length: Math.ceil(events.length / each) }, (_, n) =>
    events.slice(n * each, (n + 1) * each),
  ).flatMap((some): object[] => {
    const [first, ...rest] = some;
    if (first === undefined) return [];
    const { event, ...detail } = first;
    return [
      {
        id: crypto.randomUUID(),
        source: 'penguinmails',
        'detail-type': event,
        time: new Date().toISOString(),
        detail: { ...detail, tenant_id: tenant },
      },
      ...packEvents({ tenantId: tenant, door: 'http', receivedAt: new Date() }, rest),
    ];
  });

/** Messages as Lambda hands them to the function, sent just now; their ids are m0, m1, … */
export const batchOf = (messages: readonly object[]): SQSEvent => ({
  Records: messages.map((message, n) =>
    recordOf('posthog', {
      MessageId: `m${n}`,
      ReceiptHandle: `r${n}`,
      Body: JSON.stringify(message),
      Attributes: { SentTimestamp: String(Date.now()), ApproximateReceiveCount: '1' },
    }),
  ),
});
