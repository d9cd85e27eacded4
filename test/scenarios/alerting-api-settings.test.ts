import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployed as changes, deployed as reads } from './deployed.ts';
import { openAlertingRoom, type AlertingRoom } from './alerting-api-room.ts';

const silences = '/v1/monitoring/silences';
const policies = '/v1/monitoring/escalation-policies';
const matchers = [{ label: 'rule', op: '=', value: 'r' }];
const hour = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * hour).toISOString();

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

const silence = (body: object) =>
  room.ask(changes, `POST ${silences}`, { body: { matchers, comment: 'night work', ...body } });

test('silences are coming, active and over, and one that is changed is reminded of anew', async () => {
  await silence({ id: 'now', ends_at: inHours(1) });
  await silence({ id: 'later', starts_at: inHours(1), ends_at: inHours(2) });
  await room.world.admin.script(`
    update monitoring.silence set reminded_at = now() where id = 'now';
    insert into monitoring.silence (tenant_id, id, matchers, starts_at, ends_at, comment, created_by)
    values ('acme', 'past', '[{}]', now() - interval '2 hours', now() - interval '1 hour', 'c', 'ann')`);
  const of = async (state: string) =>
    (await room.ask(reads, `GET ${silences}`, { query: { state } })).json.data.map(
      ({ id }: { id: string }) => id,
    );
  expect([await of('coming'), await of('active'), await of('over')]).toEqual([
    ['later'],
    ['now'],
    ['past'],
  ]);
  const wish = { params: { silence_id: 'now' }, body: { revision: 0, ends_at: inHours(5) } };
  const changed = await room.ask(changes, `PATCH ${silences}/{silence_id}`, wish);
  expect(changed.json.data).toMatchObject({ revision: 1, reminded_at: null });
  expect(changed.json.data.matchers).toEqual(matchers);
});

test.each<[string, object, string]>([
  ['no end after its beginning', { starts_at: inHours(2), ends_at: inHours(1) }, 'ends_at'],
  ['an end that is over', { starts_at: inHours(-2), ends_at: inHours(-1) }, 'over'],
  [
    'everything',
    { matchers: [{ label: 'x', op: '!=', value: 'y' }], ends_at: inHours(1) },
    'no labels',
  ],
  [
    'a pattern that is none',
    { matchers: [{ label: 'x', op: '=~', value: '(' }], ends_at: inHours(1) },
    'x =~ (',
  ],
  ['matchers and an alert', { alert_id: 'a', ends_at: inHours(1) }, 'one of them'],
])('a silence of %s is refused', async (_, body, words) => {
  const { status, json } = await silence(body);

  expect([status, json.code]).toEqual([422, 'change-refused']);
  expect(json.detail).toContain(words);
});

test('an inhibition is made, changed and deleted', async () => {
  const path = '/v1/monitoring/inhibitions';
  const body = { id: 'i', name: 'Host', source_matchers: matchers, target_matchers: matchers };
  const made = await room.ask(changes, `POST ${path}`, { body });
  expect(made.json.data).toMatchObject({ equal: [], revision: 0 });
  const params = { inhibition_id: 'i' };
  const change = { params, body: { revision: 0, equal: ['host'] } };
  const changed = await room.ask(changes, `PATCH ${path}/{inhibition_id}`, change);
  expect(changed.json.data).toMatchObject({ equal: ['host'], revision: 1 });
  const gone = { params, query: { revision: '1' } };
  expect((await room.ask(changes, `DELETE ${path}/{inhibition_id}`, gone)).status).toBe(200);
  expect((await room.ask(reads, `GET ${path}/{inhibition_id}`, { params })).status).toBe(404);
});

const policy = (id: string, body: object = {}) =>
  room.ask(changes, `POST ${policies}`, {
    body: {
      id,
      name: 'Nights',
      levels: [{ after_minutes: 10, channels: ['in-app'], recipients: {} }],
      ...body,
    },
  });
const dropPolicy = (id: string, revision = '0') =>
  room.ask(changes, `DELETE ${policies}/{policy_id}`, {
    params: { policy_id: id },
    query: { revision },
  });

const ruleOf = (id: string, escalation_policy_id: string) =>
  room.ask(changes, 'POST /v1/monitoring/alert-rules', {
    body: {
      id,
      name: 'Bounces',
      metric_name: 'mailbox.bounce_rate',
      comparison_operator: 'gt',
      threshold: 0.05,
      escalation_policy_id,
    },
  });

test('a policy that a rule names cannot be deleted, and can be once the rule is', async () => {
  expect((await policy('used')).status).toBe(201);
  expect((await ruleOf('user', 'used')).status).toBe(201);
  const refused = await dropPolicy('used');
  expect([refused.status, refused.json.detail]).toEqual([409, expect.stringContaining('user')]);
  const gone = { params: { alert_rule_id: 'user' }, query: { revision: '0' } };
  await room.ask(changes, 'DELETE /v1/monitoring/alert-rules/{alert_rule_id}', gone);

  expect((await dropPolicy('used')).status).toBe(200);
});

test('a rule that names a policy and the deletion of that policy, at once: never both', async () => {
  for (let n = 0; n < 10; n += 1) {
    await policy(`race-${n}`);
    const [rule, gone] = await Promise.all([
      ruleOf(`racer-${n}`, `race-${n}`),
      dropPolicy(`race-${n}`),
    ]);
    expect([rule.status === 201, gone.status === 200].filter(Boolean)).toHaveLength(1);
    expect([409, 422]).toContain(rule.status === 201 ? gone.status : rule.status);
  }
});

test('a level that would tell nobody is refused, and which one is said', async () => {
  const good = { after_minutes: 10, channels: ['in-app'], recipients: {} };
  const levels = [good, { after_minutes: 5, channels: ['sms'], recipients: { sms: ['0151'] } }];
  const { status, json } = await policy('silent', { levels });

  expect([status, json.detail]).toEqual([422, expect.stringContaining('level 2')]);
});
