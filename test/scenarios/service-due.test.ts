import { expect, test } from 'vitest';
import { openDb, type Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { lookForChecks } from '@rookery/monitoring/health/due';
import { mostServices } from '@rookery/monitoring/health/message';
import { targetsOf } from '@rookery/monitoring/health/target';
import type { World } from '../world/world.ts';
import { ask } from './ask.ts';
import { meeting } from './errors-room.ts';
import {
  addServices,
  addWindow,
  at,
  found,
  idsOf,
  lookAt,
  minute,
  note,
  useServiceWorld,
} from './service-room.ts';

let world: World;
useServiceWorld((opened) => {
  world = opened;
});

const look = async (slot: Date, ops: Db = world.ops) => {
  const sent = await lookAt(ops, slot);
  return { sent, ids: idsOf(sent) };
};

test('a service is given out once an interval, by slots of its own: twice, late and lost looks change nothing of that', async () => {
  await addServices(world, { id: 'minute' }, { id: 'five', check_interval: 300 });
  const seen: Record<string, number[]> = { minute: [], five: [] };
  for (let n = 0; n < 30; n += 1) {
    if (n === 12) continue;
    for (const repeat of [n, n, n - 3])
      for (const id of (await look(at(repeat * minute))).ids) seen[id]!.push(repeat);
  }

  const asked = Array.from({ length: 30 }, (_, n) => n).filter((n) => n !== 12);
  expect(seen['minute']).toEqual(asked);
  const gaps = seen['five']!.slice(2).map((n, i) => n - seen['five']![i + 1]!);
  expect(gaps.filter((gap) => gap !== 5).length).toBeLessThanOrEqual(2);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(6);
});

test('services of five minutes are spread over the minutes', async () => {
  await addServices(
    world,
    ...Array.from({ length: 600 }, (_, n) => ({ id: `s${n}`, check_interval: 300 })),
  );
  await look(at(0));

  const loads: number[] = [];
  for (let n = 1; n <= 5; n += 1) loads.push((await look(at(n * minute))).ids.length);

  expect(loads.reduce((sum, n) => sum + n)).toBe(600);
  expect(Math.min(...loads)).toBeGreaterThan(80);
});

test('what is inactive, deleted, a heartbeat, not probed or not yet due is left out', async () => {
  await addServices(
    world,
    { id: 'due', next_check_at: at(0) },
    { id: 'later', next_check_at: at(1) },
    { id: 'off', is_active: false },
    { id: 'gone', deleted_at: at(0) },
    { id: 'job', probe: { kind: 'heartbeat', period_seconds: 60 } },
    { id: 'told', probe: null },
  );

  expect((await look(at(0))).ids).toEqual(['due']);
});

test('under maintenance nothing is asked, of what depends on it neither, and all at once when it ends', async () => {
  await addServices(
    world,
    { id: 'db' },
    { id: 'api', parent_id: 'db' },
    { id: 'web', parent_id: 'api' },
    { id: 'mail' },
    { id: 'mine', tenant_id: 'other' },
  );
  const window = { cron: null, duration_minutes: 10, ends_at: at(60 * minute) };
  await addWindow(world, { id: 'w', services: ['db'], starts_at: at(minute), ...window });
  await addWindow(world, { id: 'all', tenant_id: 'other', starts_at: at(minute), ...window });

  expect((await look(at(0))).ids).toHaveLength(5);
  expect((await look(at(minute))).ids).toEqual(['mail']);
  expect((await look(at(10 * minute))).ids).toEqual(['mail']);
  expect((await look(at(11 * minute))).ids.toSorted()).toEqual([
    'api',
    'db',
    'mail',
    'mine',
    'web',
  ]);
});

test('a message has 250 services at most, and parents with their children', async () => {
  await addServices(world, ...Array.from({ length: 300 }, (_, n) => ({ id: `s${n}` })));
  await addServices(world, { id: 'zz', parent_id: 's7' });

  const { sent, ids } = await look(at(0));

  expect(sent.map(({ services }) => services.length)).toEqual([mostServices, 51]);
  expect(ids.indexOf('zz')).toBe(ids.indexOf('s7') + 1);
  expect(sent[0]!.slot).toBe(at(0).toISOString());
});

const refuse = (): Promise<void> =>
  Promise.reject(new Failure('unavailable', 'queue-unavailable', 'gone'));

test('a look that cannot send leaves everything due', async () => {
  await addServices(world, { id: 'api' });
  await expect(
    lookForChecks(world.ops, { slot: at(0), windows: [], send: refuse }),
  ).rejects.toThrow('gone');

  expect((await look(at(0))).ids).toEqual(['api']);
});

test('beside itself: looks at once give a service out once, round after round', async () => {
  const ids = Array.from({ length: 40 }, (_, n) => `s${n}`);
  await addServices(world, ...ids.map((id) => ({ id })));
  const pools = Array.from({ length: 4 }, () =>
    openDb({ url: world.url('rookery_ops'), proxyPort: world.proxyPort, max: 1 }),
  );
  for (let n = 0; n < 15; n += 1) {
    const looks = await Promise.all(pools.map((pool) => look(at(n * minute), pool)));
    const given = looks.flatMap((each) => each.ids);
    expect(given.toSorted()).toEqual(ids.toSorted());
  }
  await Promise.all(pools.map((pool) => pool.close()));
});

test('control: looks that read and then note give services out twice', async () => {
  await addServices(world, { id: 'api' });
  const both = meeting(2);
  const naive = () =>
    world.ops.transaction(async (tx) => {
      const due = await ask(
        tx,
        'select id from monitoring.tb_service_health where next_check_at is null',
      );
      await both();
      await tx.script('update monitoring.tb_service_health set next_check_at = now()');
      return due;
    });

  expect((await Promise.all([naive(), naive()])).flat()).toHaveLength(2);
});

test('who checks reads what is asked anew: what is gone meanwhile or checked already is left out', async () => {
  await addServices(world, { id: 'api', timeout: 7 }, { id: 'gone' }, { id: 'done' });
  const { sent } = await look(at(0));
  await world.admin.script(
    `update monitoring.tb_service_health set deleted_at = now() where id = 'gone'`,
  );
  await note(world, found('done', at(0)));

  expect(await targetsOf(world.ops, sent[0]!)).toEqual([
    {
      tenantId: 't',
      serviceId: 'api',
      probe: { kind: 'tcp', host: 'a.example', port: 80 },
      timeoutSeconds: 7,
      retries: 3,
      revision: 0,
      isPlatform: false,
    },
  ]);
});
