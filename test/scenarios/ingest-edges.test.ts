import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { statement, type Columns, type Statement } from '@rookery/db/statement';
import { askedInstant } from '@rookery/http/fields';
import { judged, mostAgeDays, mostAheadMs } from '@rookery/http/streams/judge';
import { streamNames } from '@rookery/http/streams/names';
import { streamItems } from '@rookery/http/streams/streams';
import { sweepIdempotency } from '@rookery/lambda/idempotency-sweep';
import { forgetKeys } from '@rookery/lambda/idempotency.sql';
import { sweepKeys } from '@rookery/monitoring/ingest/sweep';
import { sweepClaims } from '@rookery/monitoring/ingest/take.sql';
import { takeMessage } from '@rookery/monitoring/ingest/work';
import { writers } from '@rookery/monitoring/ingest/writers';
import { ask } from './ask.ts';
import { minutesAgo, now, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

const dayMs = 86_400_000;
const after = (ms: number): Date => new Date(now.getTime() + ms);
const seen = { user_id: 'u', session_id: 's', activity_type: 'action' } as const;
const metric = { metric_name: 'm', request_count: 1, error_count: 0 };

const rejected = async (
  stream: 'user-activity' | 'performance-metrics',
  item: object,
  at: Date,
  waitedMs: number,
): Promise<number> => {
  const { accepted } = judged([item], { stream, receivedAt: at, keys: `${stream}${waitedMs}` });
  expect(accepted).toHaveLength(1);
  const place = { ingest: room.ingest, now: new Date(at.getTime() + waitedMs), healed: () => {} };
  const { unit } = await takeMessage(streamItems, place, {
    tenant_id: 'edge',
    stream,
    received_at: at.toISOString(),
    items: [...accepted],
  });
  return unit.rejected;
};

test('late: what the door accepts at its edge the worker takes, a day in the queue and half a minute of clocks later', async () => {
  for (const waitedMs of [0, 2_000, dayMs - 1]) {
    const old = { ...seen, time: after(-mostAgeDays['user-activity'] * dayMs).toISOString() };
    const metricOld = {
      ...metric,
      time: after(-mostAgeDays['performance-metrics'] * dayMs).toISOString(),
    };
    expect(await rejected('user-activity', old, now, waitedMs)).toBe(0);
    expect(await rejected('performance-metrics', metricOld, now, waitedMs)).toBe(0);
  }
  const ahead = { ...seen, time: after(mostAheadMs).toISOString() };
  for (const waitedMs of [0, -500, -30_000])
    expect(await rejected('user-activity', ahead, now, waitedMs)).toBe(0);
});

test('the door allows each stream a day and a minute less than the worker', () => {
  expect(mostAheadMs).toBe(600_000 - 60_000);
  for (const stream of streamNames)
    expect([stream, mostAgeDays[stream] + 1]).toEqual([stream, writers[stream].mostAgeDays]);
});

test('late: the same item counts once as long as it is taken at all, however often keys are swept', async () => {
  const item = { k: { ...seen, time: minutesAgo(-9) } };
  const stream = writers['user-activity'];
  const rows = [];
  for (const days of [0, 16, 28.99, 29.1]) {
    await sweepKeys(room.world.ops, after(days * dayMs), () => true);
    const taken = await room.deliver(stream, 'late', item, after(days * dayMs));
    rows.push([taken.rows, taken.repeated, taken.rejected.length]);
  }

  expect(rows).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
});

const planOf = async <P>(asked: Statement<P, Columns>, given: P): Promise<string> => {
  const explain = statement<null, { 'QUERY PLAN': 'text' }>({
    title: 'plan of a statement',
    on: 'warehouse',
    columns: { 'QUERY PLAN': 'text' },
    example: null,
    sql: () => sql`explain ${asked.sql(given)}`,
  });
  return (await room.world.ops.query(explain, null)).map((row) => row['QUERY PLAN']).join('\n');
};

test('keys are swept by the index of their age: no sweep reads those that stay', async () => {
  await room.world.admin.script(`
    insert into monitoring.ingest_item (tenant_id, stream, key, received_at)
    select 'swept', 'errors', 'k' || n, timestamptz '2026-01-01' + n * interval '1 minute' from generate_series(1, 50000) n;
    insert into monitoring.idempotency_key (tenant_id, operation, key, request_hash, attempt, created_at)
    select 'swept', 'o', 'k' || n, 'h', 'a', now() - n * interval '1 minute' from generate_series(1, 50000) n;
    analyze monitoring.ingest_item, monitoring.idempotency_key`);
  const before = new Date('2026-01-20T00:00:00Z');

  for (const plan of [
    await planOf(sweepClaims, { before, limit: 10_000 }),
    await planOf(forgetKeys, { limit: 10_000 }),
  ]) {
    expect(plan).toContain('Tid Scan');
    expect(plan).not.toMatch(/Seq Scan|Join/);
  }
  const counts = 'select count(*) as all, count(*) filter (where old) as old from';
  const [swept] = await room.world.ops.query(sweepClaims, { before, limit: 10_000 });
  const [gone] = await room.world.ops.query(forgetKeys, { limit: 10_000 });
  expect([swept?.swept, gone?.forgotten]).toEqual([10_000, 10_000]);
  expect(
    await ask(
      room.world.ops,
      `${counts} (select received_at <= '2026-01-01'::timestamptz + interval '10000 minutes' as old
        from monitoring.ingest_item where tenant_id = 'swept') i`,
    ),
  ).toEqual([{ all: 40_000, old: 0 }]);
  expect(
    await ask(
      room.world.ops,
      `${counts} (select created_at < now() - interval '40001 minutes' as old from monitoring.idempotency_key) i`,
    ),
  ).toEqual([{ all: 40_000, old: 0 }]);
});

test('beside each other: two sweeps of the same keys forget each once', async () => {
  await room.world.admin.script(`truncate monitoring.ingest_item, monitoring.idempotency_key;
    insert into monitoring.ingest_item (tenant_id, stream, key, received_at)
    select 'two', 'errors', 'k' || n, '2026-01-01' from generate_series(1, 20000) n;
    insert into monitoring.idempotency_key (tenant_id, operation, key, request_hash, attempt, created_at)
    select 'two', 'o', 'k' || n, 'h', 'a', '2026-01-01' from generate_series(1, 20000) n`);
  const slot = new Date('2026-03-01T00:00:00Z');

  const items = await Promise.all([1, 2].map(() => sweepKeys(room.world.ops, slot, () => true)));
  const keys = await Promise.all([1, 2].map(() => sweepIdempotency(room.world.ops, () => true)));

  expect([items, keys].map(([a = 0, b = 0]) => a + b)).toEqual([20_000, 20_000]);
});

test('a tenant has 10,000 metrics in its catalogue at most; one beyond them counts, and those before it keep their type', async () => {
  await room.world.admin
    .script(`insert into monitoring.metric_catalogue (tenant_id, metric_name, metric_type)
    select t, 'old' || n, 'gauge' from generate_series(1, 9998) n, unnest(array['full', 'other']) t`);
  const names = ['old7', 'new1', 'new2', 'new3'];
  const items = names.map((metric_name) => [
    metric_name,
    { ...metric, metric_name, time: minutesAgo(2) },
  ]);
  const taken = await room.deliver(
    writers['performance-metrics'],
    'full',
    Object.fromEntries(items),
  );

  expect(taken.rows).toBe(4);
  const noted = await room.rows(
    'metric_name, metric_type',
    `metric_catalogue where tenant_id = 'full' and metric_name = any('{${names.join()}}') order by 1`,
  );
  expect(noted).toEqual([
    { metric_name: 'new1', metric_type: 'counter' },
    { metric_name: 'new2', metric_type: 'counter' },
    { metric_name: 'old7', metric_type: 'gauge' },
  ]);
  expect(await room.rows('count(*)', `tb_performance_metric where tenant_id = 'full'`)).toEqual([
    { count: 4 },
  ]);
});

test('Postgres takes every instant that the streams take, of any zone, at both ends of time', async () => {
  const zones = ['+', '-'].flatMap((sign) =>
    Array.from({ length: 24 }, (_, hour) =>
      ['00', '01', '59'].map((minute) => `${sign}${String(hour).padStart(2, '0')}:${minute}`),
    ).flat(),
  );
  const ends = ['2000-01-01T00:00:00', '2024-02-29T23:59:59.123456789', '2999-12-31T23:59:59'];
  const texts = zones.flatMap((zone) => ends.map((end) => end + zone));
  const taken = texts.filter((text) => askedInstant.safeParse(text).success);
  const rows = await ask<{ count: number }>(
    room.world.ops,
    `select count(t::timestamptz) as count from unnest(array['${taken.join("','")}']) t`,
  );

  // Of each sign and end 14 hours with three minutes each, and 14:00.
  expect(taken).toHaveLength(2 * 3 * (14 * 3 + 1));
  expect(rows).toEqual([{ count: taken.length }]);
});
