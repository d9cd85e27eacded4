import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rollTurn, rollUp } from '@rookery/monitoring/rollup/rollup';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';
import { acts, clear, daysAgo, held, marks, minutes, roll } from './rollup-room.ts';

const day = daysAgo(1);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => clear(world));

// So many five minutes of yesterday, a minute in each.
const fives = (tenant: string, count: number) =>
  minutes(
    Array.from({ length: count }, (_, n) => ({
      at: new Date(Date.parse(`${day}T00:00:00Z`) + n * 300_000).toISOString(),
      values: [1],
      tenant,
    })),
  );

const waiting = () =>
  ask<{ tenant_id: string; n: number }>(
    world.admin,
    `select tenant_id, count(*) as n from (
      select tenant_id from monitoring.performance_metric_5min_dirty
      union all select tenant_id from monitoring.performance_metric_hourly_dirty) m group by 1 order by 1`,
  );

test('a backlog of one tenant holds up nobody: in the time of a few turns the others are done, up to their hours', async () => {
  await world.admin.script(fives('a', 200) + fives('b', 1) + fives('t', 1));

  let turns = 0;
  const stopped = await rollUp(world.ops, () => (turns += 1) > 6);

  expect(stopped).toMatchObject({ unfinished: true });
  expect((await waiting()).map(({ tenant_id }) => tenant_id)).toEqual(['a']);
  expect(await held(world, 'hourly')).toMatchObject([{ requests: 1 }]);
});

test('who waits longest comes first, so that a run that is stopped each time gets round to everybody', async () => {
  await world.admin.script(`${fives('a', 1)} ${fives('t', 1)}
    update monitoring.performance_metric_5min_dirty set marked_at = now() - interval '1 hour' where tenant_id = 't'`);

  let turns = 0;
  await rollUp(world.ops, () => (turns += 1) > 1);

  expect((await held(world, '5min')).length).toBe(1);
});

test('a backlog is recomputed once: its hours and months wait until its five minutes and days are done', async () => {
  const days = Array.from({ length: 5 }, (_, n) => ({
    at: `${daysAgo(n + 1)}T10:00:00Z`,
    user: 'ann',
  }));
  await world.admin.script(fives('t', 200) + acts(days));

  const rolled = await roll(world);

  // 200 five minutes in 17 hours; five hours, five days and their months: one, or two at the turn of a month.
  const months = new Set(days.map(({ at }) => at.slice(0, 7))).size;
  expect(rolled).toMatchObject({ buckets: 200 + 17 + 5 + 5 + months, unfinished: false });
  expect(await marks(world)).toBe(0);
});

test('a turn tells how many rows its buckets were made of', async () => {
  await world.admin.script(
    fives('t', 3) +
      acts([
        { at: `${day}T10:00:00Z`, user: 'ann' },
        { at: `${day}T10:01:00Z`, user: 'ann' },
        { at: `${day}T10:02:00Z`, user: 'bob' },
      ]),
  );
  const turn = async (level: Parameters<typeof rollTurn>[1]) => {
    const { buckets, parts } = await rollTurn(world.ops, level, 't');
    return [buckets, parts];
  };

  expect(await turn('performance_metric_5min')).toEqual([3, 3]);
  expect(await turn('performance_metric_hourly')).toEqual([1, 3]);
  expect(await turn('user_activity_hourly')).toEqual([1, 3]);
  expect(await turn('user_activity_daily')).toEqual([1, 3]);
  expect(await turn('user_cohort_month')).toEqual([1, 2]);
});
