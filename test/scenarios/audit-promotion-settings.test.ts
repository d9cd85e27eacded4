import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { openAlertingRoom, type AlertingRoom } from './alerting-api-room.ts';
import { withoutPartitions, type Entry } from './audit-promotion-room.ts';
import { deployed } from './deployed.ts';

const targets = '/v1/monitoring/notification-targets';

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

const entries = () =>
  ask<Entry>(room.world.ops, `select l.* from olap.admin_audit_log l order by tenant_id, seq`);

const create = (id: string) =>
  room.ask(deployed, `POST ${targets}`, {
    body: {
      id,
      name: 'Hook',
      channel: 'webhook',
      address: 'https://hooks.example.com/x',
      secret: `whsec_${Buffer.from('a'.repeat(32)).toString('base64')}`,
    },
  });

const at = (wish: object) => ({ params: { target_id: 'hook' }, body: wish });

test('a target made, changed, given a new secret and deleted over the API is four entries, without the secrets', async () => {
  expect((await create('hook')).status).toBe(201);
  const secret = `whsec_${Buffer.from('b'.repeat(32)).toString('base64')}`;
  const path = `${targets}/{target_id}`;
  await room.ask(deployed, `PATCH ${path}`, at({ revision: 0, name: 'Other' }));
  const rotation = { revision: 1, secret, overlap_hours: 0 };
  await room.ask(deployed, `PATCH ${path}/secret`, at(rotation));
  await room.ask(deployed, `DELETE ${path}`, {
    params: { target_id: 'hook' },
    query: { revision: '2' },
  });

  const log = await entries();
  const of = { action: 'notification_target.changed', resource_id: 'hook', admin_user_id: 'ann' };
  expect(log).toMatchObject([
    { ...of, seq: 1, old_values: null, new_values: { name: 'Hook' } },
    { ...of, seq: 2, old_values: { name: 'Hook' }, new_values: { name: 'Other' } },
    { ...of, seq: 3, notes: 'gave the notification target hook a new secret' },
    { ...of, seq: 4, old_values: { name: 'Other' }, new_values: null },
  ]);
  expect(log.map(({ metadata }) => metadata['deed'])).toEqual([
    'create',
    'update',
    'update',
    'delete',
  ]);
  expect(JSON.stringify(log)).not.toMatch(/whsec|YWFh|YmJi/);
});

test('a silence is work of the day: it is an audit event and no entry', async () => {
  const before = await entries();
  const now = Date.now();
  const body = {
    id: 'quiet',
    matchers: [{ label: 'severity', op: '=', value: 'warning' }],
    starts_at: new Date(now).toISOString(),
    ends_at: new Date(now + 3_600_000).toISOString(),
    comment: 'deploy',
  };
  const made = await room.ask(deployed, 'POST /v1/monitoring/silences', { body });

  expect(made.status).toBe(201);
  expect((await room.audited()).filter(({ resource_type: of }) => of === 'silence')).toHaveLength(
    1,
  );
  expect(await entries()).toEqual(before);
});

test('what cannot be promoted is not done: without a month in the log, no target is made', async () => {
  await withoutPartitions(room.world);

  const made = await create('late');

  expect([made.status, made.json.code]).toEqual([503, 'unavailable']);
  const left = await ask(
    room.world.ops,
    `select 1 from monitoring.notification_target where id = 'late'`,
  );
  expect(left).toEqual([]);
});
