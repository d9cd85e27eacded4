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
  useNotices,
  where,
  type RuleWish,
} from './alert-notices-room.ts';
import { ask } from './ask.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});

const told = async (): Promise<string[]> =>
  (await book.news()).map((entry) => `${line(entry)} to ${entry.to}`).toSorted();

const minute = 60;

// A pager at once, and after ten minutes the pager again and somebody's phone.
const escalating = async (wish: RuleWish = {}): Promise<void> => {
  await world.admin
    .script(`insert into monitoring.tb_escalation_policy (id, tenant_id, name, levels) values ('p', 't', 'night',
    '[{"after_minutes": 0, "channels": ["pagerduty"], "recipients": {"pagerduty": ["night"]}},
      {"after_minutes": 10, "channels": ["pagerduty", "sms", "email"], "recipients": {"pagerduty": ["night"], "sms": ["+1"]}}]')`);
  await rule(world, { policy: 'p', channels: [], ...wish });
};
// What the second level says of e-mail, which names nobody.
const nobody = (second: number): string => `${second} escalation: a firing to email nobody`;

test('the end is told once to each whom a level told, and to nobody whom none told', async () => {
  await escalating();
  await fire(world, 'a', 0);
  await fire(world, 'b', 9 * minute);
  for (const at of [0, 9, 10]) await tick(world, at * minute);
  expect(await told()).toEqual([
    '0 escalation: a firing to pagerduty night',
    '540 escalation: b firing to pagerduty night',
    nobody(600),
    '600 escalation: a firing to pagerduty night',
    '600 escalation: a firing to sms +1',
  ]);

  for (const name of ['a', 'b']) await end(world, name, 11 * minute);
  for (const at of [11, 12, 30, 600]) await tick(world, at * minute);

  expect(await told()).toEqual([
    '660 resolved: a resolved to sms +1',
    '660 resolved: b resolved, a resolved to pagerduty night',
  ]);
});

test.each([
  ['by somebody', `status = 'resolved', resolution_note = 'mended'`],
  ['while it is held back', `status = 'suppressed', suppressed_reason = 'rate-limit'`],
])('whoever ends it, %s', async (_, set) => {
  await escalating();
  await fire(world, 'a', 0);
  await tick(world, 0);
  await world.admin.script(
    `update monitoring.tb_alert set resolved_at = '2026-03-02T10:01:00Z', ${set}`,
  );
  for (const at of [1, 2]) await tick(world, at * minute);

  expect((await told()).filter((text) => !text.includes('digest'))).toEqual([
    '0 escalation: a firing to pagerduty night',
    '60 resolved: a resolved to pagerduty night',
  ]);
});

test('after two rounds, between which somebody had taken it on, the end is told once', async () => {
  await escalating();
  await fire(world, 'a', 0);
  await tick(world, 0);
  await acknowledge(world, 'a', 1 * minute, 5 * minute);
  await tick(world, 2 * minute);
  // The second round tells others: those of the first hear of the end as well.
  await world.admin.script(`update monitoring.tb_escalation_policy
    set levels = '[{"after_minutes": 0, "channels": ["sms"], "recipients": {"sms": ["+2"]}}]'`);
  await tick(world, 5 * minute);
  expect(await told()).toEqual([
    '0 escalation: a firing to pagerduty night',
    '120 acknowledged: a firing to pagerduty night',
    '300 escalation: a firing to sms +2',
  ]);
  // One row for each level, however many rounds there are.
  expect(await ask(world.admin, 'select level, round from monitoring.alert_escalation')).toEqual([
    { level: 1, round: 2 },
  ]);

  await end(world, 'a', 6 * minute);
  for (const at of [6, 7]) await tick(world, at * minute);
  expect(await told()).toEqual([
    '360 resolved: a resolved to pagerduty night',
    '360 resolved: a resolved to sms +2',
  ]);
});

test('one who took it on goes on owing nothing: the end is told when it comes', async () => {
  await escalating();
  await fire(world, 'a', 0);
  await tick(world, 0);
  await acknowledge(world, 'a', 1 * minute);
  await tick(world, 2 * minute);
  await end(world, 'a', 50 * minute);
  await tick(world, 50 * minute);

  expect(await told()).toEqual([
    '0 escalation: a firing to pagerduty night',
    '120 acknowledged: a firing to pagerduty night',
    '3000 resolved: a resolved to pagerduty night',
  ]);
});

test('whom the rule tells, too, hears of the end from its group alone, unless that told nothing yet', async () => {
  const recipients = { pagerduty: ['night'] };
  await escalating({ channels: ['pagerduty'], recipients, wait: 30, interval: 30, repeat: 9_000 });
  await fire(world, 'a', 0);
  await tick(world, 0);
  await tick(world, 30);
  await fire(world, 'b', 31);
  await tick(world, 31);
  expect(await told()).toEqual([
    '0 escalation: a firing to pagerduty night',
    '30 firing: a firing to pagerduty night',
    '31 escalation: b firing to pagerduty night',
  ]);

  for (const name of ['a', 'b']) await end(world, name, 40);
  for (const at of [41, 60, 90, 120]) await tick(world, at);

  expect(await told()).toEqual([
    '41 resolved: b resolved to pagerduty night',
    '60 resolved: a resolved to pagerduty night',
  ]);
});

test('what ends while it is muted is told after', async () => {
  await escalating();
  await fire(world, 'a', 0);
  await tick(world, 0);
  await silence(world, 1, 5 * minute, where('name', 'a'));
  await end(world, 'a', 2 * minute);
  for (const at of [2, 4, 5, 6]) await tick(world, at * minute);

  expect(await told()).toEqual([
    '0 escalation: a firing to pagerduty night',
    '300 resolved: a resolved to pagerduty night',
  ]);
});

test('beside itself and twice it tells the end once, in the line of what it ends', async () => {
  await escalating();
  await fire(world, 'a', 0);
  await tick(world, 0);
  await end(world, 'a', 30);
  await Promise.all([tick(world, 60), tick(world, 60), tick(world, 60)]);
  await tick(world, 60);

  expect(await told()).toEqual([
    '0 escalation: a firing to pagerduty night',
    '60 resolved: a resolved to pagerduty night',
  ]);
  expect(
    await ask(
      world.admin,
      'select count(distinct group_id) as lines, count(group_id) as notices from monitoring.notice',
    ),
  ).toEqual([{ lines: 1, notices: 2 }]);
});

test('the next alert of the series is escalated after the end of the one before, and ended for itself', async () => {
  await escalating();
  await fire(world, 'a', 0);
  await tick(world, 0);
  await end(world, 'a', 30);
  await fire(world, 'a', 40);
  await tick(world, 60);
  await tick(world, 61);
  expect(await told()).toEqual([
    '0 escalation: a firing to pagerduty night',
    '60 resolved: a resolved to pagerduty night',
    '61 escalation: a firing to pagerduty night',
  ]);
  await end(world, 'a', 70);
  await tick(world, 80);
  expect(await told()).toEqual(['80 resolved: a resolved to pagerduty night']);
});
