import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { streamItems } from '@rookery/http/streams/streams';
import { randomFrom } from '@rookery/kernel/random';
import { database } from '@rookery/lambda/database';
import { ingestMessage } from '@rookery/monitoring/ingest/message';
import { takeMessage } from '@rookery/monitoring/ingest/work';
import { handler } from '../../functions/api/ingest.ts';
import { ask, askOne } from './ask.ts';
import { openDoorRoom, type DoorRoom, type Said } from './ingest-door-room.ts';

const at = new Date(`${new Date().toISOString().slice(0, 10)}T12:07:30.000Z`);

let room: DoorRoom;
beforeAll(async () => {
  room = await openDoorRoom('heron');
});
afterAll(() => room.close());
beforeEach(() =>
  room.world.admin.script(`delete from olap.rate_limit;
    truncate monitoring.idempotency_key, monitoring.ingest_item, monitoring.tb_user_activity`),
);

const knock = (key: string, items: readonly unknown[]): Promise<Said> =>
  room.ask(handler, 'POST /v1/ingest/{stream}', {
    stream: 'user-activity',
    at,
    body: { items },
    headers: { 'idempotency-key': key },
  });

const seen = (action: string, more: object = {}) => ({
  time: at.toISOString(),
  user_id: 'u',
  session_id: 's',
  activity_type: 'action',
  action,
  ...more,
});

// What the worker writes of all that is in the queue.
const written = async (): Promise<string[]> => {
  for (const sent of await room.drain()) {
    const place = { ingest: database('ingest'), now: at, healed: () => {} };
    await takeMessage(streamItems, place, ingestMessage.parse(sent));
  }
  const rows = await ask<{ action: string }>(
    room.world.admin,
    'select action from monitoring.tb_user_activity order by action',
  );
  return rows.map(({ action }) => action);
};

// Nothing packs it: 190 of 90 characters by chance.
const chance = randomFrom(11);
const anyText = (): string =>
  String.fromCharCode(...Array.from({ length: 190 }, () => chance.between(35, 125)));

const forgotten = () => room.world.admin.script('truncate monitoring.idempotency_key');

test('an Idempotency-Key that is free again, after its day or after an answer that was lost, loses no other item', async () => {
  await knock('again', [seen('first'), seen('same')]);
  expect(await written()).toEqual(['first', 'same']);

  await forgotten();
  const second = await knock('again', [seen('second'), seen('same')]);

  expect(second.json.accepted).toBe(2);
  expect(await written()).toEqual(['first', 'same', 'second']);
});

test('twice: the same request under a key that was forgotten counts once', async () => {
  for (let n = 0; n < 2; n += 1) {
    await knock('again', [seen('a'), seen('a')]);
    await forgotten();
  }

  expect(await written()).toEqual(['a', 'a']);
});

test('an id that looks like the key of another item is no other item', async () => {
  await knock('KK', [seen('without'), seen('named')]);
  const [sent] = await room.drain();
  const made = sent?.items[0]?.key ?? '';
  await forgotten();
  const items = [seen('without'), seen('x', { id: 'KK#0' }), seen('y', { id: made })];

  expect((await knock('KK', items)).json.accepted).toBe(3);
  expect(await written()).toEqual(['without', 'x', 'y']);
});

test.each([
  ['U+FFFF', '\uFFFF'],
  ['U+FFFE', '\uFFFE'],
  ['an emoji', '🐦'],
  ['a letter beyond ASCII', 'ü'],
  ['a delete', '\x7f'],
  ['a backslash before what reads like an escape', '\\u0041'],
])('%s in an item is taken and written as it is', async (_, text) => {
  const said = await knock('k', [seen(`a${text}b`)]);

  expect(said.status).toBe(202);
  expect(await written()).toEqual([`a${text}b`]);
});

test('items that are thrice as long in ASCII go in as many messages as they need, with every item once', async () => {
  const items = Array.from({ length: 5 }, (_, n) =>
    seen(`n${n}`, { metadata: { text: '\u0101'.repeat(100_000) } }),
  );

  expect((await knock('k', items)).json.accepted).toBe(5);
  expect(await written()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
});

test('500 bad items are told in short reasons, and leave less than 16 kB for their repeat, which says the same', async () => {
  const bad = Object.fromEntries(
    Array.from({ length: 5 }, (_, n) => [`unknown-${'x'.repeat(300)}-${n}`, 1]),
  );
  const items = Array.from({ length: 500 }, (_, n) => ({ ...seen('a'), ...bad, id: `id-${n}` }));
  const first = await knock('k', items);
  const again = await knock('k', items);
  const kept = await askOne<{ bytes: number }>(
    room.world.admin,
    'select octet_length(body) as bytes from monitoring.idempotency_key',
  );

  expect([first.status, first.json.rejected]).toEqual([202, 500]);
  for (const { reason } of first.json.items) expect(reason.length).toBeLessThanOrEqual(200);
  expect(kept.bytes).toBeLessThan(16_384);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(again.json).toEqual(first.json);
});

test('an answer that is too long to be kept leaves its key free, and its items count once all the same', async () => {
  const items = [
    seen('good'),
    ...Array.from({ length: 499 }, () => ({ id: anyText(), [anyText()]: 1 })),
  ];
  const first = await knock('k', items);
  const left = await ask(room.world.admin, 'select 1 from monitoring.idempotency_key');
  const again = await knock('k', items);

  expect([first.status, left]).toEqual([202, []]);
  expect(again.json).toEqual(first.json);
  expect(await written()).toEqual(['good']);
});
