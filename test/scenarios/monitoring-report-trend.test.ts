import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { monitoringPerformanceEndpoints } from '@rookery/http/endpoints/monitoring-performance';
import { busiest, slowest, trend, type TrendQuery } from '@rookery/monitoring/reports/performance';
import { quantile, sketchOf } from '@rookery/monitoring/sketch/sketch';
import { openWorld, type World } from '../world/world.ts';
import { many, put } from './monitoring-rollup-rows.ts';

const now = new Date('2025-03-10T12:34:56Z');

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const stamps = { as_of: now.toISOString(), complete_through: now.toISOString() };
const busy = (tenantId: string) => {
  const query = { hours: 24, limit: 20 };
  return world.api.transaction((tx) => busiest(tx, { tenantId, now, query }), { tenantId });
};
const slow = (tenantId: string) => {
  const query = { hours: 24, limit: 100, p95_ms: 1000, over: 'window' as const };
  return world.api.transaction((tx) => slowest(tx, { tenantId, now, query }), { tenantId });
};
const hours = (given: Partial<TrendQuery> = {}, tenantId = 'acme') => {
  const query = { days: 7, endpoint: '/a', ...given };
  return world.api.transaction((tx) => trend(tx, { tenantId, now, query }), { tenantId });
};

describe('the trend of an endpoint', () => {
  const tenant = 'trend';
  beforeAll(() =>
    put(world, [
      { table: 'hourly', at: '03T11:00', endpoint: '/a', values: [1], tenant },
      { table: 'hourly', at: '03T12:00', endpoint: '/a', values: many(4, 10), errors: 1, tenant },
      { table: 'hourly', at: '10T11:00', endpoint: '/a', values: many(3, 30), errors: 1, tenant },
      { table: 'hourly', at: '10T12:00', endpoint: '/a', requests: 8, tenant },
      { table: 'hourly', at: '10T12:00', endpoint: '/b', requests: 8, tenant },
    ]),
  );

  test('has every hour once, the latest first, and nulls where nothing was measured', async () => {
    const { body } = await hours({}, tenant);

    expect(body.data).toHaveLength(7 * 24 + 1);
    expect(body.data.slice(0, 3)).toEqual([
      {
        hour: '2025-03-10T12:00:00.000Z',
        metric_name: 'http.request',
        endpoint: '/a',
        avg_p50: null,
        avg_p95: null,
        avg_p99: null,
        total_requests: 8,
        total_errors: 0,
        error_rate_percent: 0,
        complete: false,
      },
      {
        hour: '2025-03-10T11:00:00.000Z',
        metric_name: 'http.request',
        endpoint: '/a',
        avg_p50: quantile(sketchOf([30]), 0.5),
        avg_p95: quantile(sketchOf([30]), 0.95),
        avg_p99: quantile(sketchOf([30]), 0.99),
        total_requests: 3,
        total_errors: 1,
        error_rate_percent: 33.3333,
        complete: true,
      },
      {
        hour: '2025-03-10T10:00:00.000Z',
        metric_name: 'http.request',
        endpoint: '/a',
        avg_p50: null,
        avg_p95: null,
        avg_p99: null,
        total_requests: null,
        total_errors: null,
        error_rate_percent: null,
        complete: true,
      },
    ]);
    expect(body.data.at(-1)).toMatchObject({ hour: '2025-03-03T12:00:00.000Z', total_requests: 4 });
    expect(() =>
      monitoringPerformanceEndpoints.getPerformanceTrend.response.parse({ ...body, ...stamps }),
    ).not.toThrow();
  });

  test('of what was never measured, or by another tenant, has no row', async () => {
    expect((await hours({ endpoint: '/none' }, tenant)).body.data).toEqual([]);
    expect((await hours({}, 'nobody')).body.data).toEqual([]);
  });
});

const mark = (tenant: string, level: '5min' | 'hourly', bucket: string, at: string) =>
  world.admin.script(`
      insert into monitoring.performance_metric_${level}_dirty (tenant_id, bucket, marked_at)
      values ('${tenant}', '${bucket}', '${at}')`);

describe('freshness', () => {
  test('is now when nothing waits, or only outside the window or of another tenant', async () => {
    await mark('calm', '5min', '2025-03-09T12:25Z', '2025-03-09T12:26Z');
    await mark('calm2', '5min', '2025-03-10T12:25Z', '2025-03-10T12:26Z');

    const { fresh } = await busy('calm');

    expect(fresh.complete_through).toEqual(fresh.as_of);
  });

  test('ends where the oldest mark of the window was made, at either level', async () => {
    await mark('waits', '5min', '2025-03-10T12:25Z', '2025-03-10T12:31Z');
    await mark('waits', '5min', '2025-03-10T12:30Z', '2025-03-10T12:32Z');
    expect((await slow('waits')).fresh.complete_through).toEqual(new Date('2025-03-10T12:31Z'));

    await mark('waits', 'hourly', '2025-03-10T08:00Z', '2025-03-10T12:29Z');
    expect((await busy('waits')).fresh.complete_through).toEqual(new Date('2025-03-10T12:29Z'));
  });

  test('tells of an hour whether something waits for it', async () => {
    const tenant = 'marked';
    await put(world, [{ table: 'hourly', at: '10T11:00', endpoint: '/a', values: [1], tenant }]);
    await mark(tenant, '5min', '2025-03-10T10:55Z', '2025-03-10T12:31Z');
    await mark(tenant, 'hourly', '2025-03-10T08:00Z', '2025-03-10T12:31Z');

    const { body } = await hours({ days: 1 }, tenant);

    const incomplete = body.data.filter(({ complete }) => !complete).map(({ hour }) => hour);
    expect(incomplete).toEqual([
      '2025-03-10T12:00:00.000Z',
      '2025-03-10T10:00:00.000Z',
      '2025-03-10T08:00:00.000Z',
    ]);
  });
});
