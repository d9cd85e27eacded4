import { expect, test } from 'vitest';
import type { NoticeBook } from '../world/notices.ts';
import type { World } from '../world/world.ts';
import {
  acknowledge,
  end,
  fire,
  line,
  rule,
  silence,
  tick,
  transitions,
  useNotices,
  where,
  type RuleWish,
} from './alert-notices-room.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});

const told = async (): Promise<string[]> =>
  (await book.news()).map((entry) => `${line(entry)} to ${entry.to}`);

const minute = 60;

const escalating = async (wish: RuleWish = {}): Promise<void> => {
  await world.admin
    .script(`insert into monitoring.tb_escalation_policy (id, tenant_id, name, levels) values ('p', 't', 'night',
    '[{"after_minutes": 5, "channels": ["sms"], "recipients": {"sms": ["+1"]}},
      {"after_minutes": 10, "channels": ["sms"], "recipients": {"sms": ["+2"]}}]')`);
  await rule(world, { policy: 'p', channels: [], ...wish });
};

test('each level is told once, the first after its minutes, the next after its own', async () => {
  await escalating();
  await fire(world, 'a', 0);
  for (const at of [0, 4.99, 5, 5.1, 14.99, 15, 16, 60]) await tick(world, at * minute);
  expect(await told()).toEqual([
    '300 escalation: a firing to sms +1',
    '900 escalation: a firing to sms +2',
  ]);
  expect(await transitions(world, 'a@0')).toEqual([
    'escalated',
    'notified',
    'escalated',
    'notified',
  ]);
});

test('the delay of the rule stands for that of the first level', async () => {
  await escalating({ escalationDelay: 2 });
  await fire(world, 'a', 0);
  for (const at of [1.99, 2, 11.99, 12]) await tick(world, at * minute);
  expect(await told()).toEqual([
    '120 escalation: a firing to sms +1',
    '720 escalation: a firing to sms +2',
  ]);
});

test('late: who comes after all levels were due tells the first, and the next its minutes after', async () => {
  await escalating();
  await fire(world, 'a', 0);
  for (const at of [100, 101, 110]) await tick(world, at * minute);
  expect(await told()).toEqual([
    '6000 escalation: a firing to sms +1',
    '6600 escalation: a firing to sms +2',
  ]);
});

test('an acknowledgement stops it, and the round begins anew when that lapses', async () => {
  await escalating();
  await fire(world, 'a', 0);
  await tick(world, 5 * minute);
  await acknowledge(world, 'a', 6 * minute, 30 * minute);
  for (const at of [15, 29.99, 30, 34.99]) await tick(world, at * minute);
  expect(await told()).toEqual(['300 escalation: a firing to sms +1']);
  await tick(world, 35 * minute);
  expect(await told()).toEqual(['2100 escalation: a firing to sms +1']);
  expect(await transitions(world, 'a@0')).toEqual([
    'escalated',
    'notified',
    'lapsed',
    'escalated',
    'notified',
  ]);
});

test('the end of an alert stops it', async () => {
  await escalating();
  await fire(world, 'a', 0);
  await end(world, 'a', 4 * minute);
  for (const at of [5, 15, 60]) await tick(world, at * minute);
  expect(await told()).toEqual([]);
});

test('a muted alert is not escalated before the silence ends', async () => {
  await escalating();
  await fire(world, 'a', 0);
  await silence(world, 0, 20 * minute, where('name', 'a'));
  for (const at of [5, 19.99, 20]) await tick(world, at * minute);
  expect(await told()).toEqual(['1200 escalation: a firing to sms +1']);
});

test('alerts of a rule that reach a level together are told together', async () => {
  await escalating();
  for (const name of ['a', 'b', 'c']) await fire(world, name, 0);
  await tick(world, 5 * minute);
  expect(await told()).toEqual(['300 escalation: a firing, b firing, c firing to sms +1']);
});

test('a policy that cannot be read escalates nothing, and says so', async () => {
  await escalating();
  await world.admin.script(
    `update monitoring.tb_escalation_policy set levels = '[{"minutes": 5}]'`,
  );
  await fire(world, 'a', 0);
  const { problems } = await tick(world, 5 * minute);
  expect(problems).toEqual([expect.stringMatching(/rule r of t escalates nothing/)]);
});
