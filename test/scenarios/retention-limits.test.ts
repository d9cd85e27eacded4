import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { dropPartitions, plan } from '@rookery/monitoring/retention/look';
import { runAll } from '@rookery/monitoring/retention/run';
import { doUnit } from '@rookery/monitoring/retention/unit';
import { verify } from '@rookery/monitoring/retention/verify';
import { clear, now, openRoom, stage, type Room } from './retention-room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
  await stage(room);
}, 60_000);
afterEach(() => clear(room));
afterAll(() => room.close());

const before = (days: number, minutes: number): string =>
  `timestamptz '${now.toISOString()}' - interval '${days * 24 * 60 + minutes} minutes'`;

// One row of each table at an age: its limit in days, and how the row is written.
const tables: readonly [string, number, (at: string, id: string) => string][] = [
  ['tb_performance_metric', 7, (at) => `(tenant_id, time, metric_name, p50) values ('a', ${at}, 'm', 1)`],
  ['tb_performance_metric_5min', 90, (at) => `(tenant_id, bucket, metric_name) values ('a', ${at}, 'm')`],
  ['tb_performance_metric_hourly', 365, (at) => `(tenant_id, bucket, metric_name) values ('a', ${at}, 'm')`],
  ['tb_health_check_log', 30, (at) => `(tenant_id, service_id, status, checked_at) values ('a', 's', 'down', ${at})`],
  ['tb_error_instance', 30, (at) => `(tenant_id, error_id, occurred_at) values ('a', 'open', ${at})`],
  ['tb_integration_event', 30, (at) => `(tenant_id, integration_id, event_type, direction, success, occurred_at) values ('a', 'i', 'e', 'in', true, ${at})`],
  ['tb_alert', 90, (at, id) => `(tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold, triggered_at, resolved_at)
     values ('a', '${id}', 'r', 'resolved', 'error', 'm', 1, 1, ${at} - interval '1 day', ${at})`],
  ['tb_user_activity', 90, (at) => `(tenant_id, time, user_id, session_id, activity_type) values ('a', ${at}, 'u', 's', 'view')`],
  ['tb_user_activity_hourly', 90, (at) => `(tenant_id, bucket, activity_type) values ('a', ${at}, 'view')`],
  ['tb_user_session', 90, (at, id) => `(tenant_id, id, user_id, started_at) values ('a', '${id}', 'u', ${at})`],
]; // prettier-ignore

test.each(tables)(
  'of %s, %i days and one minute is too old, a minute less is not',
  async (table, days, row) => {
    await room.world.admin.script(`
    insert into monitoring.${table} ${row(before(days, 1), 'old')};
    insert into monitoring.${table} ${row(before(days, 0), 'just')};
    insert into monitoring.${table} ${row(before(days, -1), 'young')}`);

    const [due] = (await plan(room.world.ops, now)).filter(
      ({ table_name, action }) => table_name === table && action === 'delete',
    );
    expect(due).toMatchObject({ tenant_id: 'a', rows: 1, why: null });
    const progress = await doUnit(room.bench, {
      tenantId: 'a',
      table,
      action: 'delete',
      slot: now,
    });

    expect(progress).toEqual({ rows: 1, finished: true });
    expect(await room.count(`${table} where tenant_id = 'a'`)).toBe(2);
  },
);

test('days of errors go 30 days after they began, of every table of them', async () => {
  for (const [table, more] of [
    ['error_day', 'occurrences'],
    ['error_user_day', 'user_id'],
  ])
    await room.world.admin.script(`
      insert into monitoring.${table} (tenant_id, day, error_id, ${more})
      values ('a', '2026-05-16', 'open', '1'), ('a', '2026-05-17', 'open', '1')`);

  await runAll(room.bench, now, null);

  for (const table of ['error_day', 'error_user_day'])
    expect([
      table,
      await room.count(`${table} where day = '2026-05-17'`),
      await room.count(table),
    ]).toEqual([table, 1, 1]);
});

test('alerts that are not over and error groups that are not resolved stay for ever', async () => {
  await room.world.admin.script(`
    insert into monitoring.tb_alert (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold, triggered_at)
      values ('a', 'x', 'r', 'active', 'error', 'm', 1, 1, '2020-01-01Z');
    update monitoring.tb_error_log set last_seen = '2020-01-02Z', stack_trace = 'at f'`);

  await runAll(room.bench, now, null);

  expect(await room.count('tb_alert')).toBe(1);
  expect(await room.count('tb_error_log')).toBe(2);
});

test('a tenant keeps what it keeps longer, and deletes sooner what it keeps shorter', async () => {
  await room.world.admin.script(`
    insert into monitoring.retention_policy (tenant_id, table_name, keep_days) values ('a', 'tb_health_check_log', 60), ('b', 'tb_health_check_log', 10);
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, checked_at)
      select t, 's', 'down', timestamptz '${now.toISOString()}' - make_interval(days => d)
      from unnest(array['a', 'b']) t, unnest(array[5, 20, 50, 70]) d`);

  await runAll(room.bench, now, null);

  expect(
    await room.ask(
      `select tenant_id, count(*) as n from monitoring.tb_health_check_log group by 1 order by 1`,
      { tenant_id: 'text', n: 'int8' },
    ),
  ).toEqual([
    { tenant_id: 'a', n: 3 },
    { tenant_id: 'b', n: 1 },
  ]);
});

test('held rows and rows whose rollups are not done stay, and the plan says why', async () => {
  await room.world.admin.script(`
    insert into monitoring.legal_hold (tenant_id, table_name, held_from, held_until, reason, placed_by)
      values ('a', 'tb_performance_metric', '2026-06-01Z', '2026-06-02Z', 'case 7', 'u');
    insert into monitoring.tb_performance_metric (tenant_id, time, metric_name)
      values ('a', '2026-06-01Z', 'm'), ('a', '2026-06-02Z', 'm'), ('a', '2026-06-05Z', 'm'), ('a', '2026-06-05 00:06Z', 'm');
    insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket) values ('a', '2026-06-05 00:05Z')`);

  const { dropped, left } = await runAll(room.bench, now, null);

  expect(left.map(({ why, rows }) => [why, rows])).toEqual([
    ['a legal hold keeps them', 1],
    ['their rollups are not done yet', 1],
  ]);
  expect(await room.count('tb_performance_metric')).toBe(2);
  expect(dropped.filter(({ why }) => why !== null).map(({ why }) => why)).toEqual([
    expect.stringContaining('legal hold'),
    expect.stringContaining('rollups'),
  ]);
  const { overdue, held, ok } = await verify({
    db: room.world.ops,
    place: room.place,
    now,
    search: null,
  });
  expect([overdue.length, held.length, ok]).toEqual([0, 2, true]);
});

test('twice at a slot: a partition that a late row made again is dropped again, and the proof has both counts', async () => {
  const row = `select monitoring.ensure_partitions('2026-06-01Z', '2026-06-01Z', 'tb_performance_metric');
    insert into monitoring.tb_performance_metric (tenant_id, time, metric_name)
    select 'a', '2026-06-01Z', 'm' || i from generate_series(1, %) i`;
  for (const rows of ['3', '1']) {
    await room.world.admin.script(row.replace('%', rows));
    await dropPartitions(room.world.ops, now);
  }

  expect(
    await room.ask(
      `select rows from monitoring.retention_run where partition_name = 'tb_performance_metric_2026_06_01'`,
      { rows: 'int8' },
    ),
  ).toEqual([{ rows: 4 }]);
});

test('repeated, cut off and beside itself, a unit deletes each row once and counts it once', async () => {
  await room.world.admin.script(`
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, checked_at)
    select 'a', 's', 'down', '2026-04-01Z'::timestamptz + i * interval '1 second' from generate_series(1, 1000) i`);
  const unit = {
    tenantId: 'a',
    table: 'tb_health_check_log',
    action: 'delete',
    slot: now,
  } as const;

  const cut = await doUnit({ ...room.bench, batchRows: 100, batches: 3 }, unit);
  expect(cut).toEqual({ rows: 300, finished: false });
  const both = await Promise.all([1, 2].map(() => doUnit({ ...room.bench, batchRows: 50 }, unit)));
  expect(both).toEqual([
    { rows: 1000, finished: true },
    { rows: 1000, finished: true },
  ]);
  expect(await doUnit(room.bench, unit)).toEqual({ rows: 1000, finished: true });

  expect(
    await room.ask(`select rows, action from monitoring.retention_run`, {
      rows: 'int8',
      action: 'varchar',
    }),
  ).toEqual([{ rows: 1000, action: 'delete' }]);
  expect((await verify({ db: room.world.ops, place: room.place, now, search: null })).ok).toBe(
    true,
  );
});

test('a link in a group that says nothing else of anybody is anonymised, once', async () => {
  await room.world.admin.script(`
    insert into monitoring.tb_error_log (tenant_id, id, error_hash, message, error_type, first_seen, last_seen)
    values ('a', 'link', repeat('1', 64), 'GET https://ann.example/me failed', 'E', ${before(31, 0)}, ${before(31, 0)})`);
  const unit = { tenantId: 'a', table: 'tb_error_log', action: 'anonymise', slot: now } as const;

  expect(await doUnit(room.bench, unit)).toEqual({ rows: 1, finished: true });
  expect(await doUnit(room.bench, unit)).toEqual({ rows: 1, finished: true });

  expect(
    await room.ask(`select message from monitoring.tb_error_log where id = 'link'`, {
      message: 'text',
    }),
  ).toEqual([{ message: 'GET [redacted] failed' }]);
});
