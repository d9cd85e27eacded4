import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeDatabases } from '@rookery/lambda/database';
import { handler as integrations } from '../../functions/schedule/integrations.ts';
import { handler as partitions } from '../../functions/schedule/partitions.ts';
import { handler as sessions } from '../../functions/schedule/sessions.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';
import { contextOf } from './function-room.ts';

const slot = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const firing = (job: string, at = slot) => ({ job, scheduledTime: at.toISOString() });
const minutesAgo = (minutes: number): string =>
  new Date(slot.getTime() - minutes * 60_000).toISOString();

let world: World;
let env: ReturnType<typeof applyEnv>;
beforeAll(async () => {
  world = await openWorld();
  env = applyEnv({
    DATABASE_URL_OPS: world.url('rookery_ops'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    LOG_LEVEL: 'SILENT',
  });
});
afterAll(async () => {
  await closeDatabases();
  env.stop();
  await world.close();
});
beforeEach(() =>
  world.admin.script(
    `truncate monitoring.tb_user_session, monitoring.ingest_item, monitoring.idempotency_key`,
  ),
);

const keysOf = (count: number, hours: number) => `
insert into monitoring.idempotency_key (tenant_id, operation, key, request_hash, attempt, created_at)
select case when i % 2 = 0 then 'a' else 'b' end, 'o', '${hours}-' || i, 'h', 'a', now() - interval '${hours} hours'
from generate_series(1, ${count}) i;`;

test('twice: idle sessions end, and keys of items and requests of long ago are forgotten, of every tenant', async () => {
  await world.admin.script(`
    insert into monitoring.tb_user_session (tenant_id, id, user_id, started_at, last_seen) values
      ('a', 'idle', 'ann', '${minutesAgo(90)}', '${minutesAgo(30)}'),
      ('b', 'busy', 'bob', '${minutesAgo(90)}', '${minutesAgo(29)}');
    insert into monitoring.ingest_item (tenant_id, stream, key, received_at) values
      ('a', 'errors', 'old', '${minutesAgo(30 * 1_440 + 1)}'), ('b', 'errors', 'new', '${minutesAgo(30 * 1_440 - 1)}');
    ${keysOf(3, 26)} ${keysOf(2, 24)}`);

  const done = await sessions(firing('sessions'), contextOf());
  const again = await sessions(firing('sessions'), contextOf());

  expect(done).toEqual({
    unit: 'sessions',
    rows: 1,
    closed: 1,
    swept: 1,
    forgotten: 3,
    rejected: 0,
  });
  expect(again).toEqual({
    unit: 'sessions',
    rows: 0,
    closed: 0,
    swept: 0,
    forgotten: 0,
    rejected: 0,
  });
  expect(
    await ask(
      world.admin,
      `select id, ended_by, duration from monitoring.tb_user_session order by id`,
    ),
  ).toEqual([
    { id: 'busy', ended_by: null, duration: null },
    { id: 'idle', ended_by: 'idle', duration: 3_600 },
  ]);
  expect(await ask(world.admin, `select key from monitoring.idempotency_key order by key`)).toEqual(
    [{ key: '24-1' }, { key: '24-2' }],
  );
});

test('more keys than one statement forgets are forgotten in one run, unless its time is up: then the next goes on', async () => {
  await world.admin.script(keysOf(20_001, 26));
  expect(await sessions(firing('sessions'), contextOf())).toMatchObject({ forgotten: 20_001 });

  await world.admin.script(keysOf(10_001, 26));
  const short = await sessions(firing('sessions'), contextOf(4_000));
  expect(short).toMatchObject({ forgotten: 10_000 });
  expect(await sessions(firing('sessions'), contextOf())).toMatchObject({ forgotten: 1 });
});

test('beside itself: two runs forget each key once', async () => {
  await world.admin.script(keysOf(5_000, 26));

  const runs = await Promise.all([
    sessions(firing('sessions'), contextOf()),
    sessions(firing('sessions'), contextOf()),
  ]);

  const forgotten = runs.map((run) => ('forgotten' in run ? Number(run['forgotten']) : NaN));
  expect(forgotten.reduce((sum, n) => sum + n, 0)).toBe(5_000);
});

const call = (id: string, minutes: number, success: boolean, ms: number): string =>
  `('a', '${id}', 'api-call', 'outbound', ${success}, ${ms}, '${minutesAgo(minutes)}')`;

test('twice: figures of integrations are those of the 24 hours before the slot, however late it runs', async () => {
  await world.admin.script(`
    insert into monitoring.tb_integration_health (tenant_id, id, name, integration_type, configured_at) values
      ('a', 'stripe', 'Stripe', 'payment-gateway', now()), ('a', 'quiet', 'Quiet', 'webhook', now());
    insert into monitoring.tb_integration_event
      (tenant_id, integration_id, event_type, direction, success, response_time, occurred_at)
    values ${[
      call('stripe', 1_441, false, 9_000),
      call('stripe', 1_440, true, 100),
      call('stripe', 90, true, 200),
      call('stripe', 30, true, 300),
      call('stripe', 10, false, 400),
    ].join(', ')}`);
  const figures = () =>
    ask(
      world.admin,
      `select id, status::text, success_rate_24h::float8 as rate, avg_response_time as ms, error_count_24h as errors
      from monitoring.tb_integration_health order by id`,
    );

  expect(await integrations(firing('integrations'), contextOf())).toMatchObject({ rows: 2 });
  const first = await figures();
  await integrations(firing('integrations'), contextOf());

  // Of the last hour one of two calls succeeded: degraded, and just not down.
  expect(first).toEqual([
    { id: 'quiet', status: 'unknown', rate: null, ms: null, errors: 0 },
    { id: 'stripe', status: 'degraded', rate: 75, ms: 250, errors: 1 },
  ]);
  expect(await figures()).toEqual(first);
});

test('twice: partitions are there after the slot of a day far ahead, and the slot again makes none', async () => {
  const ahead = firing('partitions', new Date('2031-01-01T00:10:00Z'));

  const made = await partitions(ahead, contextOf());

  expect(made.rows).toBeGreaterThan(31);
  expect(await partitions(ahead, contextOf())).toMatchObject({ unit: 'partitions', rows: 0 });
  await world.admin.script(
    `insert into monitoring.tb_performance_metric (tenant_id, time, metric_name) values ('a', '2031-01-14T23:59:00Z', 'm')`,
  );
});

test('a job of another schedule is refused before anything is done', async () => {
  for (const handler of [sessions, integrations, partitions])
    await expect(handler(firing('rollup'), contextOf())).rejects.toMatchObject({
      code: 'job-unknown',
    });
});
