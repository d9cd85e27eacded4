import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { plan } from '@rookery/telemetry/plan/plan';
import { closeDatabases } from '@rookery/lambda/database';
import { handler as ingest } from '../../functions/queue/ingest.ts';
import { handler as metrics } from '../../functions/queue/metrics.ts';
import { recordOf } from '../../infra/local/event-source.ts';
import { printedBy } from '../world/printed.ts';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';
import { contextOf, eventOf, failedOf } from './function-room.ts';
import { openSinkRoom, type SinkRoom } from './sink-room.ts';

let world: World;
let room: SinkRoom;
beforeAll(async () => {
  world = await openWorld();
  room = await openSinkRoom({
    DATABASE_URL_INGEST: world.url('rookery_ingest'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
  });
});
afterAll(async () => {
  await closeDatabases();
  await room.close();
  await world.close();
});
afterEach(() => void vi.unstubAllEnvs());

const received_at = new Date().toISOString();
const messageOf = (tenant_id: string, events: readonly object[]) => ({
  tenant_id,
  door: 'http' as const,
  received_at,
  events,
});
const latency = (id: string, more: object = {}) => ({
  id,
  event: 'infra_latency',
  properties: { ...plan.infra_latency.example, ...more },
});
type Row = { readonly metric_name: string; readonly metric_type: string } & Record<string, unknown>;
const rowsOf = (tenant: string) =>
  ask<Row>(
    world.admin,
    `select m.metric_name, c.metric_type, m.endpoint, m.method, m.status_code, m.tags, m.request_count,
       m.error_count, m.value_count, m.min::float8, m.max::float8
     from monitoring.tb_performance_metric m
     join monitoring.metric_catalogue c using (tenant_id, metric_name)
     where m.tenant_id = '${tenant}' order by m.metric_name`,
  );

// Everything in the queue of the monitoring tier, delivered twice.
const ingestAll = async () => {
  const records = (await room.take('ingest')).map((each) => recordOf('ingest', each));
  for (let n = 0; n < 2; n += 1)
    for (const record of records)
      expect(failedOf(await ingest({ Records: [record] }, contextOf()))).toEqual([]);
  expect(await room.take('ingest', 'dlqUrl')).toEqual([]);
};

test('an infra_latency event that is delivered five times, also beside itself, is one request of the monitoring tier', async () => {
  const message = messageOf('heron', [latency('one')]);
  await printedBy(async () => {
    for (let n = 0; n < 3; n += 1) await metrics(eventOf([message]), contextOf());
    await Promise.all([0, 1].map(() => metrics(eventOf([message]), contextOf())));
  });
  await ingestAll();

  expect(await rowsOf('heron')).toEqual([
    {
      metric_name: 'latency_ms',
      metric_type: 'histogram',
      endpoint: '/v1/campaigns',
      method: 'GET',
      status_code: 200,
      tags: { service: 'api' },
      request_count: 1,
      error_count: 0,
      value_count: 1,
      min: 41.5,
      max: 41.5,
    },
  ]);
});

test('control: five events that say the same are five requests', async () => {
  await printedBy(async () => {
    for (let n = 0; n < 5; n += 1)
      await metrics(eventOf([messageOf('finch', [latency(`${n}`)])]), contextOf());
  });
  await ingestAll();

  expect(await rowsOf('finch')).toMatchObject([{ request_count: 5, value_count: 5 }]);
});

test('every kind of metric of the plan is taken by the monitoring tier as what it is', async () => {
  const events = Object.entries(plan).flatMap(([event, entry]) =>
    entry.nature === 'operations' ? [{ id: event, event, properties: entry.example }] : [],
  );
  await room.sqs.send('metrics', messageOf('kinds', events));
  await printedBy(() => room.work('metrics', metrics));
  await ingestAll();

  const rows = await rowsOf('kinds');
  expect(rows.map(({ metric_name: name, metric_type: type }) => `${name} ${type}`)).toEqual([
    'connection_pool_active gauge',
    'connection_pool_idle gauge',
    'connection_pool_size gauge',
    'connection_pool_waiting gauge',
    'latency_ms histogram',
    'requests counter',
  ]);
  expect(rows.at(-1)).toMatchObject({ request_count: 1_200, error_count: 3 });
  expect(rows[0]).toMatchObject({
    request_count: 0,
    max: 7,
    tags: { service: 'api', pool: 'oltp' },
  });
});

test('CloudWatch gets a line for each event, without routes among its dimensions', async () => {
  const [line, ...more] = await printedBy(() =>
    metrics(eventOf([messageOf('platform', [latency('p')])]), contextOf()),
  );

  expect(more).toEqual([]);
  expect(line).toMatchObject({
    _aws: {
      Timestamp: Date.parse(received_at),
      CloudWatchMetrics: [
        {
          Namespace: 'Rookery/Telemetry',
          Dimensions: [['stage', 'origin', 'service']],
          Metrics: [{ Name: 'latency_ms', Unit: 'Milliseconds' }],
        },
      ],
    },
    stage: 'test',
    origin: 'platform',
    service: 'api',
    latency_ms: 41.5,
    event: 'infra_latency',
  });
  expect(JSON.stringify(line)).not.toContain('/v1/campaigns');
  await room.take('ingest');
});

test('names that customers choose are no dimensions: a thousand services of theirs are one metric', async () => {
  const events = Array.from({ length: 500 }, (_, n) => latency(`s${n}`, { service: `s${n}` }));
  const lines = await printedBy(() =>
    metrics(eventOf([messageOf('a', events), messageOf('b', events)]), contextOf()),
  );

  expect(lines).toHaveLength(1_000);
  const series = lines.map((line) => {
    const { _aws } = line as { _aws: { CloudWatchMetrics: { Dimensions: string[][] }[] } };
    return _aws.CloudWatchMetrics[0]?.Dimensions[0]
      ?.map((name) => `${name}=${String(line[name])}`)
      .join();
  });
  expect(new Set(series)).toEqual(new Set(['stage=test,origin=customers']));
  await room.take('ingest');
});

test('while the monitoring tier cannot take values, CloudWatch gets none either, and all come again', async () => {
  const { url } = room.sqs.urls.ingest;
  vi.stubEnv('INGEST_QUEUE_URL', `${url}-gone`);
  const failed: string[] = [];
  const lines = await printedBy(async () => {
    const event = eventOf([messageOf('c', [latency('x')]), messageOf('d', [latency('y')])]);
    failed.push(...failedOf(await metrics(event, contextOf())));
  });

  expect([failed, lines]).toEqual([['m0', 'm1'], []]);
  expect(await room.take('metrics', 'dlqUrl')).toEqual([]);
});
