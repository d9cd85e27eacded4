import { expect, test } from 'vitest';
import { explainAlert } from '@rookery/monitoring/alerts/explain';
import type { NoticeBook } from '../world/notices.ts';
import type { World } from '../world/world.ts';
import {
  end,
  fire,
  inhibit,
  line,
  rule,
  second,
  silence,
  standing,
  tick,
  useNotices,
  where,
} from './alert-notices-room.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});

const told = async (): Promise<string[]> => (await book.news()).map(line);
const minute = 60;

test('a silence that is about to end over something that fires is reminded of, once', async () => {
  await rule(world, {
    interval: 100_000,
    channels: ['email', 'slack'],
    recipients: { email: ['a@x', 'b@x'], slack: ['hook'] },
  });
  await fire(world, 'a', 0);
  await fire(world, 'gone', 0);
  await end(world, 'gone', 1);
  await silence(world, 0, 120 * minute, where('rule', 'r'));
  for (const at of [0, 89.99]) await tick(world, at * minute);
  expect(await told()).toEqual([]);
  for (const at of [90, 91, 119]) await tick(world, at * minute);
  const reminders = await book.news();
  expect(reminders.map(({ to }) => to)).toEqual(['email a@x', 'email b@x', 'slack hook']);
  expect(reminders[0]).toMatchObject({ kind: 'reminder', alerts: ['a firing'] });
  expect(reminders[0]?.note).toMatch(/"being mended" ends at 2026-03-02T12:00:00.000Z/);
  await world.admin.script(`update monitoring.silence set ends_at = ends_at + interval '2 hours'`);
  await tick(world, 209.99 * minute);
  expect(await told()).toEqual([]);
  await tick(world, 210 * minute);
  expect(await book.news()).toHaveLength(3);
});

test('a silence of less than half an hour, or over nothing that fires, is not reminded of', async () => {
  await rule(world);
  await fire(world, 'a', 0);
  await silence(world, 0, 29 * minute, where('name', 'a'));
  await silence(world, 0, 60 * minute, where('name', 'nobody'));
  for (const at of [0, 1, 28]) await tick(world, at * minute);
  expect(await told()).toEqual([]);
});

// As the API tells it.
const why = async (id: string, at: number): Promise<readonly string[]> => {
  const explained = await world.api.transaction(
    (tx) => explainAlert(tx, { tenantId: 't', id }, second(at)),
    { tenantId: 't' },
  );
  return explained.silent_because;
};

test('an alert under several mutes says by what, and is told when the last ends', async () => {
  await rule(world);
  await inhibit(world, where('severity', 'critical'), where('severity', 'warning'), []);
  await silence(world, 0, 10, where('rule_name', 'rule r'));
  await fire(world, 'a', 0);
  await fire(world, 'down', 0, { severity: 'critical' });
  expect(await why('a@0', 5)).toEqual([
    'silenced until 2026-03-02T10:00:10.000Z: being mended',
    'inhibited by alert down@0, as the host is down says, while that fires',
  ]);
  await tick(world, 0);
  await tick(world, 5);
  await end(world, 'down', 11);
  await tick(world, 12);
  expect(await told()).toEqual(['12 firing: a firing']);
  expect(await why('a@0', 12)).toEqual([]);
});

test('alerts on both sides of an inhibition do not inhibit each other', async () => {
  await rule(world, { groupBy: [] });
  await inhibit(world, where('metric', 'campaign.bounce_rate'), where('tenant', 't'), []);
  await fire(world, 'a', 0);
  await fire(world, 'b', 0);
  await tick(world, 2);
  expect(await told()).toEqual(['2 firing: a firing, b firing']);
});

test('alerts of a service under maintenance are muted, with those of services that depend on it', async () => {
  await rule(world);
  await world.admin
    .script(`insert into monitoring.tb_service_health (id, tenant_id, name, service_type, parent_id) values
    ('db', 't', 'db', 'database', null), ('api', 't', 'api', 'http', 'db'), ('web', 't', 'web', 'http', null);
  insert into monitoring.maintenance_window (id, tenant_id, name, services, duration_minutes, starts_at, ends_at, created_by)
  values ('w', 't', 'new disks', '{db}', 10, '${second(0).toISOString()}', '${second(86_400).toISOString()}', 'ann')`);
  for (const service of ['db', 'api', 'web'])
    await fire(world, service, 0, { labels: { service_id: service } });
  await fire(world, 'campaign', 0);
  await tick(world, 2);
  expect(await told()).toEqual(['2 firing: campaign firing, web firing']);
  expect(await why('api@0', 2)).toEqual(['its service is under maintenance: new disks']);
  expect(await why('web@0', 2)).toEqual([]);
  await tick(world, 599.9);
  await tick(world, 604);
  const [, after] = await told();
  expect(after).toBe('604 firing: api firing, db firing, campaign firing, web firing');
  expect(await why('api@0', 604)).toEqual([]);
});

test('another tenant is not silenced', async () => {
  await rule(world);
  await rule(world, { tenant: 'u' });
  await silence(world, 0, 100, where('name', 'a'));
  await fire(world, 'a', 0);
  await fire(world, 'a', 0, { tenant: 'u' });
  await tick(world, 2);
  expect(await told()).toEqual(['2 firing: a firing']);
});

test('what is tested, and what has no channel, tells nobody; a channel without anybody fails and says so', async () => {
  await rule(world, { id: 'silent', channels: [] });
  await rule(world, { channels: ['email', 'sms', 'in-app'], recipients: { email: [] } });
  await fire(world, 'quiet', 0, { rule: 'silent' });
  await fire(world, 'shadow', 0, { shadow: true });
  await fire(world, 'a', 0);
  await tick(world, 2);
  const news = await book.news();
  expect(news.map(({ to, note }) => [to, note])).toEqual([
    ['email nobody', 'nobody is named for email: add recipients.email where it is chosen'],
    ['in-app *', null],
    ['sms nobody', 'nobody is named for sms: add recipients.sms where it is chosen'],
  ]);
  expect((await standing(world)).map(({ name, told: was }) => [name, was])).toEqual([
    ['a', true],
    ['quiet', false],
    ['shadow', false],
  ]);
});

test('a silence that cannot be understood silences nothing, and says so', async () => {
  await rule(world);
  await silence(world, 0, 100, [{ label: 'name', op: '=~', value: '(' }]);
  await fire(world, 'a', 0);
  const { problems } = await tick(world, 2);
  expect(problems).toEqual(['silence s-0-100-( of t silences nothing: change its matchers']);
  expect(await told()).toEqual(['2 firing: a firing']);
});
