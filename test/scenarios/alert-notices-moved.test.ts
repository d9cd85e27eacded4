import { expect, test } from 'vitest';
import type { NoticeBook } from '../world/notices.ts';
import type { World } from '../world/world.ts';
import { ask } from './ask.ts';
import { end, fire, line, rule, run, silence, useNotices, where } from './alert-notices-room.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});

const told = async (): Promise<string[]> =>
  (await book.news()).map((entry) => `${line(entry)} (${entry.to.replace('email ', '')})`);
const groups = (): Promise<unknown[]> => ask(world.admin, 'select id from monitoring.alert_group');
const change = (set: string): Promise<void> =>
  world.admin.script(`update monitoring.tb_alert_rule set ${set}, revision = revision + 1`);
const tells = (...names: string[]): Promise<void> =>
  change(`notification_recipients = '{"email": ${JSON.stringify(names)}}'`);

// Told to ann and bob that it fires.
const begin = async (): Promise<void> => {
  await rule(world, { recipients: { email: ['ann@x', 'bob@x'] }, repeat: 3600 });
  await fire(world, 'a', 0);
  await run(world, 0, 2);
  await told();
};

test('who was told of the beginning is told of the end, also when the rule tells somebody else by then; once', async () => {
  await begin();
  await tells('bob@x', 'eve@x');
  await run(world, 3, 20);
  expect(await told()).toEqual(['3 firing: a firing (bob@x)', '3 firing: a firing (eve@x)']);

  await end(world, 'a', 20);
  await run(world, 20.1, 60);

  expect((await told()).map((one) => one.replace(/^\S+ /, '')).toSorted()).toEqual([
    'resolved: a resolved (ann@x)',
    'resolved: a resolved (bob@x)',
    'resolved: a resolved (eve@x)',
  ]);
  expect(await groups()).toEqual([]);
});

test('with nobody to tell any more, those who were told hear of the end', async () => {
  await begin();
  await change(`notification_channels = '{}', notification_recipients = '{}'`);
  await run(world, 3, 20);
  expect(await told()).toEqual([]);

  await end(world, 'a', 20);
  await run(world, 20.1, 40);

  expect(await told()).toEqual([
    '22 resolved: a resolved (ann@x)',
    '22 resolved: a resolved (bob@x)',
  ]);
  expect(await groups()).toEqual([]);
});

test('a rule that tells the same by other labels tells them of one end', async () => {
  await begin();
  await change(`group_by = '{name}'`);
  await run(world, 3, 20);
  expect(await told()).toHaveLength(2);

  await end(world, 'a', 20);
  await run(world, 20.1, 60);

  expect(await told()).toHaveLength(2);
  expect(await groups()).toEqual([]);
});

test('a change that is taken back tells nobody anew who was told before', async () => {
  await begin();
  await tells('eve@x');
  await run(world, 3, 9);
  await tells('ann@x', 'bob@x');
  await run(world, 9.1, 20);
  expect(await told()).toEqual(['3 firing: a firing (eve@x)']);

  await end(world, 'a', 20);
  await run(world, 20.1, 60);

  expect((await told()).map((one) => one.replace(/^\S+ /, '')).toSorted()).toEqual([
    'resolved: a resolved (ann@x)',
    'resolved: a resolved (bob@x)',
    'resolved: a resolved (eve@x)',
  ]);
});

test('an end under a silence is told to those before after it, and a group whose alerts are gone goes', async () => {
  await begin();
  await silence(world, 3, 30, where('name', 'a'));
  await tells('eve@x');
  await run(world, 3, 10);
  await end(world, 'a', 10);
  await run(world, 10.1, 29);
  expect(await told()).toEqual([]);
  await run(world, 30, 40);
  expect(await told()).toEqual([
    '30 resolved: a resolved (ann@x)',
    '30 resolved: a resolved (bob@x)',
  ]);

  await fire(world, 'b', 50);
  await run(world, 50, 53);
  await tells('zoe@x');
  await world.admin.script(`delete from monitoring.tb_alert`);
  await run(world, 53.1, 80);
  expect(await told()).toEqual(['52 firing: b firing (eve@x)']);
  expect(await groups()).toEqual([]);
});
