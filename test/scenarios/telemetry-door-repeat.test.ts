import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startCut, type Cut } from '../world/cut.ts';
import { eventsIn, openTelemetryRoom, queues, type TelemetryRoom } from './telemetry-room.ts';

const at = new Date('2026-11-20T12:00:00Z');
let cut: Cut;
let room: TelemetryRoom;
beforeAll(async () => {
  room = await openTelemetryRoom('heron', {
    sqs: async (endpoint) => {
      const target = { host: '127.0.0.1', port: Number(new URL(endpoint).port) };
      cut = await startCut(target, 'chunks');
      return `http://127.0.0.1:${cut.port}`;
    },
  });
});
afterAll(async () => {
  await room.close();
  await cut.close();
});
beforeEach(async () => {
  cut.setDown(false);
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

test('when SQS refuses, the answer is 503 and nothing is claimed; the repeat brings the same events', async () => {
  const knock = {
    at,
    body: { events: [opened(), opened(), opened({ time: at.toISOString() })] },
    headers: { 'idempotency-key': 'r1' },
  };
  cut.setDown(true);
  const refused = await room.send(knock);
  cut.setDown(false);
  const first = await room.send(knock);
  const before = eventsIn(await room.drain('posthog'));
  const again = await room.send(knock);
  await room.world.admin.script('delete from monitoring.idempotency_key');
  await room.send(knock);
  const after = eventsIn(await room.drain('posthog'));

  expect([refused.status, refused.json.code]).toEqual([503, 'unavailable']);
  expect([first.status, first.json.accepted]).toEqual([202, 3]);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(after).toEqual(before);
  expect(new Set(before.map(({ id }) => id)).size).toBe(3);
});

test('without a name of the request, equal events of two requests are two', async () => {
  await room.send({ body: { events: [opened()] }, at });
  await room.send({ body: { events: [opened()] }, at });

  const ids = eventsIn(await room.drain('posthog')).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
});
