import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Db } from '@rookery/db/pool';
import { rollUp } from '@rookery/monitoring/rollup/rollup';
import { openWorld, type World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';
import { acts, clear, daysAgo, marks, roll, type Act } from './rollup-room.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => clear(world));

const write = (...rows: Act[]) => world.admin.script(acts(rows));
const today = daysAgo(0).slice(0, 7);

// The month so many months before this one, as `2026-09`.
const monthAgo = (months: number): string => {
  const first = new Date(`${today}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() - months);
  return first.toISOString().slice(0, 7);
};

// Marked when it happened: retention has not touched a day whose mark is as old as it is.
const writeThen = async (...rows: Act[]): Promise<void> => {
  await write(...rows);
  await world.admin.script(`update monitoring.user_activity_hourly_dirty set marked_at = bucket;
    update monitoring.user_activity_daily_dirty set marked_at = bucket`);
};

const hours = () =>
  ask<Record<string, unknown>>(
    world.admin,
    `select to_char(bucket at time zone 'UTC', 'HH24:MI') as at, concat_ws('/', module, feature, activity_type) as what,
      unique_users as users, total_activities as acts, avg_duration as mean, xmin::text as written
    from monitoring.tb_user_activity_hourly where tenant_id = 't' order by bucket, 2`,
  );
const daily = () =>
  ask<{ day: string; users: number }>(
    world.admin,
    `select day::text, count(*) as users from monitoring.user_activity_daily where tenant_id = 't' group by 1 order by 1`,
  );
const cohorts = async () =>
  (
    await ask<{ text: string }>(
      world.admin,
      `select left(cohort_month::text, 7) || ' ' || left(month::text, 7) || ' ' || active_users as text
      from monitoring.user_cohort_month where tenant_id = 't' order by cohort_month, month`,
    )
  ).map(({ text }) => text);

test('an hour counts activities and distinct users, and its sets unite over hours and modules', async () => {
  const day = daysAgo(1);
  await write(
    { at: `${day}T10:00:00Z`, user: 'ann', duration: 10 },
    { at: `${day}T10:30:00Z`, user: 'ann', duration: 20 },
    { at: `${day}T10:59:59.999Z`, user: 'bob' },
    { at: `${day}T11:00:00Z`, user: 'ann' },
    { at: `${day}T11:00:00Z`, user: 'cid', module: null, feature: 'f', type: 'feature-use' },
    { at: `${day}T10:00:00Z`, user: 'eve', tenant: 'other' },
  );

  await roll(world);

  expect(await hours()).toMatchObject([
    { at: '10:00', what: 'inbox/action', users: 2, acts: 3, mean: 15 },
    { at: '11:00', what: 'f/feature-use', users: 1, acts: 1, mean: null },
    { at: '11:00', what: 'inbox/action', users: 1, acts: 1, mean: null },
  ]);
  const united = await askOne<{ users: number; sorted: boolean }>(
    world.admin,
    `select (select count(distinct u) from monitoring.tb_user_activity_hourly, unnest(users) u where tenant_id = 't') as users,
      (select bool_and(users = array(select distinct u from unnest(users) u order by u))
        from monitoring.tb_user_activity_hourly) as sorted`,
  );
  expect(united).toEqual({ users: 3, sorted: true });
  expect(await daily()).toEqual([{ day, users: 3 }]);
  expect(await marks(world)).toBe(0);
});

test('keys are made once, differ by tenant, and the same user is somebody else elsewhere', async () => {
  const at = `${daysAgo(1)}T10:00:00Z`;
  await write({ at, user: 'ann' }, { at, user: 'ann', tenant: 'other' });
  await roll(world);
  await write({ at: `${daysAgo(2)}T10:00:00Z`, user: 'ann' });
  await roll(world);

  const keys = await ask<{ tenant_id: string; bytes: number }>(
    world.admin,
    `select tenant_id, length(key) as bytes from monitoring.pseudonym_key where purpose = 'rollup' order by 1`,
  );
  expect(keys).toEqual(['other', 't'].map((tenant_id) => ({ tenant_id, bytes: 32 })));
  const users = await askOne<{ keys: number }>(
    world.admin,
    'select count(distinct user_key) as keys from monitoring.user_activity_daily',
  );
  expect(users.keys).toBe(2);
});

test('days and hours are cut in UTC, whatever the zone of the session: half an hour off has no effect', async () => {
  const day = daysAgo(1);
  await write({ at: `${day}T00:00:00Z`, user: 'ann' }, { at: `${day}T23:59:59.999Z`, user: 'bob' });
  const elsewhere: Db = {
    ...world.ops,
    transaction: (work) =>
      world.ops.transaction(async (tx) => {
        await tx.script(`set local timezone = 'Asia/Kolkata'`);
        return work(tx);
      }),
  };

  await rollUp(elsewhere, () => false);

  expect((await hours()).map(({ at }) => at)).toEqual(['00:00', '23:00']);
  expect(await daily()).toEqual([{ day, users: 2 }]);
  expect(await cohorts()).toEqual([`${day.slice(0, 7)} ${day.slice(0, 7)} 2`]);
});

test('twice: rolling up the same again writes nothing', async () => {
  const day = daysAgo(1);
  const rows = [
    { at: `${day}T10:00:00Z`, user: 'ann' },
    { at: `${day}T11:00:00Z`, user: 'bob' },
  ];
  await write(...rows);
  await roll(world);
  const before = [await hours(), await daily(), await cohorts()];

  await world.admin
    .script(`insert into monitoring.user_activity_hourly_dirty (tenant_id, bucket) values ('t', '${day}T10:00Z');
    insert into monitoring.user_activity_daily_dirty (tenant_id, bucket) values ('t', '${day}T00:00Z');
    insert into monitoring.user_cohort_month_dirty (tenant_id, bucket) values ('t', '${day.slice(0, 7)}-01T00:00Z')`);

  expect(await roll(world)).toMatchObject({ rows: 0 });
  expect([await hours(), await daily(), await cohorts()]).toEqual(before);
});

test('cohorts: who came first in which month, and how many came back', async () => {
  await writeThen(
    { at: `${monthAgo(2)}-05T10:00:00Z`, user: 'ann' },
    { at: `${monthAgo(2)}-20T10:00:00Z`, user: 'ann' },
    { at: `${monthAgo(2)}-05T10:00:00Z`, user: 'bob' },
    { at: `${monthAgo(1)}-01T00:00:00Z`, user: 'ann' },
    { at: `${monthAgo(1)}-02T00:00:00Z`, user: 'cid' },
  );

  await roll(world);

  const [two, one] = [monthAgo(2), monthAgo(1)];
  expect(await cohorts()).toEqual([`${two} ${two} 2`, `${two} ${one} 1`, `${one} ${one} 1`]);
});

test('late: activity of an earlier month moves its user to that cohort in every month', async () => {
  const [two, one] = [monthAgo(2), monthAgo(1)];
  await writeThen({ at: `${one}-02T00:00:00Z`, user: 'cid' });
  await writeThen({ at: `${one}-03T00:00:00Z`, user: 'dan' });
  await roll(world);
  expect(await cohorts()).toEqual([`${one} ${one} 2`]);

  await writeThen({ at: `${two}-28T00:00:00Z`, user: 'cid' });
  await roll(world);

  expect(await cohorts()).toEqual([`${two} ${two} 1`, `${two} ${one} 1`, `${one} ${one} 1`]);
});

const endOf = async (order: readonly Act[]) => {
  await clear(world);
  for (const row of order) {
    await writeThen(row);
    await roll(world);
  }
  return [
    (await hours()).map((row) => ({ ...row, written: null })),
    await daily(),
    await cohorts(),
  ];
};

test('out of order: any order of arrival ends in the same rollups', async () => {
  const [two, one] = [monthAgo(2), monthAgo(1)];
  const rows = [
    { at: `${two}-05T10:00:00Z`, user: 'ann' },
    { at: `${one}-05T10:00:00Z`, user: 'ann' },
    { at: `${one}-05T11:00:00Z`, user: 'bob', duration: 4 },
    { at: `${one}-07T11:00:00Z`, user: 'bob', duration: 6 },
  ];
  expect(await endOf(rows.toReversed())).toEqual(await endOf(rows));
});

test('anonymised: counts, sets and cohorts stay, also when a mark comes too late', async () => {
  const old = daysAgo(40);
  await writeThen(
    ...['ann', 'bob', 'cid'].map((user) => ({ at: `${old}T10:00:00Z`, user, duration: 5 })),
  );
  await roll(world);
  const before = [await hours(), await daily(), await cohorts()];

  await world.admin.script(`update monitoring.tb_user_activity set user_id = 'anon_x'`);
  await write({ at: `${old}T10:30:00Z`, user: 'dan' });
  const late = await roll(world);

  expect([await hours(), await daily(), await cohorts()]).toEqual(before);
  // The hour, and of the day three users that would be gone and two that would be new.
  expect(late).toMatchObject({ rows: 0, too_late: 6 });
});
