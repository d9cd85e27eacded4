import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamItems } from '@rookery/http/streams/streams';
import { asciiJson } from '@rookery/kernel/text';
import { packItems, ingestMessage, type IngestMessage } from '@rookery/monitoring/ingest/message';
import { takeMessage } from '@rookery/monitoring/ingest/work';
import { minutesAgo, now, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

const message = (given: Partial<IngestMessage> = {}): IngestMessage => ({
  tenant_id: 'a',
  stream: 'performance-metrics',
  received_at: now.toISOString(),
  items: [],
  ...given,
});
const metric = { time: minutesAgo(1), metric_name: 'm', request_count: 1, error_count: 0 };
const work = (given: IngestMessage) =>
  takeMessage(streamItems, { ingest: room.ingest, now, healed: () => {} }, given);

test('bad items of a producer that bypasses the door are kept apart with their reasons, good ones are written', async () => {
  const sent = message({
    items: [
      { key: 'good', item: { ...metric, values: [1] } },
      { key: 'none', item: null },
      { key: 'more', item: { ...metric, error_count: 2 } },
      { key: 'both', item: { ...metric, values: [1], sketch: { '0': 1 } } },
      { key: 'few', item: { ...metric, request_count: 3, values: [1] } },
      { key: 'bucket', item: { ...metric, sketch: { '926': 1 } } },
      { key: 'nul', item: { ...metric, endpoint: '/\0' } },
      { key: 'huge', item: { ...metric, values: [1e9] } },
      { key: 'extra', item: { ...metric, password: 'x' } },
      { key: 'when', item: { ...metric, time: '2026-02-30T00:00:00Z' } },
      { key: 'old', item: { ...metric, time: minutesAgo(43_200) } },
      { key: 'ß', item: 'x\uFFFF' },
      { key: 'also', item: { ...metric, sketch: { zero: 1 }, request_count: 0 } },
    ],
  });

  const { unit, dead } = await work(sent);

  expect(unit).toEqual({
    tenant: 'a',
    unit: 'ingest performance-metrics',
    rows: 1,
    repeated: 0,
    rejected: 11,
  });
  const bad = sent.items.map(({ key }) => key).filter((key) => key !== 'good' && key !== 'also');
  const [letter, ...more] = dead;
  expect(more).toEqual([]);
  // SQS takes no message with U+FFFF in it.
  expect(letter?.body).toMatch(/^[\x20-\x7e]+$/);
  const body = ingestMessage.parse(JSON.parse(letter?.body ?? ''));
  expect(body.items.map(({ key }) => key)).toEqual(bad);
  expect(body).toMatchObject({ tenant_id: 'a', received_at: sent.received_at });
  expect(letter?.attributes['reason']).toMatch(/^[\x20-\x7e]{1,1000}$/);
  expect(letter?.attributes).toMatchObject({ code: 'items-rejected' });
});

test('an item nested deeper than can be written again has its message laid aside whole, once the others are written', async () => {
  let deep: unknown = 1;
  for (let n = 0; n < 50_000; n += 1) deep = [deep];
  const item = {
    time: minutesAgo(1),
    user_id: 'u',
    session_id: 's',
    activity_type: 'action',
  };
  const sent = message({
    tenant_id: 'deep',
    stream: 'user-activity',
    items: [
      { key: 'deep', item: { ...item, metadata: { deep } } },
      { key: 'good', item },
    ],
  });

  for (let n = 0; n < 2; n += 1)
    await expect(work(sent)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'items-too-deep',
      message: expect.stringMatching(/^deep: /),
    });
  expect(await room.rows('count(*)', `tb_user_activity where tenant_id = 'deep'`)).toEqual([
    { count: 1 },
  ]);
});

test('a message without bad items leaves no dead letter', async () => {
  const sent = message({ tenant_id: 'b', items: [{ key: 'k', item: metric }] });
  expect(await work(sent)).toMatchObject({ unit: { rows: 1 }, dead: [] });
});

test('a message received more than 14 days ago, or yet to be, is refused whole, before anything is written', async () => {
  for (const minutes of [14 * 24 * 60 + 1, -11])
    await expect(
      work(
        message({
          tenant_id: 'c',
          received_at: minutesAgo(minutes),
          items: [{ key: 'k', item: metric }],
        }),
      ),
    ).rejects.toMatchObject({ kind: 'invalid', code: 'message-out-of-time' });
  expect(await room.rows('count(*)', `ingest_item where tenant_id = 'c'`)).toEqual([{ count: 0 }]);
});

test('packing keeps every item once, in order, within 500 items and 1,000,000 bytes a message as it is sent', () => {
  const items = Array.from({ length: 1_203 }, (_, n) => ({
    key: `k${n}`,
    item: { text: 'ü'.repeat((n * 7_919) % 3_000) },
  }));
  const packed = packItems({ tenantId: 'a', stream: 'errors', receivedAt: now }, items);

  expect(packed.flatMap((each) => each.items)).toEqual(items);
  for (const each of packed) {
    expect(ingestMessage.safeParse(each).success).toBe(true);
    expect(asciiJson(each).length).toBeLessThanOrEqual(1_000_000);
  }
  expect(packed.length).toBeLessThan(13);
  expect(packItems({ tenantId: 'a', stream: 'errors', receivedAt: now }, [])).toEqual([]);
});
