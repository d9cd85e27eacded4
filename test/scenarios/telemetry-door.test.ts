import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventId } from '@rookery/telemetry/identity';
import { plan, type EventName } from '@rookery/telemetry/plan/plan';
import type { Entry } from '@rookery/telemetry/plan/entry';
import { sinkNames } from '@rookery/telemetry/sink';
import {
  eventsIn,
  openTelemetryRoom,
  queues,
  sentIn,
  type TelemetryRoom,
} from './telemetry-room.ts';

const at = new Date('2026-11-20T12:00:00Z');
const entries: [string, Entry][] = Object.entries(plan);

let room: TelemetryRoom;
beforeAll(async () => {
  room = await openTelemetryRoom('heron');
});
afterAll(() => room.close());
beforeEach(async () => {
  for (const queue of queues) await room.drain(queue);
  await room.world.admin.script(
    'delete from olap.rate_limit; delete from monitoring.idempotency_key',
  );
});

const opened = (more: object = {}) => ({
  event: 'email_opened',
  properties: { email_id: 'eml_1' },
  ...more,
});

test('every event of the plan is in the queues of its sinks, and in no other, when the answer says so', async () => {
  // Of an event that is sampled, several: some of them are kept.
  const events = entries.flatMap(([event, { example }]) =>
    Array.from({ length: 8 }, (_, n) => ({ event, id: `${event}-${n}`, properties: example })),
  );

  const said = await room.send({ body: { events }, at });

  const wanted = events.filter((_, n) => said.json.events[n].verdict === 'accepted');
  expect([said.status, said.json.rejected, said.json.accepted + said.json.sampled]).toEqual([
    202,
    0,
    events.length,
  ]);
  for (const sink of sinkNames)
    expect(eventsIn(await room.drain(sink)).map(({ id }) => id)).toEqual(
      wanted
        .filter(({ event }) => plan[event as EventName].sinks.includes(sink as never))
        .map(({ event, id }) => eventId('heron', event, id)),
    );
  expect(await room.drain('events')).toEqual([]);
  const sampled = new Set(
    events.filter((_, n) => said.json.events[n].verdict === 'sampled').map(({ event }) => event),
  );
  expect([...sampled]).toEqual(
    entries.flatMap(([event, entry]) =>
      'sample' in entry && entry.sample !== undefined ? [event] : [],
    ),
  );
});

test('each event gets its verdict, and what is rejected is kept in the queue of the router', async () => {
  const said = await room.send({
    at,
    body: {
      events: [
        opened({ id: 'a' }),
        opened({ id: 'b', event: 'email_seen' }),
        opened({ id: 'a' }),
        opened({ id: 'c', tenant_id: 'finch' }),
        opened({ id: 'd', tenant_id: 'heron' }),
        'x',
      ],
    },
  });

  expect([said.json.accepted, said.json.sampled, said.json.rejected]).toEqual([2, 0, 4]);
  expect(said.json.events).toEqual([
    { index: 0, id: 'a', verdict: 'accepted' },
    {
      index: 1,
      id: 'b',
      verdict: 'rejected',
      code: 'event-unknown',
      reason: expect.stringContaining('email_seen is not in the tracking plan'),
    },
    {
      index: 2,
      id: 'a',
      verdict: 'rejected',
      code: 'id-repeated',
      reason: 'has the id of event 0: only that one counts',
    },
    { index: 3, id: 'c', verdict: 'rejected', code: 'tenant-foreign', reason: expect.any(String) },
    { index: 4, id: 'd', verdict: 'accepted' },
    { index: 5, id: null, verdict: 'rejected', code: 'event-malformed', reason: 'is no object' },
  ]);
  const admitted = (id: string) => ({
    ...opened({ id: eventId('heron', 'email_opened', id) }),
    version: 1,
    tenant_id: 'heron',
    actor: null,
    time: at.toISOString(),
  });
  const [message, ...none] = await room.drain('posthog');
  expect(none).toEqual([]);
  expect(JSON.parse(message?.Body ?? '')).toEqual({ envelopes: [admitted('a'), admitted('d')] });
  expect(sentIn(await room.drain('events'))).toEqual([
    {
      tenant_id: 'heron',
      door: 'http',
      received_at: at.toISOString(),
      events: [
        opened({ id: 'b', event: 'email_seen' }),
        opened({ id: 'c', tenant_id: 'finch' }),
        'x',
      ],
    },
  ]);
});

test('one id under two names is two events', async () => {
  const clicked = opened({ id: 'a', event: 'email_clicked' });
  const said = await room.send({ body: { events: [opened({ id: 'a' }), clicked] } });

  expect(said.json.accepted).toBe(2);
});

test.each([
  ['tenant-member', 403],
  ['auditor', 403],
  ['tenant-admin', 202],
  ['operator', 202],
])('to a %s the answer is %i', async (role, status) => {
  const headers = { authorization: `Bearer ${room.token(role)}` };
  const said = await room.send({ body: { events: [opened()] }, headers });

  expect(said.status).toBe(status);
});

test('an API key needs the scope events', async () => {
  const body = { events: [opened()] };
  const right = await room.send({ body, headers: { 'x-api-key': await room.key('events') } });
  const wrong = await room.send({ body, headers: { 'x-api-key': await room.key('errors') } });

  expect([right.status, wrong.status]).toEqual([202, 403]);
});

const many = (length: number) => ({ events: Array.from({ length }, () => opened()) });

test('500 events are taken, 501 or none are no request', async () => {
  const statuses = [];
  for (const length of [500, 501, 0])
    statuses.push((await room.send({ body: many(length) })).status);

  expect(statuses).toEqual([202, 400, 400]);
  expect(eventsIn(await room.drain('posthog'))).toHaveLength(500);
});

test('500 large events travel in few messages of at most 200 kB', async () => {
  const properties = { kind: 'scan', details: 'é'.repeat(700) };
  const events = Array.from({ length: 500 }, (_, n) =>
    opened({ id: `${n}`, event: 'security_suspicious_activity', properties }),
  );
  await room.send({ body: { events } });

  const sizes = (await room.drain('siem')).map(({ Body = '' }) => Buffer.byteLength(Body));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(200_000);
  expect(sizes).toHaveLength(Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 200_000));
});
