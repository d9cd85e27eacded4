import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deployed as changes, deployed as reads } from './deployed.ts';
import { alertEndpoints } from '@rookery/http/endpoints/alerts';
import { changeAlertRow, holdAlert } from '@rookery/monitoring/alerts/alert-change.sql';
import { openAlertingRoom, type AlertingRoom, type Wish } from './alerting-api-room.ts';

const alert = '/v1/monitoring/alerts/{alert_id}';

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());
beforeEach(() =>
  room.world.admin.script(`
    delete from monitoring.tb_alert; delete from monitoring.tb_alert_rule;
    insert into monitoring.tb_alert_rule
      (tenant_id, id, name, metric_name, comparison_operator, threshold, created_by, acknowledge_minutes)
    select t, 'r', 'Rule', 'm', 'gt', 1, 'ann', 30 from unnest(array['acme', 'other']) t;
    insert into monitoring.tb_alert
      (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold, triggered_at, resolved_at, labels)
    select 'acme', v.id, 'r', v.status::monitoring.alert_status, 'warning', 'over 1', 2, 1, now() - interval '1 hour',
      case when v.ended then now() end, jsonb_build_object('on', v.id)
    from (values ('a', 'active', false), ('s', 'suppressed', false), ('t', 'suppressed', true), ('e', 'resolved', true)) v (id, status, ended)`),
);

const change = (id: string, body: object, wish: Wish = {}) =>
  room.ask(changes, `PATCH ${alert}`, { ...wish, params: { alert_id: id }, body });
const read = async (id: string, wish: Wish = {}) =>
  room.ask(reads, `GET ${alert}`, { ...wish, params: { alert_id: id } });

test('an alert is acknowledged by who says so until a moment, opened again and resolved, each told and audited', async () => {
  const at = new Date();
  const on = await change(
    'a',
    { revision: 0, status: 'acknowledged', note: 'on it', minutes: 60 },
    { at },
  );
  expect(on.json.data).toMatchObject({
    status: 'acknowledged',
    acknowledged_by: 'ann',
    acknowledgment_note: 'on it',
    acknowledged_until: new Date(at.getTime() + 3_600_000).toISOString(),
    revision: 1,
  });
  expect(on.json.data.silent_because).toContainEqual(expect.stringContaining('ann acknowledged'));
  const off = await change('a', { revision: 1, status: 'active' }, { subject: 'bob' });
  expect(off.json.data).toMatchObject({
    status: 'active',
    acknowledged_by: null,
    acknowledged_at: null,
  });
  const end = await change('a', { revision: 2, status: 'resolved', note: 'tell x@example.com' });
  expect(end.json.data).toMatchObject({ status: 'resolved', resolution_note: 'tell [redacted]' });

  const seen = await read('a', { role: 'tenant-member' });
  expect(() => alertEndpoints.getAlert.response.parse(seen.json)).not.toThrow();
  expect(
    seen.json.data.transitions.map(({ kind, actor }: Record<string, string>) => [kind, actor]),
  ).toEqual([
    ['acknowledged', 'ann'],
    ['unacknowledged', 'bob'],
    ['resolved', 'ann'],
  ]);
  const events = (await room.audited()).filter(({ resource_type }) => resource_type === 'alert');
  expect(events.map(({ after_data }) => (after_data as { status: string }).status)).toEqual([
    'acknowledged',
    'active',
    'resolved',
  ]);
});

test('acknowledged twice is acknowledged once; without a time it lapses as the rule says, and may be prolonged', async () => {
  const at = new Date();
  const lapse = (minutes: number) => new Date(at.getTime() + minutes * 60_000).toISOString();
  const first = await change('a', { revision: 0, status: 'acknowledged', note: 'mine' }, { at });
  expect(first.json.data.acknowledged_until).toBe(lapse(30));
  const again = await change('a', { revision: 1, status: 'acknowledged' }, { subject: 'bob' });
  expect(again.json.data).toMatchObject({ revision: 1, acknowledged_by: 'ann' });
  expect(again.json.data.transitions).toHaveLength(1);

  const longer = await change('a', { revision: 1, status: 'acknowledged', until: lapse(90) });
  expect(longer.json.data).toMatchObject({
    revision: 2,
    acknowledged_until: lapse(90),
    acknowledgment_note: 'mine',
    acknowledged_at: first.json.data.acknowledged_at,
  });
});

test.each<[string, string, object, number]>([
  ['resolved without a note', 'a', { status: 'resolved' }, 422],
  ['a time that is over', 'a', { status: 'acknowledged', until: '2020-01-01T00:00:00Z' }, 422],
  ['two times', 'a', { status: 'acknowledged', until: '2999-01-01T00:00:00Z', minutes: 5 }, 422],
  ['a time for nothing', 'a', { status: 'resolved', note: 'n', minutes: 5 }, 422],
  ['what ended', 'e', { status: 'active' }, 422],
  ['what ended suppressed', 't', { status: 'acknowledged' }, 422],
  ['what is suppressed, opened', 's', { status: 'active' }, 422],
  ['what is suppressed, taken on', 's', { status: 'acknowledged' }, 200],
  ['another revision', 'a', { revision: 1, status: 'acknowledged' }, 409],
  ['another status', 'a', { status: 'suppressed' }, 400],
  ['what is not there', 'none', { status: 'acknowledged' }, 404],
])('%s', async (_, id, body, status) => {
  const answer = await change(id, { revision: 0, ...body });

  expect(answer.status).toBe(status);
  expect((await read('a')).json.data.transitions).toEqual([]);
});

test('of eight who acknowledge one alert at once one does; the others are told', async () => {
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      change('a', { revision: 0, status: 'acknowledged', note: `n${n}` }, { subject: `p${n}` }),
    ),
  );
  expect(all.map(({ status }) => status).toSorted()).toEqual([
    200,
    ...Array.from({ length: 7 }, () => 409),
  ]);
  expect((await read('a')).json.data.transitions).toHaveLength(1);
});

test('control: looking at the alert without the revision under its lock lets two acknowledge it', async () => {
  let ready = 0;
  const all = Promise.withResolvers<null>();
  const who = { tenantId: 'acme', id: 'a' };
  const naive = async (actor: string) => {
    const scope = { tenantId: 'acme', role: 'operator' };
    const [seen] = await room.world.api.transaction((tx) => tx.query(holdAlert, who), scope);
    ready += 1;
    if (ready === 2) all.resolve(null);
    await all.promise;
    if (seen?.revision !== 0) return;
    const work = { ...who, status: 'acknowledged', kind: 'acknowledged', note: null, until: null };
    await room.world.api.transaction(
      (tx) => tx.query(changeAlertRow, { ...work, actor, now: new Date() }),
      scope,
    );
  };
  await Promise.all([naive('x'), naive('y')]);

  expect((await read('a')).json.data.transitions).toHaveLength(2);
});

test('another tenant neither sees nor changes an alert, and members do not change it', async () => {
  const body = { revision: 0, status: 'acknowledged' };
  expect((await read('a', { tenant: 'other' })).status).toBe(404);
  expect((await change('a', body, { tenant: 'other' })).status).toBe(404);
  expect((await change('a', body, { role: 'tenant-member' })).status).toBe(403);
});

test('a silence like an alert has its rule and its labels, and is why nobody is told', async () => {
  const body = {
    alert_id: 'a',
    ends_at: new Date(Date.now() + 3_600_000).toISOString(),
    comment: 'we know',
  };
  const made = await room.ask(changes, 'POST /v1/monitoring/silences', { body });
  expect(made.json.data.matchers).toEqual([
    { label: 'rule', op: '=', value: 'r' },
    { label: 'on', op: '=', value: 'a' },
  ]);

  expect((await read('a')).json.data.silent_because).toContainEqual(
    expect.stringContaining('we know'),
  );
  expect((await read('s')).json.data.silent_because).not.toContainEqual(
    expect.stringContaining('we know'),
  );
});
