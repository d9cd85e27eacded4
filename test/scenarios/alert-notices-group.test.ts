import { expect, test } from 'vitest';
import type { NoticeBook } from '../world/notices.ts';
import type { World } from '../world/world.ts';
import {
  acknowledge,
  end,
  fire,
  inhibit,
  line,
  rule,
  run,
  silence,
  useNotices,
  where,
} from './alert-notices-room.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});

const told = async (): Promise<string[]> => (await book.news()).map(line);

// What Alertmanager 0.25 told with these waits, guide/reliability.md §1.2, on a clock without its delays.

test('an alert that is seen again and again is told once, and repeated at looks only: 10 s become 12', async () => {
  await rule(world);
  await fire(world, 'a', 0.1);
  await run(world, 0.1, 28);
  expect(await told()).toEqual([
    '2.1 firing: a firing',
    '14.1 repeat: a firing',
    '26.1 repeat: a firing',
  ]);
});

test('an alert that joins after the first notice is told at the next look, with those that fire', async () => {
  await rule(world);
  await fire(world, 'a', 0.1);
  await run(world, 0.1, 3);
  await fire(world, 'b', 3.1);
  await run(world, 3.1, 8);
  expect(await told()).toEqual(['2.1 firing: a firing', '6.1 firing: b firing, a firing']);
});

test('what fires and resolves within the wait is not told at all', async () => {
  await rule(world);
  await fire(world, 'a', 0.1);
  await run(world, 0.1, 1);
  await end(world, 'a', 1);
  await run(world, 1.1, 12);
  expect(await told()).toEqual([]);
});

test('what resolves after its notice is told to be resolved at the next look, once', async () => {
  await rule(world);
  await fire(world, 'a', 0.1);
  await run(world, 0.1, 3);
  await end(world, 'a', 3);
  await run(world, 3.1, 30);
  expect(await told()).toEqual(['2.1 firing: a firing', '6.1 resolved: a resolved']);
});

test('what resolves and fires again between two looks was never away', async () => {
  await rule(world);
  await fire(world, 'a', 0.1);
  await run(world, 0.1, 3);
  await end(world, 'a', 3);
  await run(world, 3.1, 4);
  await fire(world, 'a', 4);
  await run(world, 4.1, 15);
  expect(await told()).toEqual(['2.1 firing: a firing', '14.1 repeat: a firing']);
});

test('one of two that resolves is told with the one that goes on; repeats are of that alone', async () => {
  await rule(world);
  await fire(world, 'a', 0.1);
  await fire(world, 'b', 0.2);
  await run(world, 0.1, 3);
  await end(world, 'b', 3);
  await run(world, 3.1, 19);
  expect(await told()).toEqual([
    '2.1 firing: b firing, a firing',
    '6.1 resolved: b resolved, a firing',
    '18.1 repeat: a firing',
  ]);
});

test('an inhibited alert is left out, and told at the first look after what inhibits it ended', async () => {
  await rule(world);
  await inhibit(world, where('severity', 'critical'), where('severity', 'warning'), ['host']);
  await fire(world, 'down', 0.1, { severity: 'critical', labels: { host: 'a' } });
  await fire(world, 'slow', 0.1, { labels: { host: 'a' } });
  await fire(world, 'other', 0.1, { labels: { host: 'b' } });
  await run(world, 0.1, 7);
  await end(world, 'down', 7);
  await run(world, 7.1, 11);
  expect(await told()).toEqual([
    '2.1 firing: down firing, other firing',
    '10.1 firing: slow firing, down resolved, other firing',
  ]);
});

test('a silenced alert is told at the first look after the silence: silenced is not lost', async () => {
  await rule(world);
  await silence(world, 0, 9, where('name', 'a'));
  await fire(world, 'a', 0.1);
  await run(world, 0.1, 11);
  expect(await told()).toEqual(['10.1 firing: a firing']);
});

// What Alertmanager does otherwise.

test('an alert that was told, and is silenced then, is told again after the silence if it still fires', async () => {
  await rule(world);
  await fire(world, 'a', 0.1);
  await run(world, 0.1, 3);
  await silence(world, 3, 9, where('name', 'a'));
  await run(world, 3.1, 11);
  expect(await told()).toEqual(['2.1 firing: a firing', '10.1 firing: a firing']);
});

test('an alert that was told, and ends under a silence, is told to be resolved after it', async () => {
  await rule(world);
  await fire(world, 'a', 0.1);
  await run(world, 0.1, 3);
  await silence(world, 3, 9, where('name', 'a'));
  await run(world, 3.1, 5);
  await end(world, 'a', 5);
  await run(world, 5.1, 20);
  expect(await told()).toEqual(['2.1 firing: a firing', '10.1 resolved: a resolved']);
});

test('what fires and ends between two looks of a group is not told to be resolved', async () => {
  await rule(world);
  await fire(world, 'a', 0.1);
  await run(world, 0.1, 3);
  await fire(world, 'b', 3);
  await run(world, 3.1, 4);
  await end(world, 'b', 4);
  await run(world, 4.1, 12);
  expect(await told()).toEqual(['2.1 firing: a firing']);
});

test('an acknowledged alert is not repeated, and told again when the acknowledgement lapses', async () => {
  await rule(world);
  await fire(world, 'a', 0.1);
  await run(world, 0.1, 3);
  await acknowledge(world, 'a', 3, 21);
  await run(world, 3.1, 23);
  await end(world, 'a', 23);
  await run(world, 23.1, 40);
  expect(await told()).toEqual([
    '2.1 firing: a firing',
    '22.1 firing: a firing',
    '26.1 resolved: a resolved',
  ]);
});
