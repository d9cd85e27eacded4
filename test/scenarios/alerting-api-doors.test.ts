import { afterAll, beforeAll, expect, test } from 'vitest';
import { handlerOf } from './alerting-api-handler.ts';
import { openAlertingRoom, type AlertingRoom, type Wish } from './alerting-api-room.ts';

const root = '/v1/monitoring';
const day = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString();

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

const send = async (route: string, wish: Wish = {}) =>
  room.ask(await handlerOf(route), route, wish);
const rules = `${root}/alert-rules`;
const bounces = {
  name: 'Bounces',
  metric_name: 'mailbox.bounce_rate',
  comparison_operator: 'gt',
  threshold: 0.05,
};
const rule = (body: object, wish: Wish = {}) =>
  send(`POST ${rules}`, {
    ...wish,
    body: { ...bounces, notification_channels: ['in-app'], ...body },
  });

test.each<[string, object, string]>([
  ['a threshold that the column would round', { threshold: 0.00005 }, 'at most four decimals'],
  ['a recovery threshold of that kind', { recovery_threshold: 0.04999 }, 'at most four decimals'],
  ['a template that there is not', { notification_template: 'pretty' }, 'default, brief, detailed'],
  ['a metric of the platform', { metric_name: 'job.lag', threshold: 60 }, 'the platform alone'],
])('a rule with %s is refused, and told what there is', async (_, body, words) => {
  const { status, json } = await rule(body);

  expect([status, json.code]).toEqual([422, 'change-refused']);
  expect(json.detail).toContain(words);
});

const metrics = async (wish: Wish) =>
  (await send(`GET ${root}/metrics`, wish)).json.data.map(({ name }: { name: string }) => name);

test('a rule keeps what it was told: four decimals, a template, and for the platform its own metrics', async () => {
  const made = await rule({ threshold: 0.0003, notification_template: 'brief' });
  expect(made.json.data).toMatchObject({ threshold: 0.0003, notification_template: 'brief' });
  const own = { tenant: 'platform', role: 'operator' };
  expect((await rule({ metric_name: 'job.lag', threshold: 60 }, own)).status).toBe(201);

  expect(await metrics(own)).toContain('job.lag');
  expect(await metrics({})).not.toContain('job.lag');
});

test('who changes a rule of a file is told that the next apply undoes it; a delay without a policy is told of', async () => {
  await rule({ id: 'filed' });
  await room.world.admin.script(
    `update monitoring.tb_alert_rule set managed_by = 'alerts.yaml' where id = 'filed'`,
  );
  const body = { revision: 0, threshold: 0.06, escalation_delay: 5 };
  const { json } = await send(`PATCH ${rules}/{alert_rule_id}`, {
    params: { alert_rule_id: 'filed' },
    body,
  });

  expect(json.warnings).toEqual([
    expect.stringContaining('escalation_policy_id'),
    expect.stringContaining('alerts.yaml'),
  ]);
});

test('every setting that may be none is reset by null and kept when it is left out', async () => {
  const levels = [{ after_minutes: 10, channels: ['in-app'], recipients: {} }];
  await send(`POST ${root}/escalation-policies`, { body: { id: 'p', name: 'P', levels } });
  const set = {
    description: 'd',
    notification_template: 'brief',
    suppress_duration: 1,
    max_alerts_per_hour: 1,
    escalation_policy_id: 'p',
    escalation_delay: 1,
    window_minutes: 2_880,
    recovery_threshold: 0.01,
    acknowledge_minutes: 1,
  };
  await rule({ id: 'nulls', ...set });
  const change = (body: object) =>
    send(`PATCH ${rules}/{alert_rule_id}`, { params: { alert_rule_id: 'nulls' }, body });
  const none = Object.fromEntries(Object.keys(set).map((name) => [name, null]));

  expect((await change({ revision: 0, name: 'N' })).json.data).toMatchObject(set);
  expect((await change({ revision: 1, ...none })).json.data).toMatchObject(none);
});

const silence = (body: object) =>
  send(`POST ${root}/silences`, {
    body: { matchers: [{ label: 'rule', op: '=', value: 'r' }], comment: 'c', ...body },
  });

test('a silence lasts at most 366 days, from now or from its beginning, also when it is prolonged', async () => {
  expect((await silence({ id: 'year', ends_at: inDays(365.9) })).status).toBe(201);
  expect((await silence({ starts_at: inDays(-900), ends_at: inDays(300) })).status).toBe(201);
  expect((await silence({ starts_at: inDays(500), ends_at: inDays(600) })).status).toBe(201);
  const long = await silence({ ends_at: inDays(366.1) });
  expect([long.status, long.json.detail]).toEqual([422, expect.stringContaining('366 days')]);
  const params = { silence_id: 'year' };
  const prolong = { revision: 0, ends_at: inDays(3_650) };
  const route = `PATCH ${root}/silences/{silence_id}`;
  expect((await send(route, { params, body: prolong })).status).toBe(422);
  await room.world.admin.script(
    `update monitoring.silence set ends_at = now() + interval '9 years' where id = 'year'`,
  );

  expect((await send(route, { params, body: { revision: 0, comment: 'old' } })).status).toBe(200);
});

const window = (body: object) =>
  send(`POST ${root}/maintenance-windows`, {
    body: { name: 'W', duration_minutes: 60, ends_at: inDays(400), ...body },
  });

test.each<[string, object, string]>([
  ['is over', { starts_at: inDays(-3), ends_at: inDays(-1) }, 'ends_at is over'],
  ['had its minutes', { starts_at: inDays(-1) }, 'are over'],
  ['never comes', { cron: '0 0 29 2 *', ends_at: inDays(1) }, 'does not come before ends_at'],
  ['never ends', { cron: '0 0 * * *', duration_minutes: 1_440 }, 'would never end'],
  [
    'never ends, by the week',
    { cron: '0 0 * * 1', duration_minutes: 10_080, ends_at: '2999-01-01T00:00:00Z' },
    'would never end',
  ],
])('a window that %s is refused', async (_, body, words) => {
  const { status, json } = await window(body);

  expect([status, json.detail]).toEqual([422, expect.stringContaining(words)]);
});

test('a window that has begun, one that ends a minute before the next, and one in working hours are made', async () => {
  expect((await window({ starts_at: inDays(-0.01) })).status).toBe(201);
  expect((await window({ cron: '0 0 * * *', duration_minutes: 1_439 })).status).toBe(201);
  expect((await window({ cron: '0 9-17 * * 1-5', duration_minutes: 60 })).status).toBe(201);
});

const change = (body: object) =>
  send(`PATCH ${root}/services/{service_id}`, { params: { service_id: 'typed' }, body });
const service = (body: object) =>
  send(`POST ${root}/services`, { body: { name: 'S', probe: null, ...body } });

test('a service has the attempts of the seed, a type that follows its probe, and an integration that is there', async () => {
  const tcp = { kind: 'tcp', host: 'example.com', port: 25 };
  const made = await service({ id: 'typed', probe: { kind: 'http', url: 'https://example.com/' } });
  expect(made.json.data).toMatchObject({ check_interval: 300, retry_count: 3 });
  expect((await change({ revision: 0, probe: tcp })).json.data.service_type).toBe('tcp');
  expect((await change({ revision: 1, service_type: 'mail' })).json.data.service_type).toBe('mail');
  expect((await change({ revision: 2, probe: null })).json.data.service_type).toBe('mail');

  const nowhere = await service({ integration_id: 'nope' });
  expect([nowhere.status, nowhere.json.detail]).toEqual([422, expect.stringContaining('nope')]);
});

test('who forgets the revision is told that it is missing', async () => {
  const params = { alert_rule_id: 'filed' };
  const route = `${rules}/{alert_rule_id}`;
  const gone = await send(`DELETE ${route}`, { params });
  const changed = await send(`PATCH ${route}`, { params, body: { name: 'x' } });

  for (const { status, json } of [gone, changed])
    expect([status, json.detail]).toEqual([400, expect.stringContaining('revision is missing')]);
});
