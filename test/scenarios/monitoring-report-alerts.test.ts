import { afterAll, beforeAll, expect, test } from 'vitest';
import { monitoringAlertEndpoints } from '@rookery/http/endpoints/monitoring-alerts';
import { handler } from '../../functions/api/monitoring-activity.ts';
import { openReportRoom, type ReportRoom } from './monitoring-report-room.ts';

const { listActiveAlerts, listAlertStatistics } = monitoringAlertEndpoints;
const now = '2025-03-31T12:00:00Z';
let room: ReportRoom;

beforeAll(async () => {
  room = await openReportRoom();
  await room.world.admin.script(`
    insert into monitoring.tb_alert_rule
      (tenant_id, id, name, status, metric_name, comparison_operator, threshold, created_by, deleted_at)
    values ('acme', 'latency', 'Slow API', 'enabled', 'http', 'gt', 1, 'ann', null),
      ('acme', 'bounces', 'Bounces', 'testing', 'bounce_rate', 'gt', 1, 'ann', null),
      ('acme', 'quiet', 'Never fires', 'disabled', 'm', 'gt', 1, 'ann', null),
      ('acme', 'gone', 'Deleted with alerts', 'enabled', 'm', 'gt', 1, 'ann', '2025-03-30T00:00:00Z'),
      ('acme', 'forgotten', 'Deleted long ago', 'enabled', 'm', 'gt', 1, 'ann', '2025-01-01T00:00:00Z'),
      ('other', 'latency', 'Foreign', 'enabled', 'http', 'gt', 1, 'eve', null);
    insert into monitoring.tb_alert (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold,
      triggered_at, acknowledged_at, resolved_at, labels, metadata)
    select tenant, id, rule, status::monitoring.alert_status, severity::monitoring.severity_level, 'm', 2.5, 1,
      triggered::timestamptz, acknowledged::timestamptz, resolved::timestamptz, jsonb_build_object('on', id),
      case when rule = 'bounces' then '{"shadow": true}'::jsonb else '{}'::jsonb end
    from (values
      ('acme', 'a1', 'latency', 'active', 'warning', '2025-03-31T11:00:00Z', null, null),
      ('acme', 'a2', 'latency', 'active', 'fatal', '2025-03-31T10:00:00Z', null, null),
      ('acme', 'a3', 'latency', 'active', 'critical', '2025-03-31T09:00:00Z', null, null),
      ('acme', 'a4', 'bounces', 'active', 'critical', '2025-03-31T09:30:00Z', null, null),
      ('acme', 'a5', 'latency', 'active', 'debug', '2025-03-31T11:59:00Z', null, null),
      ('acme', 'k1', 'latency', 'acknowledged', 'error', '2025-03-30T10:00:00Z', '2025-03-30T10:04:00Z', null),
      ('acme', 'r1', 'latency', 'resolved', 'error', '2025-03-29T10:00:00Z', '2025-03-29T10:02:00Z', '2025-03-29T10:10:00Z'),
      ('acme', 'r2', 'latency', 'resolved', 'error', '2025-03-28T10:00:00Z', '2025-03-28T10:30:00Z', '2025-03-28T11:10:00Z'),
      ('acme', 'r3', 'latency', 'resolved', 'error', '2025-03-27T10:00:00Z', null, '2025-03-27T10:01:00Z'),
      ('acme', 's1', 'latency', 'suppressed', 'error', '2025-03-26T10:00:00Z', null, null),
      ('acme', 'edge', 'gone', 'resolved', 'info', '2025-03-01T12:00:00Z', null, '2025-03-01T12:00:20Z'),
      ('acme', 'before', 'gone', 'resolved', 'info', '2025-03-01T11:59:59.999Z', null, '2025-03-01T13:00:00Z'),
      ('acme', 'old', 'forgotten', 'resolved', 'info', '2024-12-31T00:00:00Z', null, '2024-12-31T01:00:00Z'),
      ('other', 'x1', 'latency', 'active', 'critical', '2025-03-31T11:00:00Z', null, null)
    ) v (tenant, id, rule, status, severity, triggered, acknowledged, resolved)`);
});
afterAll(() => room.close());

test('active alerts come by severity as the enum has it, and of one severity the newest first', async () => {
  const { data, next_cursor } = await room.read(handler, listActiveAlerts);

  expect(data.map(({ id, severity }) => [id, severity])).toEqual([
    ['a4', 'critical'],
    ['a3', 'critical'],
    ['a2', 'fatal'],
    ['a1', 'warning'],
    ['a5', 'debug'],
  ]);
  expect(data[1]).toMatchObject({
    rule_name: 'Slow API',
    metric_name: 'http',
    current_value: 2.5,
    threshold: 1,
    triggered_at: '2025-03-31T09:00:00.000000Z',
    labels: { on: 'a3' },
    shadow: false,
  });
  expect(data[0]).toMatchObject({ rule_name: 'Bounces', shadow: true });
  expect(next_cursor).toBeNull();
});

test('pages of alerts leave none out and repeat none', async () => {
  const query = { status: 'active,acknowledged', limit: '2' };
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { data: { id: string }[]; next_cursor: string | null } = await room.read(
      handler,
      listActiveAlerts,
      { query: { ...query, ...(cursor === null ? {} : { cursor }) } },
    );
    seen.push(...page.data.map(({ id }) => id));
    cursor = page.next_cursor;
  } while (cursor !== null);

  expect(seen).toEqual(['a4', 'a3', 'a2', 'k1', 'a1', 'a5']);
});

test('statistics count every state, and time runs over what was taken on and what has ended', async () => {
  const { data, since } = await room.read(handler, listAlertStatistics, { now });

  expect(since).toBe('2025-03-01T12:00:00.000Z');
  expect(data.map(({ id, total_alerts }) => [id, total_alerts])).toEqual([
    ['latency', 9],
    ['bounces', 1],
    ['gone', 1],
    ['quiet', 0],
  ]);
  expect(data[0]).toEqual({
    id: 'latency',
    name: 'Slow API',
    status: 'enabled',
    severity: 'warning',
    deleted_at: null,
    total_alerts: 9,
    active_alerts: 4,
    acknowledged_alerts: 1,
    resolved_alerts: 3,
    suppressed_alerts: 1,
    last_triggered: '2025-03-31T11:59:00.000Z',
    // 4, 2 and 30 minutes; 10, 70 and 1 minutes.
    avg_acknowledgment_time_minutes: 12,
    median_acknowledgment_time_minutes: 4,
    avg_resolution_time_minutes: 27,
    median_resolution_time_minutes: 10,
  });
});

test('a deleted rule stays while it has alerts in the window; without any, times are unknown and not 0', async () => {
  const { data } = await room.read(handler, listAlertStatistics, { now });

  expect(data[2]).toMatchObject({
    id: 'gone',
    deleted_at: '2025-03-30T00:00:00.000Z',
    avg_resolution_time_minutes: 0.33,
    avg_acknowledgment_time_minutes: null,
  });
  expect(data[3]).toMatchObject({
    id: 'quiet',
    last_triggered: null,
    avg_resolution_time_minutes: null,
    median_resolution_time_minutes: null,
  });
});

test('a tenant sees its own alerts alone, and an auditor none', async () => {
  const { data } = await room.read(handler, listActiveAlerts, { tenantId: 'other' });
  expect(data.map(({ id }) => id)).toEqual(['x1']);
  expect((await room.ask(handler, listActiveAlerts, { role: 'auditor' })).status).toBe(403);
});

test('a cursor that no page ended with is refused', async () => {
  const first = await room.read(handler, listActiveAlerts, { query: { limit: '1' } });
  const text = Buffer.from(first.next_cursor ?? '', 'base64url').toString();
  const cursor = Buffer.from(text.replace('critical', 'worst')).toString('base64url');
  const { status, text: problem } = await room.ask(handler, listActiveAlerts, {
    query: { limit: '1', cursor },
  });
  expect([status, JSON.parse(problem)]).toEqual([
    400,
    expect.objectContaining({ code: 'cursor-malformed' }),
  ]);
});
