import { expect, test } from 'vitest';
import type { NoticeBook } from '../world/notices.ts';
import type { World } from '../world/world.ts';
import { ask } from './ask.ts';
import { end, fire, rule, tick, useNotices } from './alert-notices-room.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});

test('an alert remembers its newest hundred notices, however often it is repeated', async () => {
  const many = Array.from({ length: 30 }, (_, n) => `n${n}@x`);
  await rule(world, { recipients: { email: many }, repeat: 1, interval: 1, wait: 0 });
  await fire(world, 'a', 0);
  for (let at = 0; at < 12; at += 2) await tick(world, at);

  expect(await book.news()).toHaveLength(6 * 30);
  const [row] = await ask<{ count: number; last: string }>(
    world.admin,
    `select jsonb_array_length(notifications_sent) as count, notifications_sent -> -1 ->> 'at' as last
    from monitoring.tb_alert`,
  );
  expect(row).toEqual({ count: 100, last: '2026-03-02T10:00:10.000Z' });
});

test('pagerduty hears of each alert of a large group that it fires, and that it ended', async () => {
  await rule(world, {
    channels: ['pagerduty', 'email'],
    recipients: { pagerduty: ['p'], email: ['ops@x'] },
  });
  const names = Array.from({ length: 45 }, (_, n) => `a${n}`);
  for (const name of names) await fire(world, name, 0);
  await tick(world, 0);
  await tick(world, 2);
  for (const name of names) await end(world, name, 3);
  await tick(world, 6);

  const told = await book.news();
  for (const [kind, state] of [
    ['firing', 'firing'],
    ['resolved', 'resolved'],
  ] as const) {
    const events = told.filter(({ to, kind: k }) => to === 'pagerduty p' && k === kind);
    expect(events.map(({ alerts }) => alerts.length)).toEqual(expect.arrayContaining([20, 20, 5]));
    expect(events.flatMap(({ alerts }) => alerts).toSorted()).toEqual(
      names.map((name) => `${name} ${state}`).toSorted(),
    );
    const mails = told.filter(({ to, kind: k }) => to === 'email ops@x' && k === kind);
    expect(mails.map(({ alerts }) => alerts.length)).toEqual([20]);
  }
});
