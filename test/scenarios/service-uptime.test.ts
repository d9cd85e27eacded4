import { array, assert, asyncProperty, constantFrom, integer, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { openDb } from '@rookery/db/pool';
import { countUptime } from '@rookery/monitoring/health/uptime';
import type { World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';
import { chance } from './chance.ts';
import {
  addServices,
  addWindow,
  at,
  clearServices,
  found,
  hour,
  minute,
  note,
  useServiceWorld,
} from './service-room.ts';
import { modelOf, type Check, type Rest } from './service-uptime-model.ts';

let world: World;
useServiceWorld((opened) => {
  world = opened;
});

const log = (id: string, checks: readonly Check[]): Promise<void> =>
  world.admin.script(
    checks.length === 0
      ? 'select 1'
      : `insert into monitoring.tb_health_check_log (tenant_id, service_id, status, checked_at) values ${checks
          .map((c) => `('t', '${id}', '${c.status}', '${new Date(c.at).toISOString()}')`)
          .join(', ')}`,
  );

const hoursOf = async (id: string) =>
  Object.fromEntries(
    (
      await ask<{ at: number; seconds: number[] }>(
        world.admin,
        `select extract(epoch from hour)::bigint * 1000 as at,
          array[healthy_seconds, degraded_seconds, down_seconds, maintenance_seconds] as seconds
        from monitoring.service_uptime_hour where service_id = '${id}'`,
      )
    )
      .filter(({ seconds }) => seconds.some((n) => n > 0))
      .map((row) => [row.at, row.seconds]),
  );

const uptimesOf = (id: string) =>
  askOne<{ day: number | null; week: number | null; month: number | null }>(
    world.admin,
    `select uptime_24h::float8 as day, uptime_7d::float8 as week, uptime_30d::float8 as month
     from monitoring.tb_service_health where id = '${id}'`,
  );

const rounded = (share: number | null): string | null => share?.toFixed(6) ?? null;

const states = ['healthy', 'degraded', 'down', 'unknown'] as const;

// Checks of some days, most of them an interval apart, with gaps and bursts, and sometimes two in one second.
const history = (seed: number, days: number, intervalMs: number): Check[] => {
  const random = chance(seed);
  const checks: Check[] = [];
  let time = at(-days * 24 * hour).getTime();
  let status: Check['status'] = 'healthy';
  while (time < at(hour).getTime()) {
    if (random() < 0.15) status = states[Math.floor(random() * 4)]!;
    checks.push({ at: time, status });
    const jump = random();
    if (jump < 0.02) time += Math.floor(random() * 9 * hour);
    else if (jump < 0.05) time += Math.floor(random() * 900);
    else time += Math.floor(intervalMs * (0.5 + random()));
  }
  return checks;
};

test('random histories: hours and uptimes are those of a second-by-second model, counted at once or step by step', async () => {
  await assert(
    asyncProperty(
      integer(),
      constantFrom(60, 300, 900),
      array(tuple(integer({ min: -47, max: 0 }), integer({ min: 1, max: 400 })), {
        maxLength: 3,
      }),
      async (seed, interval, rests) => {
        await clearServices(world);
        const days = 2 + (Math.abs(seed) % 8);
        const checks = history(seed, days, interval * 1000);
        await addServices(
          world,
          { id: 'once', check_interval: interval },
          { id: 'steps', check_interval: interval, uptime_until: at(-days * 24 * hour) },
        );
        await log('once', checks);
        await log('steps', checks);
        const windows: Rest[] = rests.map(([from, minutes]) => ({
          from: at(from * hour).getTime(),
          to: at(from * hour + minutes * minute).getTime(),
        }));
        for (const [n, rest] of windows.entries())
          await addWindow(world, {
            id: `w${n}`,
            duration_minutes: (rest.to - rest.from) / minute,
            starts_at: new Date(rest.from),
            ends_at: at(48 * hour),
          });

        for (let n = -days * 4; n < 0; n += 1) await countStep(at(n * 6 * hour + 7 * minute));
        await countUptime(world.ops, at(37 * minute));

        const model = modelOf(checks, {
          rests: windows,
          interval,
          until: at(37 * minute).getTime(),
        });
        for (const id of ['once', 'steps']) {
          expect(await hoursOf(id)).toEqual(model.hours);
          const uptimes = await uptimesOf(id);
          expect([uptimes.day, uptimes.week, uptimes.month].map(rounded)).toEqual(
            model.uptimes.map(rounded),
          );
        }
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

// A step of one service alone: the other is counted at once in the end.
const countStep = async (slot: Date): Promise<void> => {
  await world.admin.script(
    `update monitoring.tb_service_health set probe = null where id = 'once'`,
  );
  await countUptime(world.ops, slot);
  await world.admin.script(
    `update monitoring.tb_service_health set probe = '{"kind": "tcp"}' where id = 'once'`,
  );
};

const after = (seconds: number) => at(-hour + seconds * 1000).getTime();

test('a state lasts two intervals and not a second longer; what is not known counts for nothing', async () => {
  await addServices(world, { id: 'api' });
  await log('api', [
    { at: after(0), status: 'healthy' },
    { at: after(120), status: 'down' },
    { at: after(241), status: 'healthy' },
  ]);

  await countUptime(world.ops, at(0));

  expect(await hoursOf('api')).toEqual({ [after(0)]: [240, 0, 120, 0] });
  expect((await uptimesOf('api')).day).toBeCloseTo((100 * 240) / 360, 6);
});

test('nothing known is null, not 0 and not 100', async () => {
  await addServices(world, { id: 'new' }, { id: 'dark' });
  await log('dark', [{ at: at(-hour).getTime(), status: 'unknown' }]);

  await countUptime(world.ops, at(0));

  for (const id of ['new', 'dark'])
    expect(await uptimesOf(id)).toEqual({ day: null, week: null, month: null });
});

test('24 hours, 7 and 30 days end with the whole hour, and begin with it', async () => {
  await addServices(world, { id: 'api', check_interval: 1800, uptime_until: at(-hour) });
  const hours = [24, 25, 168, 169, 720, 721].map(
    (n) => `('t', 'api', '${at(-n * hour).toISOString()}', ${n})`,
  );
  await world.admin.script(
    `insert into monitoring.service_uptime_hour (tenant_id, service_id, hour, down_seconds) values ${hours.join(', ')}`,
  );
  await log('api', [{ at: at(-30 * minute).getTime(), status: 'healthy' }]);

  await countUptime(world.ops, at(30 * minute));

  const good = 3600;
  const { day, week, month } = await uptimesOf('api');
  expect(day).toBeCloseTo((100 * good) / (good + 24), 5);
  expect(week).toBeCloseTo((100 * good) / (good + 24 + 25 + 168), 5);
  expect(month).toBeCloseTo((100 * good) / (good + 24 + 25 + 168 + 169 + 720), 5);
});

test('twice and out of order: a count that comes again or late changes nothing', async () => {
  await addServices(world, { id: 'api' });
  await log('api', history(3, 2, minute));
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

  expect(await hoursOf('api')).toEqual({ [slot.getTime()]: [120, 0, 0, 0] });
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
    expect(await hoursOf(id)).toEqual({ [at(-5 * hour).getTime()]: [41 * 60, 0, 0, 0] });
});
