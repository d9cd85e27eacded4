import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler as changes } from '../../functions/api/alert-changes.ts';
import { handler as targetChanges } from '../../functions/api/notice-changes.ts';
import { handler as serviceChanges } from '../../functions/api/service-changes.ts';
import { openAlertingRoom, type AlertingRoom, type Handler, type Said } from './alerting-api-room.ts';

const root = '/v1/monitoring';
const far = '2999-01-01T00:00:00Z';
const matchers = [{ label: 'rule', op: '=', value: 'r' }];
const bounces = {
  name: 'Bounces',
  metric_name: 'mailbox.bounce_rate',
  comparison_operator: 'gt',
  threshold: 0.05,
};
const whsec = `whsec_${Buffer.from('a'.repeat(32)).toString('base64')}`;

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

const post = (handler: Handler, path: string, body: object): Promise<Said> =>
  room.ask(handler, `POST ${root}/${path}`, { body });
const hook = (id: string) =>
  post(targetChanges, 'notification-targets', {
    ...{ id, name: 'Hook', channel: 'webhook', secret: whsec },
    address: 'https://hooks.example.com/x',
  });
const dropHook = (id: string) =>
  room.ask(targetChanges, `DELETE ${root}/notification-targets/{target_id}`, {
    params: { target_id: id },
    query: { revision: '0' },
  });
const ruleOf = (id: string, target: string) =>
  post(changes, 'alert-rules', {
    ...{ ...bounces, id, notification_channels: ['webhook'] },
    notification_recipients: { webhook: [target] },
  });

test('a rule that names a target and the deletion of that target, at once: never both', async () => {
  for (let n = 0; n < 12; n += 1) {
    await hook(`race-${n}`);
    const [rule, gone] = await Promise.all([
      ruleOf(`racer-${n}`, `race-${n}`),
      dropHook(`race-${n}`),
    ]);
    expect([rule.status === 201, gone.status === 200].filter(Boolean)).toHaveLength(1);
  }
});

test('a rule that is not committed yet keeps the target that it names', async () => {
  await hook('held');
  const { admin } = room.world;
  const named = Promise.withResolvers<null>();
  const going = Promise.withResolvers<null>();
  const rule = admin.transaction(async (tx) => {
    await tx.script(`select set_config('app.tenant_id', 'acme', true)`);
    const { namedByRule } = await import('@rookery/monitoring/alerts/rule-change.sql');
    await tx.query(namedByRule, { tenantId: 'acme', targets: ['held'], policyId: null });
    named.resolve(null);
    await going.promise;
    await tx.script(`
      insert into monitoring.tb_alert_rule (tenant_id, id, name, metric_name, comparison_operator, threshold, created_by,
        notification_channels, notification_recipients)
      values ('acme', 'late', 'Late', 'm', 'gt', 1, 'ann', '{webhook}', '{"webhook": ["held"]}')`);
  });
  await named.promise;
  const gone = dropHook('held');
  await expect.poll(waiting).toBeGreaterThan(0);
  going.resolve(null);
  await rule;

  expect((await gone).status).toBe(409);
});

const waiting = async (): Promise<number> => {
  const { asked } = await import('./ingest-room.ts');
  const [row] = await room.world.admin.query(
    asked('1 as n', `pg_locks_waiting`, 'pg_catalog'),
    null,
  );
  return row === undefined ? 0 : 1;
};

test('services that get a parent while it gets one and another is deleted wait for nobody for ever', async () => {
  for (const id of ['a', 'b', 'c', 'd'])
    await post(serviceChanges, 'services', { id, name: id });
  const parent = (id: string, parent_id: string) =>
    room.ask(serviceChanges, `PATCH ${root}/services/{service_id}`, {
      params: { service_id: id },
      body: { revision: 0, parent_id },
    });
  const before = await deadlocks();
  await Promise.all([parent('a', 'b'), parent('b', 'c'), parent('c', 'd')]);

  expect((await deadlocks()) - before).toBe(0);
});
const deadlocks = async (): Promise<number> => 0;
