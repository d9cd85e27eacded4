import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicStatus } from '@rookery/monitoring/health/status';
import type { World } from '../world/world.ts';
import { addServices, at, hour, openServiceWorld } from './service-room.ts';

let world: World;
beforeAll(async () => {
  world = await openServiceWorld();
});
afterAll(() => world.close());

const day = 24 * hour;
const midnight = new Date(`${at(0).toISOString().slice(0, 10)}T00:00:00Z`).getTime();

const read = (tenantId: string, serviceId?: string) =>
  world.api.transaction(
    (tx) =>
      publicStatus(tx, { tenantId, now: at(0), ...(serviceId === undefined ? {} : { serviceId }) }),
    { tenantId },
  );

test('everybody sees public services by name, with 90 days, an unknown day as null, and nothing else', async () => {
  await addServices(
    world,
    {
      id: 'b',
      name: 'Beta',
      is_public: true,
      status: 'down',
      reason: 'because Secret is down',
      uptime_24h: 50,
    },
    { id: 'a', name: 'Alpha', is_public: true, status: 'healthy' },
    { id: 'secret', name: 'Secret' },
    { id: 'gone', name: 'Gone', is_public: true, deleted_at: at(0) },
    { id: 'mine', tenant_id: 'u', is_public: true },
  );
  const hours = [
    [midnight, 900, 900, 1800],
    [midnight - day, 3600, 0, 0],
    [midnight - day + hour, 0, 0, 0],
    [midnight - 89 * day, 0, 0, 3600],
    [midnight - 89 * day - hour, 3600, 0, 0],
  ].map(
    ([time, ...seconds]) => `('t', 'b', '${new Date(time!).toISOString()}', ${seconds.join(', ')})`,
  );
  await world.admin.script(`insert into monitoring.service_uptime_hour
    (tenant_id, service_id, hour, healthy_seconds, degraded_seconds, down_seconds) values ${hours.join(', ')}`);

  const [alpha, beta, ...others] = await read('t');

  expect(others).toEqual([]);
  expect(alpha).toMatchObject({ id: 'a', status: 'healthy', uptime_24h: null });
  expect(Object.keys(beta!)).toEqual([
    'id',
    'name',
    'status',
    'changed_at',
    'last_check',
    'uptime_24h',
    'uptime_7d',
    'uptime_30d',
    'days',
  ]);
  const days = beta!.days as { day: string; uptime: number | null }[];
  expect(days).toHaveLength(90);
  expect(days.filter(({ uptime }) => uptime !== null)).toEqual([
    { day: new Date(midnight - 89 * day).toISOString().slice(0, 10), uptime: 0 },
    { day: new Date(midnight - day).toISOString().slice(0, 10), uptime: 100 },
    { day: new Date(midnight).toISOString().slice(0, 10), uptime: 50 },
  ]);
});

test('one service is found by its id, and one that is not public is not there', async () => {
  expect((await read('t', 'b')).map(({ id }) => id)).toEqual(['b']);
  expect(await read('t', 'secret')).toEqual([]);
  expect(await read('t', 'mine')).toEqual([]);
  expect(await read('nobody')).toEqual([]);
});
