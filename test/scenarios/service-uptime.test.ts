import { expect, test } from 'vitest';
import { openDb } from '@rookery/db/pool';
import { countUptime } from '@rookery/monitoring/health/uptime';
import type { World } from '../world/world.ts';
import { ask } from './ask.ts';
import { addServices, at, found, hour, minute, note, useServiceWorld } from './service-room.ts';
import { history, hoursOf, logChecks, uptimesOf } from './service-uptime-room.ts';

let world: World;
useServiceWorld((opened) => {
  world = opened;
});

const after = (seconds: number) => at(-hour + seconds * 1000).getTime();

test('a state lasts two intervals and not a second longer; what is not known counts for nothing', async () => {
  await addServices(world, { id: 'api' });
  await logChecks(world, 'api', [
    { at: after(0), status: 'healthy' },
    { at: after(120), status: 'down' },
    { at: after(241), status: 'healthy' },
  ]);

  await countUptime(world.ops, at(0));

  expect(await hoursOf(world, 'api')).toEqual({ [after(0)]: [240, 0, 120, 0] });
  expect((await uptimesOf(world, 'api')).day).toBeCloseTo((100 * 240) / 360, 6);
});

test('nothing known is null, not 0 and not 100', async () => {
  await addServices(world, { id: 'new' }, { id: 'dark' });
  await logChecks(world, 'dark', [{ at: at(-hour).getTime(), status: 'unknown' }]);

  await countUptime(world.ops, at(0));

  for (const id of ['new', 'dark'])
    expect(await uptimesOf(world, id)).toEqual({ day: null, week: null, month: null });
});

test('24 hours, 7 and 30 days end with the whole hour, and begin with it', async () => {
  await addServices(world, { id: 'api', check_interval: 1800, uptime_until: at(-hour) });
  const hours = [24, 25, 168, 169, 720, 721].map(
    (n) => `('t', 'api', '${at(-n * hour).toISOString()}', ${n})`,
  );
  await world.admin.script(
    `insert into monitoring.service_uptime_hour (tenant_id, service_id, hour, down_seconds) values ${hours.join(', ')}`,
  );
  await logChecks(world, 'api', [{ at: at(-30 * minute).getTime(), status: 'healthy' }]);

  await countUptime(world.ops, at(30 * minute));

  const good = 3600;
  const { day, week, month } = await uptimesOf(world, 'api');
  expect(day).toBeCloseTo((100 * good) / (good + 24), 5);
  expect(week).toBeCloseTo((100 * good) / (good + 24 + 25 + 168), 5);
  expect(month).toBeCloseTo((100 * good) / (good + 24 + 25 + 168 + 169 + 720), 5);
});

test('twice and out of order: a count that comes again or late changes nothing', async () => {
  await addServices(world, { id: 'api' });
  await logChecks(world, 'api', history(3, 2, minute));
  await countUptime(world.ops, at(0));
  const before = await ask(world.admin, 'select xmin::text, * from monitoring.service_uptime_hour');

  expect(await countUptime(world.ops, at(0))).toEqual({ services: 0, hours: 0, left: 0 });
  expect(await countUptime(world.ops, at(-hour))).toEqual({ services: 0, hours: 0, left: 0 });

  expect(
    await ask(world.admin, 'select xmin::text, * from monitoring.service_uptime_hour'),
  ).toEqual(before);
});

test('late: a check that is noted after its hour was counted is counted, and one that is redelivered is not', async () => {
  await addServices(world, { id: 'api' });
  const slot = at(-3 * hour);
  await countUptime(world.ops, at(-minute));

  for (let n = 0; n < 3; n += 1) await note(world, found('api', slot));
  await countUptime(world.ops, at(0));

  expect(await hoursOf(world, 'api')).toEqual({ [slot.getTime()]: [120, 0, 0, 0] });
});

test('beside itself: counts while checks are noted lose none of them', async () => {
  const ids = Array.from({ length: 30 }, (_, n) => `s${n}`);
  await addServices(world, ...ids.map((id) => ({ id })));
  const pools = Array.from({ length: 3 }, () =>
    openDb({ url: world.url('rookery_ops'), proxyPort: world.proxyPort, max: 1 }),
  );
  const end = new AbortController();
  let turn = 0;
  const counts = pools.map(async (pool) => {
    while (!end.signal.aborted) await countUptime(pool, at(-4 * hour + (turn += 1) * 1000));
  });
  for (let n = 0; n < 40; n += 1) {
    const slot = at(-5 * hour + n * minute);
    await note(world, ...ids.map((id) => found(id, slot, { checkedAt: slot })));
  }
  end.abort();
  await Promise.all(counts);
  await Promise.all(pools.map((pool) => pool.close()));
  await countUptime(world.ops, at(0));

  for (const id of ids)
    expect(await hoursOf(world, id)).toEqual({ [at(-5 * hour).getTime()]: [41 * 60, 0, 0, 0] });
});
