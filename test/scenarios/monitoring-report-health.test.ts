import { afterAll, beforeAll, expect, test } from 'vitest';
import { monitoringHealthEndpoints } from '@rookery/http/endpoints/monitoring-health';
import { servicesPage, systemHealthOf, type ServicesAsk } from '@rookery/monitoring/reports/health';
import { openWorld, type World } from '../world/world.ts';

const now = new Date('2025-03-10T12:34:56Z');

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.admin.script(`
    select monitoring.ensure_partitions('2025-03-01', '2025-03-10', 'tb_health_check_log');
    insert into monitoring.tb_service_health
      (tenant_id, id, name, service_type, status, last_check, check_interval, uptime_24h)
    values
      ('acme', 'web', 'Web', 'web', 'healthy', '2025-03-10T12:30Z', 300, 100),
      ('acme', 'api', 'API', 'api', 'healthy', '2025-03-10T12:30Z', 300, 99.999),
      ('acme', 'mail', 'Mail', 'email', 'degraded', '2025-03-10T12:19:56Z', 300, 95.5),
      ('acme', 'db', 'Database', 'database', 'down', '2025-03-10T12:19:55Z', 300, 0),
      ('acme', 'new', 'New', 'api', 'unknown', '2025-03-10T12:34Z', 300, null),
      ('acme', 'twin', 'New', 'api', 'unknown', '2025-03-10T12:34Z', 300, null),
      ('other', 'web', 'Web', 'web', 'down', '2025-03-10T12:30Z', 300, 1);
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, response_time, checked_at)
    select 'acme', 'web', case when n = 12 then 'down' else 'healthy' end::monitoring.service_status,
      case when n = 12 then null else n end, timestamptz '2025-03-10T12:00Z' - n * interval '12 hours'
    from generate_series(0, 14) n;
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, response_time, checked_at)
    values ('acme', 'api', 'degraded', 900, '2025-03-10T12:30:00.5Z'),
      ('other', 'web', 'down', 1, '2025-03-10T12:33Z')`);
});
afterAll(() => world.close());

const health = (tenantId: string) =>
  world.api.transaction((tx) => systemHealthOf(tx, { tenantId, now }), { tenantId });

type Given = Partial<ServicesAsk['query']> & { readonly after?: ServicesAsk['after'] };
const services = ({ after = null, ...given }: Given = {}, tenantId = 'acme') => {
  const query = { checks: 10, limit: 50, ...given };
  return world.api.transaction((tx) => servicesPage(tx, { tenantId, query, after }), { tenantId });
};

const stamps = { as_of: now.toISOString(), complete_through: now.toISOString() };

test('the states add up to the total, and the mean keeps what two decimals would round to 100', async () => {
  const { body, fresh } = await health('acme');

  expect(body.data).toEqual({
    total_services: 6,
    healthy_count: 2,
    degraded_count: 1,
    down_count: 1,
    unknown_count: 2,
    stale_count: 1,
    avg_uptime_24h: 73.87475,
  });
  expect(fresh.complete_through).toEqual(fresh.as_of);
  expect(() =>
    monitoringHealthEndpoints.getSystemHealth.response.parse({ ...body, ...stamps }),
  ).not.toThrow();
});

test('without services there are none, and the uptime is unknown rather than 0', async () => {
  expect((await health('nobody')).body.data).toMatchObject({
    total_services: 0,
    unknown_count: 0,
    avg_uptime_24h: null,
  });
});

test('each service has its ten latest checks, the newest first, across partitions', async () => {
  const { body, next } = await services();
  const web = body.data.find(({ id }) => id === 'web');

  expect(body.data.map(({ id }) => id)).toEqual(['api', 'db', 'mail', 'new', 'twin', 'web']);
  expect(web?.recent_checks.map(({ response_time }) => response_time)).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ]);
  expect(body.data[0]?.recent_checks).toEqual([
    { status: 'degraded', response_time: 900, checked_at: '2025-03-10T12:30:00.500Z' },
  ]);
  expect(body.data[1]?.recent_checks).toEqual([]);
  expect(next).toBeNull();
  expect(() =>
    monitoringHealthEndpoints.listServiceHealth.response.parse({
      ...body,
      next_cursor: next,
      ...stamps,
    }),
  ).not.toThrow();
});

test('a check without an answer has no response time', async () => {
  const { body } = await services({ checks: 100 });

  const checks = body.data.at(-1)?.recent_checks ?? [];
  expect(checks).toHaveLength(15);
  expect(checks[12]).toMatchObject({ status: 'down', response_time: null });
});

test('pages of one go through every service once, also those of one name', async () => {
  const seen: string[] = [];
  let after: ServicesAsk['after'] = null;
  do {
    const found: Awaited<ReturnType<typeof services>> = await services({ limit: 1, after });
    seen.push(...found.body.data.map(({ id }) => id));
    after = found.next;
  } while (after !== null && seen.length < 20);

  expect(seen).toEqual(['api', 'db', 'mail', 'new', 'twin', 'web']);
});

test('a state filters, and another tenant sees its own services alone', async () => {
  expect((await services({ status: 'down' })).body.data.map(({ id }) => id)).toEqual(['db']);
  const { body } = await services({}, 'other');
  expect(body.data.map(({ status, recent_checks }) => [status, recent_checks.length])).toEqual([
    ['down', 1],
  ]);
});

test.each([[['Web']], [['Web', 1]], [['Web', 'web', 'x']]])(
  'keys %j are refused',
  async (after) => {
    await expect(services({ after })).rejects.toMatchObject({ code: 'cursor-malformed' });
  },
);
