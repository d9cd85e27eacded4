import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PerformanceItem } from '@rookery/monitoring/performance/write-series';
import { writers } from '@rookery/monitoring/ingest/writers';
import { minutesAgo, now, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

const stream = writers['performance-metrics'];
const item = (given: Partial<PerformanceItem> = {}): PerformanceItem => ({
  time: minutesAgo(0),
  metric_name: 'latency',
  endpoint: '/a',
  method: 'GET',
  status_code: 200,
  request_count: 0,
  error_count: 0,
  ...given,
});
const figures =
  'request_count, error_count, error_rate, mean, min, max, p50, p95, p99, throughput, sketch';
const of = (tenant: string) =>
  room.rows(figures, `tb_performance_metric where tenant_id = '${tenant}' order by time, id`);

test('two reporters of one series and minute are one row, with the counts, the mean and the percentiles of all values', async () => {
  // 1, 3 | 9: buckets ceil(ln v / ln 1.02) are 0, 56 and 111; their middles 0.99, 3.00 and 8.92.
  await room.deliver(stream, 'two', {
    a: item({ values: [1, 3], request_count: 2, error_count: 1, throughput: 0.5 }),
  });
  await room.deliver(stream, 'two', {
    b: item({ values: [9], request_count: 1, throughput: 0.25 }),
  });

  const merged = {
    request_count: 3,
    error_count: 1,
    error_rate: 33.333333,
    mean: 4.33,
    min: 1,
    max: 9,
    p50: 3,
    p95: 8.92,
    p99: 8.92,
    throughput: 0.75,
    sketch: { '0': 1, '56': 1, '111': 1 },
  };
  expect(await of('two')).toEqual([merged]);

  await room.deliver(stream, 'one', {
    b: item({ values: [9], request_count: 1, throughput: 0.25 }),
    a: item({ values: [1, 3], request_count: 2, error_count: 1, throughput: 0.5 }),
  });
  expect(await of('one')).toEqual([merged]);
});

test('percentiles without a distribution stand alone and are unknown once merged, never averaged', async () => {
  const told = item({ request_count: 10, p50: 5, p95: 9, p99: 10, mean: 6, min: 1, max: 10 });
  await room.deliver(stream, 'told', { a: told });
  expect(await of('told')).toMatchObject([{ p50: 5, p95: 9, p99: 10, mean: 6, sketch: null }]);

  await room.deliver(stream, 'told', { b: { ...told, request_count: 30, mean: 2, max: 20 } });
  expect(await of('told')).toMatchObject([
    { request_count: 40, p50: null, p95: null, p99: null, mean: 3, min: 1, max: 20, sketch: null },
  ]);

  await room.deliver(stream, 'told', { c: item({ values: [9], request_count: 1 }) });
  expect(await of('told')).toMatchObject([
    { request_count: 41, p50: null, p99: null, mean: 3.15, min: 1, max: 20, sketch: null },
  ]);
});

test('a metric without endpoint, method and status is one series; other tags, statuses and minutes are others', async () => {
  const bare = { time: minutesAgo(1), metric_name: 'cpu', request_count: 0, error_count: 0 };
  await room.deliver(stream, 'bare', { a: { ...bare, values: [0, 50] } });
  await room.deliver(stream, 'bare', {
    b: { ...bare, values: [0] },
    c: { ...bare, values: [1], tags: { host: 'b', zone: 'z' } },
    d: { ...bare, values: [1], tags: { zone: 'z', host: 'b' } },
    e: { ...bare, values: [1], status_code: 500 },
    f: { ...bare, values: [1], time: minutesAgo(2) },
  });

  expect(
    await room.rows(
      `sketch, tags, status_code, extract(second from time)::integer as second`,
      `tb_performance_metric where tenant_id = 'bare' order by time, status_code, tags`,
    ),
  ).toEqual([
    { sketch: { '0': 1 }, tags: {}, status_code: null, second: 0 },
    { sketch: { '0': 1 }, tags: {}, status_code: 500, second: 0 },
    { sketch: { zero: 2, '198': 1 }, tags: {}, status_code: null, second: 0 },
    { sketch: { '0': 2 }, tags: { host: 'b', zone: 'z' }, status_code: null, second: 0 },
  ]);
});

test('a batch marks each of its 5 minutes once, and names its metrics with the type that was seen first', async () => {
  await room.deliver(stream, 'marks', {
    a: item({ time: minutesAgo(0), values: [1], request_count: 1 }),
    b: item({ time: minutesAgo(2), values: [1], request_count: 1 }),
    c: item({ time: minutesAgo(3), values: [1], request_count: 1, metric_name: 'other' }),
    d: item({ metric_name: 'count', request_count: 7 }),
    e: item({ metric_name: 'load', mean: 1 }),
    f: item({ metric_name: 'told', p50: 1 }),
    g: item({ metric_name: 'said', metric_type: 'gauge', values: [1] }),
  });
  await room.deliver(stream, 'marks', { z: item({ request_count: 1 }) });

  const noon = new Date(now.getTime() - 450_000).getTime();
  const marks = await room.rows(
    'extract(epoch from bucket) * 1000 as bucket, count(*)',
    `performance_metric_5min_dirty where tenant_id = 'marks' group by 1 order by 1`,
  );
  expect(marks).toEqual([
    { bucket: noon, count: 1 },
    { bucket: noon + 300_000, count: 2 },
  ]);
  expect(
    await room.rows(
      'metric_name, metric_type',
      `metric_catalogue where tenant_id = 'marks' order by metric_name`,
    ),
  ).toEqual([
    { metric_name: 'count', metric_type: 'counter' },
    { metric_name: 'latency', metric_type: 'histogram' },
    { metric_name: 'load', metric_type: 'gauge' },
    { metric_name: 'other', metric_type: 'histogram' },
    { metric_name: 'said', metric_type: 'gauge' },
    { metric_name: 'told', metric_type: 'summary' },
  ]);
});

test('whatever the order and the batches, the same reports come out as the same row', async () => {
  const reports = Array.from({ length: 12 }, (_, n) =>
    item({ values: [n + 1, (n * 37) % 11], request_count: 2, error_count: n % 2 }),
  );
  const entries = reports.map((report, n) => [`k${n}`, report] as const);

  await room.deliver(stream, 'whole', Object.fromEntries(entries));
  for (const entry of entries.toReversed())
    await room.deliver(stream, 'single', Object.fromEntries([entry]));
  await Promise.all(
    [0, 1, 2, 3].map((lane) =>
      room.deliver(stream, 'beside', Object.fromEntries(entries.filter((_, n) => n % 4 === lane))),
    ),
  );

  const [whole] = await of('whole');
  expect(whole).toMatchObject({ request_count: 24, error_count: 6, min: 0, max: 12 });
  expect(await of('single')).toEqual([whole]);
  expect(await of('beside')).toEqual([whole]);
});
