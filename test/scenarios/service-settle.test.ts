import { expect, test } from 'vitest';
import { ping } from '@rookery/monitoring/health/ping';
import type { World } from '../world/world.ts';
import { askOne } from './ask.ts';
import { inParallel, shuffled, chance } from './chance.ts';
import {
  addServices,
  addWindow,
  at,
  bad,
  found,
  hour,
  logOf,
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
const statusOf = async (id: string): Promise<string> => (await stateOf(world, id)).status;

const job = { id: 'job', probe: { kind: 'heartbeat', period_seconds: 3600, grace_seconds: 60 } };
const beat = (now: Date, status: 'ok' | 'fail' = 'ok', message: string | null = null, id = 'job') =>
  world.api.transaction((tx) => ping(tx, { tenantId: 't', id, status, message, now }), {
    tenantId: 't',
  });

test('a heartbeat is unknown before its first ping, up after, down a second after its time, and up with the next', async () => {
  await addServices(world, job);
  await run(at(0));
  expect(await stateOf(world, 'job')).toMatchObject({
    status: 'unknown',
    reason: 'no ping has come yet',
  });

  await beat(at(-hour));
  await run(at(0));
  expect(await statusOf('job')).toBe('healthy');
  await run(at(minute));
  expect(await statusOf('job')).toBe('healthy');
  await run(at(minute + 1_000));
  expect(await stateOf(world, 'job')).toMatchObject({
    status: 'down',
    reason: 'no ping within 3660 seconds of the last',
  });

  await beat(at(2 * minute));
  await run(at(2 * minute));
  expect(await stateOf(world, 'job')).toMatchObject({ status: 'healthy', reason: null });
});

test('a ping that says it failed is down at once, with what the job says, without its secrets', async () => {
  await addServices(world, job);
  await beat(at(0));
  await beat(at(1), 'fail', 'backup of ann@heron.example: disk full');
  await run(at(minute));

  const { status, reason } = await stateOf(world, 'job');
  expect([status, reason]).toEqual(['down', 'the job says: backup of [redacted]: disk full']);

  await beat(at(2 * minute));
  await run(at(2 * minute));
  expect(await statusOf('job')).toBe('healthy');
});

test('pings twice, late, out of order and beside themselves: the newest counts, of two at once the failed one', async () => {
  const random = chance(11);
  for (let round = 0; round < 10; round += 1) {
    await addServices(world, { ...job, id: `j${round}` });
    const pings = [
      ...Array.from({ length: 12 }, (_, n) => ({ now: at(n * 1_000), status: 'ok' as const })),
      { now: at(11_000), status: 'fail' as const },
      { now: at(5_000), status: 'fail' as const },
    ];
    await inParallel(4, shuffled([...pings, ...pings], random), ({ now, status }) =>
      beat(now, status, null, `j${round}`),
    );
    const row = await askOne(
      world.admin,
      `select extract(epoch from heartbeat_at - '${at(0).toISOString()}')::integer as seconds, heartbeat_status as status
       from monitoring.tb_service_health where id = 'j${round}'`,
    );
    expect(row).toEqual({ seconds: 11, status: 'fail' });
  }
});

test('a heartbeat that is not there, is deleted, is a probe or is another tenant’s is not found', async () => {
  await addServices(
    world,
    { id: 'api' },
    { ...job, id: 'gone', deleted_at: at(0) },
    { ...job, id: 'mine', tenant_id: 'u' },
  );

  for (const id of ['nothing', 'api', 'gone', 'mine'])
    await expect(beat(at(0), 'ok', null, id)).rejects.toMatchObject({ code: 'not-found' });
});

test('a heartbeat leaves a line of the log an interval, however often its minute is settled', async () => {
  await addServices(world, { ...job, check_interval: 300 });
  await beat(at(0));
  for (let n = 1; n <= 11; n += 1) for (const slot of [n, n, n - 1]) await run(at(slot * minute));

  expect(await logOf(world, 'job')).toEqual(['healthy', 'healthy', 'healthy']);
});

test('a service under maintenance is unknown for it; afterwards its next check decides', async () => {
  await addServices(
    world,
    { id: 'api' },
    { id: 'web', parent_id: 'api' },
    { ...job, parent_id: 'web' },
  );
  await note(world, found('api', at(0)), found('web', at(0)));
  await beat(at(0));
  await run(at(0));
  await addWindow(world, {
    id: 'w',
    name: 'new disks',
    services: ['api'],
    starts_at: at(minute),
    duration_minutes: 5,
    ends_at: at(hour),
  });

  await run(at(minute));
  for (const id of ['api', 'web', 'job'])
    expect(await stateOf(world, id)).toMatchObject({
      status: 'unknown',
      reason: 'maintenance: new disks',
    });
  expect(await note(world, bad('api', at(0)))).toMatchObject({ left: 1 });
  expect(await note(world, bad('api', at(minute)))).toMatchObject({ left: 1 });
  await run(at(6 * minute));
  expect(await statusOf('api')).toBe('unknown');
  expect(await statusOf('job')).toBe('healthy');
  await note(world, found('api', at(6 * minute)));
  expect(await statusOf('api')).toBe('healthy');
  expect(await run(at(5 * minute))).toMatchObject({ changed: 0 });
});

test('a service without a check for more than three intervals is unknown; switched off, it is too', async () => {
  await addServices(
    world,
    { id: 'api', check_interval: 300 },
    { id: 'off' },
    { id: 'told', probe: null, status: 'down' },
  );
  await note(world, found('api', at(0), { checkedAt: at(0) }), found('off', at(0)));
  await world.admin.script(
    `update monitoring.tb_service_health set is_active = false where id = 'off'`,
  );

  await run(at(15 * minute));
  expect(await statusOf('api')).toBe('healthy');
  await run(at(15 * minute + 1));
  expect(await stateOf(world, 'api')).toMatchObject({
    status: 'unknown',
    reason: 'no fresh check',
  });
  expect(await stateOf(world, 'off')).toMatchObject({
    status: 'unknown',
    reason: 'it is switched off',
  });
  expect(await statusOf('told')).toBe('down');
  expect(await note(world, found('api', at(15 * minute)))).toMatchObject({ checks: 1 });
});

test('beside itself: settled while checks are noted, a fresh check is never overwritten by an older look', async () => {
  const ids = Array.from({ length: 30 }, (_, n) => `s${n}`);
  await addServices(world, ...ids.map((id) => ({ id })));
  for (let round = 1; round <= 15; round += 1) {
    const slot = at(round * 10 * minute);
    await Promise.all([
      run(slot),
      note(world, ...ids.map((id) => found(id, slot, { checkedAt: slot }))),
      run(slot),
    ]);
    for (const id of ids) expect(await statusOf(id)).toBe('healthy');
  }
});
