import { afterAll, beforeAll, expect, test } from 'vitest';
import { monitoringIntegrationEndpoints } from '@rookery/http/endpoints/monitoring-integrations';
import { handler } from '../../functions/api/monitoring-activity.ts';
import { openReportRoom, type ReportRoom } from './monitoring-report-room.ts';

const { listIntegrationHealth, listIntegrationMetrics } = monitoringIntegrationEndpoints;
const now = '2025-03-31T12:00:00Z';
let room: ReportRoom;

beforeAll(async () => {
  room = await openReportRoom();
  await room.world.admin.script(`
    set role rookery_owner;
    select monitoring.ensure_partitions('2025-03-29', '2025-04-01', 'tb_integration_event');
    reset role;
    insert into monitoring.tb_integration_health (tenant_id, id, name, integration_type, status, configured_at, last_check,
      success_rate_24h, avg_response_time, error_count_24h, webhook_secret, is_active)
    values ('acme', 'mail-1', 'Mail', 'email-service', 'degraded', '2025-01-01', '${now}', 66.666667, 250, 2, 'secret', true),
      ('acme', 'mail-2', 'Mail', 'email-service', 'healthy', '2025-01-01', '${now}', 100, 90, 0, null, true),
      ('acme', 'new', 'New', 'webhook', 'unknown', '2025-01-01', '${now}', null, null, null, null, false),
      ('other', 'mail-1', 'Foreign', 'webhook', 'down', '2025-01-01', '${now}', 0, 1, 9, null, true);
    insert into monitoring.tb_integration_event
      (tenant_id, integration_id, event_type, direction, success, response_time, occurred_at)
    values ('acme', 'mail-1', 'api-call', 'outbound', true, 100, '2025-03-31T11:30:00Z'),
      ('acme', 'mail-1', 'api-call', 'outbound', true, 201, '2025-03-31T10:30:00Z'),
      ('acme', 'mail-1', 'api-call', 'outbound', false, null, '2025-03-31T11:00:00Z'),
      ('acme', 'mail-1', 'api-call', 'outbound', false, 30000, '2025-03-31T10:59:59.999Z'),
      ('acme', 'mail-1', 'webhook-delivery', 'inbound', false, null, '2025-03-31T11:59:00Z'),
      ('acme', 'mail-2', 'api-call', 'outbound', true, 90, '2025-03-30T12:00:00Z'),
      ('acme', 'mail-2', 'api-call', 'outbound', false, 90, '2025-03-30T11:59:59.999Z'),
      ('other', 'mail-1', 'api-call', 'outbound', false, 1, '2025-03-31T11:59:00Z')`);
});
afterAll(() => room.close());

test('failed calls of the last hour are counted, on both sides of its edge', async () => {
  const { data } = await room.read(handler, listIntegrationHealth, { now });

  expect(data.map(({ id, errors_last_hour }) => [id, errors_last_hour])).toEqual([
    ['mail-1', 2],
    ['mail-2', 0],
    ['new', 0],
  ]);
  expect(data[0]).toMatchObject({
    status: 'degraded',
    success_rate_24h: 66.666667,
    avg_response_time: 250,
    error_count_24h: 2,
  });
});

test('what no check has told is unknown and not 0, and no secret is in it', async () => {
  const { data } = await room.read(handler, listIntegrationHealth, { now });

  expect(data[2]).toMatchObject({
    status: 'unknown',
    is_active: false,
    success_rate_24h: null,
    avg_response_time: null,
    error_count_24h: null,
    last_success: null,
  });
  expect((await room.ask(handler, listIntegrationHealth, { now })).text).not.toMatch(/secret/);
});

test('calls are summed by integration, though two have one name, and by kind', async () => {
  const { data, since } = await room.read(handler, listIntegrationMetrics, { now });

  expect(since).toBe('2025-03-30T12:00:00.000Z');
  expect(data).toEqual([
    {
      integration_id: 'mail-1',
      name: 'Mail',
      event_type: 'api-call',
      total_events: 4,
      successful_events: 2,
      success_rate: 50,
      // (100 + 201 + 30000) / 3: a call without an answer has no time.
      avg_response_time_ms: 10_100.33,
    },
    {
      integration_id: 'mail-1',
      name: 'Mail',
      event_type: 'webhook-delivery',
      total_events: 1,
      successful_events: 0,
      success_rate: 0,
      avg_response_time_ms: null,
    },
    {
      integration_id: 'mail-2',
      name: 'Mail',
      event_type: 'api-call',
      total_events: 1,
      successful_events: 1,
      success_rate: 100,
      avg_response_time_ms: 90,
    },
  ]);
});

test('the window is as long as asked for', async () => {
  const of = async (hours: string) =>
    (await room.read(handler, listIntegrationMetrics, { now, query: { hours } })).data.map(
      ({ integration_id, total_events }) => [integration_id, total_events],
    );

  expect(await of('1')).toEqual([
    ['mail-1', 2],
    ['mail-1', 1],
  ]);
  expect(await of('25')).toEqual([
    ['mail-1', 4],
    ['mail-2', 2],
    ['mail-1', 1],
  ]);
  const { status } = await room.ask(handler, listIntegrationMetrics, { query: { hours: '169' } });
  expect(status).toBe(400);
});

test('a tenant sees its own integrations alone', async () => {
  const { data } = await room.read(handler, listIntegrationHealth, { now, tenantId: 'other' });
  expect(data.map(({ name, errors_last_hour }) => [name, errors_last_hour])).toEqual([
    ['Foreign', 1],
  ]);
});
