import { afterAll, beforeAll, expect, test } from 'vitest';
import { doUnit } from '@rookery/monitoring/retention/unit';
import { ask } from './ask.ts';
import { now, openRoom, type Room } from './retention-room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.close());

const daysAgo = (days: number): string =>
  `timestamptz '${now.toISOString()}' - interval '${days} days'`;

test('alerts go 90 days after they were over, with what they went through; none that still fires, held back or not', async () => {
  const { admin } = room.world;
  await admin.script(`insert into monitoring.tb_alert_rule
    (id, tenant_id, name, metric_name, comparison_operator, threshold, created_by) values ('r', 'a', 'r', 'm', 'gt', 5, 'ann')`);
  for (const [id, status, over] of [
    ['over', 'resolved', daysAgo(91)],
    ['over-held', 'suppressed', daysAgo(91)],
    ['young', 'resolved', daysAgo(89)],
    ['fires', 'active', 'null'],
    ['mine', 'acknowledged', 'null'],
    ['fires-held', 'suppressed', 'null'],
  ])
    await admin.script(`
      insert into monitoring.tb_alert (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold,
          triggered_at, resolved_at, labels)
        values ('a', '${id}', 'r', '${status}', 'warning', 'm', 9, 5, ${daysAgo(200)}, ${over}, '{"n": "${id}"}');
      insert into monitoring.alert_transition (tenant_id, alert_id, at, kind) values ('a', '${id}', ${daysAgo(200)}, 'firing');
      insert into monitoring.alert_escalation (tenant_id, alert_id, level, escalated_at) values ('a', '${id}', 1, ${daysAgo(200)});
      insert into monitoring.alert_state (tenant_id, alert_rule_id, labels, state, active_at, last_slot)
        values ('a', 'r', '{"n": "${id}"}', 'firing', ${daysAgo(200)}, ${daysAgo(200)})`);

  await doUnit(room.bench, { tenantId: 'a', table: 'tb_alert', action: 'delete', slot: now });

  const left = ['fires', 'fires-held', 'mine', 'young'];
  for (const [table, column] of [
    ['tb_alert', 'id'],
    ['alert_transition', 'alert_id'],
    ['alert_escalation', 'alert_id'],
  ])
    expect(await ask(admin, `select ${column} as id from monitoring.${table} order by 1`)).toEqual(
      left.map((id) => ({ id })),
    );
});
