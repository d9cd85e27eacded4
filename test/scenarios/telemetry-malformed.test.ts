import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sinkNames } from '@rookery/telemetry/sink';
import { handler as router } from '../../functions/queue/events.ts';
import { ask } from './ask.ts';
import { byChance, handMade, nameless } from './telemetry-malformed.ts';
import {
  eventsIn,
  noteOf,
  openTelemetryRoom,
  queues,
  type TelemetryRoom,
} from './telemetry-room.ts';

const at = new Date('2026-11-20T12:00:00Z');
const made = handMade();
const malformed = [...made, ...byChance(500 - made.length)];

let room: TelemetryRoom;
beforeAll(async () => {
  room = await openTelemetryRoom('heron');
});
afterAll(() => room.close());
beforeEach(async () => {
  for (const queue of queues) {
    await room.drain(queue);
    await room.drain(queue, 'dead');
  }
  await room.world.admin.script(
    'delete from olap.rate_limit; delete from monitoring.rejected_event',
  );
});

// As many to a request as its megabyte holds.
const requestsOf = (events: readonly string[]): string[] => {
  const requests: string[][] = [[]];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event);
    if (bytes + size > 900_000) {
      requests.push([]);
      bytes = 0;
    }
    requests.at(-1)?.push(event);
    bytes += size + 1;
  }
  return requests.map((some) => `{"events":[${some.join(',')}]}`);
};

test('500 malformed events over HTTP: none is accepted, none answered with 5xx, all are counted and kept with a reason', async () => {
  const codes = new Map<string, number>();
  let verdicts = 0;
  for (const body of requestsOf(malformed)) {
    const said = await room.send({ body, at, headers: { 'idempotency-key': `m${verdicts}` } });
    expect([said.status, said.json.accepted, said.json.sampled]).toEqual([202, 0, 0]);
    for (const { code, reason } of said.json.events as { code: string; reason: string }[]) {
      codes.set(code, (codes.get(code) ?? 0) + 1);
      expect(reason).not.toBe('');
    }
    verdicts += said.json.rejected;
  }
  await room.work('events', router);

  expect([malformed.length, verdicts]).toEqual([500, 500]);
  for (const sink of sinkNames) expect(await room.drain(sink)).toEqual([]);
  const dead = await room.drain('events', 'dead');
  expect(eventsIn(dead)).toHaveLength(500);
  // The router says of each what the door said.
  const kept = new Map<string, number>();
  for (const letter of dead) {
    const code = noteOf(letter, 'code') ?? '';
    kept.set(code, (kept.get(code) ?? 0) + eventsIn([letter]).length);
    expect(noteOf(letter, 'reason')).not.toBe('');
  }
  expect([...kept].toSorted()).toEqual([...codes].toSorted());
  const rows = await ask<{ code: string; n: number }>(
    room.world.admin,
    'select code, count(*) as n from monitoring.rejected_event group by 1',
  );
  // What has no fields has no id either: two equal ones are one.
  const unfielded = malformed.filter(
    (text) => typeof JSON.parse(text) !== 'object' || /^(null|\[)/.test(text),
  );
  const same = unfielded.length - new Set(unfielded).size;
  expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(500 - same);
  expect(codes.size).toBeGreaterThanOrEqual(9);
});

test('an event too large for a message is told so, and kept in part', async () => {
  const large = { event: 'email_opened', id: 'big', properties: { email_id: 'é'.repeat(400_000) } };
  const said = await room.send({ body: { events: [large] } });
  await room.work('events', router);

  expect(said.json.events[0].code).toBe('event-too-large');
  const dead = await room.drain('events', 'dead');
  expect(dead.map((letter) => noteOf(letter, 'code'))).toEqual(['event-too-large']);
  expect(eventsIn(dead)).toMatchObject([{ id: 'big', event: 'email_opened' }]);
});

test.each([
  ['100,000 levels', `{"events":[${'['.repeat(100_000)}${']'.repeat(100_000)}]}`],
  ['33 levels', `{"events":[${'['.repeat(33)}${']'.repeat(33)}]}`],
  ['no JSON', '{"events":['],
  ['no list', '{"events":{}}'],
  ['another field', '{"events":[{}],"__proto__":1}'],
])('a request of %s is refused whole, with 400', async (_, body) => {
  const said = await room.send({ body });

  expect(said.status).toBe(400);
  expect(await room.drain('events')).toEqual([]);
});

test('the same events put on the bus: each comes to the router, by way of a sink or of no rule, and none gets past it', async () => {
  const client = new EventBridgeClient({});
  const details = malformed.flatMap((text) => {
    const { event, ...sent } = { event: 'email_bounced', ...JSON.parse(text) };
    if (text === nameless) return [];
    // The bus itself refuses what is no object, and names it cannot have.
    if (typeof event !== 'string' || event === '' || event.length > 128) return [];
    // What is wrong over HTTP alone: there the tenant is that of the token. And 1e400 is null once the bus has written it.
    if (typeof sent.tenant_id === 'string' || [Infinity, -Infinity].includes(sent.actor)) return [];
    return [{ DetailType: event, Detail: JSON.stringify({ tenant_id: 'heron', ...sent }) }];
  });
  const head = { EventBusName: 'rookery-test', Source: 'penguinmails' };
  for (let n = 0; n < details.length; n += 10) {
    const Entries = details.slice(n, n + 10).map((detail) => ({ ...head, ...detail }));
    await client.send(new PutEventsCommand({ Entries }));
  }
  client.destroy();
  await room.delivered();
  const unplanned = await room.drain('events');
  const bySink = await room.drain('posthog');
  // As a sink does with what the plan does not take (take-batch.ts).
  for (const { Body = '' } of [...unplanned, ...bySink]) await room.put('events', JSON.parse(Body));
  await room.work('events', router);

  expect(details.length).toBeGreaterThan(450);
  expect(unplanned.length + bySink.length).toBe(details.length);
  expect(unplanned.length).toBeGreaterThan(5);
  expect((await room.drain('posthog')).map(({ Body }) => Body)).toEqual([]);
  expect(await room.drain('events', 'dead')).toHaveLength(details.length);
});
