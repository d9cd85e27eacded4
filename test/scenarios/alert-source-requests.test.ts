import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sketchOf } from '@rookery/monitoring/sketch/sketch';
import { openSourceRoom, want, type SourceRoom } from './alert-source-room.ts';
import { roll } from './rollup-room.ts';

let room: SourceRoom;

beforeAll(async () => {
  room = await openSourceRoom();
});
afterAll(() => room.world.close());
beforeEach(() =>
  room.world.admin
    .script(`truncate monitoring.tb_performance_metric, monitoring.tb_performance_metric_5min,
    monitoring.tb_performance_metric_hourly, monitoring.performance_metric_5min_dirty,
    monitoring.performance_metric_hourly_dirty`),
);

type Minute = {
  readonly at: string;
  readonly values?: readonly number[];
  readonly errors?: number;
  readonly more?: Readonly<Record<string, unknown>>;
};

let made = 0;
const minutes = async (rows: readonly Minute[]): Promise<void> => {
  await room.put(
    'monitoring.tb_performance_metric',
    rows.map(({ at, values, errors = 0, more = {} }) => ({
      id: (made += 1),
      tenant_id: 'acme',
      time: `2025-03-10T${at}Z`,
      metric_name: 'http_request_duration_ms',
      endpoint: '/a',
      method: 'GET',
      request_count: values?.length ?? 0,
      error_count: errors,
      value_count: values?.length ?? 0,
      value_sum: values?.reduce((a, b) => a + b, 0) ?? null,
      sketch: values === undefined ? null : sketchOf(values),
      tags: {},
      ...more,
    })),
  );
  await room.world.admin
    .script(`insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket)
    select distinct tenant_id, date_bin('5 minutes', time, '2000-01-01Z') from monitoring.tb_performance_metric`);
};

const near = (value: number | undefined, wanted: number): void => {
  expect(Math.abs((value ?? NaN) - wanted) / wanted).toBeLessThan(0.0101);
};

const slot = '2025-03-10T12:05:00Z';

const valueOf = async (metric: string) => (await room.tell(want(metric, slot)))[0];

test('percentiles are merged from the minutes of the window, not averaged', async () => {
  await minutes([
    { at: '12:00:00', values: Array.from({ length: 99 }, () => 10) },
    { at: '12:04:00', values: [1_000, 2_000] },
  ]);

  near((await valueOf('request.p50'))?.[1], 10);
  near((await valueOf('request.p95'))?.[1], 10);
  near((await valueOf('request.p99'))?.[1], 1_000);
  expect(await valueOf('request.p99')).toEqual([
    { endpoint: '/a', method: 'GET' },
    expect.any(Number),
    101,
  ]);
});

test('mean, error rate, throughput and count are of all requests of the window', async () => {
  await minutes([
    { at: '12:00:00', values: [10, 20, 30], errors: 1 },
    { at: '12:03:00', values: [40], errors: 1 },
    { at: '12:03:00', values: [7, 7], more: { method: 'POST' } },
  ]);
  const get = { endpoint: '/a', method: 'GET' };
  const post = { endpoint: '/a', method: 'POST' };

  expect(await room.tell(want('request.mean', slot))).toEqual([
    [get, 25, 4],
    [post, 7, 2],
  ]);
  expect(await room.tell(want('request.error_rate', slot))).toEqual([
    [get, 50, 4],
    [post, 0, 2],
  ]);
  expect(await room.tell(want('request.throughput', slot))).toEqual([
    [get, 4 / 300, 4],
    [post, 2 / 300, 2],
  ]);
  expect(await room.tell(want('request.count', slot))).toEqual([
    [get, 4, 4],
    [post, 2, 2],
  ]);
});

const countAt = async (at: string) =>
  (await room.tell(want('request.count', `2025-03-10T${at}Z`)))[0]?.[1];

test('a minute counts from the slot at which it is over until it leaves the window', async () => {
  await minutes([{ at: '12:00:00', values: [10] }]);

  expect(await countAt('12:00:59')).toBeUndefined();
  expect(await countAt('12:01:00')).toBe(1);
  expect(await countAt('12:05:00')).toBe(1);
  expect(await countAt('12:05:01')).toBeUndefined();
});

test('a percentile over values without a distribution is unknown; counts are known all the same', async () => {
  await minutes([
    { at: '12:00:00', values: [10, 20] },
    { at: '12:01:00', more: { request_count: 5, value_count: 5, value_sum: 100 } },
  ]);

  expect(await room.tell(want('request.p95', slot))).toEqual([]);
  expect((await room.tell(want('request.count', slot)))[0]?.[1]).toBe(7);
  expect((await room.tell(want('request.mean', slot)))[0]?.[1]).toBe(130 / 7);
});

test('long windows are whole hours and five minutes at both edges of the rollups, without a method', async () => {
  // A window of two hours up to 14:12: 12:15 to 14:10 of it is rolled up.
  await minutes([
    { at: '12:10:00', values: [1] },
    { at: '12:15:00', values: [10, 10] },
    { at: '12:59:00', values: [20], errors: 1 },
    { at: '13:30:00', values: [30, 30, 30] },
    { at: '14:09:00', values: [40], more: { method: 'POST' } },
    { at: '14:10:00', values: [1] },
  ]);
  await roll(room.world);
  const at = async (metric: string) =>
    room.tell(want(metric, '2025-03-10T14:12:00Z', { windowMinutes: 120 }));

  expect(await at('request.count')).toEqual([[{ endpoint: '/a' }, 7, 7]]);
  expect(await at('request.mean')).toEqual([[{ endpoint: '/a' }, 170 / 7, 7]]);
  expect(await at('request.error_rate')).toEqual([[{ endpoint: '/a' }, 100 / 7, 7]]);
  expect(await at('request.throughput')).toEqual([[{ endpoint: '/a' }, 7 / (115 * 60), 7]]);
  near((await at('request.p99'))[0]?.[1], 40);
  near((await at('request.p50'))[0]?.[1], 30);
});

test('an hour out of minutes and out of rollups is the same', async () => {
  const all = Array.from({ length: 61 }, (_, at): Minute => {
    const values = [1 + at, 100 + 7 * at];
    return { at: new Date(Date.UTC(2025, 2, 10, 11, at)).toISOString().slice(11, 19), values };
  });
  await minutes(all);
  await roll(room.world);
  const at = (metric: string, minute: number, windowMinutes: number) =>
    room.tell(
      want(metric, new Date(Date.UTC(2025, 2, 10, 12, minute)).toISOString(), { windowMinutes }),
    );

  for (const metric of [
    'request.p50',
    'request.p95',
    'request.p99',
    'request.mean',
    'request.error_rate',
  ]) {
    const [short] = await at(metric, 0, 60);
    // 61 minutes up to 12:01 end with 12:00 and begin with 11:00.
    const [long] = await at(metric, 1, 61);
    expect(long?.slice(1)).toEqual(short?.slice(1));
  }
});

test('no tenant’s wants see another’s requests, nor other metrics', async () => {
  await minutes([
    { at: '12:00:00', values: [10] },
    { at: '12:00:00', values: [99, 99], more: { tenant_id: 'other' } },
    { at: '12:00:00', values: [5, 5, 5], more: { metric_name: 'bytes' } },
    { at: '12:00:00', values: [5, 5, 5], more: { endpoint: null } },
  ]);
  const samples = await room.read([
    want('request.count', slot),
    want('request.count', slot, { tenantId: 'other' }),
    want('request.count', slot, { tenantId: 'nobody' }),
  ]);

  expect(samples.map((one) => [one.want, one.value])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});
