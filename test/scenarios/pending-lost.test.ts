import { afterAll, beforeAll, expect, test } from 'vitest';
import { emails } from '../world/builders.ts';
import type { Db } from '@rookery/db/pool';
import { emailOf, openPendingRoom, type PendingRoom } from './pending-room.ts';

let room: PendingRoom;
beforeAll(async () => {
  room = await openPendingRoom();
});
afterAll(() => room.close());

/** A database of which one statement fails before it is run. */
const failingAt = (db: Db, title: string): Db => ({
  ...db,
  query: (asked, params) =>
    asked.title === title ? Promise.reject(new Error('cut')) : db.query(asked, params),
});

test('twice: a cell found again before it is counted stays complete through the first find, until both are', async () => {
  await room.begin('again');
  const before = await room.fresh('again');
  await room.change('again');
  await room.desk.look();
  const [first] = room.desk.inbox;
  await room.change('again', 10, 'clicked = sent_at');
  await room.desk.look();
  const [, second] = room.desk.inbox;
  const found = await room.fresh('again');

  await room.desk.work(second!);
  const counted = await room.fresh('again');
  await room.desk.work(first!);
  await room.desk.work(first!);
  room.desk.inbox.length = 0;

  expect(found).toMatchObject({ days_pending: 1, through: before.through });
  expect(counted).toMatchObject({ days_pending: 0, through: await room.watermark() });
  expect(await room.fresh('again')).toMatchObject({
    days_pending: 0,
    through: counted.through,
  });
});

test('a crash between marking and sending loses nothing and claims nothing, though the change is gone by then', async () => {
  await room.begin('unsent');
  const before = await room.fresh('unsent');
  const stood = await room.watermark();
  await emails(room.desk.world.admin, [emailOf('unsent', 20)]);

  const cut = room.lookWith({ send: () => Promise.reject(new Error('cut')) });
  await expect(cut).rejects.toThrow('cut');
  const marked = await room.fresh('unsent');
  await room.desk.world.admin.script(`delete from source.emails where email_id = 'unsent-20'`);
  await room.desk.settle();
  const unfound = await room.fresh('unsent');
  await room.desk.settle('nightly');

  expect(marked).toMatchObject({ days_pending: 1, through: before.through });
  expect(before.through).toBe(stood);
  expect(unfound).toMatchObject({ days_pending: 1, through: before.through });
  expect(await room.fresh('unsent')).toMatchObject({
    days_pending: 0,
    through: await room.watermark(),
  });
});

test('a crash between sending and the watermark, or before marking, claims nothing either', async () => {
  await room.begin('unmoved');
  const before = await room.fresh('unmoved');
  await room.change('unmoved');

  const { ops } = room.desk.world;
  await expect(room.lookWith({ ops: failingAt(ops, 'mark cells as pending') })).rejects.toThrow(
    'cut',
  );
  const unmarked = await room.fresh('unmoved');
  await expect(room.lookWith({ ops: failingAt(ops, 'advance the watermarks') })).rejects.toThrow(
    'cut',
  );
  const sent = await room.fresh('unmoved');
  await room.workAll();
  const counted = await room.fresh('unmoved');
  await room.desk.settle();

  expect(unmarked).toMatchObject({ days_pending: 0, through: before.through });
  expect(sent).toMatchObject({ days_pending: 1, through: before.through });
  expect(counted).toMatchObject({ days_pending: 0, through: before.through });
  expect(await room.fresh('unmoved')).toMatchObject({
    days_pending: 0,
    through: await room.watermark(),
  });
});

test('a dead letter holds the tenant back, look after look, until the night counts its cell, however old', async () => {
  await room.begin('dead');
  await emails(room.desk.world.admin, [
    { ...emailOf('dead', 11), sent_at: '2024-02-03T12:00:00Z' },
  ]);
  await room.change('dead');
  const before = await room.fresh('dead');
  await room.desk.look();
  room.desk.inbox.length = 0;
  await room.age();
  await room.desk.settle();
  const dead = await room.fresh('dead');

  await room.desk.settle('nightly');

  expect(dead).toMatchObject({ days_pending: 2, through: before.through });
  expect((await room.watermark()) > before.through!).toBe(true);
  expect(await room.opened('dead')).toBe(1);
  expect(await room.fresh('dead')).toMatchObject({
    state: 'current',
    days_pending: 0,
    first_day: '2024-02-03',
    through: await room.watermark(),
  });
});

test('a redriven dead letter clears its cell too', async () => {
  await room.begin('redriven');
  await room.change('redriven');
  await room.desk.look();
  const letters = room.desk.inbox.splice(0);
  await room.age();
  await room.desk.settle();

  for (const letter of letters) await room.desk.work(letter);

  expect(await room.fresh('redriven')).toMatchObject({
    days_pending: 0,
    through: await room.watermark(),
  });
});

test('the nightly recompute marks nothing: it knows of no change', async () => {
  await room.begin('night');

  await room.desk.look('nightly');

  expect(room.desk.inbox.some((message) => message.tenant_id === 'night')).toBe(true);
  expect(await room.fresh('night')).toMatchObject({
    days_pending: 0,
    through: await room.watermark(),
  });
  await room.workAll();
});

test('a day all of whose e-mails went away is cleared like any other', async () => {
  await room.begin('emptied');
  await room.change('emptied');
  await room.desk.look();
  await room.desk.world.admin.script(`delete from source.emails where tenant_id = 'emptied'`);

  await room.workAll();

  expect(await room.desk.rows('campaign_analytics', 'emptied', 'day')).toEqual([]);
  expect(await room.fresh('emptied')).toMatchObject({
    days_pending: 0,
    through: await room.watermark(),
  });
});

test('a lead whose e-mail left the day holds the tenant back until it is recounted, by its message or by the night', async () => {
  await room.begin('leads', 10, 11);
  const before = await room.fresh('leads');
  await room.change('leads', 10, `lead_id = 'other'`);
  await room.desk.look();

  await room.desk.work(room.desk.inbox.shift()!);
  const stale = await room.fresh('leads');
  const [message] = room.desk.inbox.splice(0);
  await room.age();
  await room.desk.settle();
  const lost = await room.fresh('leads');
  await room.desk.look('nightly');
  const named = room.desk.inbox.flatMap((asked) => asked.leads);
  await room.desk.work(message!);
  const recounted = await room.fresh('leads');
  await room.workAll();

  expect(message).toMatchObject({ leads: ['l10'], days: [] });
  expect(stale).toMatchObject({ days_pending: 0, leads_pending: 1, through: before.through });
  expect(lost).toMatchObject({ leads_pending: 1, through: before.through });
  expect(named).toEqual(['l10']);
  expect(recounted).toMatchObject({ leads_pending: 0, through: await room.watermark() });
});
