import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isMissingPartition } from '@rookery/db/fault';
import { openDb, type Db } from '@rookery/db/pool';
import { openWorld, type World } from '../world/world.ts';
import { asked, audit, counted, outcome, performance } from './monitoring-rows.ts';
import { rolledBack } from './tables.ts';

let world: World;
let ingest: Db;
beforeAll(async () => {
  world = await openWorld();
  ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort, max: 2 });
});
afterAll(async () => {
  await ingest.close();
  await world.close();
});

const ensure = (range: string) =>
  asked(`select monitoring.ensure_partitions(${range}) as made`, { made: 'int4' });
const drop = (partition: string, before: string) =>
  asked(`select * from monitoring.drop_partition('${partition}', '${before}')`, {
    dropped: 'text',
    rows_dropped: 'int8',
  });
const policy = (days: number): string =>
  `update monitoring.retention_policy set keep_days = ${days} where tenant_id = 'platform' and table_name = 'tb_health_check_log'`;
const week = 'tb_health_check_log_2020_01_06';

beforeEach(async () => {
  await world.ops.query(ensure(`'2020-01-01Z', '2020-01-14Z'`), null);
});

test('partitions are made by day, week or month, over the whole range and once', async () => {
  const range = `'2021-02-28 23:59:59Z', '2021-03-01Z'`;
  // Two days, four streams of one week (the 28th is a Sunday, so two), two months, here and in the compliance audit.
  expect(await ingest.query(ensure(range), null)).toEqual([{ made: 2 + 4 * 2 + 2 * 2 }]);
  expect(await ingest.query(ensure(range), null)).toEqual([{ made: 0 }]);
  expect(
    await ingest.query(ensure(`'2021-03-02Z', '2021-03-02Z', 'tb_performance_metric'`), null),
  ).toEqual([{ made: 1 }]);
});

test('partitions are made once by two makers at the same time', async () => {
  const made = await Promise.all(
    [1, 2, 3].map(() => ingest.query(ensure(`'2022-01-03Z', '2022-01-04Z'`), null)),
  );
  expect(made.map(([row]) => row!.made).sort((a, b) => b - a)).toEqual([8, 0, 0]);
});

test.each([
  ['in the zone of the server', 'UTC'],
  ['far from it', 'Pacific/Auckland'],
])('partitions begin at midnight UTC when the session is %s', async (_, zone) => {
  const bounds = await rolledBack(world.admin, async (tx) => {
    await tx.script(`set local timezone = '${zone}'`);
    await tx.query(
      ensure(`'2023-06-01 00:00Z', '2023-06-01 23:59Z', 'tb_performance_metric'`),
      null,
    );
    await tx.script(`set local timezone = 'UTC'`);
    return tx.query(
      asked(
        `select pg_get_expr(relpartbound, oid) as bound from pg_class where relname like 'tb_performance_metric_2023%' and relkind = 'r'`,
        { bound: 'text' },
      ),
      null,
    );
  });
  expect(bounds).toEqual([
    { bound: `FOR VALUES FROM ('2023-06-01 00:00:00+00') TO ('2023-06-02 00:00:00+00')` },
  ]);
});

test('partitions reach a month back and a week ahead from the first day, seven days back where only those are kept', async () => {
  for (const { name, clock, back } of [
    { name: 'tb_performance_metric', clock: 'time', back: '7 days' },
    { name: 'tb_health_check_log', clock: 'checked_at', back: '1 month' },
    { name: 'tb_error_instance', clock: 'occurred_at', back: '1 month' },
    { name: 'tb_integration_event', clock: 'occurred_at', back: '1 month' },
    { name: 'tb_user_activity', clock: 'time', back: '1 month' },
    { name: 'tb_audit_event', clock: 'time', back: '1 month' },
  ])
    for (const at of [`now() - interval '${back}'`, `now() + interval '7 days'`])
      expect([
        name,
        at,
        // Past the choice of the partition, the row fails for what it lacks.
        await outcome(world.admin, `insert into monitoring.${name} (${clock}) values (${at})`),
      ]).toEqual([name, at, expect.stringMatching(/^23502 /)]);
});

test('partitions that are missing are a clear error, which the writer can heal', async () => {
  const late = performance('mean', '1').replace(
    `date_trunc('day', now())`,
    `timestamptz '1999-01-01Z'`,
  );
  const error: unknown = await ingest
    .transaction((tx) => tx.script(late), { tenantId: 'platform' })
    .catch((e: unknown) => e);
  expect(isMissingPartition(error)).toBe(true);

  await ingest.query(ensure(`'1999-01-01Z', '1999-01-01Z', 'tb_performance_metric'`), null);

  await ingest.transaction((tx) => tx.script(late), { tenantId: 'platform' });
});

test.each([
  ['too many', `'2000-01-01', '2010-01-01'`, /more than 400/],
  ['the wrong way round', `'2000-01-02', '2000-01-01'`, /earlier instant first/],
  ['without an end', `'2000-01-02', 'infinity'`, /earlier instant first/],
  ['of no stream', `'2000-01-02', '2000-01-02', 'tb_alert'`, /no stream .* choose one of/],
])('partitions %s are refused', async (_, range, message) => {
  await expect(ingest.query(ensure(range), null)).rejects.toThrow(message);
});

test('partitions that are past are dropped with their rows, of every tenant, and named', async () => {
  await world.admin.script(`
    insert into monitoring.tb_service_health (tenant_id, id, name, service_type)
      values ('a', 's', 's', 'api'), ('b', 's', 's', 'api');
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, checked_at)
      values ('a', 's', 'healthy', '2020-01-06Z'), ('b', 's', 'down', '2020-01-12 23:59Z'), ('b', 's', 'down', '2020-01-13Z')`);

  expect(await world.ops.query(drop(week, '2020-01-13Z'), null)).toEqual([
    { dropped: week, rows_dropped: 2 },
  ]);

  const left = counted(
    `select count(*) as rows from monitoring.tb_health_check_log where checked_at < '2020-02-01Z'`,
  );
  expect(await world.ops.query(left, null)).toEqual([{ rows: 1 }]);
  await expect(world.ops.query(drop(week, '2020-01-13Z'), null)).rejects.toThrow(
    /no partition of a stream/,
  );
});

test('partitions are dropped by operations alone', async () => {
  for (const db of [world.etl, world.api, ingest])
    expect(
      await outcome(db, `select monitoring.drop_partition('${week}', '2020-02-01Z')`, 'a'),
    ).toMatch(/^42501 /);
});

test.each([
  ['ended later', week, '2020-01-12Z', '', /ends at 2020-01-13/],
  ['are asked for before their time has come', week, '2999-01-01Z', '', /only what ended by/],
  ['belong to no stream', 'tb_alert', '2020-02-01Z', '', /no partition of a stream/],
  [
    'belong to the warehouse',
    'campaign_analytics_2026_11',
    '2020-02-01Z',
    '',
    /no partition of a stream/,
  ],
  [
    'a policy keeps',
    week,
    '2020-02-01Z',
    policy(36_500),
    /keeps tb_health_check_log for 36500 days/,
  ],
  [
    'a policy of one tenant keeps',
    week,
    '2020-02-01Z',
    `insert into monitoring.retention_policy (tenant_id, table_name, keep_days) values ('a', 'tb_health_check_log', 36500)`,
    /keeps tb_health_check_log for 36500 days/,
  ],
  [
    'a legal hold of one tenant touches',
    week,
    '2020-02-01Z',
    `insert into monitoring.legal_hold (tenant_id, table_name, held_from, held_until, reason, placed_by) values ('a', 'tb_health_check_log', '2019-01-01Z', '2020-01-06 00:00:01Z', 'a lawsuit', 'me')`,
    /legal hold \d+ of tenant a: a lawsuit/,
  ],
  [
    'a rollup needs',
    'tb_performance_metric_2020_01_06',
    '2020-02-01Z',
    `insert into monitoring.performance_metric_5min_dirty (bucket) values ('2020-01-06 23:55Z')`,
    /rollups of tb_performance_metric are not done/,
  ],
  [
    'have an audit event that is not archived',
    'tb_audit_event_2020_01',
    '2020-02-01Z',
    `insert into monitoring.audit_event_key (event_id, time) values ('old', '2020-01-06Z'); ${audit('old', `'192.0.2.1'`).replace('(event_id', '(time, event_id').replace(`('old'`, `('2020-01-06Z', 'old'`)}`,
    /1 of its rows are not in tb_audit_event_archive/,
  ],
])('partitions that %s stay', async (_, partition, before, first, message) => {
  await rolledBack(world.ops, async (tx) => {
    if (first !== '') await tx.script(first);
    await expect(tx.query(drop(partition, before), null)).rejects.toThrow(message);
  });
});

test.each([
  [
    'a released hold',
    `insert into monitoring.legal_hold (table_name, held_from, reason, placed_by, released_at) values ('tb_health_check_log', '2019-01-01Z', 'over', 'me', now())`,
  ],
  [
    'a hold on later rows',
    `insert into monitoring.legal_hold (table_name, held_from, reason, placed_by) values ('tb_health_check_log', '2020-01-13Z', 'later', 'me')`,
  ],
  [
    'a hold on another table',
    `insert into monitoring.legal_hold (table_name, held_from, reason, placed_by) values ('tb_alert', '2019-01-01Z', 'other', 'me')`,
  ],
])('%s keeps no partition', async (_, first) => {
  const rows = await rolledBack(world.ops, async (tx) => {
    await tx.script(first);
    return tx.query(drop(week, '2020-02-01Z'), null);
  });
  expect(rows).toEqual([expect.objectContaining({ dropped: week })]);
});
