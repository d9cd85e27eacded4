import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler as heartbeats } from '../../functions/api/heartbeats.ts';
import { deployed as changes, deployed as reads } from './deployed.ts';
import { handler as list } from '../../functions/api/monitoring.ts';
import { serviceEndpoints } from '@rookery/http/endpoints/services';
import { openAlertingRoom, type AlertingRoom, type Wish } from './alerting-api-room.ts';

const services = '/v1/monitoring/services';
const service = `${services}/{service_id}`;
const windows = '/v1/monitoring/maintenance-windows';
const url = 'https://api.example.com/health';

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

const create = (body: object, wish: Wish = {}) =>
  room.ask(changes, `POST ${services}`, { ...wish, body: { name: 'API', ...body } });
const change = (id: string, body: object) =>
  room.ask(changes, `PATCH ${service}`, { params: { service_id: id }, body });
const remove = (id: string, revision = '0') =>
  room.ask(changes, `DELETE ${service}`, { params: { service_id: id }, query: { revision } });

test('a service is set up with its usual values, changed, due at once, and gone from every list when deleted', async () => {
  const made = await create({ id: 'api', probe: { kind: 'http', url } });
  expect(made.json.data).toMatchObject({
    service_type: 'http',
    probe: { kind: 'http', url, method: 'GET' },
    check_interval: 300,
    success_threshold: 2,
    status: 'unknown',
  });
  await room.world.admin.script(`
    select monitoring.ensure_partitions(current_date - 1, current_date, 'tb_health_check_log');
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, response_time, checked_at)
    select 'acme', 'api', 'healthy', n, now() - n * interval '1 minute' from generate_series(1, 9) n;
    update monitoring.tb_service_health set next_check_at = now() + interval '1 hour' where id = 'api'`);
  const changed = await change('api', { revision: 0, degraded_ms: 500, probe: null });
  expect(changed.json.data).toMatchObject({ degraded_ms: 500, probe: null, revision: 1 });

  const wish = { params: { service_id: 'api' }, query: { checks: '3' }, role: 'tenant-member' };
  const seen = await room.ask(reads, `GET ${service}`, wish);
  expect(() => serviceEndpoints.getService.response.parse(seen.json)).not.toThrow();
  expect(
    seen.json.data.checks.map((check: { response_time: number }) => check.response_time),
  ).toEqual([1, 2, 3]);
  expect((await remove('api', '1')).status).toBe(200);
  expect((await room.ask(reads, `GET ${service}`, wish)).status).toBe(404);
  const { json } = await room.ask(list, `GET ${services}`);
  expect(json.data).toEqual([]);
});

test.each<[string, object, number]>([
  ['a private address', { kind: 'http', url: 'http://10.0.0.1/' }, 422],
  ['metadata, spelled as a number', { kind: 'http', url: 'http://2852039166/' }, 422],
  ['a name of an inner network', { kind: 'http', url: 'http://db.internal/' }, 422],
  ['a port of no web server', { kind: 'http', url: 'https://example.com:6379/' }, 422],
  ['loopback over TCP', { kind: 'tcp', host: '127.0.0.1', port: 22 }, 422],
  [
    'a resolver inside',
    { kind: 'dns', name: 'example.com', type: 'A', resolver: '192.168.1.1' },
    422,
  ],
  ['a database of the platform', { kind: 'postgres', database: 'warehouse' }, 422],
  ['a queue of the platform', { kind: 'sqs', queue: 'aggregate', max_depth: 5 }, 422],
  ['a secret in a header', { kind: 'http', url, headers: { authorization: 'x' } }, 400],
  ['a public address', { kind: 'tcp', host: '1.1.1.1', port: 443 }, 201],
  ['an address that is allowed', { kind: 'http', url: 'http://127.0.0.1:9327/' }, 201],
])('a probe of %s: %3$i', async (_, probe, status) => {
  expect((await create({ probe })).status).toBe(status);
});

test('the platform may have its own databases and queues probed', async () => {
  const probe = { kind: 'postgres', database: 'warehouse' };
  const made = await create({ probe }, { tenant: 'platform', role: 'operator' });
  expect(made.status).toBe(201);
});

test('services depend on others in no circle, and who others depend on is not deleted', async () => {
  await create({ id: 'base' });
  await create({ id: 'middle', parent_id: 'base' });
  const circle = await change('base', { revision: 0, parent_id: 'middle' });
  expect([circle.status, circle.json.code]).toEqual([422, 'change-refused']);
  expect((await create({ parent_id: 'nobody' })).status).toBe(422);
  const used = await remove('base');
  expect([used.status, used.json.detail]).toEqual([409, expect.stringContaining('middle')]);
  await remove('middle');

  expect((await remove('base')).status).toBe(200);
});

test('a window of maintenance is checked, its cron in its zone, and its services are there', async () => {
  await create({ id: 'kept' });
  const make = (body: object) =>
    room.ask(changes, `POST ${windows}`, {
      body: { name: 'W', duration_minutes: 60, ends_at: '2999-01-01T00:00:00Z', ...body },
    });
  const good = { id: 'w', cron: '0 2 * * 0', timezone: 'Europe/Berlin', services: ['kept'] };
  expect((await make(good)).json.data).toMatchObject({ ...good, duration_minutes: 60 });
  const bad = [
    { cron: '0 2 * *' },
    { cron: '0 25 * * *' },
    { cron: '0 2 * * *', timezone: 'Mars/Base' },
    { services: ['nowhere'] },
    { ends_at: '2000-01-02T00:00:00Z' },
  ];
  for (const body of bad)
    expect([body, (await make(body)).json.code]).toEqual([body, 'change-refused']);
  const body = { revision: 0, duration_minutes: 90 };
  const params = { window_id: 'w' };
  const longer = await room.ask(changes, `PATCH ${windows}/{window_id}`, { params, body });
  expect(longer.json.data).toMatchObject({ duration_minutes: 90, revision: 1 });
});

const keyed = async (scope: string): Promise<Wish> => ({
  headers: { 'x-api-key': await room.key([scope]) },
});

test('a job pings with a token or a key for heartbeats or for itself, and with no other', async () => {
  const probe = { kind: 'heartbeat', period_seconds: 3_600 };
  expect((await create({ id: 'job', probe })).json.data.success_threshold).toBe(1);
  const ping = async (wish: Wish, id = 'job') =>
    (
      await room.ask(heartbeats, 'POST /v1/heartbeats/{heartbeat_id}', {
        params: { heartbeat_id: id },
        body: { status: 'ok' },
        ...wish,
      })
    ).status;

  expect(await ping({ role: 'tenant-member' })).toBe(200);
  expect(await ping(await keyed('heartbeats'))).toBe(200);
  expect(await ping(await keyed('heartbeat:job'))).toBe(200);
  for (const scope of ['errors', 'job', 'heartbeat:other', 'heartbeat:'])
    expect([scope, await ping(await keyed(scope))]).toEqual([scope, 403]);
  expect(await ping({ isPublic: true })).toBe(401);
  expect(await ping({ tenant: 'other' })).toBe(404);
  expect(await ping({}, 'kept')).toBe(404);
  const { json } = await room.ask(reads, `GET ${service}`, { params: { service_id: 'job' } });
  expect(json.data.heartbeat_at).not.toBeNull();
});

const statusOf = async (route: string, scope: string, wish: Wish): Promise<number> =>
  (await room.ask(changes, route, { ...wish, ...(await keyed(scope)) })).status;
const pingErrors = (scope: string): Promise<number> =>
  statusOf('POST /v1/heartbeats/{heartbeat_id}', scope, {
    params: { heartbeat_id: 'errors' },
    body: { status: 'ok' },
  });
// What is admitted goes on to be parsed, and has no items.
const sendErrors = (scope: string): Promise<number> =>
  statusOf('POST /v1/ingest/{stream}', scope, { params: { stream: 'errors' }, body: {} });

test('a key for a heartbeat that is called like a stream opens no stream, and one for the stream no heartbeat', async () => {
  const probe = { kind: 'heartbeat', period_seconds: 3_600 };
  await create({ id: 'errors', probe });
  expect([await pingErrors('heartbeat:errors'), await sendErrors('heartbeat:errors')]).toEqual([
    200, 403,
  ]);
  expect([await pingErrors('errors'), await sendErrors('errors')]).toEqual([403, 400]);
  expect([await pingErrors('heartbeats'), await sendErrors('heartbeats')]).toEqual([200, 403]);
});
