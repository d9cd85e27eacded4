import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployed as changes, deployed as reads } from './deployed.ts';
import { alertRuleChangeEndpoints, alertRuleEndpoints } from '@rookery/http/endpoints/alert-rules';
import { openAlertingRoom, type AlertingRoom, type Wish } from './alerting-api-room.ts';

const rules = '/v1/monitoring/alert-rules';
const rule = `${rules}/{alert_rule_id}`;
const bounces = {
  name: 'Bounces',
  metric_name: 'mailbox.bounce_rate',
  comparison_operator: 'gt',
  threshold: 0.05,
};

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

const create = (body: object, wish: Wish = {}) =>
  room.ask(changes, `POST ${rules}`, { ...wish, body: { ...bounces, ...body } });
const change = (id: string, body: object, wish: Wish = {}) =>
  room.ask(changes, `PATCH ${rule}`, { ...wish, params: { alert_rule_id: id }, body });
const read = (id: string, wish: Wish = {}) =>
  room.ask(reads, `GET ${rule}`, { ...wish, params: { alert_rule_id: id } });
const remove = (id: string, revision: string) =>
  room.ask(changes, `DELETE ${rule}`, { params: { alert_rule_id: id }, query: { revision } });

test('a rule is made with its usual values, read, changed and deleted, each an audit event', async () => {
  const made = await create({ id: 'life', notification_channels: ['in-app'] });
  expect([made.status, made.json.warnings]).toEqual([201, []]);
  expect(() => alertRuleChangeEndpoints.createAlertRule.response.parse(made.json)).not.toThrow();
  expect(made.json.data).toMatchObject({
    id: 'life',
    threshold: 0.05,
    duration_minutes: 5,
    group_by: ['rule'],
    revision: 0,
    created_by: 'ann',
  });
  const seen = await read('life', { role: 'tenant-member' });
  expect(seen.json.data).toEqual(made.json.data);
  expect(() => alertRuleEndpoints.getAlertRule.response.parse(seen.json)).not.toThrow();

  const changed = await change('life', { revision: 0, threshold: 0.07, status: 'testing' });
  expect(changed.json.data).toMatchObject({ threshold: 0.07, status: 'testing', revision: 1 });
  expect((await remove('life', '1')).status).toBe(200);
  expect((await read('life')).status).toBe(404);
  const events = (await room.audited()).filter(({ resource_id }) => resource_id === 'life');
  expect(events.map(({ action_type, user_id }) => [action_type, user_id])).toEqual([
    ['create', 'ann'],
    ['update', 'ann'],
    ['delete', 'ann'],
  ]);
  expect(events[1]).toMatchObject({
    changes: {
      threshold: { before: 0.05, after: 0.07 },
      status: { before: 'enabled', after: 'testing' },
    },
  });
});

test('of two who saw one revision the second is told; a wish for what is there writes nothing', async () => {
  await create({
    id: 'twice',
    scope: { matchers: [{ label: 'mailbox_id', op: '=', value: 'm' }] },
  });
  const both = await Promise.all([
    change('twice', { revision: 0, threshold: 1 }),
    change('twice', { revision: 0, threshold: 2 }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const before = (await room.audited()).length;
  const [{ json } = { json: null }] = both.filter(({ status }) => status === 200);
  const same = { threshold: json.data.threshold, scope: json.data.scope, group_by: ['rule'] };

  expect((await change('twice', { revision: 1, ...same })).json.data.revision).toBe(1);
  expect(await room.audited()).toHaveLength(before);
  expect((await remove('twice', '0')).status).toBe(409);
});

test.each<[string, object, string]>([
  ['a metric that nobody knows', { metric_name: 'mailbox.bounce_rat' }, 'did you mean'],
  ['texts compared like numbers', { metric_name: 'error.message' }, 'contains'],
  ['numbers searched', { comparison_operator: 'contains', scope: { pattern: 'x' } }, 'texts'],
  [
    'a search for nothing',
    { metric_name: 'error.message', comparison_operator: 'contains' },
    'pattern',
  ],
  ['a recovery on the wrong side', { recovery_threshold: 0.06 }, 'recovery_threshold'],
  ['a recipient without his channel', { notification_recipients: { email: ['a@x.de'] } }, 'email'],
  ['a channel without a recipient', { notification_channels: ['email'] }, 'email'],
  [
    'a target that is not there',
    { notification_channels: ['webhook'], notification_recipients: { webhook: ['nowhere'] } },
    'nowhere',
  ],
  ['a policy that is not there', { escalation_policy_id: 'nobody' }, 'nobody'],
  ['part of a day', { window_minutes: 7 }, 'minutes'],
  [
    'a pattern that is none',
    { scope: { matchers: [{ label: 'mailbox_id', op: '=~', value: '(a' }] } },
    'mailbox_id',
  ],
])('%s is refused, and why is said', async (_, body, words) => {
  const { status, json } = await create(body);

  expect([status, json.code]).toEqual([422, 'change-refused']);
  expect(json.detail).toContain(words);
});

test('what is allowed and probably not meant is warned of', async () => {
  const scope = { matchers: [{ label: 'colour', op: '=', value: 'red' }] };
  const { status, json } = await create({ comparison_operator: 'eq', threshold: 0.5, scope });

  expect(status).toBe(201);
  expect(json.warnings).toEqual([
    expect.stringContaining('eq with 0.5'),
    expect.stringContaining('no label colour'),
    expect.stringContaining('nobody is told'),
  ]);
});

test('an id is taken once: a rule that was deleted is made again, as asked for; a key makes one of a repeated request', async () => {
  await create({ id: 'mine' });
  expect((await create({ id: 'mine' })).status).toBe(409);
  await remove('mine', '0');
  const both = await Promise.all([1, 2].map(() => create({ id: 'mine', threshold: 0.4 })));
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  expect((await read('mine')).json.data).toMatchObject({ threshold: 0.4, revision: 2 });
  const headers = { 'idempotency-key': 'once' };
  const [first, again] = [await create({}, { headers }), await create({}, { headers })];

  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.json.data.id).toBe(first.json.data.id);
});

test('members read and do not change; another tenant sees and changes none of it', async () => {
  await create({ id: 'ours' });

  expect((await change('ours', { revision: 0 }, { role: 'tenant-member' })).status).toBe(403);
  expect((await read('ours', { tenant: 'other' })).status).toBe(404);
  expect((await change('ours', { revision: 0, name: 'x' }, { tenant: 'other' })).status).toBe(404);
});

test('pages go from the newest on, filtered, and metrics are listed with those that were reported', async () => {
  const first = await room.ask(reads, `GET ${rules}`, { query: { limit: '2' } });
  const cursor = first.json.next_cursor as string;
  const second = await room.ask(reads, `GET ${rules}`, { query: { limit: '2', cursor } });
  const ids = [...first.json.data, ...second.json.data].map(({ id }) => id as string);
  expect(new Set(ids).size).toBe(4);
  const tested = await room.ask(reads, `GET ${rules}`, { query: { status: 'testing' } });
  expect(tested.json.data).toEqual([]);

  await room.world.admin.script(`
    select monitoring.ensure_partitions(current_date, current_date, 'tb_performance_metric');
    insert into monitoring.tb_performance_metric (tenant_id, time, metric_name) values ('acme', now(), 'cache.hits'), ('other', now(), 'theirs')`);
  const { json } = await room.ask(reads, 'GET /v1/monitoring/metrics');
  const names = json.data.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['mailbox.bounce_rate', 'cache.hits']));
  expect(names).not.toContain('theirs');
  expect((await create({ metric_name: 'cache.hits', threshold: 3 })).status).toBe(201);
});
