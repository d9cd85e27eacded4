import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { plan } from '@rookery/telemetry/plan/plan';
import { handler } from '../../functions/queue/siem.ts';
import { chance, shuffled } from './chance.ts';
import { contextOf, eventOf, failedOf } from './function-room.ts';
import { openSinkRoom, type SinkRoom } from './sink-room.ts';

const folder = mkdtempSync(join(tmpdir(), 'rookery-siem-'));
const place = join(folder, 'log');
let room: SinkRoom;
beforeAll(async () => {
  room = await openSinkRoom({ SIEM_PLACE: place });
});
afterAll(async () => {
  await room.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  rmSync(place, { recursive: true, force: true });
});

const received_at = new Date().toISOString();
const messageOf = (n: number, size: number) => ({
  tenant_id: '../heron',
  door: 'http' as const,
  received_at,
  events: Array.from({ length: size }, (_, m) => ({
    id: `${n}-${m}`,
    event: 'security_login_succeeded',
    properties: plan.security_login_succeeded.example,
  })),
});
const messages = Array.from({ length: 20 }, (_, n) => messageOf(n, 1 + (n % 4)));
const deliver = async (some: readonly object[]) =>
  failedOf(await handler(eventOf(some), contextOf()));

// Every object: its name, and a hash of its bytes.
const objects = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(place, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(place, name)).isFile())
      .toSorted()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(place, name)))
          .digest('hex'),
      ]),
  );
const dayOf = (at: string): string => at.slice(0, 10).replaceAll('-', '/');
const idsIn = (names: readonly string[]): string[] =>
  names.flatMap((name) =>
    readFileSync(join(place, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id),
  );

test('messages that come again, in other batches and orders, write the same objects byte for byte', async () => {
  for (const message of messages) expect(await deliver([message])).toEqual([]);
  const once = objects();

  const random = chance(7);
  for (let run = 0; run < 5; run += 1) {
    const left = shuffled([...messages, ...messages], random);
    while (left.length > 0)
      expect(await deliver(left.splice(0, 1 + Math.floor(random() * 10)))).toEqual([]);
  }

  expect(objects()).toEqual(once);
  expect(Object.keys(once)).toHaveLength(messages.length);
  const ids = idsIn(Object.keys(once));
  expect(ids).toHaveLength(messages.flatMap(({ events }) => events).length);
  expect(new Set(ids).size).toBe(ids.length);
  const day = dayOf(received_at);
  for (const name of Object.keys(once))
    expect(name).toMatch(new RegExp(`^${day}/[0-9a-f]{32}\\.ndjson$`));
});

test('messages delivered beside themselves leave the same objects, and none is in the way of another', async () => {
  for (const message of messages) await deliver([message]);
  const once = objects();
  rmSync(place, { recursive: true });

  const batch = messages.slice(0, 10);
  for (let run = 0; run < 10; run += 1)
    expect(
      await Promise.all([batch, batch.toReversed(), batch, messages.slice(10)].map(deliver)),
    ).toEqual([[], [], [], []]);

  expect(objects()).toEqual(once);
  expect(await room.take('siem', 'dlqUrl')).toEqual([]);
});

test('a message whose object cannot be written comes again, the others are done', async () => {
  const before = new Date(Date.parse(received_at) - 86_400_000).toISOString();
  const some = [messageOf(0, 1), { ...messageOf(1, 1), received_at: before }];
  await deliver(some);
  const names = Object.keys(objects());
  rmSync(place, { recursive: true });
  // A file where the folder of the first one's day belongs.
  mkdirSync(join(place, dayOf(received_at), '..'), { recursive: true });
  writeFileSync(join(place, dayOf(received_at)), '');

  expect(await deliver(some)).toEqual(['m0']);
  expect(await room.take('siem', 'dlqUrl')).toEqual([]);
  expect(names.filter((name) => name in objects())).toEqual([
    expect.stringMatching(new RegExp(`^${dayOf(before)}/`)),
  ]);

  rmSync(join(place, dayOf(received_at)));
  expect(await deliver(some)).toEqual([]);
  expect(Object.keys(objects())).toEqual(names);
});
