import { expect, test } from 'vitest';
import { parentFault } from '@rookery/monitoring/health/parent';
import { findingsOf, targetsOf } from '@rookery/monitoring/health/target';
import type { World } from '../world/world.ts';
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

test('asked once a day, it is asked as soon as its maintenance ends, not a day later', async () => {
  await addServices(world, { id: 'daily', check_interval: 86_400 });
  await addWindow(world, {
    id: 'w',
    starts_at: at(minute),
    duration_minutes: 5,
    ends_at: at(hour),
  });
  await note(world, found((await look(at(0)), 'daily'), at(0)));

  await run(at(minute));
  expect(await look(at(minute))).toEqual([]);
  await run(at(6 * minute));

  expect(idsOf(await look(at(6 * minute)))).toEqual(['daily']);
  expect(await look(at(7 * minute))).toEqual([]);
});

test('asked once a day, it is asked as soon as what it depends on is back', async () => {
  await addServices(
    world,
    { id: 'db', success_threshold: 1 },
    { id: 'daily', check_interval: 86_400, parent_id: 'db' },
  );
  await look(at(0));
  await note(world, found('db', at(0)), found('daily', at(0)));
  await note(world, bad('db', at(minute)));
  await run(at(minute));
  expect(await stateOf(world, 'daily')).toMatchObject({ status: 'unknown', blocked_by: 'db' });
  expect(idsOf(await look(at(minute)))).toEqual(['db']);

  await note(world, found('db', at(2 * minute)));
  await run(at(3 * minute));

  expect(await stateOf(world, 'daily')).toMatchObject({ status: 'unknown', blocked_by: null });
  expect(idsOf(await look(at(3 * minute)))).toContain('daily');
  await run(at(4 * minute));
  expect(idsOf(await look(at(4 * minute)))).not.toContain('daily');
});

test('changed while it was asked, a service is not judged by what is asked of it no more', async () => {
  await addServices(world, { id: 'api' }, { id: 'web' });
  const [message] = await look(at(0));
  const targets = await targetsOf(world.ops, message!);
  await world.admin.script(
    `update monitoring.tb_service_health set probe = '{"kind": "tcp"}', revision = revision + 1 where id = 'api'`,
  );

  const checked = targets.map((target) => ({ target, finding: bad('', at(0)), checkedAt: at(0) }));
  expect(await note(world, ...findingsOf(message!, { checked }))).toMatchObject({ left: 1 });

  expect(await stateOf(world, 'api')).toMatchObject({ status: 'unknown', failures: 0 });
  expect(await stateOf(world, 'web')).toMatchObject({ status: 'down' });
});

test('a tenant with very many services is sent behind all others', async () => {
  const many = Array.from({ length: 600 }, (_, n) => ({ id: `s${n}`, tenant_id: 'a' }));
  await addServices(
    world,
    ...many,
    { id: 'small', tenant_id: 'z' },
    { id: 'other', tenant_id: 'm' },
  );

  const [first] = await look(at(0));

  expect(idsOf([first!]).slice(0, 2)).toEqual(['other', 'small']);
});

test('late: of a message whose services were given out again, nobody is asked twice', async () => {
  await addServices(world, { id: 'api' }, { id: 'five', check_interval: 300 });
  const [old] = await look(at(0));
  expect(await targetsOf(world.ops, old!)).toHaveLength(2);

  const [next] = await look(at(minute));
  expect(idsOf([next!])).toContain('api');

  const left = (await targetsOf(world.ops, old!)).map(({ serviceId }) => serviceId);
  expect(left).not.toContain('api');
  expect((await targetsOf(world.ops, next!)).map(({ serviceId }) => serviceId)).toContain('api');
});

const chain = (name: string, length: number) =>
  Array.from({ length }, (_, n) => ({
    id: `${name}${n}`,
    ...(n > 0 && { parent_id: `${name}${n - 1}` }),
  }));

test('a chain of services does not grow beyond 16 from its upper end either', async () => {
  await addServices(world, ...chain('a', 10), ...chain('b', 8));
  const fault = (id: string, parentId: string) =>
    world.api.transaction((tx) => parentFault(tx, { tenantId: 't', id, parentId }), {
      tenantId: 't',
    });

  expect(await fault('b0', 'a8')).toBeNull();
  expect(await fault('b0', 'a9')).toMatch(/no more than 16/);
});
