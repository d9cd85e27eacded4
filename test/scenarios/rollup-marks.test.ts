import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { performanceFreshness } from '@rookery/monitoring/reports/freshness.sql';
import { activityFreshness } from '@rookery/monitoring/reports/activity-freshness.sql';
import type { Level } from '@rookery/monitoring/rollup/mark.sql';
import { rollTurn } from '@rookery/monitoring/rollup/rollup';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';
import { acts, clear, daysAgo, held, minutes, roll } from './rollup-room.ts';

const day = daysAgo(1);
const at = (time: string): string => `${day}T${time}:00Z`;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => clear(world));

// The marks of a level: bucket and when each was made, in UTC.
const marksOf = async (level: Level): Promise<string[]> =>
  (
    await ask<{ text: string }>(
      world.admin,
      `select to_char(bucket at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' '
        || to_char(marked_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as text
      from monitoring.${level}_dirty where tenant_id = 't' order by bucket, marked_at`,
    )
  ).map(({ text }) => text);
const markedAt = (level: Level, bucket: string, moment: string) =>
  world.admin.script(`update monitoring.${level}_dirty set marked_at = '${moment}'
    where tenant_id = 't' and bucket = '${bucket}'`);
const addMark = (level: Level, bucket: string, moment: string) =>
  world.admin.script(`insert into monitoring.${level}_dirty (tenant_id, bucket, marked_at)
    values ('t', '${bucket}', '${moment}')`);

test('an hour waits since the oldest mark of the five minutes that changed it, and reads are complete up to that', async () => {
  await world.admin.script(
    minutes([
      { at: at('10:00'), values: [10] },
      { at: at('10:05'), values: [10] },
      { at: at('11:00'), values: [10] },
    ]),
  );
  await markedAt('performance_metric_5min', at('10:00'), at('12:03'));
  await addMark('performance_metric_5min', at('10:00'), at('12:07'));
  await markedAt('performance_metric_5min', at('10:05'), at('12:02'));
  await markedAt('performance_metric_5min', at('11:00'), at('12:04'));
  // Of five minutes in which nothing is, so that no hour waits for it.
  await addMark('performance_metric_5min', at('11:05'), at('12:01'));

  await rollTurn(world.ops, 'performance_metric_5min', 't');

  expect(await marksOf('performance_metric_5min')).toEqual([]);
  expect(await marksOf('performance_metric_hourly')).toEqual([
    `${day} 10:00 ${day} 12:02:00.000000`,
    `${day} 11:00 ${day} 12:04:00.000000`,
  ]);
  const span = { tenantId: 't', from: at('00:00'), to: at('23:59') };
  const [fresh] = await world.ops.query(performanceFreshness, span);
  expect(fresh?.complete_through).toEqual(new Date(at('12:02')));
});

test('a month waits since the oldest mark of the days that changed it', async () => {
  const [early, late] = ['2026-02-27', '2026-03-02'];
  await world.admin.script(
    acts([
      { at: `${early}T10:00:00Z`, user: 'ann' },
      { at: `${late}T10:00:00Z`, user: 'bob' },
      { at: `2026-03-03T10:00:00Z`, user: 'bob' },
    ]),
  );
  await world.admin.script(`truncate monitoring.user_activity_hourly_dirty`);
  // Marked when it happened, as old as it is.
  for (const [bucket, moment] of [
    [early, '2026-02-27T10:01:00Z'],
    [late, '2026-03-03T10:04:00Z'],
    ['2026-03-03', '2026-03-03T10:03:00Z'],
  ] as const)
    await markedAt('user_activity_daily', `${bucket}T00:00:00Z`, moment);
  await world.admin.script(
    `update monitoring.retention_policy set keep_days = 9000 where table_name = 'user_activity_daily'`,
  );

  await rollTurn(world.ops, 'user_activity_daily', 't');

  expect(await marksOf('user_cohort_month')).toEqual([
    '2026-02-01 00:00 2026-02-27 10:01:00.000000',
    '2026-03-01 00:00 2026-03-03 10:03:00.000000',
  ]);
  const [fresh] = await world.ops.query(activityFreshness, { tenantId: 't' });
  expect(fresh?.cohorts_through).toEqual(new Date('2026-02-27T10:01:00Z'));
});

// An hour of 91 days ago of which retention has taken the first five minutes, and to which an outage of the rollup brings a
// minute now: its own mark held the minutes, and nothing the five minutes.
const afterOutage = async (): Promise<string> => {
  const old = daysAgo(91);
  await world.admin.script(
    minutes([
      { at: `${old}T10:00:00Z`, values: [10, 20] },
      { at: `${old}T10:05:00Z`, values: [30] },
    ]),
  );
  await roll(world);
  await world.admin.script(
    `delete from monitoring.tb_performance_metric_5min where bucket = '${old}T10:00:00Z'`,
  );
  await world.admin.script(minutes([{ at: `${old}T10:06:00Z`, values: [40] }]));
  await markedAt('performance_metric_5min', `${old}T10:05:00Z`, `${old}T10:07:00Z`);
  return old;
};

test('late: an hour whose five minutes retention took meanwhile does not pass for whole by the age of a mark', async () => {
  const old = await afterOutage();

  await rollTurn(world.ops, 'performance_metric_5min', 't');

  expect(await held(world, '5min')).toMatchObject([{ at: '10:05', requests: 2, sum: 70 }]);
  // A microsecond after the last moment at which retention cannot have touched the hour: 90 days less an hour.
  expect(await marksOf('performance_metric_hourly')).toEqual([
    `${old} 10:00 ${daysAgo(1)} 09:00:00.000001`,
  ]);
  expect(await roll(world)).toMatchObject({ too_late: 1 });
  expect(await held(world, 'hourly')).toMatchObject([{ at: '10:00', requests: 3, sum: 60 }]);
});

test('control: with the age of the mark that it stems from the hour loses what retention took', async () => {
  const old = await afterOutage();

  await addMark('performance_metric_hourly', `${old}T10:00:00Z`, `${old}T10:07:00Z`);

  expect(await roll(world)).toMatchObject({ too_late: 0 });
  expect(await held(world, 'hourly')).toMatchObject([{ at: '10:00', requests: 2, sum: 70 }]);
});
