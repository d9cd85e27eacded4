import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { handler } from '../../functions/api/ingest.ts';
import { ask } from './ask.ts';
import { openDoorRoom, type DoorRoom, type Knock } from './ingest-door-room.ts';

const minute = 60_000;
const at = new Date('2026-11-20T12:00:00Z');

let room: DoorRoom;
beforeAll(async () => {
  room = await openDoorRoom('heron');
});
afterAll(() => room.close());
beforeEach(async () => {
  room.cut.setDown(false);
  await room.drain();
  await room.world.admin.script(
    'delete from olap.rate_limit; delete from monitoring.idempotency_key',
  );
});

const knock = (wish: Knock) =>
  room.ask(handler, 'POST /v1/ingest/{stream}', {
    stream: 'user-activity',
    at,
    ...wish,
  });

const seen = (more: object = {}) => ({
  time: at.toISOString(),
  user_id: 'u',
  session_id: 's',
  activity_type: 'action',
  ...more,
});
const after = (ms: number) => ({ time: new Date(at.getTime() + ms).toISOString() });

test('good items are in the queue when the answer comes, bad ones come back with their reasons', async () => {
  const said = await knock({
    body: {
      items: [seen({ id: 'a' }), seen({ id: 'b', user_id: 7 }), 'x', seen({ colour: 1 }), seen()],
    },
  });

  expect([said.status, said.headers['cache-control']]).toEqual([202, 'no-store']);
  expect(said.json).toEqual({
    stream: 'user-activity',
    accepted: 2,
    rejected: 3,
    items: [
      { index: 0, id: 'a', verdict: 'accepted' },
      { index: 1, id: 'b', verdict: 'rejected', reason: expect.stringMatching(/^user_id: /) },
      { index: 2, id: null, verdict: 'rejected', reason: expect.any(String) },
      { index: 3, id: null, verdict: 'rejected', reason: 'colour is not known here' },
      { index: 4, id: null, verdict: 'accepted' },
    ],
  });
  expect(await room.drain()).toEqual([
    {
      tenant_id: 'heron',
      stream: 'user-activity',
      received_at: at.toISOString(),
      items: [
        { key: 'id:a', item: seen() },
        { key: expect.stringMatching(/^at:[0-9a-f-]{36}:[\w-]{43}#4$/), item: seen() },
      ],
    },
  ]);
});

test('when every item is bad the answer is still its verdicts, and nothing is queued', async () => {
  const said = await knock({ body: { items: [{}, null] } });

  expect([said.status, said.json.accepted, said.json.rejected]).toEqual([202, 0, 2]);
  expect(await room.drain()).toEqual([]);
});

test('an item may be 28 days old and 9 minutes ahead, and not a millisecond more', async () => {
  const day = 1_440 * minute;
  const said = await knock({
    body: {
      items: [-28 * day, -28 * day - 1, 9 * minute, 9 * minute + 1].map((ms) => seen(after(ms))),
    },
  });

  expect(said.json.items.map(({ reason }: { reason?: string }) => reason)).toEqual([
    undefined,
    'time is more than 28 days ago',
    undefined,
    'time is more than 9 minutes ahead',
  ]);
});

test('a metric may be 5 days old, and not a millisecond more: after 7 its rollup could not be made', async () => {
  const days = 5 * 1_440 * minute;
  const metric = { metric_name: 'm', request_count: 1, error_count: 0 };
  const said = await knock({
    stream: 'performance-metrics',
    body: { items: [-days, -days - 1].map((ms) => ({ ...metric, ...after(ms) })) },
  });

  expect(said.json.items).toEqual([
    { index: 0, id: null, verdict: 'accepted' },
    { index: 1, id: null, verdict: 'rejected', reason: 'time is more than 5 days ago' },
  ]);
});

test('of two items with one id the first counts, and the other is told so', async () => {
  const said = await knock({
    body: { items: [seen({ id: 'a' }), seen({ id: 'a', user_id: 'v' })] },
  });

  expect(said.json.items[1]).toEqual({
    index: 1,
    id: 'a',
    verdict: 'rejected',
    reason: 'has the id of item 0',
  });
});

const filled = (count: number) => ({ items: Array.from({ length: count }, () => seen()) });
const sized = (bytes: number): string => {
  const text = JSON.stringify({ items: [seen({ metadata: { text: '' } })] });
  return text.replace('""', `"${'x'.repeat(bytes - text.length)}"`);
};

test.each<[string, unknown, number, string | undefined]>([
  ['500 items', filled(500), 202, undefined],
  ['501 items', filled(501), 400, 'request-malformed'],
  ['no items', { items: [] }, 400, 'request-malformed'],
  ['1 MiB', sized(1_048_576), 202, undefined],
  ['1 MiB and a byte', sized(1_048_577), 413, 'body-too-large'],
  ['an unknown field', { items: [seen()], more: 1 }, 400, 'request-malformed'],
  ['no JSON', '{"items":', 400, 'request-malformed'],
  ['no object', '[]', 400, 'request-malformed'],
  ['nothing', '', 400, 'request-malformed'],
  ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 400, 'request-malformed'],
  ['100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000), 400, 'request-malformed'],
  ['bytes', Buffer.from(JSON.stringify(filled(1))), 202, undefined],
])('a body of %s is a %s', async (_, body, status, code) => {
  const said = await knock({ body });

  expect([said.status, said.json.code]).toEqual([status, code]);
});

test.each([
  ['another content type', { 'content-type': 'text/plain' }, 415, 'media-type-unsupported'],
  ['a charset', { 'content-type': 'application/json; charset=utf-8' }, 202, undefined],
  ['a blank in the idempotency key', { 'idempotency-key': 'a b' }, 400, 'request-malformed'],
  ['an idempotency key of 201', { 'idempotency-key': 'k'.repeat(201) }, 400, 'request-malformed'],
])('%s', async (_, headers, status, code) => {
  const said = await knock({ body: filled(1), headers });
  expect([said.status, said.json.code]).toEqual([status, code]);
});

test('an unknown stream is malformed, and names those there are', async () => {
  const said = await knock({ stream: 'metrics', body: filled(1) });
  expect([said.status, said.json.errors[0].path]).toEqual([400, 'path.stream']);
});

test.each([
  ['tenant-admin', 202],
  ['operator', 202],
  ['tenant-member', 403],
  ['auditor', 403],
])('the role %s gets %s', async (role, status) => {
  const headers = { authorization: `Bearer ${room.token(role)}` };
  expect((await knock({ body: filled(1), headers })).status).toBe(status);
});

test('what is too large for a message goes in several, with every item once and in order', async () => {
  const items = Array.from({ length: 4 }, (_, n) =>
    seen({ id: `i${n}`, metadata: { text: '\u0001'.repeat(43_000) } }),
  );
  const first = await knock({ body: { items } });
  expect(first.json.accepted).toBe(4);

  const messages = await room.drain();
  expect(messages.length).toBeGreaterThan(1);
  expect(messages.flatMap((each) => each.items.map(({ key }) => key)).toSorted()).toEqual([
    'id:i0',
    'id:i1',
    'id:i2',
    'id:i3',
  ]);
});

test('beyond the allowance the answer is 429 with when to come again, and nothing is queued', async () => {
  await room.world.admin.script(
    `insert into olap.rate_limit (tenant_id, class, drained_at) values ('heron', 'ingest', now() + interval '1 minute')`,
  );
  const said = await knock({ body: filled(1) });

  expect([said.status, Number(said.headers['retry-after']) > 0]).toEqual([429, true]);
  expect(await room.drain()).toEqual([]);
});

test('while the queue is down nothing is accepted; the repeat after it is, under the same keys', async () => {
  const wish = { body: filled(3), headers: { 'idempotency-key': 'again' } };
  room.cut.setDown(true);
  const down = await knock(wish);
  const left = await ask(room.world.ops, 'select 1 from monitoring.idempotency_key');
  room.cut.setDown(false);
  const up = await knock(wish);
  const repeat = await knock(wish);

  expect([down.status, left, up.status, repeat.status]).toEqual([503, [], 202, 202]);
  expect(repeat.headers['idempotency-replayed']).toBe('true');
  expect(repeat.json).toEqual(up.json);
  const keys = (await room.drain()).flatMap(({ items }) => items.map(({ key }) => key));
  expect(keys).toEqual(
    [0, 1, 2].map((place) =>
      expect.stringMatching(new RegExp(String.raw`^at:again:[\w-]{43}#${place}$`)),
    ),
  );
});
