import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeDatabases } from '@rookery/lambda/database';
import { handler } from '../../functions/schedule/external-aggregates.ts';
import { readBody } from '../../infra/local/body.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts';
import { startTelemetrySink } from '../../infra/local/telemetry-sink.ts';
import { openWorld, type World } from '../world/world.ts';
import { contextOf } from './function-room.ts';
import { rowsOf } from './external-room.ts';

const slot = '2026-11-21T06:20:00Z';

type Asked = { readonly url: string; readonly authorization: string; readonly query: string };

let world: World;
let server: Server;
let asked: Asked[] = [];
// What PostHog answers to a query, by a part of it.
let answers: Readonly<Record<string, unknown>> = {};
let status = 200;
let env: { readonly stop: () => void };

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await readBody(request, 100_000);
  const { query } = JSON.parse(String(body));
  const { authorization = '' } = request.headers;
  asked.push({ url: request.url ?? '', authorization, query: query.query });
  const known = Object.entries(answers).find(([part]) => query.query.includes(part));
  response.writeHead(status).end(JSON.stringify(known?.[1] ?? { results: [] }));
};

beforeAll(async () => {
  world = await openWorld();
  await world.admin.script(
    `insert into olap.tenant (tenant_id, timezone) values ('heron', 'UTC'), ('stork', 'UTC')`,
  );
  server = createServer((request, response) => void answer(request, response));
  const port = await listenOnLoopback(server, 0);
  env = applyEnv({
    DATABASE_URL_OPS: world.url('rookery_ops'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    EXTERNAL_AGGREGATES: 'on',
    POSTHOG_HOST: `http://127.0.0.1:${port}`,
    POSTHOG_PROJECT_ID: '7',
    POSTHOG_QUERY_KEY: 'phx_read',
    LOG_LEVEL: 'SILENT',
  });
});
afterEach(async () => {
  asked = [];
  answers = {};
  status = 200;
  process.env['EXTERNAL_AGGREGATES'] = 'on';
  await world.admin.script('delete from olap.external_daily');
});
afterAll(async () => {
  await closeDatabases();
  env.stop();
  await closeServer(server);
  await world.close();
});

const fire = () => handler({ job: 'external-aggregates', scheduledTime: slot }, contextOf());
const rows = () => rowsOf(world);

const users = (...results: readonly (readonly [string, string, number])[]) => ({
  admin_button_clicked: { results },
});

test('off by default: nothing is asked and nothing is written', async () => {
  delete process.env['EXTERNAL_AGGREGATES'];
  expect(await fire()).toMatchObject({ unit: 'external aggregates, off', rows: 0 });
  expect(asked).toEqual([]);
});

test('the aggregates of the list, and no others, are asked of seven days that have ended', async () => {
  await fire();
  expect(asked.map(({ url, authorization }) => [url, authorization])).toEqual([
    ['/api/projects/7/query/', 'Bearer phx_read'],
    ['/api/projects/7/query/', 'Bearer phx_read'],
  ]);
  expect(asked.map(({ query }) => /event = '(\w+)'/.exec(query)?.[1])).toEqual([
    'admin_button_clicked',
    'business_upgrade',
  ]);
  for (const { query } of asked)
    expect(query).toContain(`toDateTime('2026-11-14 00:00:00', 'UTC')`);
  expect(asked[0]?.query).toContain('count(distinct distinct_id)');
  expect(asked[0]?.query).toContain(`distinct_id not like 'tenant:%'`);
});

test('twice, and late with other figures: the days are what the source says now', async () => {
  answers = users(
    ['heron', '2026-11-19', 4],
    ['heron', '2026-11-20', 5],
    ['stork', '2026-11-20', 1],
  );
  expect(await fire()).toMatchObject({ written: 3, removed: 0, unknown: 0 });
  const first = await rows();
  expect(await fire()).toMatchObject({ written: 0, removed: 0 });
  expect(await rows()).toEqual(first);
  answers = users(['heron', '2026-11-19', 6], ['stork', '2026-11-20', 1]);
  expect(await fire()).toMatchObject({ written: 1, removed: 1 });
  expect((await rows()).map(({ tenant_id, day, value }) => [tenant_id, day, value])).toEqual([
    ['heron', '2026-11-19', 6],
    ['stork', '2026-11-20', 1],
  ]);
});

test('beside itself: two pulls of the same days end as one', async () => {
  answers = users(['heron', '2026-11-19', 4], ['stork', '2026-11-20', 1]);
  await Promise.all([fire(), fire(), fire()]);
  expect((await rows()).map(({ value }) => value)).toEqual([4, 1]);
});

test('figures of a tenant that is not ours are told and not kept', async () => {
  answers = users(['heron', '2026-11-19', 4], ['nobody', '2026-11-19', 9]);
  expect(await fire()).toMatchObject({ written: 1, unknown: 1 });
  expect(await rows()).toHaveLength(1);
});

test.each<[string, unknown]>([
  ['is cut', { results: [['heron', '2026-11-19', 1]], hasMore: true }],
  ['holds no rows', { detail: 'throttled' }],
  ['holds a day that was not asked for', { results: [['heron', '2026-11-01', 1]] }],
  ['holds half a person', { results: [['heron', '2026-11-19', -1]] }],
  ['holds no day', { results: [['heron', 'yesterday', 1]] }],
  ['holds a day twice', { results: [['heron', '2026-11-19', 1], ['heron', '2026-11-19', 2]] }], // prettier-ignore
])(
  'an answer that %s fails, changes nothing of its metric, and keeps back no other',
  async (_, strange) => {
    answers = users(['heron', '2026-11-19', 4]);
    await fire();
    answers = {
      admin_button_clicked: strange,
      business_upgrade: { results: [['stork', '2026-11-20', 2]] },
    };
    await expect(fire()).rejects.toMatchObject({ code: 'aggregate-unreadable' });
    expect((await rows()).map(({ metric, value }) => [metric, value])).toEqual([
      ['plan_upgrades', 2],
      ['product_active_users', 4],
    ]);
  },
);

test('a source that suddenly knows nothing does not empty a week', async () => {
  answers = users(['heron', '2026-11-19', 4]);
  await fire();
  answers = {};
  await expect(fire()).rejects.toMatchObject({ code: 'aggregate-vanished' });
  expect(await rows()).toHaveLength(1);
});

test('a source that refuses or is not there fails, and nothing changes', async () => {
  answers = users(['heron', '2026-11-19', 4]);
  await fire();
  for (status of [401, 429, 500])
    await expect(fire()).rejects.toMatchObject({ code: 'aggregates-failed' });
  expect(await rows()).toHaveLength(1);
});

const clicked = (uuid: string, distinct_id: string, timestamp: string) => ({
  event: 'admin_button_clicked',
  uuid,
  distinct_id,
  timestamp,
  properties: { tenant_id: 'heron' },
});

test('what was captured comes back: events of PostHog are the figures of their tenant and day', async () => {
  const sink = await startTelemetrySink(0);
  const direct = process.env['POSTHOG_HOST'];
  try {
    process.env['POSTHOG_HOST'] = sink.url;
    const batch = [
      clicked('0b5f1f7e-0000-5000-8000-000000000001', 'ann', '2026-11-19T23:59:59.000Z'),
      clicked('0b5f1f7e-0000-5000-8000-000000000002', 'ann', '2026-11-20T00:00:00.000Z'),
      clicked('0b5f1f7e-0000-5000-8000-000000000003', 'bob', '2026-11-20T10:00:00.000Z'),
      clicked('0b5f1f7e-0000-5000-8000-000000000004', 'tenant:heron', '2026-11-20T11:00:00.000Z'),
      clicked('0b5f1f7e-0000-5000-8000-000000000005', 'ann', '2026-11-20T12:00:00.000Z'),
      clicked('0b5f1f7e-0000-5000-8000-000000000006', 'eve', '2026-11-21T00:00:00.000Z'),
    ];
    const sent = await fetch(`${sink.url}/batch/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ api_key: 'phc_test', batch }),
    });
    expect(sent.status).toBe(200);
    expect(await fire()).toMatchObject({ written: 2 });
    expect((await rows()).map(({ day, value }) => [day, value])).toEqual([
      ['2026-11-19', 1],
      ['2026-11-20', 2],
    ]);
  } finally {
    process.env['POSTHOG_HOST'] = direct;
    await sink.stop();
  }
});
