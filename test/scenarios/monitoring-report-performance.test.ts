import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { monitoringPerformanceEndpoints } from '@rookery/http/endpoints/monitoring-performance';
import {
  busiest,
  slowest,
  type HoursQuery,
  type SlowestQuery,
} from '@rookery/monitoring/reports/performance';
import { merged, quantile, sketchOf } from '@rookery/monitoring/sketch/sketch';
import { openWorld, type World } from '../world/world.ts';
import { many, put, type Row } from './monitoring-rollup-rows.ts';

const now = new Date('2025-03-10T12:34:56Z');

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const stamps = { as_of: now.toISOString(), complete_through: now.toISOString() };
const busy = (given: Partial<HoursQuery> = {}, tenantId = 'acme') => {
  const query = { hours: 24, limit: 20, ...given };
  return world.api.transaction((tx) => busiest(tx, { tenantId, now, query }), { tenantId });
};
const slow = (given: Partial<SlowestQuery> = {}, tenantId = 'acme') => {
  const query = { hours: 24, limit: 100, p95_ms: 1000, over: 'window' as const, ...given };
  return world.api.transaction((tx) => slowest(tx, { tenantId, now, query }), { tenantId });
};
describe('endpoints with the most requests', () => {
  test('every request of the window counts once: whole hours, and five minutes at both edges', async () => {
    const tenant = 'edges';
    const row = (table: '5min' | 'hourly', at: string, bit: number): Row => ({
      table,
      at,
      endpoint: '/a',
      requests: 2 ** bit,
      tenant,
    });
    await put(world, [
      row('5min', '09T12:25', 0),
      row('5min', '09T12:30', 1),
      row('5min', '09T12:55', 2),
      row('5min', '09T13:00', 3),
      row('hourly', '09T12:00', 4),
      row('hourly', '09T13:00', 5),
      row('hourly', '10T11:00', 6),
      row('hourly', '10T12:00', 7),
      row('5min', '10T11:55', 8),
      row('5min', '10T12:00', 9),
      row('5min', '10T12:30', 10),
      row('5min', '10T12:35', 11),
    ]);

    const { body } = await busy({}, tenant);

    const counted = [1, 2, 5, 6, 9, 10].reduce((sum, bit) => sum + 2 ** bit, 0);
    expect(body.data.map(({ total_requests }) => total_requests)).toEqual([counted]);
    expect(body.window).toEqual({
      from: '2025-03-09T12:30:00.000Z',
      to: '2025-03-10T12:35:00.000Z',
    });
  });

  test('requests are summed, errors are of all requests, percentiles are merged', async () => {
    const tenant = 'truth';
    const quick = many(10_000, 10);
    const bad = many(10, 5_000);
    await put(world, [
      { table: 'hourly', at: '10T09:00', endpoint: '/a', values: quick, tenant },
      { table: '5min', at: '10T12:10', endpoint: '/a', values: bad, errors: 10, tenant },
    ]);

    const { body } = await busy({}, tenant);

    // The mean of the two parts, which the seed takes: 2 requests, 50 % errors, a p95 of 2505.
    const all = merged([sketchOf(quick), sketchOf(bad)]);
    expect(body.data).toEqual([
      {
        metric_name: 'http.request',
        endpoint: '/a',
        total_requests: 10_010,
        avg_p50: quantile(all, 0.5),
        avg_p95: quantile(all, 0.95),
        avg_p99: quantile(all, 0.99),
        avg_error_rate: 0.0999,
        total_errors: 10,
      },
    ]);
    expect(body.data[0]?.avg_p99).toBeCloseTo(10, 0);
    expect(() =>
      monitoringPerformanceEndpoints.listApiPerformance.response.parse({ ...body, ...stamps }),
    ).not.toThrow();
  });

  test('a part of unknown distribution makes percentiles unknown; one without requests does not', async () => {
    const tenant = 'unknown';
    await put(world, [
      { table: 'hourly', at: '10T09:00', endpoint: '/a', values: many(20, 10), tenant },
      { table: 'hourly', at: '10T10:00', endpoint: '/a', requests: 5, tenant },
      { table: 'hourly', at: '10T09:00', endpoint: '/b', values: many(20, 10), tenant },
      { table: 'hourly', at: '10T10:00', endpoint: '/b', requests: 0, tenant },
      { table: 'hourly', at: '10T10:00', endpoint: '/c', requests: 0, tenant },
    ]);

    const { body } = await busy({}, tenant);

    const rows = body.data.map((row) => [
      row.endpoint,
      row.total_requests,
      row.avg_p95,
      row.avg_error_rate,
    ]);
    expect(rows).toEqual([
      ['/a', 25, null, 0],
      ['/b', 20, quantile(sketchOf([10]), 0.95), 0],
      ['/c', 0, null, null],
    ]);
  });

  test('metrics of one endpoint stay apart, what has no endpoint stays out, and filters narrow', async () => {
    const tenant = 'apart';
    await put(world, [
      { table: 'hourly', at: '10T09:00', endpoint: '/a', values: many(20, 10), tenant },
      { table: 'hourly', at: '10T09:00', endpoint: '/a', values: [7], metric: 'db.query', tenant },
      { table: 'hourly', at: '10T09:00', endpoint: '/b', values: many(30, 10), tenant },
      { table: 'hourly', at: '10T09:00', endpoint: null, values: many(99, 10), tenant },
      { table: 'hourly', at: '10T09:00', endpoint: '/a', values: many(99, 10), tenant: 'apart2' },
    ]);
    const names = async (given: Partial<HoursQuery>) =>
      (await busy(given, tenant)).body.data.map((row) => `${row.metric_name} ${row.endpoint}`);

    expect(await names({})).toEqual(['http.request /b', 'http.request /a', 'db.query /a']);
    expect(await names({ limit: 1 })).toEqual(['http.request /b']);
    expect(await names({ endpoint: '/a' })).toEqual(['http.request /a', 'db.query /a']);
    expect(await names({ metric_name: 'db.query' })).toEqual(['db.query /a']);
    expect(await names({ endpoint: '/none' })).toEqual([]);
  });
});

describe('slow endpoints', () => {
  beforeAll(() =>
    put(world, [
      { table: 'hourly', at: '10T09:00', endpoint: '/slow', values: many(40, 2_000), errors: 4 },
      { table: '5min', at: '10T09:00', endpoint: '/slow', values: many(20, 2_000) },
      { table: '5min', at: '10T09:05', endpoint: '/slow', values: many(20, 2_000) },
      {
        table: 'hourly',
        at: '10T09:00',
        endpoint: '/spike',
        values: [...many(990, 10), ...many(10, 9_000)],
      },
      { table: '5min', at: '10T09:00', endpoint: '/spike', values: many(990, 10) },
      { table: '5min', at: '10T09:05', endpoint: '/spike', values: many(10, 9_000) },
      { table: 'hourly', at: '10T09:00', endpoint: '/quick', values: many(50, 10) },
      { table: '5min', at: '10T09:00', endpoint: '/quick', values: many(50, 10) },
    ]),
  );

  test('are those whose p95 over all requests is above the threshold, not those of one bad moment', async () => {
    const { body } = await slow();

    expect(body.data).toEqual([
      {
        metric_name: 'http.request',
        endpoint: '/slow',
        avg_p95: quantile(sketchOf([2_000]), 0.95),
        max_p99: quantile(sketchOf([2_000]), 0.99),
        data_points: 2,
        spans: 2,
        total_requests: 40,
        avg_error_rate: 10,
      },
    ]);
    expect(() =>
      monitoringPerformanceEndpoints.listSlowestEndpoints.response.parse({ ...body, ...stamps }),
    ).not.toThrow();
  });

  test('with a bad moment are found by it when asked for, with the p95 that is true of the window', async () => {
    const { body } = await slow({ over: 'span' });

    expect(
      body.data.map((row) => [row.endpoint, row.avg_p95, row.max_p99, row.data_points, row.spans]),
    ).toEqual([
      ['/slow', quantile(sketchOf([2_000]), 0.95), quantile(sketchOf([2_000]), 0.99), 2, 2],
      ['/spike', quantile(sketchOf([10]), 0.95), quantile(sketchOf([9_000]), 0.99), 1, 2],
    ]);
  });

  test('are above the threshold that is given, not at it, and in the window', async () => {
    const at = Math.floor(quantile(sketchOf([2_000]), 0.95) ?? 0);
    const names = async (given: Partial<SlowestQuery>) =>
      (await slow(given)).body.data.map(({ endpoint }) => endpoint);

    expect(await names({ p95_ms: at })).toEqual(['/slow']);
    expect(await names({ p95_ms: at + 1 })).toEqual([]);
    expect(await names({ p95_ms: 5 })).toEqual(['/slow', '/quick', '/spike']);
    expect(await names({ hours: 1 })).toEqual([]);
    expect((await slow({}, 'other')).body.data).toEqual([]);
  });
});
