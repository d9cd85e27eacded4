import { afterAll, beforeAll, expect, test } from 'vitest';
import { unseal } from '@rookery/lambda/seal';
import { secretPlace } from '@rookery/monitoring/notices/targets';
import { deployed as rules, deployed as reads, deployed as changes } from './deployed.ts';
import { openAlertingRoom, type AlertingRoom, type Wish } from './alerting-api-room.ts';
import { asked } from './ingest-room.ts';

const targets = '/v1/monitoring/notification-targets';
const target = `${targets}/{target_id}`;
const secretOf = (letter: string): string =>
  `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`;

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

const create = (body: object) =>
  room.ask(changes, `POST ${targets}`, {
    body: {
      name: 'Hook',
      channel: 'webhook',
      address: 'https://hooks.example.com/x',
      secret: secretOf('a'),
      ...body,
    },
  });
const at = (id: string, wish: Wish): Wish => ({ params: { target_id: id }, ...wish });

const kept = async (id: string, column: string): Promise<string | null> => {
  const [row] = await room.world.ops.query(
    asked(`encode(${column}, 'base64') as it`, `notification_target where id = '${id}'`),
    null,
  );
  const text = (row!.row as { it: string | null }).it;
  if (text === null) return null;
  return unseal(secretPlace('acme', id), Buffer.from(text, 'base64'));
};

test('a target is made, its secret sealed and never shown, rotated with an overlap, and gone when deleted', async () => {
  const made = await create({ id: 'hook' });
  expect(made.status).toBe(201);
  const body = { revision: 0, secret: secretOf('b'), overlap_hours: 2 };
  const rotated = await room.ask(changes, `PATCH ${target}/secret`, at('hook', { body }));
  expect(rotated.json.data).toMatchObject({ revision: 1, previous_until: expect.any(String) });
  expect([await kept('hook', 'secret'), await kept('hook', 'previous_secret')]).toEqual([
    secretOf('b'),
    secretOf('a'),
  ]);
  const renamed = { body: { revision: 1, name: 'Other' } };
  const after = await room.ask(changes, `PATCH ${target}`, at('hook', renamed));
  expect(after.json.data).toMatchObject({ name: 'Other', revision: 2 });
  const listed = await room.ask(reads, `GET ${targets}`, { query: { channel: 'webhook' } });

  const audit = JSON.stringify(await room.audited());
  for (const text of [made.text, rotated.text, after.text, listed.text, audit])
    expect(text).not.toMatch(/whsec|YWFh|YmJi/);
  const gone = await room.ask(
    changes,
    `DELETE ${target}`,
    at('hook', { query: { revision: '2' } }),
  );
  expect(gone.status).toBe(200);
  expect([await kept('hook', 'secret'), await kept('hook', 'previous_secret')]).toEqual([
    null,
    null,
  ]);
  const events = (await room.audited()).map(({ action_type }) => action_type);
  expect(events).toEqual(['create', 'update', 'update', 'delete']);
});

test.each<[string, object, number]>([
  ['an address inside', { address: 'http://169.254.169.254/' }, 422],
  ['slack inside', { channel: 'slack', address: null, secret: 'http://10.0.0.1/' }, 422],
  ['a webhook without an address', { address: null }, 400],
  ['slack with an address', { channel: 'slack', secret: 'https://hooks.slack.com/x' }, 400],
  ['a short secret', { secret: 'whsec_YQ==' }, 400],
])('%s is refused, and its secret not repeated', async (_, body, status) => {
  const answer = await create(body);

  expect(answer.status).toBe(status);
  expect(answer.text).not.toContain('whsec_Y');
});

test('a target that a rule names cannot be deleted', async () => {
  await create({ id: 'used' });
  const body = {
    id: 'user',
    name: 'Bounces',
    metric_name: 'mailbox.bounce_rate',
    comparison_operator: 'gt',
    threshold: 0.05,
    notification_channels: ['webhook'],
    notification_recipients: { webhook: ['used'] },
  };
  expect((await room.ask(rules, 'POST /v1/monitoring/alert-rules', { body })).status).toBe(201);
  const wish = at('used', { query: { revision: '0' } });
  const refused = await room.ask(changes, `DELETE ${target}`, wish);

  expect([refused.status, refused.json.detail]).toEqual([
    409,
    expect.stringContaining('rule user'),
  ]);
});

test('of a notice for everybody that one has read each other finds that he has not, and it stays read for the first', async () => {
  await room.world.admin.script(`
    insert into monitoring.in_app_notice (tenant_id, id, recipient, title, body, severity)
    values ('acme', 'everybody', '*', 't', 'b', 'warning')`);
  const mark = (subject: string, read: boolean) =>
    room.ask(changes, 'PATCH /v1/monitoring/inbox/{notice_id}', {
      params: { notice_id: 'everybody' },
      body: { read },
      subject,
    });
  const seen = async (subject: string, state: string) => {
    const { json } = await room.ask(reads, 'GET /v1/monitoring/inbox', {
      query: { state },
      subject,
    });
    return json.data.some(({ id }: { id: string }) => id === 'everybody');
  };

  const [first, again] = await Promise.all([mark('ann', true), mark('ann', true)]);
  expect(again.json.data.read_at).toBe(first.json.data.read_at);
  expect([await seen('ann', 'read'), await seen('ann', 'unread')]).toEqual([true, false]);
  expect([await seen('bob', 'read'), await seen('bob', 'unread')]).toEqual([false, true]);

  await mark('bob', true);
  expect((await mark('ann', false)).json.data.read_at).toBeNull();
  expect([await seen('ann', 'unread'), await seen('bob', 'read')]).toEqual([true, true]);
  await room.world.admin.script(`delete from monitoring.in_app_notice where id = 'everybody'`);
});

test('a reader finds his notices and those for everybody, and marks none of others', async () => {
  await room.world.admin.script(`
    insert into monitoring.in_app_notice (tenant_id, id, recipient, title, body, severity, created_at)
    select v.t, v.id, v.r, 't', 'b', 'warning', now() + v.n * interval '1 second'
    from (values ('acme', 'mine', 'ann', 1), ('acme', 'all', '*', 2), ('acme', 'his', 'bob', 3), ('other', 'foreign', '*', 4)) v (t, id, r, n);
    insert into monitoring.notice (tenant_id, id, dedup_key, kind, channel, recipient, content, state, alert_ids)
    values ('acme', 'n1', '1', 'firing', 'email', 'a@x', '{}', 'failed', '{a}'), ('acme', 'n2', '2', 'firing', 'email', 'a@x', '{}', 'sent', '{b}')`);
  const inbox = async (query: Record<string, string> = {}) =>
    (
      await room.ask(reads, 'GET /v1/monitoring/inbox', { query, role: 'tenant-member' })
    ).json.data.map(({ id }: { id: string }) => id);
  const mark = (id: string, read: boolean) =>
    room.ask(changes, 'PATCH /v1/monitoring/inbox/{notice_id}', {
      params: { notice_id: id },
      body: { read },
      role: 'tenant-member',
    });
  expect(await inbox()).toEqual(['all', 'mine']);
  const first = await mark('mine', true);
  expect((await mark('mine', true)).json.data.read_at).toBe(first.json.data.read_at);
  expect([await inbox({ state: 'unread' }), await inbox({ state: 'read' })]).toEqual([
    ['all'],
    ['mine'],
  ]);
  expect((await mark('mine', false)).json.data.read_at).toBeNull();
  expect([(await mark('his', true)).status, (await mark('foreign', true)).status]).toEqual([
    404, 404,
  ]);

  const told = async (query: Record<string, string>) =>
    (await room.ask(reads, 'GET /v1/monitoring/notices', { query })).json.data.map(
      ({ id }: { id: string }) => id,
    );
  expect([
    await told({ state: 'failed' }),
    await told({ alert_id: 'b' }),
    await told({ channel: 'sms' }),
  ]).toEqual([['n1'], ['n2'], []]);
});
