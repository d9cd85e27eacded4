import { afterAll, beforeAll, expect, test } from 'vitest';
import { monitoringAlertEndpoints } from '@rookery/http/endpoints/monitoring-alerts';
import { changeAlertRow } from '@rookery/monitoring/alerts/alert-change.sql';
import { evidenceOf } from '@rookery/monitoring/alerts/evidence';
import { handlerOf } from './alerting-api-handler.ts';
import { openAlertingRoom, type AlertingRoom, type Wish } from './alerting-api-room.ts';

const root = '/v1/monitoring';

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
  await room.world.admin.script(`
    insert into monitoring.tb_alert_rule
      (tenant_id, id, name, metric_name, comparison_operator, threshold, created_by, acknowledge_minutes)
    values ('acme', 'r', 'Rule', 'mailbox.bounce_rate', 'gt', 0.05, 'ann', 30);
    insert into monitoring.tb_alert
      (tenant_id, id, alert_rule_id, severity, message, current_value, threshold, triggered_at, labels)
    select 'acme', v.id, 'r', 'warning', 'm', v.value, 0.05, now() - interval '1 hour', jsonb_build_object('on', v.id)
    from (values ('nan', 'NaN'::numeric), ('inf', 'Infinity'), ('one', 0.0625), ('race', 1), ('noted', 1)) v (id, value)`);
});
afterAll(() => room.close());

const send = async (route: string, wish: Wish = {}) =>
  room.ask(await handlerOf(route), route, wish);
const change = (id: string, body: object, at = new Date()) =>
  send(`PATCH ${root}/alerts/{alert_id}`, { params: { alert_id: id }, body, at });

test('a value that is none, or not finite, is null in the list as its contract says; each has what a change names', async () => {
  const { json } = await send(`GET ${root}/alerts`);
  expect(() => monitoringAlertEndpoints.listActiveAlerts.response.parse(json)).not.toThrow();
  const values = json.data.map((row: Record<string, unknown>) => [
    row['id'],
    row['current_value'],
    row['revision'],
  ]);

  expect(values).toEqual(
    expect.arrayContaining([
      ['nan', null, 0],
      ['inf', null, 0],
      ['one', 0.0625, 0],
    ]),
  );
});

test('an acknowledgement whose time is over is taken on anew by who says so again, before anything else saw it', async () => {
  const at = new Date();
  const later = new Date(at.getTime() + 31 * 60_000);
  await change('one', { revision: 0, status: 'acknowledged' }, at);
  const again = await change('one', { revision: 1, status: 'acknowledged' }, later);

  expect(again.json.data).toMatchObject({
    revision: 2,
    acknowledged_until: new Date(later.getTime() + 30 * 60_000).toISOString(),
  });
});

test('a note that would be kept nowhere is refused', async () => {
  const { status, json } = await change('noted', { revision: 0, status: 'active', note: 'n' });

  expect([status, json.detail]).toEqual([422, expect.stringContaining('acknowledge or resolve')]);
});

test('an alert that ends while somebody acknowledges it has ended, and he is told', async () => {
  const acknowledged: Promise<{ status: number; json: { detail: string } }>[] = [];
  await room.world.ops.transaction(async (tx) => {
    const ended = { status: 'resolved', actor: 'evaluation', note: 'over', until: null };
    const work = { tenantId: 'acme', id: 'race', ...ended, kind: 'resolved', now: new Date() };
    await tx.query(changeAlertRow, work);
    acknowledged.push(change('race', { revision: 0, status: 'acknowledged' }));
    await new Promise((done) => setTimeout(done, 100));
  });

  const [answer] = await Promise.all(acknowledged);
  expect([409, 422]).toContain(answer?.status);
  const { json } = await send(`GET ${root}/alerts/{alert_id}`, { params: { alert_id: 'race' } });
  expect(json.data).toMatchObject({ status: 'resolved', acknowledged_by: null });
});

test('an explanation is in an order to read it in, its numbers in words with their unit', () => {
  const kept = { threshold: 0.05, value: 'NaN', samples: 16, metric: 'mailbox.bounce_rate' };
  const shown = evidenceOf({
    metric_name: 'mailbox.bounce_rate',
    explanation: { ...kept, recovery_threshold: null, sentence: 's' },
  });

  expect(Object.keys(shown).slice(0, 4)).toEqual(['sentence', 'metric', 'value', 'samples']);
  expect(shown).toMatchObject({
    unit: 'fraction',
    threshold_text: '5 %',
    recovery_threshold_text: null,
    ...kept,
  });
});
