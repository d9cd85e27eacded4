import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteMessageCommand, ReceiveMessageCommand, type Message } from '@aws-sdk/client-sqs';
import { closeDatabases } from '@rookery/lambda/database';
import { carriers } from '@rookery/lambda/deliver';
import { sendMessages } from '@rookery/lambda/outbox';
import { ensureKeyFile } from '@rookery/lambda/seal-file';
import { sealOf, type Seal } from '@rookery/lambda/seal';
import { relay, type NotifyMessage } from '@rookery/monitoring/notices/outbox';
import { tell, type Desk, type Ending } from '@rookery/monitoring/notices/outbox-tell';
import { createTarget, type TargetChannel } from '@rookery/monitoring/notices/targets';
import { handler } from '../../functions/queue/notify.ts';
import { recordOf } from '../../infra/local/event-source.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startSqs, type Sqs } from '../../infra/local/queue.ts';
import { startSink, type Sink } from '../../infra/local/sink.ts';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';
import { contextOf, failedOf } from './function-room.ts';
import { insert, tenant, type Wish } from './notify-wish.ts';

/** A row of the outbox as tests look at it. */
export type Row = {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly problem: string | null;
  readonly provider_id: string | null;
  readonly next_attempt_at: string;
};

/** A world with a sink, a queue and the function of notices in it. */
export type NotifyRoom = {
  readonly world: World;
  readonly sqs: Sqs<'notify'>;
  readonly sink: Sink;
  readonly seal: Seal;
  readonly desk: (at?: Date) => Desk;
  readonly write: (...wishes: readonly Wish[]) => Promise<void>;
  readonly target: (
    channel: TargetChannel,
    id: string,
    secret: string,
    path?: string,
  ) => Promise<void>;
  /** One attempt, without the queue. */
  readonly attempt: (id: string, attempt: number, at?: Date) => Promise<Ending>;
  /** Sends what is due to the queue. */
  readonly relay: (at?: Date) => Promise<number>;
  /** Takes every message off the queue and gives it to the function. */
  readonly work: () => Promise<number>;
  readonly rows: (id?: string) => Promise<Row[]>;
  readonly close: () => Promise<void>;
};

const spec = { visibilitySeconds: 1, maxReceiveCount: 100, retentionDays: 1 };

/** Opens a room; `queueUrl` may lead the queue's calls elsewhere first. */
export const openNotifyRoom = async (
  through: (endpoint: string) => string = (endpoint) => endpoint,
): Promise<NotifyRoom> => {
  const world = await openWorld();
  const sink = await startSink(0);
  const sqs = await startSqs({ queues: { notify: spec }, port: 0 });
  const directory = mkdtempSync(join(tmpdir(), 'rookery-notify-'));
  const keyFile = join(directory, 'seal.key');
  await ensureKeyFile(keyFile);
  const seal = sealOf(`file:${keyFile}`);
  const endpoint = through(sqs.endpoint);
  const queueUrl = (url: string): string => new URL(new URL(url).pathname, endpoint).href;
  const env = applyEnv({
    DATABASE_URL_OPS: world.url('rookery_ops'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    NOTIFY_QUEUE_URL: queueUrl(sqs.urls.notify.url),
    NOTIFY_DLQ_URL: queueUrl(sqs.urls.notify.dlqUrl),
    SEAL_KEY: `file:${keyFile}`,
    EMAIL_FROM: 'alerts@rookery.example',
    DASHBOARD_URL: 'https://app.example/alerts',
    PAGERDUTY_URL: `${sink.url}/v2/enqueue`,
    OUTBOUND_ALLOW: new URL(sink.url).host,
    AWS_ENDPOINT_URL_SESV2: sink.url,
    AWS_ENDPOINT_URL_SNS: sink.url,
    AWS_ENDPOINT_URL_SQS: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    LOG_LEVEL: 'SILENT',
  });
  const desk = (at?: Date): Desk => ({
    ops: world.ops,
    unseal: seal.unseal,
    carriers: carriers(),
    dashboardUrl: 'https://app.example/alerts',
    now: () => at ?? new Date(),
    chance: () => 0.5,
  });
  const receive = async (): Promise<Message[]> => {
    const { Messages = [] } = await sqs.client.send(
      new ReceiveMessageCommand({
        QueueUrl: sqs.urls.notify.url,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return Messages;
  };
  const send = (messages: readonly NotifyMessage[]) =>
    sendMessages(queueUrl(sqs.urls.notify.url), messages);
  return {
    world,
    sqs,
    sink,
    seal,
    desk,
    write: (...wishes) => world.admin.script(wishes.map(insert).join(';\n')),
    target: async (channel, id, secret, path) => {
      const address = path === undefined ? null : `${sink.url}${path}`;
      const of = { tenantId: tenant, id, channel, name: id, address, secret };
      await world.api.transaction(
        (tx) => createTarget(tx, seal, { ...of, createdBy: 'test', now: new Date() }),
        { tenantId: tenant },
      );
    },
    attempt: (id, attempt, at) => tell(desk(at), { tenantId: tenant, id, attempt }),
    relay: async (now = new Date()) => (await relay({ ops: world.ops, send, now })).relayed,
    work: async () => {
      let worked = 0;
      for (let some = await receive(); some.length > 0; some = await receive()) {
        const event = { Records: some.map((one) => recordOf('notify', one)) };
        const failed = failedOf(await handler(event, contextOf()));
        for (const { MessageId = '', ReceiptHandle } of some)
          if (!failed.includes(MessageId))
            await sqs.client.send(
              new DeleteMessageCommand({ QueueUrl: sqs.urls.notify.url, ReceiptHandle }),
            );
        worked += some.length;
      }
      return worked;
    },
    rows: (id) =>
      ask<Row>(
        world.admin,
        `select id, state, attempts, problem, provider_id, next_attempt_at from monitoring.notice
         ${id === undefined ? '' : `where id = '${id}'`} order by id`,
      ),
    close: async () => {
      await closeDatabases();
      env.stop();
      await sqs.stop();
      await sink.stop();
      await world.close();
      rmSync(directory, { recursive: true });
    },
  };
};
