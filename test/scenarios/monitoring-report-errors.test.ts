import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { monitoringErrorEndpoints } from '@rookery/http/endpoints/monitoring-errors';
import {
  mostFrequent,
  typesByDay,
  unresolved,
  type DaysQuery,
  type TypesQuery,
} from '@rookery/monitoring/reports/errors';
import { openWorld, type World } from '../world/world.ts';

const now = new Date('2025-03-10T12:34:56Z');
const stamps = { as_of: now.toISOString(), complete_through: now.toISOString() };

let world: World;
beforeAll(async () => {
  world = await openWorld();
  // Columns: group, type, severity, status, environment, first and last seen, occurrences and users in all, the last user.
  await world.admin.script(`
    insert into monitoring.tb_error_log (tenant_id, id, error_hash, message, error_type, severity, status, environment,
      first_seen, last_seen, occurrence_count, affected_users, user_id, resolved_at)
    select split_part(v.id, '-', 1), v.id, rpad(md5(v.id), 64, '0'), 'message of ' || v.id, v.type,
      v.severity::monitoring.severity_level, v.status::monitoring.error_status, v.environment, v.first::timestamptz,
      v.last::timestamptz, v.occurrences, v.users, v.user_id, case when v.status = 'resolved' then v.last::timestamptz end
    from (values
      ('acme-old', 'TypeError', 'error', 'new', 'production', '2024-01-01T00:00Z', '2025-03-10T06:00Z', 1000, 3, 'ann'),
      ('acme-storm', 'TypeError', 'critical', 'acknowledged', 'production', '2025-03-08T06:00Z', '2025-03-10T12:00Z', 70, 2, 'ann'),
      ('acme-slow', 'Timeout', 'debug', 'in-progress', 'staging', '2025-03-09T00:00Z', '2025-03-09T01:30Z', 5, 0, null),
      ('acme-done', 'Timeout', 'fatal', 'resolved', 'production', '2025-03-03T00:00Z', '2025-03-03T00:00Z', 2, 1, 'bob'),
      ('acme-gone', 'TypeError', 'critical', 'new', 'production', '2025-01-01T00:00Z', '2025-02-07T23:59Z', 900, 9, 'eve'),
      ('acme-mute', 'Timeout', 'fatal', 'ignored', 'production', '2025-03-09T00:00Z', '2025-03-09T00:00Z', 4, 1, 'dan'),
      ('other-storm', 'TypeError', 'critical', 'new', 'production', '2025-03-10T00:00Z', '2025-03-10T00:00Z', 8, 1, 'ann')
    ) v (id, type, severity, status, environment, first, last, occurrences, users, user_id);
    insert into monitoring.error_day (tenant_id, day, error_id, occurrences)
    select split_part(v.id, '-', 1), v.day::date, v.id, v.occurrences from (values
      ('acme-old', '2025-03-02', 500), ('acme-old', '2025-03-10', 1), ('acme-storm', '2025-03-08', 40),
      ('acme-storm', '2025-03-10', 30), ('acme-slow', '2025-03-09', 5), ('acme-done', '2025-03-03', 2),
      ('acme-gone', '2025-02-07', 900), ('acme-mute', '2025-03-09', 4), ('other-storm', '2025-03-10', 8)
    ) v (id, day, occurrences);
    insert into monitoring.error_user_day (tenant_id, day, error_id, user_id)
    select split_part(v.id, '-', 1), v.day::date, v.id, v.user_id from (values
      ('acme-old', '2025-03-02', 'cat'), ('acme-old', '2025-03-10', 'ann'), ('acme-storm', '2025-03-08', 'ann'),
      ('acme-storm', '2025-03-08', 'bob'), ('acme-storm', '2025-03-10', 'ann'), ('acme-done', '2025-03-03', 'bob'),
      ('acme-gone', '2025-02-07', 'eve'), ('acme-mute', '2025-03-09', 'dan'), ('other-storm', '2025-03-10', 'ann')
    ) v (id, day, user_id)`);
});
afterAll(() => world.close());

type TopQuery = Parameters<typeof mostFrequent>[1]['query'];
const top = (given: Partial<TopQuery> = {}, tenantId = 'acme') => {
  const query = { days: 7, by: 'occurrences_in_window' as const, limit: 20, ...given };
  return world.api.transaction((tx) => mostFrequent(tx, { tenantId, now, query }), { tenantId });
};
const days = (given: Partial<TypesQuery> = {}, tenantId = 'acme') => {
  const query = { days: 30, of: 'occurrences' as const, limit: 1_000, ...given };
  return world.api.transaction((tx) => typesByDay(tx, { tenantId, now, query }), { tenantId });
};
const open = (given: Partial<DaysQuery> = {}, tenantId = 'acme') => {
  const query = { days: 30, ...given };
  return world.api.transaction((tx) => unresolved(tx, { tenantId, now, query }), { tenantId });
};

const named = async (given: Partial<TopQuery>) =>
  (await top(given)).body.data.map((row) => [row.id, row.occurrences_in_window]);

describe('the most frequent errors', () => {
  test('are by what occurred in the window, each with its whole life', async () => {
    const { body } = await top();

    expect(
      body.data.map((row) => [row.id, row.occurrences_in_window, row.occurrence_count]),
    ).toEqual([
      ['acme-storm', 70, 70],
      ['acme-slow', 5, 5],
      ['acme-mute', 4, 4],
      ['acme-done', 2, 2],
      ['acme-old', 1, 1000],
    ]);
    expect(body.data[0]).toEqual({
      id: 'acme-storm',
      message: 'message of acme-storm',
      error_type: 'TypeError',
      severity: 'critical',
      environment: 'production',
      occurrence_count: 70,
      occurrences_in_window: 70,
      affected_users: 2,
      status: 'acknowledged',
      first_seen: '2025-03-08T06:00:00.000Z',
      last_seen: '2025-03-10T12:00:00.000Z',
      duration_hours: 54,
    });
    expect(() =>
      monitoringErrorEndpoints.listTopErrors.response.parse({ ...body, ...stamps }),
    ).not.toThrow();
  });

  test('are by their whole lives when asked for, as in the seed', async () => {
    expect(await named({ by: 'occurrence_count', limit: 2 })).toEqual([
      ['acme-old', 1],
      ['acme-storm', 70],
    ]);
  });

  test('begin with the whole day that lies so far back, in UTC', async () => {
    expect(await named({ days: 8 })).toContainEqual(['acme-old', 501]);
    expect(await named({ days: 6 })).not.toContainEqual(['acme-done', 2]);
    expect((await top()).body.window).toEqual({
      from: '2025-03-03T00:00:00.000Z',
      to: '2025-03-11T00:00:00.000Z',
    });
  });

  test('are of one environment when asked for, and of one tenant always', async () => {
    expect(await named({ environment: 'staging' })).toEqual([['acme-slow', 5]]);
    expect((await top({}, 'other')).body.data.map(({ id }) => id)).toEqual(['other-storm']);
  });
});

const rows = async (given: Partial<TypesQuery> = {}) =>
  (await days(given)).body.data.map(({ day, error_type, error_count, affected_users, groups }) => [
    day,
    error_type,
    error_count,
    affected_users,
    groups,
  ]);

describe('errors by type and day', () => {
  test('are occurrences on the days they came, and the distinct users they met', async () => {
    expect(await rows()).toEqual([
      // ann met both groups of the type.
      ['2025-03-10', 'TypeError', 31, 1, 2],
      ['2025-03-09', 'Timeout', 9, 1, 2],
      ['2025-03-08', 'TypeError', 40, 2, 1],
      ['2025-03-03', 'Timeout', 2, 1, 1],
      ['2025-03-02', 'TypeError', 500, 1, 1],
    ]);
    const { body } = await days();
    expect(() =>
      monitoringErrorEndpoints.listErrorTrend.response.parse({ ...body, ...stamps }),
    ).not.toThrow();
  });

  test('are groups on the day of their last occurrence when asked for, as in the seed', async () => {
    expect(await rows({ of: 'groups' })).toEqual([
      ['2025-03-10', 'TypeError', 2, 1, 2],
      ['2025-03-09', 'Timeout', 2, 1, 2],
      ['2025-03-03', 'Timeout', 1, 1, 1],
    ]);
  });

  test('are narrowed by type and environment, and a limit keeps the latest', async () => {
    expect(await rows({ error_type: 'Timeout', environment: 'staging' })).toEqual([
      // Nobody was known to meet it.
      ['2025-03-09', 'Timeout', 5, 0, 1],
    ]);
    expect(await rows({ limit: 1 })).toEqual([['2025-03-10', 'TypeError', 31, 1, 2]]);
    expect(await rows({ days: 1, error_type: 'Timeout' })).toHaveLength(1);
    expect((await days({}, 'nobody')).body.data).toEqual([]);
  });
});

test('unresolved errors are by severity, critical first; resolved, ignored and old ones are none', async () => {
  const { body } = await open();

  expect(body.data).toEqual([
    {
      severity: 'critical',
      unresolved_count: 1,
      total_occurrences: 70,
      total_users_affected: 2,
      distinct_users: 2,
    },
    {
      severity: 'error',
      unresolved_count: 1,
      total_occurrences: 1000,
      total_users_affected: 3,
      distinct_users: 2,
    },
    {
      severity: 'debug',
      unresolved_count: 1,
      total_occurrences: 5,
      total_users_affected: 0,
      distinct_users: 0,
    },
  ]);
  expect(() =>
    monitoringErrorEndpoints.listUnresolvedErrors.response.parse({ ...body, ...stamps }),
  ).not.toThrow();
  const staging = await open({ environment: 'staging' });
  expect(staging.body.data.map(({ severity }) => severity)).toEqual(['debug']);
});
