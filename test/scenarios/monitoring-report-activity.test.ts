import { afterAll, beforeAll, expect, test } from 'vitest';
import { monitoringActivityEndpoints } from '@rookery/http/endpoints/monitoring-activity';
import { handler } from '../../functions/api/monitoring-activity.ts';
import { ask } from './ask.ts';
import { openReportRoom, type ReportRoom } from './monitoring-report-room.ts';

const { getActiveUsers, listFeatureUsage, listRetentionCohorts } = monitoringActivityEndpoints;
const now = '2025-03-31T12:30:00Z';
let room: ReportRoom;

beforeAll(async () => {
  room = await openReportRoom();
  // The four users of the tenant shy are one "anonymized" by now, as the seed has it; their keys are apart.
  await room.world.admin.script(`
    set role rookery_owner;
    select monitoring.ensure_partitions('2025-02-20', '2025-04-01', 'tb_user_activity');
    reset role;
    insert into monitoring.tb_user_activity (tenant_id, user_id, time, session_id, activity_type)
    select tenant, who, moment::timestamptz, 's', 'action' from (values
      ('acme', 'ann', '2025-03-31T12:00:00Z'), ('acme', 'ann', '2025-03-31T11:00:00Z'),
      ('acme', 'bob', '2025-03-31T11:30:00Z'), ('acme', 'cid', '2025-03-31T11:29:59.999Z'),
      ('acme', 'dee', '2025-03-30T12:30:00Z'), ('acme', 'eve', '2025-03-30T12:29:59.999Z'),
      ('shy', 'anonymized', '2025-03-10T10:00:00Z'), ('shy', 'anonymized', '2025-03-10T11:00:00Z'),
      ('shy', 'anonymized', '2025-03-10T12:00:00Z'), ('shy', 'anonymized', '2025-03-10T13:00:00Z'),
      ('other', 'zoe', '2025-03-31T12:00:00Z')) v (tenant, who, moment);
    insert into monitoring.user_activity_daily (tenant_id, day, user_key)
    select tenant, day::date, who from (values
      ('acme', '2025-03-31', 1), ('acme', '2025-03-31', 2), ('acme', '2025-03-31', 3), ('acme', '2025-03-30', 4),
      ('acme', '2025-03-30', 5), ('acme', '2025-03-30', 1), ('acme', '2025-03-25', 6), ('acme', '2025-03-24', 7),
      ('acme', '2025-03-24', 8), ('acme', '2025-03-02', 9), ('acme', '2025-03-01', 10), ('acme', '2025-03-01', 11),
      ('acme', '2025-02-25', 12), ('other', '2025-03-31', 99), ('shy', '2025-03-10', 1), ('shy', '2025-03-10', 2),
      ('shy', '2025-03-10', 3), ('shy', '2025-03-10', 4)) v (tenant, day, who);
    insert into monitoring.tb_user_activity_hourly (tenant_id, bucket, module, feature, activity_type, total_activities,
      duration_sum, duration_count, users)
    select tenant, bucket::timestamptz, module, feature, type, total, seconds, timed, users::bigint[] from (values
      -- 7 days before begin on the 24th at 12:30, 30 days on the 1st.
      ('acme', '2025-03-24T11:00:00Z', 'm', 'a', 'action', 1, 0, 0, '{8}'),
      ('acme', '2025-03-24T12:00:00Z', 'm', 'a', 'action', 1, 0, 0, '{7}'),
      ('acme', '2025-03-01T11:00:00Z', 'm', 'a', 'action', 1, 0, 0, '{10}'),
      ('acme', '2025-03-01T12:00:00Z', 'm', 'a', 'action', 2, 0, 0, '{11,1}'),
      ('acme', '2025-03-01T12:00:00Z', 'billing', 'export', 'feature-use', 5, 100, 3, '{1,2}'),
      ('acme', '2025-03-01T11:00:00Z', 'billing', 'export', 'feature-use', 50, 100, 3, '{40}'),
      ('acme', '2025-03-20T08:00:00Z', 'billing', 'export', 'feature-use', 4, 60, 3, '{2,3}'),
      ('acme', '2025-03-31T12:00:00Z', 'billing', 'import', 'feature-use', 9, 0, 0, '{1,2,3}'),
      ('acme', '2025-03-30T12:00:00Z', null, null, 'feature-use', 2, 7, 2, '{5}'),
      ('acme', '2025-03-30T12:00:00Z', 'billing', 'import', 'page-view', 70, 7, 2, '{5,6}'),
      ('other', '2025-03-30T12:00:00Z', 'billing', 'export', 'feature-use', 1, 1, 1, '{99}')
    ) v (tenant, bucket, module, feature, type, total, seconds, timed, users);
    insert into monitoring.user_cohort_month (tenant_id, cohort_month, month, active_users)
    select tenant, cohort::date, month::date, users from (values
      ('acme', '2024-12-01', '2024-12-01', 3), ('acme', '2024-12-01', '2025-01-01', 1), ('acme', '2024-12-01', '2025-03-01', 2),
      ('acme', '2025-02-01', '2025-02-01', 8), ('acme', '2025-02-01', '2025-03-01', 5),
      ('acme', '2025-03-01', '2025-03-01', 4), ('other', '2025-01-01', '2025-01-01', 7)) v (tenant, cohort, month, users)`);
});
afterAll(() => room.close());

test('users are distinct in every window, on both sides of its edge', async () => {
  const { data } = await room.read(handler, getActiveUsers, { now });

  expect(data).toEqual({
    // ann, bob
    active_last_hour: 2,
    // and cid, dee
    active_last_24h: 4,
    // keys 1 to 6 of whole days and 7 of the hour in which the window begins
    active_last_7d: 7,
    // and 8, 9, and 11 of the hour in which that one begins: not 10, an hour before, nor 12
    active_last_30d: 10,
  });
});

test('users whose activity is anonymised by now stay as many as they were', async () => {
  const { data } = await room.read(handler, getActiveUsers, { now, tenantId: 'shy' });
  expect(data).toMatchObject({ active_last_7d: 0, active_last_30d: 4 });

  // The control: in the activity itself, where the seed looks, they are one.
  const [seed] = await ask<{ users: number }>(
    room.world.admin,
    `select count(distinct user_id) as users from monitoring.tb_user_activity where tenant_id = 'shy'`,
  );
  expect(seed?.users).toBe(1);
});

test('a feature counts each user once, over hours of the window and feature-use alone', async () => {
  const { data, since } = await room.read(handler, listFeatureUsage, { now });

  expect(since).toBe('2025-03-01T12:00:00.000Z');
  expect(data).toEqual([
    {
      module: 'billing',
      feature: 'export',
      unique_users: 3,
      total_uses: 9,
      avg_duration_seconds: 26.67,
    },
    {
      module: 'billing',
      feature: 'import',
      unique_users: 3,
      total_uses: 9,
      avg_duration_seconds: null,
    },
    { module: null, feature: null, unique_users: 1, total_uses: 2, avg_duration_seconds: 3.5 },
  ]);
});

const featuresOf = async (query: Record<string, string>) =>
  (await room.read(handler, listFeatureUsage, { now, query })).data.map(({ feature }) => feature);

test('features can be cut to one module and to the most used', async () => {
  expect(await featuresOf({ limit: '1' })).toEqual(['export']);
  expect(await featuresOf({ module: 'billing', days: '1' })).toEqual(['import']);
  expect(await featuresOf({ module: 'nothing' })).toEqual([]);
});

test('cohorts tell who came back, a month without anybody as 0, and no rate before a month is over', async () => {
  const { data } = await room.read(handler, listRetentionCohorts, { now, query: { months: '3' } });

  expect(data).toEqual([
    {
      cohort_month: '2025-03-01',
      cohort_size: 4,
      retained_month_1: null,
      retention_rate_month_1: null,
      months: [],
    },
    {
      cohort_month: '2025-02-01',
      cohort_size: 8,
      retained_month_1: 5,
      retention_rate_month_1: null,
      months: [{ after: 1, month: '2025-03-01', retained: 5, rate: null, complete: false }],
    },
    {
      cohort_month: '2024-12-01',
      cohort_size: 3,
      retained_month_1: 1,
      retention_rate_month_1: 33.33,
      months: [
        { after: 1, month: '2025-01-01', retained: 1, rate: 33.33, complete: true },
        { after: 2, month: '2025-02-01', retained: 0, rate: 0, complete: true },
        { after: 3, month: '2025-03-01', retained: 2, rate: null, complete: false },
      ],
    },
  ]);
});

const secondCohortAt = async (moment: string) =>
  (await room.read(handler, listRetentionCohorts, { now: moment })).data[1];

test('a month is over with its last instant in UTC', async () => {
  expect(await secondCohortAt('2025-03-31T23:59:59.999Z')).toMatchObject({
    retention_rate_month_1: null,
  });
  expect(await secondCohortAt('2025-04-01T00:00:00Z')).toMatchObject({
    retention_rate_month_1: 62.5,
  });
});

test('a tenant sees its own users alone', async () => {
  const wish = { now, tenantId: 'other' };
  expect((await room.read(handler, getActiveUsers, wish)).data).toEqual({
    active_last_hour: 1,
    active_last_24h: 1,
    active_last_7d: 1,
    active_last_30d: 1,
  });
  const { data } = await room.read(handler, listRetentionCohorts, wish);
  expect(data.map(({ cohort_size }) => cohort_size)).toEqual([7]);
});

test('what waits to be rolled up is told as the end of what is complete, to its own tenant alone', async () => {
  const { world } = room;
  const of = async (endpoint: typeof getActiveUsers | typeof listRetentionCohorts) => {
    const { as_of, complete_through } = await room.read(handler, endpoint, { now });
    return complete_through === as_of ? 'now' : complete_through;
  };
  const mark = (table: string, tenantId: string, day: string) =>
    world.admin.script(`insert into monitoring.${table} (tenant_id, bucket, marked_at)
      values ('${tenantId}', '2025-03-31', '2025-03-${day}')`);
  expect([await of(getActiveUsers), await of(listRetentionCohorts)]).toEqual(['now', 'now']);

  await mark('user_activity_hourly_dirty', 'other', '01');
  expect(await of(getActiveUsers)).toBe('now');

  await mark('user_activity_hourly_dirty', 'acme', '30');
  await mark('user_activity_hourly_dirty', 'acme', '29');
  await mark('user_cohort_month_dirty', 'acme', '28');
  expect([await of(getActiveUsers), await of(listRetentionCohorts)]).toEqual([
    '2025-03-29T00:00:00.000Z',
    '2025-03-28T00:00:00.000Z',
  ]);
});

test('users whom no rollup knows yet count in the longer windows as well', async () => {
  await room.world.admin
    .script(`insert into monitoring.tb_user_activity (tenant_id, user_id, time, session_id, activity_type)
    values ('fresh', 'a', '2025-03-31T12:00:00Z', 's', 'action'), ('fresh', 'b', '2025-03-31T12:00:00Z', 's', 'action')`);

  expect((await room.read(handler, getActiveUsers, { now, tenantId: 'fresh' })).data).toEqual({
    active_last_hour: 2,
    active_last_24h: 2,
    active_last_7d: 2,
    active_last_30d: 2,
  });
});
