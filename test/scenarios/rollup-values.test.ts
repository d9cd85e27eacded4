import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PerformanceItem } from '@rookery/monitoring/performance/write-series';
import { writers } from '@rookery/monitoring/ingest/writers';
import { minutesAgo, openIngestRoom, type IngestRoom } from './ingest-room.ts';
import { clear, held, roll } from './rollup-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());
beforeEach(() => clear(room.world));

const report = (given: Partial<PerformanceItem>): PerformanceItem => ({
  time: minutesAgo(7),
  metric_name: 'memory',
  request_count: 0,
  error_count: 0,
  ...given,
});

let sent = 0;
const deliver = (...reports: Partial<PerformanceItem>[]) => {
  const items = reports.map((given) => [`k${(sent += 1)}`, report(given)] as const);
  return room.deliver(writers['performance-metrics'], 't', Object.fromEntries(items));
};
const minute = () =>
  room.rows(
    'request_count as requests, value_count as count, value_sum as sum, mean, min, max, p50, sketch',
    'tb_performance_metric',
  );
const rolled = async () => {
  await roll(room.world);
  const [five] = await held(room.world, '5min');
  const [hour] = await held(room.world, 'hourly');
  return { five, hour };
};

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [2, 0, 1],
  [2, 1, 0],
] as const;

test('two reports of a gauge in a minute are two values, with their mean, least and greatest, up to the hour', async () => {
  await deliver({ mean: 10 });
  await deliver({ mean: 90 });

  const figures = { requests: 0, count: 2, sum: 100, min: 10, max: 90 };
  expect(await minute()).toMatchObject([{ ...figures, mean: 50, p50: null }]);
  const { five, hour } = await rolled();
  expect(five).toMatchObject(figures);
  expect(hour).toMatchObject(figures);
});

test('out of order: reports with and without requests weigh the same, in one batch or one by one', async () => {
  const three = [{ mean: 1 }, { mean: 2 }, { mean: 3, request_count: 10, min: 0, max: 9 }];
  // (1 + 2 + 10 · 3) / 12
  const all = { requests: 10, count: 12, sum: 33, mean: 2.75, min: 0, max: 9 };
  for (const order of orders) {
    await clear(room.world);
    for (const place of order) await deliver(three[place] ?? {});
    expect(await minute()).toMatchObject([all]);
    await clear(room.world);
    await deliver(...order.map((place) => three[place] ?? {}));
    expect(await minute()).toMatchObject([all]);
  }
});

test('out of order: what one report does not know is unknown of all; one about nothing takes nothing away', async () => {
  const three = [{ values: [9] }, { request_count: 1_000 }, {}];
  const unknown = { sum: null, mean: null, min: null, max: null, p50: null, sketch: null };
  for (const order of orders) {
    await clear(room.world);
    for (const place of order) await deliver(three[place] ?? {});
    expect(await minute()).toMatchObject([{ requests: 1_000, count: 1_001, ...unknown }]);
    await clear(room.world);
    await deliver(...order.map((place) => three[place] ?? {}));
    expect(await minute()).toMatchObject([{ requests: 1_000, count: 1_001, ...unknown }]);
  }
  await clear(room.world);
  await deliver({ p50: 4, mean: 4, request_count: 2 });
  await deliver({});
  expect(await minute()).toMatchObject([{ requests: 2, count: 2, sum: 8, mean: 4, p50: 4 }]);
});

test('the sum of many means is exact: nothing is rounded on the way', async () => {
  for (let n = 0; n < 9; n += 1) await deliver({ mean: 0.004 });
  await deliver({ values: [1, 1, 2], metric_name: 'thirds' });

  expect(await minute()).toMatchObject([{ count: 9, sum: 0.036, mean: 0 }, { mean: 1.33 }]);
  await roll(room.world);
  expect(await held(room.world, 'hourly')).toMatchObject([
    { series: 'memory', sum: 0.036, count: 9 },
    { series: 'thirds', sum: 4, count: 3 },
  ]);
});

test('values that are not of requests are counted as the sketch counts them', async () => {
  await deliver({ values: [5, 6, 7, 8] });

  const { five, hour } = await rolled();
  const figures = { requests: 0, count: 4, sum: 26, min: 5, max: 8 };
  expect(five).toMatchObject(figures);
  expect(hour).toMatchObject(figures);
});

test('least and greatest are unknown where those of a part are, as the percentiles; a part of nothing has none', async () => {
  const bare = { metric_name: 'bare' };
  await deliver({ values: [10], request_count: 1 });
  await deliver({ request_count: 1_000, time: minutesAgo(6) });
  await deliver({ values: [10], ...bare }, { time: minutesAgo(6), ...bare });

  const { five, hour } = await rolled();
  const unknown = { min: null, max: null, p50: null };
  expect(await held(room.world, '5min')).toMatchObject([
    { series: 'bare', min: 10, max: 10, p50: 10.04 },
    { requests: 1_001, ...unknown },
  ]);
  expect(five?.['series']).toBe('bare');
  expect(hour).toMatchObject({ series: 'bare', min: 10, max: 10 });
  expect((await held(room.world, 'hourly'))[1]).toMatchObject({ requests: 1_001, ...unknown });
});
