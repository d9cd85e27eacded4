import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler } from '../../functions/api/status.ts';
import { openAlertingRoom, type AlertingRoom } from './alerting-api-room.ts';

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
  await room.world.admin.script(`
    insert into monitoring.tb_service_health
      (tenant_id, id, name, service_type, status, is_public, reason, uptime_30d, deleted_at)
    values ('acme', 'api', 'API <1>', 'http', 'degraded', true, 'secret reason', 99.987, null),
      ('acme', 'web', 'Web', 'http', 'healthy', true, null, 100, null),
      ('acme', 'inner', 'Inner', 'http', 'down', false, null, 50, null),
      ('acme', 'gone', 'Gone', 'http', 'down', true, null, 50, now()),
      ('hidden', 'inner', 'Inner', 'http', 'down', false, null, 50, null);
    insert into monitoring.service_uptime_hour (tenant_id, service_id, hour, healthy_seconds, down_seconds)
    values ('acme', 'api', date_trunc('day', now(), 'UTC'), 1800, 600)`);
});
afterAll(() => room.close());

const status = (tenant: string, headers: Record<string, string> = {}) =>
  room.ask(handler, 'GET /status/{tenant}', { params: { tenant }, isPublic: true, headers });
const badge = (tenant: string, service: string, query: Record<string, string> = {}) =>
  room.ask(handler, 'GET /status/{tenant}/{service}/badge.svg', {
    params: { tenant, service },
    query,
    isPublic: true,
  });

test('everybody sees the public services of a tenant and 90 days of each, for a minute, and nothing else', async () => {
  const { status: code, json, headers } = await status('acme');

  expect([code, headers['cache-control']]).toEqual([200, 'public, max-age=60']);
  expect(json.status).toBe('degraded');
  expect(json.services.map(({ id }: { id: string }) => id)).toEqual(['api', 'web']);
  expect(Object.keys(json.services[0]).toSorted()).toEqual([
    'changed_at',
    'days',
    'id',
    'last_check',
    'name',
    'status',
    'uptime_24h',
    'uptime_30d',
    'uptime_7d',
  ]);
  expect(json.services[0].days).toHaveLength(90);
  expect(json.services[0].days.at(-1).uptime).toBe(75);
  expect(JSON.stringify(json)).not.toMatch(/secret|Inner|Gone/);
  const known = await status('acme', { 'if-none-match': String(headers['etag']) });
  expect([known.status, known.text]).toEqual([304, '']);
});

test('a tenant that is not there, one that shows nothing, and a service of either are the same', async () => {
  const all = [
    await status('nobody'),
    await status('hidden'),
    await status("x' or 1=1"),
    await status('a'.repeat(500)),
    await badge('acme', 'inner'),
    await badge('acme', 'gone'),
    await badge('hidden', 'inner'),
    await badge('nobody', 'inner'),
  ];
  const { request_id: _, ...first } = all[0]!.json;
  for (const { status: code, json } of all) {
    const { request_id: __, ...problem } = json;
    expect([code, problem]).toEqual([404, first]);
  }
});

test('a badge is an image of the state, or of the uptime, its texts escaped', async () => {
  const shown = await badge('acme', 'api');
  expect([shown.status, shown.headers['content-type']]).toEqual([
    200,
    'image/svg+xml; charset=utf-8',
  ]);
  expect(shown.text).toContain('API &lt;1&gt;: degraded');
  expect((await badge('acme', 'api', { show: 'uptime' })).text).toContain('99.98 %');
});

test('however many ask, the database is asked once a minute, and again after it', async () => {
  const at = new Date(Date.now() + 600_000);
  const nameAt = async (time: Date) =>
    (
      await room.ask(handler, 'GET /status/{tenant}', {
        params: { tenant: 'acme' },
        isPublic: true,
        at: time,
      })
    ).json.services[1].name;
  expect(await nameAt(at)).toBe('Web');
  await room.world.admin.script(
    `update monitoring.tb_service_health set name = 'Z' where tenant_id = 'acme' and id = 'web'`,
  );

  expect(await nameAt(new Date(at.getTime() + 59_999))).toBe('Web');
  expect(await nameAt(new Date(at.getTime() + 60_000))).toBe('Z');
});
