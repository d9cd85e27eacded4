import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { merged, quantile, rankOf, sketchOf } from '@rookery/monitoring/sketch/sketch';
import { randomFrom } from '@rookery/kernel/random';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';
import {
  clear,
  daysAgo,
  held,
  marks,
  mergeSketches,
  minutes,
  roll,
  type Minute,
} from './rollup-room.ts';

const day = daysAgo(1);
const at = (time: string): string => `${day}T${time}:00Z`;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => clear(world));

const write = (...rows: Minute[]) => world.admin.script(minutes(rows));

test('five minutes and their hour are what one would compute by hand', async () => {
  await write(
    { at: at('10:00'), values: [1, 1, 100], errors: 1 },
    { at: at('10:04'), values: [100, 200], status: 200 },
    { at: at('10:04'), values: [300], status: 500, errors: 1 },
    { at: at('10:05'), values: [1000] },
  );

  const rolled = await roll(world);

  // ceil(ln v / ln 1.02) of 100, 200, 300 and 1000 is 233, 268, 289 and 349; 2 · 1.02^k / 2.02 is 99.89, 199.77, 302.78, 993.43.
  const first = { at: '10:00', series: 'http /a', requests: 6, errors: 2, sum: 702, count: 6 };
  const [five, next] = await held(world, '5min');
  expect(five).toMatchObject({ ...first, rate: 33.333333, min: 1, max: 300, samples: 3 });
  expect(five?.['sketch']).toEqual({ '0': 2, '233': 2, '268': 1, '289': 1 });
  expect([five?.['p50'], five?.['p95'], five?.['p99']]).toEqual([99.89, 302.78, 302.78]);
  expect(next).toMatchObject({ at: '10:05', requests: 1, errors: 0, rate: 0, p50: 993.43 });
  const hours = await held(world, 'hourly');
  expect(hours).toHaveLength(1);
  expect(hours[0]).toMatchObject({ at: '10:00', requests: 7, errors: 2, sum: 1702, count: 7 });
  expect(hours[0]).toMatchObject({ min: 1, max: 1000, samples: 4, p50: 99.89, p99: 993.43 });
  expect(rolled).toMatchObject({ rows: 3, too_late: 0, unfinished: false, problems: [] });
  expect(await marks(world)).toBe(0);
});

test('percentiles are unknown when those of a part are, and counts are known all the same', async () => {
  await write(
    { at: at('10:00'), values: [100, 100] },
    { at: at('10:01'), requests: 8, mean: 50 },
    { at: at('10:05'), values: [100] },
    { at: at('10:06'), requests: 0 },
    { at: at('10:10'), requests: 3 },
  );

  await roll(world);

  const unknown = { p50: null, p95: null, p99: null, sketch: null };
  const [mixed, quiet, bare] = await held(world, '5min');
  expect(mixed).toMatchObject({ requests: 10, sum: 600, count: 10, ...unknown });
  expect(quiet).toMatchObject({ requests: 1, p50: 99.89, samples: 2 });
  expect(bare).toMatchObject({ requests: 3, sum: 0, count: 0, min: null, max: null, ...unknown });
  const [hour] = await held(world, 'hourly');
  expect(hour).toMatchObject({ requests: 14, sum: 700, count: 11, samples: 5, ...unknown });
});

test('a gauge has no requests: its mean is over its samples, and its rate is unknown', async () => {
  const gauge = { metric: 'memory', endpoint: null, requests: 0 };
  await write({ at: at('10:00'), mean: 40, ...gauge }, { at: at('10:01'), mean: 60, ...gauge });

  await roll(world);

  expect(await held(world, 'hourly')).toMatchObject([
    { series: 'memory', requests: 0, rate: null, sum: 100, count: 2, min: 40, max: 60, p50: null },
  ]);
});

test('late: a minute rolls up its own buckets again, and no other row is written', async () => {
  await write(
    { at: at('10:00'), values: [10] },
    { at: at('10:05'), values: [20] },
    { at: at('10:05'), values: [20], endpoint: '/b' },
    { at: at('11:00'), values: [30] },
  );
  await roll(world);
  const fives = await held(world, '5min');
  const hours = await held(world, 'hourly');

  await write({ at: at('10:06'), values: [40] });
  const again = await roll(world);

  expect(again).toMatchObject({ buckets: 2, rows: 2 });
  const changed = { requests: 2, sum: 60, max: 40 };
  const now = await held(world, '5min');
  expect(now.filter((_, n) => n !== 1)).toEqual(fives.filter((_, n) => n !== 1));
  expect(now[1]).toMatchObject({ at: '10:05', series: 'http /a', ...changed });
  const then = await held(world, 'hourly');
  expect(then[0]).toMatchObject({ at: '10:00', requests: 3, sum: 70 });
  expect(then.slice(1)).toEqual(hours.slice(1));
});

test('twice: marks without news write nothing, and do not reach the hours', async () => {
  await write({ at: at('10:00'), values: [10] });
  await roll(world);
  const before = [await held(world, '5min'), await held(world, 'hourly')];

  // Also a mark in the middle of a bucket, and one of a bucket in which nothing is.
  await world.admin.script(`insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket)
    values ('t', '${at('10:00')}'), ('t', '${at('10:02')}'), ('t', '${at('17:00')}')`);
  const again = await roll(world);

  expect(again).toMatchObject({ rows: 0 });
  expect([await held(world, '5min'), await held(world, 'hourly')]).toEqual(before);
  expect(await marks(world)).toBe(0);
});

test('a series that vanished leaves both levels', async () => {
  await write({ at: at('10:00'), values: [10] }, { at: at('10:00'), values: [5], endpoint: null });
  await roll(world);

  await world.admin.script(`delete from monitoring.tb_performance_metric where endpoint is null;
    insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket) values ('t', '${at('10:00')}')`);
  const again = await roll(world);

  expect(again).toMatchObject({ rows: 2 });
  for (const table of ['5min', 'hourly'] as const)
    expect((await held(world, table)).map(({ series }) => series)).toEqual(['http /a']);
});

test('too late: what comes after retention took the minutes never makes a bucket less', async () => {
  const old = daysAgo(10);
  await world.admin.script(minutes([{ at: `${old}T10:00:00Z`, values: [10, 20, 30] }]));
  await roll(world);
  const before = await held(world, '5min');

  await world.admin.script('truncate monitoring.tb_performance_metric');
  await world.admin.script(
    minutes([
      { at: `${old}T10:01:00Z`, values: [40] },
      { at: `${old}T10:01:00Z`, values: [50], endpoint: '/new' },
    ]),
  );
  const late = await roll(world);

  const [kept, added] = await held(world, '5min');
  expect([kept]).toEqual(before);
  expect(added).toMatchObject({ series: 'http /new', requests: 1 });
  expect(late).toMatchObject({ too_late: 1 });
});

test('an outage of the rollup longer than retention loses nothing: old marks held the minutes', async () => {
  const old = daysAgo(10);
  await world.admin.script(minutes([{ at: `${old}T10:00:00Z`, values: [10, 20] }]));
  await roll(world);
  await world.admin.script(`delete from monitoring.tb_performance_metric`);

  // The mark is from the day of its bucket: whatever is gone was taken out by somebody else than retention.
  await world.admin
    .script(`insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket, marked_at)
    values ('t', '${old}T10:00:00Z', '${old}T10:01:00Z')`);

  expect(await roll(world)).toMatchObject({ too_late: 0 });
  expect(await held(world, '5min')).toEqual([]);
});

// Latencies as they are: lognormal, of different endpoints, with incidents that make a fifth of the minutes ten times slower.
const mixed = (seed: number): Minute[] => {
  const random = randomFrom(seed);
  const normal = () => Array.from({ length: 12 }, random.next).reduce((a, b) => a + b, -6);
  return Array.from({ length: 60 }, (_, minute) => {
    const slow = random.chance(0.2) ? 10 : 1;
    const values = Array.from({ length: random.between(1, 60) }, () =>
      Math.max(1, Math.exp(4 + 0.6 * normal()) * slow),
    );
    return { at: at(`10:${String(minute).padStart(2, '0')}`), values, endpoint: `/${seed}` };
  });
};

const relativeError = (found: unknown, values: readonly number[], q: number): number => {
  const truth = values.toSorted((a, b) => a - b)[rankOf(q, values.length) - 1] ?? NaN;
  return Math.abs(Number(found) - truth) / truth;
};

test('property: at each level stored percentiles are within 1 % of the exact ones, and those of sketch.ts', async () => {
  const series = Array.from({ length: 40 }, (_, seed) => mixed(seed));
  await write(...series.flat());

  await roll(world);

  const worst = { '5min': 0, hourly: 0 };
  for (const [table, width] of [
    ['5min', 5],
    ['hourly', 60],
  ] as const)
    for (const row of await held(world, table)) {
      const rows = series[Number(String(row['series']).split('/')[1])] ?? [];
      const first = Number(String(row['at']).slice(3));
      const values = rows.slice(first, first + width).flatMap((minute) => minute.values ?? []);
      const sketch = merged([sketchOf(values)]);
      expect(row['sketch']).toEqual(sketch);
      for (const [name, q] of [
        ['p50', 0.5],
        ['p95', 0.95],
        ['p99', 0.99],
      ] as const) {
        expect(row[name]).toBe(quantile(sketch, q));
        worst[table] = Math.max(worst[table], relativeError(row[name], values, q));
      }
    }
  // Two decimals add up to 0.5 % at 1 ms, and next to nothing at the latencies here.
  expect(worst['5min']).toBeLessThanOrEqual(0.01);
  expect(worst.hourly).toBeLessThanOrEqual(0.01);
});

test('the merge of the database is that of sketch.ts, zeros, tiny, huge and empty ones included', async () => {
  const sketches = [sketchOf([0, -1, 0.001, 0.5, 1, 7]), {}, sketchOf([1e7, 7, 7])];
  const all = merged(sketches);

  const [row] = await world.ops.query(mergeSketches, { sketches });
  const [none] = await world.ops.query(mergeSketches, { sketches: [] });

  expect(row).toMatchObject({ sketch: all, sketch_count: 9 });
  expect([row?.p50, row?.p95, row?.p99].map(Number)).toEqual(
    [0.5, 0.95, 0.99].map((q) => quantile(all, q)),
  );
  expect(none).toEqual({ sketch: null, sketch_count: 0, p50: null, p95: null, p99: null });
  const [huge] = await world.ops.query(mergeSketches, { sketches: [{ '30000': 1 }] });
  expect(huge?.p50).toBe('99999999.99');
  const [tiny] = await world.ops.query(mergeSketches, { sketches: [{ '-90000': 1 }] });
  expect(Number(tiny?.p50)).toBe(0);
});

test('one tenant that cannot be rolled up stops nobody else, and its marks stay', async () => {
  await write({ at: at('10:00'), values: [10] }, { at: at('10:00'), values: [10], tenant: 'bad' });
  await world.admin.script(
    `update monitoring.tb_performance_metric set sketch = '{"not a bucket": 1}' where tenant_id = 'bad'`,
  );

  const rolled = await roll(world);

  expect(rolled.problems).toEqual([expect.stringMatching(/^performance_metric_5min of bad: /)]);
  expect(await held(world, 'hourly')).toHaveLength(1);
  expect(
    await ask(world.admin, 'select tenant_id from monitoring.performance_metric_5min_dirty'),
  ).toEqual([{ tenant_id: 'bad' }]);
});
