import { request } from 'node:http';
import type { Context } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '@rookery/http/contract';
import { eventOf } from '../../infra/local/http-event.ts';
import { Streamed } from '../../infra/local/stream.ts';
import { ask as rowsOf } from '../scenarios/ask.ts';
import { bulk, ndjson, streaming, tableOf, whole } from './export-rows.ts';
import { callerOf, targetOf, type Values } from './questions.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api } from './stack.ts';

const [own] = tenants;
const [[, { endpoint }]] = streaming as unknown as [(typeof streaming)[number]];
const tenantId = 'large';
const caller = callerOf(endpoint, tenantId);
const target = targetOf(endpoint, {}, whole);
// Five parts, some 8 MB: more than sockets and streams hold between them.
const large = 25_000;
// More than a process has connections for exports.
const many = 5;

let api: Api;
let table: string;

beforeAll(async () => {
  api = await openApi();
  await seed(api.desk, own);
  await bulk(api.world.admin, endpoint, tenantId, own.tenant_id, large);
  table = await tableOf(api.world.admin, endpoint);
});
afterAll(() => api.close());

const openReads = async (): Promise<number[]> => {
  const rows = await rowsOf<{ pid: number }>(
    api.world.admin,
    `select pid from pg_stat_activity
     where datname = current_database() and usename = 'rookery_api' and xact_start is not null`,
  );
  return rows.map(({ pid }) => pid);
};
const nothingOpen = async () => {
  await expect.poll(openReads, { timeout: 15_000, interval: 20 }).toEqual([]);
};
const refill = () => api.world.admin.script('delete from olap.rate_limit');
const read = (of: Endpoint = endpoint, query: Values = whole) =>
  api.ask(callerOf(of, own.tenant_id), { target: targetOf(of, {}, query) });

afterEach(async () => {
  await api.world.admin.script(`drop policy if exists tripwire on ${table}`);
});

// Whoever reads this row of the large tenant meets an error of this class.
const trip = (row: number, sqlState: string) =>
  api.world.admin.script(`
    create or replace function public.trip(id text) returns boolean language plpgsql as $$
    begin
      if id = 'row-${String(row).padStart(6, '0')}' then
        raise exception 'forced' using errcode = '${sqlState}';
      end if;
      return true;
    end $$;
    create policy tripwire on ${table} as restrictive for select using (public.trip(campaign_id))`);

const hangUpAfter = (ms: number, headers: Values): Promise<void> =>
  new Promise((resolve) => {
    const authorization = `Bearer ${api.token(caller)}`;
    const asking = request(`${api.url}${target}`, {
      agent: false,
      headers: { authorization, ...headers },
    });
    asking.on('error', () => {});
    asking.on('response', (response) => response.on('error', () => {}));
    asking.once('close', () => resolve());
    asking.once('finish', () => {
      setTimeout(() => asking.destroy(), ms);
    });
    asking.end();
  });

test('whenever a caller hangs up, before the first byte too, its transaction ends and its connection is free', async () => {
  for (const headers of [{}, { 'accept-encoding': 'gzip' }] as const)
    for (let round = 0; round < 3; round += 1) {
      await refill();
      await Promise.all(Array.from({ length: 13 }, (_, ms) => hangUpAfter(ms, headers)));
    }

  await nothingOpen();
  for (let i = 0; i < many; i += 1) expect((await read()).status).toBe(200);
  expect((await api.ask(caller, { target: '/v1/campaigns' })).status).toBe(200);
});

test('what fails before the first row is an answer of its own', async () => {
  await trip(1, '57014');
  const { status, headers, text } = await api.ask(caller, { target });

  expect([status, headers['content-type']]).toEqual([504, 'application/problem+json']);
  expect(JSON.parse(text)).toMatchObject({ code: 'answer-too-slow' });
  await nothingOpen();
});

test('a deadlock in a later part breaks the answer, and nothing is begun again behind it', async () => {
  for (let i = 0; i < many; i += 1) {
    await trip(12_000, '40P01');
    await refill();
    await expect(api.once(caller, { target })).rejects.toMatchObject({ code: 'ECONNRESET' });
    await nothingOpen();
    await api.world.admin.script(`drop policy tripwire on ${table}`);
  }
  const { status, text } = await api.ask(caller, { target });
  expect([status, ndjson(text).length]).toEqual([200, large]);
});

// Nothing is asked of it for a while: all between it and the caller is full.
const idle = () =>
  rowsOf<{ pid: number }>(
    api.world.admin,
    `select pid from pg_stat_activity
     where datname = current_database() and usename = 'rookery_api' and state = 'idle in transaction'
       and state_change < clock_timestamp() - interval '300 ms'`,
  );

test('a connection that the server ends while the caller reads nothing is free for the next', async () => {
  const unread = [];
  for (let i = 0; i < many; i += 1) {
    unread.push(await api.open(caller, { target }));
    await expect.poll(idle, { timeout: 10_000, interval: 50 }).toHaveLength(1);
    const [stalled] = await idle();
    await api.world.admin.script(`select pg_terminate_backend(${stalled?.pid})`);
    await nothingOpen();
  }

  expect((await read()).status).toBe(200);
  for (const response of unread) response.on('error', () => {}).destroy();
});

test('exports that nobody reads keep no other reader waiting', async () => {
  const unread = [];
  for (let i = 0; i < 3; i += 1) unread.push(await api.open(caller, { target }));

  expect(await openReads()).toHaveLength(3);
  expect((await api.ask(caller, { target: '/v1/campaigns' })).status).toBe(200);
  expect((await api.once(undefined, { target: '/health' })).status).toBe(200);
  for (const response of unread) response.on('error', () => {}).destroy();
  await nothingOpen();
});

test('an answer that nobody takes is given up shortly before the time of the function is over', async () => {
  const { handler } = (await import('../../functions/api/exports.ts')) as unknown as {
    handler: (event: unknown, stream: Streamed['stream'], context: Context) => Promise<void>;
  };
  const [path, query = ''] = target.split('?');
  const event = eventOf(
    {
      method: 'GET',
      target: `${path}?${query}`,
      headers: { authorization: `Bearer ${api.token(caller)}` },
      body: Buffer.alloc(0),
      sourceIp: '127.0.0.1',
      port: 80,
      requestId: 'r',
      at: new Date(),
    },
    { routeKey: `GET ${path}`, parameters: {} },
    undefined,
  );
  await refill();
  const { stream } = new Streamed();
  const ended = handler(event, stream, {
    awsRequestId: 'r',
    getRemainingTimeInMillis: () => 3_000,
  } as Context).catch((error: unknown) => error);
  await expect.poll(openReads, { timeout: 5_000, interval: 20 }).toHaveLength(1);

  expect(await ended).toBeInstanceOf(Error);
  expect(stream.destroyed).toBe(true);
  await nothingOpen();
});
