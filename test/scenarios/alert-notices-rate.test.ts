import { expect, test } from 'vitest';
import type { NoticeBook } from '../world/notices.ts';
import type { World } from '../world/world.ts';
import {
  end,
  fire,
  line,
  rule,
  standing,
  tick,
  transitions,
  useNotices,
} from './alert-notices-room.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});

const told = async (): Promise<string[]> => (await book.news()).map(line);

test('an alert in its cool-down is not told, and is when that ends if it still fires: late, not lost', async () => {
  await rule(world);
  await fire(world, 'a', 0, { coolDownUntil: 30 });
  await fire(world, 'b', 0, { coolDownUntil: 30 });
  await tick(world, 10);
  await end(world, 'b', 20);
  await tick(world, 29.999);
  await tick(world, 30);
  expect(await told()).toEqual(['30 firing: a firing']);
  expect(await standing(world)).toEqual([
    { name: 'a', status: 'active', reason: 'cool-down', told: true },
    { name: 'b', status: 'suppressed', reason: 'cool-down', told: false },
  ]);
  expect(await transitions(world, 'a@0')).toEqual(['activated', 'notified']);
});

test('beyond the rate of a rule alerts are held back, and one digest tells of them an hour after', async () => {
  await rule(world, {
    mostPerHour: 2,
    groupBy: ['name'],
    wait: 0,
    repeat: 36_000,
    channels: ['email', 'in-app'],
  });
  for (const [place, name] of ['a', 'b', 'c', 'd'].entries()) {
    await fire(world, name, place);
    await tick(world, place);
  }
  expect(await told()).toEqual([
    '0 firing: a firing',
    '0 firing: a firing',
    '1 firing: b firing',
    '1 firing: b firing',
  ]);
  await end(world, 'a', 10);
  await end(world, 'd', 11);
  await tick(world, 12);
  expect(await told()).toEqual(['12 resolved: a resolved', '12 resolved: a resolved']);

  await tick(world, 3599.9);
  await tick(world, 3600);
  const [digest, copy] = await book.news();
  expect(digest).toMatchObject({ kind: 'digest', alerts: ['c firing'], to: 'email ops@x' });
  expect(copy).toMatchObject({ kind: 'digest', to: 'in-app *' });
  expect(digest?.note).toBe(
    '2 alerts were held back, because the rule rule r tells 2 times an hour at most. Still firing: 1',
  );
  expect((await standing(world)).slice(2)).toEqual([
    { name: 'c', status: 'active', reason: 'rate-limit', told: true },
    { name: 'd', status: 'suppressed', reason: 'rate-limit', told: false },
  ]);
  await end(world, 'c', 3601);
  await tick(world, 7200);
  expect(await told()).toEqual(['7200 resolved: c resolved', '7200 resolved: c resolved']);
});

test('a rule that may tell nothing tells a digest an hour', async () => {
  await rule(world, { mostPerHour: 0, wait: 0 });
  await fire(world, 'a', 0);
  await tick(world, 0);
  expect(await told()).toEqual([]);
  await tick(world, 5);
  expect(await told()).toEqual(['5 digest: a firing']);
  await fire(world, 'b', 6);
  for (const at of [9, 14, 3604.9]) await tick(world, at);
  expect((await told()).filter((text) => !text.includes('repeat'))).toEqual([]);
  await tick(world, 3605);
  expect(await told()).toContain('3605 digest: b firing');
});

test('control: without a limit all of them are told', async () => {
  await rule(world, { mostPerHour: null, groupBy: ['name'], wait: 0 });
  for (let place = 0; place < 12; place += 1) {
    await fire(world, `n${place}`, 0);
    await tick(world, 0);
  }
  expect(await book.news()).toHaveLength(12);
});

test('a flush that tells of many counts once, and one flush of each rule is counted for it alone', async () => {
  await rule(world, { mostPerHour: 1, groupBy: [], wait: 0 });
  await rule(world, { id: 'other', mostPerHour: 1, groupBy: [], wait: 0 });
  for (const name of ['a', 'b', 'c']) await fire(world, name, 0);
  await fire(world, 'd', 0, { rule: 'other' });
  await tick(world, 0);
  await fire(world, 'e', 1, { rule: 'other' });
  await tick(world, 4);
  const [first, ...rest] = await book.news();
  expect(first?.alerts).toHaveLength(4);
  expect(rest).toEqual([]);
});
