import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ReceiveMessageCommand, type Message } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDatabases } from '@rookery/lambda/database';
import { handler as worker } from '../../functions/queue/probe.ts';
import { handler as schedule } from '../../functions/schedule/probes.ts';
import { handler as uptime } from '../../functions/schedule/uptime.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { recordOf } from '../../infra/local/event-source.ts';
import { startSqs, type Sqs } from '../../infra/local/queue.ts';
import type { World } from '../world/world.ts';
import { askOne } from './ask.ts';
import { contextOf } from './function-room.ts';
import { addServices, logOf, minute, openServiceWorld, stateOf } from './service-room.ts';

const spec = { visibilitySeconds: 30, maxReceiveCount: 5, retentionDays: 1 };

let world: World;
let sqs: Sqs<'probe'>;
let server: Server;
let env: ReturnType<typeof applyEnv>;
let status = 200;
let asked = 0;
beforeAll(async () => {
  world = await openServiceWorld();
  sqs = await startSqs({ queues: { probe: spec }, port: 0 });
  server = createServer((_, answer) => {
    asked += 1;
    answer.writeHead(status, { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '4' }).end('ok');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  env = applyEnv({
    DATABASE_URL_OPS: world.url('rookery_ops'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    PROBE_QUEUE_URL: sqs.urls.probe.url,
    PROBE_DLQ_URL: sqs.urls.probe.dlqUrl,
    OUTBOUND_ALLOW: `127.0.0.1:${portOf()}`,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    LOG_LEVEL: 'SILENT',
  });
}, 60_000);
afterAll(async () => {
  await closeDatabases();
  env.stop();
  server.close();
  await sqs.stop();
  await world.close();
});

const portOf = (): number => (server.address() as AddressInfo).port;

const start = Math.floor(Date.now() / minute) * minute - 10 * minute;
const slotAt = (n: number): string => new Date(start + n * minute).toISOString();
const fire = (job: 'probes' | 'uptime', n: number) =>
  (job === 'probes' ? schedule : uptime)({ job, scheduledTime: slotAt(n) }, contextOf());

const take = async (): Promise<Message[]> => {
  const { Messages = [] } = await sqs.client.send(
    new ReceiveMessageCommand({
      QueueUrl: sqs.urls.probe.url,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages;
};
const work = (messages: readonly Message[]) =>
  worker({ Records: messages.map((message) => recordOf('probe', message)) }, contextOf());

const turn = async (n: number): Promise<void> => {
  await fire('probes', n);
  const messages = await take();
  expect(await work(messages)).toEqual({ batchItemFailures: [] });
  // Again, as a queue may: it asks nobody and changes nothing.
  const before = asked;
  expect(await work(messages)).toEqual({ batchItemFailures: [] });
  expect(asked).toBe(before);
};

test('from the schedule over the queue to the service and back: a real server goes down and up, messages twice', async () => {
  const url = `http://127.0.0.1:${portOf()}/health`;
  await addServices(world, { id: 'web', probe: { kind: 'http', url }, retry_count: 1 });

  await turn(0);
  expect(await stateOf(world, 'web')).toMatchObject({ status: 'healthy' });
  status = 500;
  await turn(1);
  expect(await stateOf(world, 'web')).toMatchObject({
    status: 'down',
    reason: 'the status is 500',
  });
  expect(asked).toBe(3);
  status = 200;
  await turn(2);
  await turn(3);

  expect(await stateOf(world, 'web')).toMatchObject({ status: 'healthy' });
  expect(await logOf(world, 'web')).toEqual(['healthy', 'down', 'down', 'healthy']);
  await fire('uptime', 12);
  const { day } = await askOne<{ day: number }>(
    world.admin,
    'select uptime_24h::float8 as day from monitoring.tb_service_health',
  );
  expect(day).toBeGreaterThan(0);
});

test('a queue or database of the platform is asked for the platform alone', async () => {
  const probe = { kind: 'sqs', queue: 'probe', max_depth: 5 };
  const database = { kind: 'postgres', database: 'warehouse' };
  await addServices(
    world,
    { id: 'queue', tenant_id: 'platform', probe },
    { id: 'warehouse', tenant_id: 'platform', probe: database },
    { id: 'theirs', probe },
  );

  await turn(4);

  expect(await stateOf(world, 'queue')).toMatchObject({ status: 'healthy' });
  expect(await stateOf(world, 'warehouse')).toMatchObject({ status: 'healthy' });
  expect(await stateOf(world, 'theirs')).toMatchObject({
    status: 'unknown',
    reason: 'only the platform may ask that',
  });
});

test('an address that must not be reached is refused, and the service says so', async () => {
  await addServices(world, {
    id: 'inner',
    probe: { kind: 'http', url: 'http://169.254.169.254/' },
    retry_count: 0,
  });

  await turn(5);

  const { status: state, reason } = await stateOf(world, 'inner');
  expect([state, reason]).toEqual(['down', expect.stringMatching(/address/)]);
});
