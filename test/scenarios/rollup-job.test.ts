import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDatabases } from '@rookery/lambda/database';
import { handler } from '../../functions/schedule/rollup.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { openWorld, type World } from '../world/world.ts';
import { contextOf } from './function-room.ts';
import { acts, daysAgo, held, marks, minutes } from './rollup-room.ts';

const at = `${daysAgo(1)}T10:00:00Z`;
const firing = { job: 'rollup', scheduledTime: `${daysAgo(0)}T00:05:00Z` };

let world: World;
let env: ReturnType<typeof applyEnv>;
beforeAll(async () => {
  world = await openWorld();
  env = applyEnv({
    DATABASE_URL_OPS: world.url('rookery_ops'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    LOG_LEVEL: 'SILENT',
  });
});
afterAll(async () => {
  await closeDatabases();
  env.stop();
  await world.close();
});

test('twice: the schedule carries a minute to its hour and activity to its cohort, and the same slot again does nothing', async () => {
  await world.admin.script(minutes([{ at, values: [10, 20] }]) + acts([{ at, user: 'ann' }]));

  const once = await handler(firing, contextOf(120_000));
  const twice = await handler(firing, contextOf(120_000));

  // Five minutes, their hour; the hour of activity, its day and its cohort's month, and the user's cohort itself.
  expect(once).toMatchObject({ unit: 'rollup', rows: 6, unfinished: false });
  expect(twice).toMatchObject({ rows: 0, buckets: 0 });
  expect(await held(world, 'hourly')).toMatchObject([{ requests: 2, sum: 30 }]);
  expect(await marks(world)).toBe(0);
});

test('in time: what a minute is too short for is not begun, and stays marked', async () => {
  await world.admin.script(minutes([{ at, values: [10, 20], endpoint: '/short' }]));

  expect(await handler(firing, contextOf(59_999))).toMatchObject({ buckets: 0, unfinished: true });
  expect(await marks(world)).toBe(1);

  expect(await handler(firing, contextOf(60_000))).toMatchObject({ rows: 2, unfinished: false });
});

test('a tenant that cannot be rolled up fails the slot after the others are done, and heals by itself', async () => {
  await world.admin.script(
    minutes([
      { at, values: [1], tenant: 'bad' },
      { at, values: [1], tenant: 'good' },
    ]),
  );
  const set = (sketch: string) =>
    world.admin.script(
      `update monitoring.tb_performance_metric set sketch = '${sketch}' where tenant_id = 'bad'`,
    );
  await set('{"not a bucket": 1}');

  await expect(handler(firing, contextOf(120_000))).rejects.toThrow(
    /^performance_metric_5min of bad: /,
  );
  expect(await marks(world)).toBe(1);

  await set('{"0": 1}');
  expect(await handler(firing, contextOf(120_000))).toMatchObject({ rows: 2 });
  expect(await marks(world)).toBe(0);
});
