import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { plan } from '@rookery/telemetry/plan/plan';
import { handler } from '../../functions/queue/console.ts';
import { printedBy } from '../world/printed.ts';
import { contextOf, eventOf, failedOf } from './function-room.ts';
import { openSinkRoom, type SinkRoom } from './sink-room.ts';

let room: SinkRoom;
beforeAll(async () => {
  room = await openSinkRoom({ LOG_LEVEL: 'INFO' });
});
afterAll(() => room.close());

const received_at = new Date().toISOString();
const events = Object.entries(plan).map(([event, { example }]) => ({
  id: `of ${event}`,
  event,
  actor: 'usr_41',
  properties: example,
}));
const message = { tenant_id: 'heron', door: 'http' as const, received_at, events };
const linesOf = (printed: readonly Readonly<Record<string, unknown>>[]) =>
  printed.filter((line) => line['message'] === 'event');

test('of all events of the plan those for the console are a line each, the others none', async () => {
  const printed = await printedBy(() => handler(eventOf([message]), contextOf()));

  const wanted = Object.entries(plan).flatMap(([event, { sinks }]) =>
    (sinks as readonly string[]).includes('console') ? [event] : [],
  );
  const lines = linesOf(printed);
  expect(lines.map(({ event }) => event).toSorted()).toEqual(wanted.toSorted());
  expect(lines[0]).toMatchObject({
    level: 'INFO',
    id: expect.any(String),
    tenant: 'heron',
    actor: 'usr_41',
    time: received_at,
  });
});

test('no line tells what the plan says is about persons', async () => {
  const printed = await printedBy(() => handler(eventOf([message]), contextOf()));

  const suspicious = linesOf(printed).find(({ event }) => event === 'security_suspicious_activity');
  expect(suspicious?.['properties']).toEqual({
    kind: 'impossible-travel',
    user_id: 'usr_41',
    score: 0.93,
  });
  const { ip_address, details } = plan.security_suspicious_activity.example;
  for (const text of [ip_address, details]) expect(JSON.stringify(printed)).not.toContain(text);
});

test('a batch of several hundred events, one of them unknown, is written whole, and the unknown one goes to the router', async () => {
  const many = Array.from({ length: 300 }, (_, n) => ({
    id: `e${n}`,
    event: 'infra_error_rate',
    properties: plan.infra_error_rate.example,
  }));
  const unknown = { id: 'u', event: 'infra_nothing', properties: {} };
  let failed: string[] = [];
  const printed = await printedBy(async () => {
    const event = eventOf([{ ...message, events: [...many, unknown] }]);
    failed = failedOf(await handler(event, contextOf()));
  });

  expect(failed).toEqual([]);
  expect(new Set(linesOf(printed).map(({ id }) => id)).size).toBe(300);
  const [forwarded] = await room.take('events');
  expect(JSON.parse(forwarded?.Body ?? '')).toEqual({ ...message, events: [unknown] });
});

test('while the router takes nothing, a message with an event that is none comes again, the others are done', async () => {
  const { url } = room.sqs.urls.events;
  vi.stubEnv('EVENTS_QUEUE_URL', `${url}-gone`);
  const unknown = { ...message, events: [{ id: 'u', event: 'infra_nothing', properties: {} }] };
  let failed: string[] = [];
  await printedBy(async () => {
    failed = failedOf(await handler(eventOf([message, unknown, message]), contextOf()));
  });
  vi.unstubAllEnvs();

  expect(failed).toEqual(['m1']);
});
