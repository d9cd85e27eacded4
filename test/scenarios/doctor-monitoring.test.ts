import { afterAll, beforeAll, expect, test } from 'vitest';
import { monitoringChecks } from '../../packages/cli/doctor-monitoring.ts';
import { openWorld, type World } from '../world/world.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const examined = async () =>
  Object.fromEntries(
    (await monitoringChecks({ db: () => world.ops, url: () => world.url('rookery_ops') })).map(
      ({ check, verdict, found }) => [check, `${verdict}: ${found}`],
    ),
  );

const mark = (tenant: string, age: string): Promise<void> =>
  world.admin
    .script(`insert into monitoring.user_activity_daily_dirty (tenant_id, bucket, marked_at)
    values ('${tenant}', date_trunc('day', now()), now() - interval '${age}')`);

test('a migrated database has partitions ahead and nothing to roll up', async () => {
  const { streams, rollups } = await examined();
  expect(streams).toMatch(/^ok: partitions until \d{4}-\d\d-\d\d at least$/);
  expect(rollups).toBe('ok: 0 marks to roll up');
});

test('marks that wait for over half an hour are told, younger ones are not', async () => {
  await mark('ant', '29 minutes');
  expect((await examined())['rollups']).toBe('ok: 1 mark to roll up');
  await mark('bee', '31 minutes');
  await mark('bee', '2 hours');
  expect((await examined())['rollups']).toBe(
    'warn: 3 marks to roll up, for over half an hour of 1 tenant',
  );
});

const drop = (condition: string): Promise<void> =>
  world.admin.script(`do $$ declare p text; begin
    for p in select inhrelid::regclass::text from pg_inherits
      join pg_class c on c.oid = inhrelid
      where inhparent = 'monitoring.tb_performance_metric'::regclass and ${condition}
    loop execute 'drop table ' || p; end loop; end $$`);

test('a stream whose partitions end within five days is told by name; one without any is broken', async () => {
  await drop(
    `c.relname > 'tb_performance_metric_' || to_char(now() + interval '4 days', 'YYYY_MM_DD')`,
  );
  expect((await examined())['streams']).toMatch(
    /^warn: tb_performance_metric has partitions only until/,
  );
  await drop('true');
  expect((await examined())['streams']).toBe('fail: tb_performance_metric has no partition');
});
