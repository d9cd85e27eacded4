import { afterAll, beforeAll, expect, test } from 'vitest';
import { monitoringChecks } from '../../packages/cli/doctor-monitoring.ts';
import { openWorld, type World } from '../world/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const examined = async (): Promise<string[]> =>
  (await monitoringChecks({ db: () => world.ops, url: () => world.url('rookery_ops') }))
    .filter(({ check }) => check === 'alerts')
    .map(({ verdict, found }) => `${verdict}: ${found}`);

const rule = (id: string, age: string, status = 'enabled'): Promise<void> =>
  world.admin.script(`
    insert into monitoring.tb_alert_rule
      (tenant_id, id, name, status, metric_name, comparison_operator, threshold, created_by, created_at)
    values ('t', '${id}', 'r', '${status}', 'm', 'gt', 1, 'me', now() - interval '1 day');
    insert into monitoring.alert_evaluation (tenant_id, alert_rule_id, last_slot, rule_revision)
    values ('t', '${id}', now() - interval '${age}', 0)`);

const notice = (id: string, age: string): Promise<void> =>
  world.admin.script(`
    insert into monitoring.notice (tenant_id, id, dedup_key, kind, channel, recipient, content, next_attempt_at)
    values ('t', '${id}', '${id}', 'firing', 'email', 'a@b.example', '{}', now() - interval '${age}')`);

const probe = (id: string, age: string, status = 'healthy'): Promise<void> =>
  world.admin.script(`
    insert into monitoring.tb_service_health (tenant_id, id, name, service_type, status, probe, next_check_at)
    values ('t', '${id}', '${id}', 'http', '${status}', '{"kind": "http"}', now() - interval '${age}')`);

test('what watches in time is well: rules up to five minutes behind, notices and probes up to ten', async () => {
  expect(await examined()).toEqual(['ok: 0 rules and 0 probes watch']);
  await rule('timely', '4 minutes');
  await rule('off', '3 days', 'disabled');
  await notice('timely', '9 minutes');
  await probe('timely', '9 minutes');
  await probe('in maintenance', '2 hours', 'unknown');

  expect(await examined()).toEqual(['ok: 1 rule and 2 probes watch']);
});

test('a rule that is not evaluated, a notice that is not sent and a probe that is not done are told apart', async () => {
  await rule('late', '6 minutes', 'testing');
  await notice('late', '11 minutes');
  await probe('late', '11 minutes');

  const watch = '2 rules and 3 probes watch';
  expect(await examined()).toEqual([
    `warn: ${watch}; 1 rule behind`,
    `warn: ${watch}; 1 notice behind`,
    `warn: ${watch}; 1 probe behind`,
  ]);
});
