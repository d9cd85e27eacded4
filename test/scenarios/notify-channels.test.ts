import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Arrival, SinkChannel } from '../../infra/local/sink-arrival.ts';
import { ask } from './ask.ts';
import { openNotifyRoom, type NotifyRoom } from './notify-room.ts';
import { alert, content } from './notify-wish.ts';

const signing = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const routingKey = 'a'.repeat(32);

let room: NotifyRoom;
beforeAll(async () => {
  room = await openNotifyRoom();
  await room.target('slack', 'ops-slack', `${room.sink.url}/slack/T0/B0/SECRET`);
  await room.target('webhook', 'crm', signing, '/webhook/crm');
  await room.target('pagerduty', 'pager', routingKey);
});
afterAll(() => room.close());

const recipients = {
  email: 'ann@heron.example',
  sms: '+4915112345678',
  slack: 'ops-slack',
  webhook: 'crm',
  pagerduty: 'pager',
} as const;
const channels = ['email', 'sms', 'slack', 'webhook', 'pagerduty'] as const;
const arrived = (channel: SinkChannel): Arrival[] =>
  room.sink.arrivals().filter((one) => one.channel === channel);

test('a notice of every channel goes through the queue and the real clients to its service, once, with what it says', async () => {
  room.sink.expect('/webhook/crm', signing);
  await room.write(
    ...channels.map((channel) => ({
      id: `all-${channel}`,
      channel,
      recipient: recipients[channel],
    })),
    { id: 'all-in-app', channel: 'in-app', recipient: '*' },
  );

  expect(await room.relay()).toBe(6);
  expect(await room.work()).toBe(6);
  expect(await room.relay()).toBe(0);

  const title = '[error] Firing: Bounces of a mailbox';
  expect(arrived('email')).toMatchObject([{ to: 'ann@heron.example', title }]);
  expect(arrived('email')[0]?.text).toContain('Bounce rate of mailbox: 8.23 %, threshold 5 %');
  expect(arrived('email')[0]?.html).toContain('https://app.example/alerts?alert=al_1');
  expect(arrived('sms')).toMatchObject([
    { to: '+4915112345678', title: `(error) Firing: Bounces of a mailbox. 8.23 %, threshold 5 %` },
  ]);
  expect(arrived('slack')).toMatchObject([{ to: '/slack/T0/B0/SECRET', title }]);
  expect(arrived('webhook')).toMatchObject([
    { title: 'alert.firing', key: 'all-webhook', signature: 'good' },
  ]);
  expect(arrived('pagerduty')).toMatchObject([
    { key: expect.stringMatching(/^rookery\/heron\//), body: { event_action: 'trigger' } },
  ]);
  expect(
    await ask(
      room.world.admin,
      `select id, recipient, title, severity from monitoring.in_app_notice`,
    ),
  ).toEqual([{ id: 'all-in-app', recipient: '*', title, severity: 'error' }]);
  const rows = await room.rows();
  expect(rows.map(({ state, attempts, problem }) => [state, attempts, problem])).toEqual(
    rows.map(() => ['sent', 1, null]),
  );
  expect(rows.filter(({ provider_id }) => provider_id !== null).map(({ id }) => id)).toEqual([
    'all-email',
    'all-sms',
  ]);
});

const outcome = async (id: string) => {
  const [row] = await room.rows(id);
  return [row?.state, row?.problem];
};

test('a service that fails for now is tried again, as late as it asks for; its notice says why', async () => {
  const at = new Date();
  for (const channel of channels) {
    const id = `busy-${channel}`;
    await room.write({ id, channel, recipient: recipients[channel], at });
    room.sink.fail({ channel, fault: '500', times: 1 });
    expect(await room.attempt(id, 1, at)).toBe('again');
    expect((await room.rows(id))[0]?.problem).toMatch(/500|failed with/);
    room.sink.fail({ channel, fault: '429', times: 1 });
    expect(await room.attempt(id, 2, at)).toBe('again');
    expect(await room.attempt(id, 3, at)).toBe('sent');
    expect(await outcome(id)).toEqual(['sent', null]);
  }
  await room.write({ id: 'later', channel: 'slack', recipient: 'ops-slack', at });
  room.sink.fail({ channel: 'slack', fault: '429', times: 1 });
  await room.attempt('later', 1, at);
  const [later] = await room.rows('later');
  // 10 s, a quarter of it by the chance of these tests; the 7 of the service come before.
  expect(new Date(later?.next_attempt_at ?? 0).getTime() - at.getTime()).toBe(7_500);
  expect(await room.attempt('later', 2, at)).toBe('sent');
});

test('a service that refuses is not tried again', async () => {
  for (const channel of channels) {
    const id = `refused-${channel}`;
    await room.write({ id, channel, recipient: recipients[channel] });
    room.sink.fail({ channel, fault: '400', times: 1 });
    expect([channel, await room.attempt(id, 1)]).toEqual([channel, 'failed']);
    expect((await room.rows(id))[0]?.problem).toMatch(/400|BadRequest|InvalidParameter/);
  }
});

test('who cannot be reached, or not any more, fails at once, and the notice says what to correct', async () => {
  await room.target('webhook', 'inner', signing, '/webhook/inner');
  await room.target('webhook', 'off', signing, '/webhook/off');
  await room.world.admin.script(`
    update monitoring.notification_target set address = 'http://169.254.169.254/latest' where id = 'inner';
    update monitoring.notification_target set is_active = false where id = 'off'`);
  await room.write(
    { id: 'no-1', channel: 'email', recipient: 'ann' },
    { id: 'no-2', channel: 'sms', recipient: '0151' },
    { id: 'no-3', channel: 'slack', recipient: 'nowhere' },
    { id: 'no-4', channel: 'slack', recipient: 'crm' },
    { id: 'no-5', channel: 'webhook', recipient: 'off' },
    { id: 'no-6', channel: 'webhook', recipient: 'inner' },
  );
  const before = room.sink.arrivals().length;

  for (const n of [1, 2, 3, 4, 5, 6]) expect(await room.attempt(`no-${n}`, 1)).toBe('failed');

  const problems = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => room.rows(`no-${n}`)));
  expect(problems.flat().map(({ problem }) => problem)).toEqual([
    'ann cannot be reached by email: correct the recipients of the rule',
    '0151 cannot be reached by sms: correct the recipients of the rule',
    'there is no slack target nowhere: make one, or correct the recipients of the rule',
    'there is no slack target crm: make one, or correct the recipients of the rule',
    'the target off is not active: activate it',
    expect.stringContaining('169.254.169.254'),
  ]);
  expect(room.sink.arrivals()).toHaveLength(before);
});

test('pagerduty gets an incident for each alert; a group that fails in the middle is told again under the same keys', async () => {
  const before = arrived('pagerduty').length;
  const alerts = ['x', 'y', 'z'].map((id) => alert({ id, labels: { mailbox_id: id } }));
  await room.write({
    id: 'group',
    channel: 'pagerduty',
    recipient: 'pager',
    content: content({ alerts }),
  });
  room.sink.fail({ channel: 'pagerduty', fault: 'lost', times: 1 });

  expect(await room.attempt('group', 1)).toBe('again');
  expect(await room.attempt('group', 2)).toBe('sent');

  const keys = arrived('pagerduty')
    .slice(before)
    .map(({ key }) => key);
  expect(keys).toEqual([keys[0], keys[0], keys[2], keys[3]]);
  expect(new Set(keys).size).toBe(3);
});

test('pagerduty hears that somebody took an incident on', async () => {
  const before = arrived('pagerduty').length;
  const pager = { channel: 'pagerduty', recipient: 'pager' };
  await room.write({ ...pager, id: 'a-1' });
  await room.write({ ...pager, id: 'a-2', content: content({ kind: 'acknowledged' }) });

  expect([await room.attempt('a-1', 1), await room.attempt('a-2', 1)]).toEqual(['sent', 'sent']);
  const [trigger, acknowledge] = arrived('pagerduty').slice(before);
  expect(acknowledge).toMatchObject({
    key: trigger?.key,
    body: { event_action: 'acknowledge' },
  });
});

test('nobody is told of the end before the beginning', async () => {
  const at = new Date();
  const order = { channel: 'pagerduty', recipient: 'pager', groupId: 'g1' };
  await room.write({ ...order, id: 'o-1', at: new Date(at.getTime() - 2_000) });
  await room.write({ ...order, id: 'o-2', at: new Date(at.getTime() - 1_000) });
  await room.write({ ...order, id: 'o-3', groupId: 'g2', at });
  room.sink.fail({ channel: 'pagerduty', fault: '500', times: 1 });

  expect([await room.relay(at), await room.work()]).toEqual([2, 2]);
  expect(
    (await room.rows()).filter(({ id }) => id.startsWith('o-')).map(({ state }) => state),
  ).toEqual(['pending', 'pending', 'sent']);
  expect(await room.relay(new Date(at.getTime() + 60_000))).toBe(1);
  await room.work();
  expect(await room.relay(new Date(at.getTime() + 60_000))).toBe(1);
  await room.work();
  expect((await room.rows('o-2'))[0]?.state).toBe('sent');
});
