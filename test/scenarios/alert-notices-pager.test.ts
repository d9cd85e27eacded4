import { beforeEach, expect, test } from 'vitest';
import type { NoticeBook } from '../world/notices.ts';
import type { World } from '../world/world.ts';
import {
  acknowledge,
  end,
  fire,
  line,
  rule,
  tick,
  transitions,
  useNotices,
} from './alert-notices-room.ts';
import { ask } from './ask.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});
beforeEach(() =>
  rule(world, {
    channels: ['email', 'pagerduty'],
    recipients: { email: ['ops@x'], pagerduty: ['pager'] },
    repeat: 1_000,
  }),
);

const told = async (): Promise<string[]> =>
  (await book.news()).map((entry) => `${line(entry)} to ${entry.to}`);
const notified = () => ask(world.admin, 'select notified_at from monitoring.tb_alert order by id');
const firing = ['2 firing: a firing to email ops@x', '2 firing: a firing to pagerduty pager'];

test('a pager that was told of an alert hears once that it is acknowledged, and nobody else does', async () => {
  await fire(world, 'a', 0);
  await tick(world, 2);
  expect(await told()).toEqual(firing);
  const before = await notified();
  await acknowledge(world, 'a', 3);
  for (const at of [4, 5, 60]) expect((await tick(world, at)).problems).toEqual([]);

  expect(await told()).toEqual(['4 acknowledged: a firing to pagerduty pager']);
  // A cool-down counts from the notice that it fires.
  expect(await notified()).toEqual(before);
  expect(await transitions(world, 'a@0')).toEqual(['notified', 'notified']);
  // It waits in the same line as the notice that it fires.
  expect(
    await ask(
      world.admin,
      `select count(distinct group_id) as lines, count(group_id) as notices from monitoring.notice
      where channel = 'pagerduty'`,
    ),
  ).toEqual([{ lines: 1, notices: 2 }]);
});

test('beside itself: of dispatchers at once one tells the pager', async () => {
  await fire(world, 'a', 0);
  await tick(world, 2);
  await told();
  await acknowledge(world, 'a', 3);
  await Promise.all([tick(world, 4), tick(world, 4), tick(world, 4)]);

  expect(await told()).toEqual(['4 acknowledged: a firing to pagerduty pager']);
});

test('an acknowledgement that is made longer is no news; one after it lapsed is', async () => {
  await fire(world, 'a', 0);
  await tick(world, 2);
  await acknowledge(world, 'a', 3, 10);
  await tick(world, 4);
  await world.admin.script(
    `update monitoring.tb_alert set acknowledged_until = acknowledged_until + interval '10 seconds'`,
  );
  await tick(world, 15);
  expect(await told()).toEqual([...firing, '4 acknowledged: a firing to pagerduty pager']);

  await tick(world, 20);
  await acknowledge(world, 'a', 21);
  await tick(world, 22);
  expect(await told()).toEqual([
    '20 firing: a firing to email ops@x',
    '20 firing: a firing to pagerduty pager',
    '22 acknowledged: a firing to pagerduty pager',
  ]);
});

test('a pager that was not told, or that is told of the end instead, hears nothing of it', async () => {
  await fire(world, 'a', 0);
  await acknowledge(world, 'a', 1);
  await tick(world, 2);
  expect(await told()).toEqual([]);

  await fire(world, 'b', 3);
  await tick(world, 8);
  await acknowledge(world, 'b', 9);
  await end(world, 'b', 10);
  await tick(world, 13);
  expect((await told()).filter((one) => one.includes('acknowledged:'))).toEqual([]);
});
