import { expect, test } from 'vitest';
import { countUptime } from '@rookery/monitoring/health/uptime';
import type { World } from '../world/world.ts';
import { ask } from './ask.ts';
import {
  addServices,
  addWindow,
  at,
  bad,
  found,
  hour,
  idsOf,
  lookAt,
  minute,
  note,
  settleAt,
  stateOf,
  useServiceWorld,
} from './service-room.ts';

let world: World;
useServiceWorld((opened) => {
  world = opened;
});

const run = (slot: Date) => settleAt(world.ops, slot);
const look = (slot: Date) => lookAt(world.ops, slot);

test('a stored heartbeat that cannot be read is unknown, and stops no other', async () => {
  const beat = { heartbeat_at: at(0), heartbeat_status: 'ok' };
  const periods = { none: undefined, text: 'daily', half: 90.5, endless: 1e300, less: -1e300 };
  for (const [id, period_seconds] of Object.entries(periods))
    await addServices(world, { id, probe: { kind: 'heartbeat', period_seconds }, ...beat });
  await addServices(world, {
    id: 'job',
    probe: { kind: 'heartbeat', period_seconds: 60 },
    ...beat,
  });

  await run(at(minute));

  expect(await stateOf(world, 'job')).toMatchObject({ status: 'healthy' });
  expect(await stateOf(world, 'half')).toMatchObject({ status: 'healthy' });
  for (const id of ['none', 'text'])
    expect(await stateOf(world, id)).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('cannot be read'),
    });
});

test('a window that is stored and cannot be read stops neither looks nor settling nor uptimes', async () => {
  await addServices(world, { id: 'api' });
  const whole = { starts_at: at(-hour), duration_minutes: 5, ends_at: at(hour) };
  await addWindow(world, { id: 'rain', cron: 'when it rains', ...whole });
  await addWindow(world, { id: 'mars', cron: '0 3 * * *', timezone: 'Mars/Base', ...whole });

  await run(at(0));
  expect(idsOf(await look(at(0)))).toEqual(['api']);
  expect(await countUptime(world.ops, at(minute))).toMatchObject({ services: 1 });
});

test('an interval of the column’s last number stops neither looks nor settling nor uptimes', async () => {
  await addServices(world, { id: 'rare', check_interval: 2_147_483_647 }, { id: 'api' });

  expect(idsOf(await look(at(0))).toSorted()).toEqual(['api', 'rare']);
  await note(world, found('rare', at(0)), found('api', at(0)));
  await run(at(minute));
  expect(await countUptime(world.ops, at(minute))).toMatchObject({ services: 2 });
});

test('a service that is switched off holds nobody back, whoever reports its state: checks and settling agree', async () => {
  await addServices(
    world,
    { id: 'told', probe: null, status: 'down', is_active: false },
    { id: 'api', parent_id: 'told' },
  );

  await note(world, found('api', at(0)));
  await run(at(minute));

  expect(await stateOf(world, 'api')).toMatchObject({ status: 'healthy', blocked_by: null });
});

test('probed no more and told by nobody, a service is unknown and known for no time; what others tell stays', async () => {
  await addServices(
    world,
    { id: 'was' },
    { id: 'told', probe: null, status: 'down', uptime_24h: 7 },
  );
  await note(world, bad('was', at(0), { checkedAt: at(0) }));
  await world.admin.script(`update monitoring.tb_service_health set probe = null where id = 'was'`);

  await run(at(3 * minute));
  expect(await stateOf(world, 'was')).toMatchObject({ status: 'down' });
  await run(at(4 * minute));
  await countUptime(world.ops, at(40 * 24 * hour));

  expect(await stateOf(world, 'was')).toMatchObject({
    status: 'unknown',
    reason: 'no fresh check',
  });
  expect(await stateOf(world, 'told')).toMatchObject({ status: 'down' });
  const uptimes = await ask(
    world.admin,
    'select id, uptime_24h::float8 as day from monitoring.tb_service_health order by id',
  );
  expect(uptimes).toEqual([
    { id: 'told', day: 7 },
    { id: 'was', day: null },
  ]);
});
