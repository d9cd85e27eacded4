import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { ReceiveMessageCommand, type Message } from '@aws-sdk/client-sqs';
import { closeDatabases } from '@rookery/lambda/database';
import { startBus, type Bus } from '../../infra/local/bus.ts';
import { recordOf } from '../../infra/local/event-source.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startSqs, type Sqs } from '../../infra/local/queue.ts';
import { startProxy } from '../../infra/local/proxy.ts';
import { startCut, type Cut } from '../world/cut.ts';
import type { World } from '../world/world.ts';

type Queue = 'aggregate' | 'reconcile';

/** What Lambda functions stand in: a world's databases, real queues and a real bus, each behind a proxy that can cut. */
export type FunctionRoom = {
  readonly sqs: Sqs<Queue>;
  readonly bus: Bus;
  readonly cuts: { readonly postgres: Cut; readonly sqs: Cut; readonly bus: Cut };
  /** Takes every message off a queue. */
  readonly drain: (url: string) => Promise<Message[]>;
  readonly close: () => Promise<void>;
};

const spec = { visibilitySeconds: 30, maxReceiveCount: 5, retentionDays: 1 };
const busName = 'rookery-test';

const portOf = (url: string) => ({ host: '127.0.0.1', port: Number(new URL(url).port) });

/** Opens a function room for a world, with the environment that functions/ read; every cut of AWS calls is felt at once. */
export const openFunctionRoom = async (world: World): Promise<FunctionRoom> => {
  const sqs = await startSqs<Queue>({ queues: { aggregate: spec, reconcile: spec }, port: 0 });
  const bus = await startBus({ name: busName, rules: [], port: 0, onError: () => {} });
  const { hostname: host, port } = new URL(world.url('rookery_etl'));
  const server = { host, port: Number(port) };
  const cuts = {
    postgres: await startCut(server, 'postgres'),
    sqs: await startCut(portOf(sqs.endpoint), 'chunks'),
    bus: await startCut(portOf(bus.endpoint), 'chunks'),
  };
  const through = (role: 'rookery_etl' | 'rookery_source' | 'rookery_ops') => {
    const url = new URL(world.url(role));
    url.hostname = '127.0.0.1';
    url.port = String(cuts.postgres.port);
    return url.href;
  };
  const proxy = await startProxy([server, { host: '127.0.0.1', port: cuts.postgres.port }]);
  const queueUrl = (url: string) =>
    new URL(new URL(url).pathname, `http://127.0.0.1:${cuts.sqs.port}`).href;
  const env = applyEnv({
    DATABASE_URL_ETL: through('rookery_etl'),
    DATABASE_URL_OPS: through('rookery_ops'),
    SOURCE_DATABASE_URL: through('rookery_source'),
    DATABASE_PROXY_PORT: String(proxy.port),
    AGGREGATE_QUEUE_URL: queueUrl(sqs.urls.aggregate.url),
    AGGREGATE_DLQ_URL: queueUrl(sqs.urls.aggregate.dlqUrl),
    RECONCILE_QUEUE_URL: queueUrl(sqs.urls.reconcile.url),
    RECONCILE_DLQ_URL: queueUrl(sqs.urls.reconcile.dlqUrl),
    EVENT_BUS_NAME: busName,
    AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${cuts.sqs.port}`,
    AWS_ENDPOINT_URL_EVENTBRIDGE: `http://127.0.0.1:${cuts.bus.port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    LOG_LEVEL: 'SILENT',
  });
  return {
    sqs,
    bus,
    cuts,
    drain: async (url) => {
      const all: Message[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.client.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: 10,
            WaitTimeSeconds: 0,
            MessageSystemAttributeNames: ['All'],
            MessageAttributeNames: ['All'],
          }),
        );
        if (Messages.length === 0) return all;
        all.push(...Messages);
      }
    },
    close: async () => {
      await closeDatabases();
      env.stop();
      await proxy.close();
      await Promise.all(Object.values(cuts).map((cut) => cut.close()));
      await bus.stop();
      await sqs.stop();
    },
  };
};

/** An event with these bodies as Lambda's event source mapping makes it; message ids are m0, m1, … */
export const eventOf = (bodies: readonly (object | string)[]): SQSEvent => ({
  Records: bodies.map((body, n): SQSRecord =>
    recordOf('aggregate', {
      MessageId: `m${n}`,
      ReceiptHandle: `r${n}`,
      Body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  ),
});

/** A Lambda context with so much time left. */
export const contextOf = (remainingMs = 30_000): Context => ({
  awsRequestId: 'test',
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test',
  memoryLimitInMB: '512',
  logGroupName: 'test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => remainingMs,
  done: () => {},
  fail: () => {},
  succeed: () => {},
});

/** The ids a batch response reports as failed. */
export const failedOf = ({ batchItemFailures }: SQSBatchResponse): string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
