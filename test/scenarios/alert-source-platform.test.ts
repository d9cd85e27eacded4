import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openSourceRoom, want, type SourceRoom } from './alert-source-room.ts';

let room: SourceRoom;

beforeAll(async () => {
  room = await openSourceRoom();
});
afterAll(() => room.world.close());
beforeEach(() =>
  room.world.admin
    .script(`truncate monitoring.tb_integration_health, monitoring.tb_integration_event,
    monitoring.tb_error_log, monitoring.tb_error_instance, monitoring.error_day, monitoring.tb_user_activity,
    monitoring.performance_metric_5min_dirty cascade`),
);

const at = (clock: string): string => `2025-03-10T${clock}Z`;

let made = 0;

const integration = (id: string, more: string, tenant = 'acme') =>
  room.world.admin.script(`insert into monitoring.tb_integration_health
    (id, tenant_id, name, integration_type, configured_at, rate_limit_quota, rate_limit_remaining, rate_limit_reset, rate_limit_at)
    values ('${id}', '${tenant}', '${id}', (enum_range(null::monitoring.integration_type))[1], '2025-01-01Z', ${more})`);

const calls = (
  rows: readonly (readonly [
    id: string,
    clock: string,
    success: boolean,
    code: number,
    error?: string | undefined,
    tenant?: string,
  ])[],
) =>
  room.put(
    'monitoring.tb_integration_event',
    rows.map(
      ([integration_id, clock, success, status_code, error_message, tenant_id = 'acme']) => ({
        id: (made += 1),
        tenant_id,
        integration_id,
        event_type: 'api-call',
        direction: 'outbound',
        success,
        status_code,
        error_message: error_message ?? null,
        occurred_at: at(clock),
      }),
    ),
  );

const callsAt = async (metric: string, pattern?: string, counts: 'with' | 'without' = 'with') =>
  (
    await room.tell(
      want(metric, at('12:00:00'), {
        search: pattern === undefined ? null : { pattern, counts },
      }),
    )
  ).map(([labels, value, samples]) => [labels['integration_id'], value, samples]);

test('success and texts of an integration are of its calls in the window', async () => {
  await integration('mail', 'null, null, null, null');
  await integration('crm', 'null, null, null, null');
  await integration('mail', 'null, null, null, null', 'other');
  await calls([
    ['mail', '11:54:59', false, 500],
    ['mail', '11:55:00', true, 200],
    ['mail', '11:56:00', true, 202],
    ['mail', '11:57:00', false, 429, 'Quota exceeded'],
    ['mail', '11:59:59', false, 503],
    ['mail', '12:00:00', false, 503],
    ['mail', '11:58:00', true, 200, undefined, 'other'],
  ]);

  expect(await callsAt('integration.success_rate')).toEqual([['mail', 50, 4]]);
  expect(await callsAt('integration.status', 'quota')).toEqual([['mail', 1, 4]]);
  expect(await callsAt('integration.status', 'failed 503')).toEqual([['mail', 1, 4]]);
  expect(await callsAt('integration.status', 'ok', 'without')).toEqual([['mail', 2, 4]]);
});

test('calls left are what was said before the slot, all of them after the reset', async () => {
  await integration('mail', `1000, 40, '${at('12:30:00')}', '${at('12:00:00')}'`);
  await integration('silent', 'null, null, null, null');
  await integration('mail', `9, 9, null, '${at('11:00:00')}'`, 'other');
  const left = async (clock: string) =>
    (await room.tell(want('integration.rate_limit_left', at(clock)))).map(([, value]) => value);

  expect(await left('12:00:00')).toEqual([]);
  expect(await left('12:00:01')).toEqual([40]);
  expect(await left('12:29:59')).toEqual([40]);
  expect(await left('12:30:00')).toEqual([1_000]);
});

const group = (id: string, message: string, type = 'TypeError', tenant_id = 'acme') =>
  room.world.admin.script(`insert into monitoring.tb_error_log
    (id, tenant_id, error_hash, message, error_type, environment, first_seen, last_seen)
    values ('${id}', '${tenant_id}', '${(made += 1).toString(16).padStart(64, '0')}', '${message}', '${type}', 'production',
      '2025-03-10Z', '2025-03-11Z')`);

const instances = async (
  error_id: string,
  clocks: readonly string[],
  occurrences: number,
  tenant_id = 'acme',
): Promise<void> => {
  await room.put(
    'monitoring.tb_error_instance',
    clocks.map((clock) => ({ id: (made += 1), tenant_id, error_id, occurred_at: at(clock) })),
  );
  await room.put('monitoring.error_day', [{ tenant_id, day: '2025-03-10', error_id, occurrences }]);
};

const of = (error_type: string) => ({ environment: 'production', error_type });

test('up to ten errors of a group and day are counted one by one, in the window and to the second', async () => {
  await group('e1', 'x is undefined');
  await group('e2', 'No route to host', 'NetworkError');
  await group('e1', 'x is undefined', 'TypeError', 'other');
  await instances('e1', ['11:54:59', '11:55:00', '11:59:59', '12:00:00'], 4);
  await instances('e2', ['11:58:00'], 1);
  await instances('e1', ['11:58:00', '11:58:30'], 2, 'other');
  const search = (pattern: string, counts: 'with' | 'without') =>
    room.tell(want('error.message', at('12:00:00'), { search: { pattern, counts } }));

  expect(await room.tell(want('error.count', at('12:00:00')))).toEqual([
    [of('NetworkError'), 1, 1],
    [of('TypeError'), 2, 2],
  ]);
  expect(await search('UNDEFINED', 'with')).toEqual([
    [of('NetworkError'), 0, 1],
    [of('TypeError'), 2, 2],
  ]);
  expect(await search('undefined', 'without')).toEqual([
    [of('NetworkError'), 1, 1],
    [of('TypeError'), 0, 2],
  ]);
});

test('rejected events are counted by the reason in the window, those of others are not', async () => {
  const rejected = (tenant_id: string, code: string, clock: string, n: number) => ({
    tenant_id,
    id: `00000000-0000-5000-8000-00000000000${n}`,
    code,
    door: 'http',
    reason: 'r',
    received_at: at(clock),
    rejected_at: at(clock),
  });
  await room.put('monitoring.rejected_event', [
    rejected('acme', 'event-unknown', '11:55:00', 1),
    rejected('acme', 'event-unknown', '11:59:59', 2),
    rejected('acme', 'time-invalid', '11:58:00', 3),
    rejected('acme', 'event-unknown', '11:54:59', 4),
    rejected('acme', 'event-unknown', '12:00:00', 5),
    rejected('other', 'event-unknown', '11:58:00', 6),
  ]);

  expect(await room.tell(want('event.rejected', at('12:00:00')))).toEqual([
    [{ code: 'event-unknown' }, 2, 2],
    [{ code: 'time-invalid' }, 1, 1],
  ]);
});

const errorsAt = async (clock: string) => (await room.tell(want('error.count', at(clock))))[0]?.[1];

test('more errors are projected from the sample that is kept, and are never more than the day had', async () => {
  await group('e1', 'storm');
  const clocks = Array.from({ length: 30 }, (_, n) => `11:59:${String(n).padStart(2, '0')}`);
  await instances('e1', clocks, 2_345);

  expect(await errorsAt('11:59:10')).toBe(10);
  expect(await errorsAt('11:59:19')).toBe(10 + 90);
  expect(await errorsAt('11:59:28')).toBe(10 + 90 + 900);
  expect(await errorsAt('11:59:29')).toBe(10 + 90 + 900 + 1_000);
  expect(await errorsAt('11:59:30')).toBe(2_345);
});

test('active users are distinct, of the window, and 0 when there are none', async () => {
  const act = (clock: string, user_id: string, tenant_id = 'acme') => ({
    id: (made += 1),
    tenant_id,
    time: at(clock),
    user_id,
    session_id: 's',
    activity_type: 'action',
  });
  await room.put('monitoring.tb_user_activity', [
    act('11:54:59', 'early'),
    act('11:55:00', 'u1'),
    act('11:56:00', 'u1'),
    act('11:59:59', 'u2'),
    act('12:00:00', 'late'),
    act('11:58:00', 'u9', 'other'),
  ]);

  expect(await room.tell(want('activity.users', at('12:00:00')))).toEqual([[{}, 2, 3]]);
  expect(await room.tell(want('activity.users', at('12:00:00'), { tenantId: 'x' }))).toEqual([
    [{}, 0, 0],
  ]);
});

test('a rollup is as late as its oldest mark; of slots long ago there is nothing to say', async () => {
  const now = new Date();
  const seconds = (n: number) => new Date(now.getTime() - n * 1_000);
  await room.world.admin
    .script(`insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket, marked_at) values
    ('acme', '2025-03-10Z', '${seconds(400).toISOString()}'), ('acme', '2025-03-11Z', '${seconds(100).toISOString()}'),
    ('other', '2025-03-10Z', '${seconds(900).toISOString()}')`);
  const lag = async (slot: Date) =>
    new Map(
      (await room.tell(want('rollup.lag', slot.toISOString()))).map(([labels, value]) => [
        labels['rollup'],
        value,
      ]),
    );

  expect((await lag(now)).get('performance_metric_5min')).toBe(400);
  expect((await lag(now)).get('performance_metric_hourly')).toBe(0);
  expect((await lag(seconds(500))).get('performance_metric_5min')).toBe(0);
  expect((await lag(seconds(1_000))).size).toBe(0);
});
