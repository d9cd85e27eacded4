import { test } from 'vitest';
import { readClimbs, readEnds, holdClimbing } from '@rookery/monitoring/notices/escalation.sql';
import { dispatch } from '@rookery/monitoring/notices/dispatch';
import { takeAlerts } from '@rookery/monitoring/alerts/turn.sql';
import { openWorld } from '../world/world.ts';
import { rule, second } from './alert-notices-room.ts';
import { ask } from './ask.ts';

test('x', async () => {
  const world = await openWorld();
  await world.admin.script(`insert into monitoring.tb_escalation_policy (id, tenant_id, name, levels) values ('p', 't', 'night',
    '[{"after_minutes": 0, "channels": ["pagerduty"], "recipients": {"pagerduty": ["night"]}}]')`);
  await rule(world, { policy: 'p', channels: [] });
  await world.admin.script(`insert into monitoring.tb_alert (id, tenant_id, alert_rule_id, status, severity, message, current_value, threshold, triggered_at, labels, resolved_at)
    select 'a' || n, 't', 'r', (case when n <= 10000 then 'active' else 'resolved' end)::monitoring.alert_status, 'warning', 'm', 7, 5, '2026-03-02T10:00:00Z'::timestamptz - n * interval '1 second', jsonb_build_object('name', n::text), case when n > 10000 then now() end from generate_series(1, 110000) n`);
  await world.admin.script('analyze');
  for (let i = 0; i < 4; i += 1) {
    const t = performance.now();
    const d = await dispatch(world.ops, second(i * 60));
    console.log('dispatch', performance.now() - t, d.escalated, d.notices, d.problems);
  }
  await world.ops.transaction(async (tx) => {
    await tx.query(takeAlerts, null);
    for (const [n, s] of [['ends', readEnds], ['climbs', readClimbs]] as const) for (let i = 0; i < 3; i += 1) {
      const t = performance.now();
      const rows = await tx.query(s as typeof readEnds, null);
      console.log(n, rows.length, performance.now() - t);
    }
    const ids = Array.from({ length: 10000 }, (_, n) => `a${n + 1}`);
    const t = performance.now();
    await tx.query(holdClimbing, { tenants: ids.map(() => 't'), ids });
    console.log('hold', performance.now() - t);
  });
  await world.admin.script(`update monitoring.tb_alert set status = 'resolved', resolved_at = now() where resolved_at is null`);
  for (let i = 5; i < 8; i += 1) {
    const t = performance.now();
    const d = await dispatch(world.ops, second(i * 60));
    console.log('dispatch', performance.now() - t, d.escalated, d.notices, d.problems);
  }
  void ask;
  await world.close();
}, 280_000);
