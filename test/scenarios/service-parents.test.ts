import { beforeEach, expect, test } from 'vitest';
import { parentFault } from '@rookery/monitoring/health/parent';
import { settle } from '@rookery/monitoring/health/settle';
import type { World } from '../world/world.ts';
import { ask } from './ask.ts';
import {
  addServices,
  at,
  bad,
  found,
  logOf,
  minute,
  note,
  stateOf,
  useServiceWorld,
} from './service-room.ts';

let world: World;
useServiceWorld((opened) => {
  world = opened;
});
beforeEach(() =>
  addServices(
    world,
    { id: 'db', name: 'Database', success_threshold: 1 },
    { id: 'api', name: 'API', parent_id: 'db' },
    { id: 'web', parent_id: 'api' },
    { id: 'other' },
  ),
);

const statuses = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await ask<{ id: string; status: string }>(
        world.admin,
        'select id, status from monitoring.tb_service_health',
      )
    ).map(({ id, status }) => [id, status]),
  );

const all = (slot: Date, make: typeof found) =>
  note(world, make('web', slot), make('api', slot), make('db', slot), make('other', slot));

test('when a parent is down, its children are unknown for it and nobody else, in the same message', async () => {
  await all(at(0), found);
  await all(at(minute), bad);

  expect(await statuses()).toEqual({ db: 'down', api: 'unknown', web: 'unknown', other: 'down' });
  expect(await stateOf(world, 'web')).toMatchObject({
    reason: 'because Database is down',
    blocked_by: 'db',
    failures: 0,
  });
  expect(await logOf(world, 'api')).toEqual(['healthy', 'unknown']);
});

test('children of other messages, and those that are checked rarely, follow within the minute, silently', async () => {
  await all(at(0), found);
  await note(world, bad('db', at(minute)));
  await note(world, bad('web', at(minute)));
  expect(await stateOf(world, 'web')).toMatchObject({ status: 'down' });

  expect(await settle(world.ops, at(2 * minute), [])).toMatchObject({ changed: 2, down: 0 });
  expect(await settle(world.ops, at(2 * minute), [])).toMatchObject({ changed: 0, logged: 0 });

  expect(await statuses()).toEqual({
    db: 'down',
    api: 'unknown',
    web: 'unknown',
    other: 'healthy',
  });
});

test('when it is back, a child stays unknown until its own next check, and that decides', async () => {
  await all(at(0), found);
  await all(at(minute), bad);
  await note(world, found('db', at(2 * minute)));
  await settle(world.ops, at(3 * minute), []);
  expect(await statuses()).toMatchObject({ db: 'healthy', api: 'unknown', web: 'unknown' });

  await note(world, found('web', at(3 * minute)), bad('api', at(3 * minute)));

  expect(await statuses()).toMatchObject({ api: 'down', web: 'unknown' });
  expect(await stateOf(world, 'web')).toMatchObject({ blocked_by: 'api' });
  await note(world, found('web', at(4 * minute)), found('api', at(4 * minute)));
  await note(world, found('web', at(5 * minute)), found('api', at(5 * minute)));
  expect(await statuses()).toMatchObject({ api: 'healthy', web: 'healthy' });
});

const fault = (id: string, parentId: string, tenantId = 't') =>
  world.api.transaction((tx) => parentFault(tx, { tenantId, id, parentId }), { tenantId });

test('a parent that makes a circle, is not there, or is somebody else’s is refused', async () => {
  expect(await fault('other', 'web')).toBeNull();
  expect(await fault('db', 'web')).toBe('parent_id: web depends on db already');
  expect(await fault('db', 'db')).toBe('parent_id: db cannot depend on itself');
  expect(await fault('db', 'nothing')).toBe('parent_id: there is no service nothing');
  expect(await fault('mine', 'db', 'u')).toBe('parent_id: there is no service db');
});

const depend = async (id: string, parentId: string): Promise<string | null> =>
  world.api.transaction(
    async (tx) => {
      const wrong = await parentFault(tx, { tenantId: 't', id, parentId });
      if (wrong === null)
        await tx.script(
          `update monitoring.tb_service_health set parent_id = '${parentId}' where id = '${id}'`,
        );
      return wrong;
    },
    { tenantId: 't' },
  );

test('beside itself: of two changes that close a circle together one is refused, round after round', async () => {
  for (let round = 0; round < 20; round += 1) {
    await addServices(world, { id: `a${round}` }, { id: `b${round}` });
    const both = await Promise.all([
      depend(`a${round}`, `b${round}`),
      depend(`b${round}`, `a${round}`),
    ]);
    expect(both.filter((wrong) => wrong === null)).toHaveLength(1);
  }
});
