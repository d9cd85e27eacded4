import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { busSource } from '@rookery/telemetry/bus-rules';
import { openTracker } from '@rookery/telemetry/track';
import { rejectionsOf } from '@rookery/telemetry/rejected.sql';
import { busOfEvents } from '@rookery/lambda/tracking';
import { handler as router } from '../../functions/queue/events.ts';
import { depth } from '../world/depth.ts';
import { startFaulty, type Faulty } from './telemetry-faults.ts';
import { eventsIn, openTelemetryRoom, queues, type TelemetryRoom } from './telemetry-room.ts';

const share = 0.3;
// Requests of ten events, events put on the bus, events for the router.
const [requestCount, busCount, routed] = depth([24, 160, 80], [60, 400, 200]);

let sqs: Faulty;
let bus: Faulty;
let room: TelemetryRoom;
beforeAll(async () => {
  room = await openTelemetryRoom('heron', {
    sqs: async (endpoint) => (sqs = await startFaulty(endpoint, 11)).url,
    bus: async (endpoint) => (bus = await startFaulty(endpoint, 12)).url,
  });
});
afterAll(async () => {
  await room.close();
  await sqs.close();
  await bus.close();
});
beforeEach(async () => {
  for (const faulty of [sqs, bus]) {
    faulty.setShare(0);
    Object.assign(faulty.tally, { calls: 0, failed: 0, refusedEntries: 0, takenEntries: 0 });
  }
  for (const queue of queues) await room.drain(queue);
  await room.world.admin.script(
    'delete from olap.rate_limit; delete from monitoring.idempotency_key; delete from monitoring.rejected_event',
  );
});

// How often each id is among them, and how many there are in all.
const counted = (ids: readonly unknown[]) => ({ each: new Set(ids), all: ids.length });

const eagerly = async (attempt: () => Promise<boolean>): Promise<number> => {
  for (let tries = 1; tries <= 40; tries += 1) if (await attempt()) return tries;
  throw new Error('forty tries were not enough');
};

test('30 % faults of SQS at the HTTP door: every event is in its queue, none is lost, under twice as many travel', async () => {
  sqs.setShare(share);
  const requests = Array.from({ length: requestCount }, (_, r) => ({
    headers: { 'idempotency-key': `r${r}` },
    body: {
      events: Array.from({ length: 10 }, (__, n) => ({
        event: n === 9 ? 'infra_error_rate' : 'email_opened',
        id: `${r}-${n}`,
        properties: n === 9 ? { service: 'api', requests: 3, errors: 0 } : { email_id: `eml_${n}` },
      })),
    },
  }));
  const lanes = Array.from({ length: 4 }, async (_, lane) => {
    let tries = 0;
    for (const request of requests.filter((__, r) => r % 4 === lane))
      tries += await eagerly(async () => {
        await room.world.admin.script('delete from olap.rate_limit');
        const { status, json } = await room.send(request);
        expect([202, 503]).toContain(status);
        return status === 202 && json.accepted === 10;
      });
    return tries;
  });
  const tries = (await Promise.all(lanes)).reduce((sum, some) => sum + some, 0);
  sqs.setShare(0);

  const posthog = counted(eventsIn(await room.drain('posthog')).map(({ id }) => id));
  const metrics = counted(eventsIn(await room.drain('metrics')).map(({ id }) => id));
  const console_ = counted(eventsIn(await room.drain('console')).map(({ id }) => id));
  expect([posthog.each.size, metrics.each.size, console_.each.size]).toEqual([
    9 * requestCount,
    requestCount,
    requestCount,
  ]);
  const all = posthog.all + metrics.all + console_.all;
  expect(all / (11 * requestCount)).toBeLessThan(2);
  expect(sqs.tally.failed / sqs.tally.calls).toBeGreaterThan(0.2);
  expect(sqs.tally.refusedEntries).toBeGreaterThan(requestCount / 3);
  expect(tries).toBeLessThan(2 * requestCount);
});

test('30 % faults of EventBridge, entries that are refused included: every event is in its queue, under twice as many travel', async () => {
  bus.setShare(share);
  const { track } = openTracker(busOfEvents(busSource));
  const one = (n: number) => async (): Promise<boolean> => {
    const properties = { email_id: `eml_${n}`, bounce_type: 'hard' as const };
    return track('email_bounced', { tenantId: 'heron', id: `b-${n}`, properties }).then(
      () => true,
      () => false,
    );
  };
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    let tries = 0;
    for (let n = lane; n < busCount; n += 8) tries += await eagerly(one(n));
    return tries;
  });
  const tries = (await Promise.all(lanes)).reduce((sum, some) => sum + some, 0);
  bus.setShare(0);
  await room.delivered();

  const ids = (await room.drain('posthog')).map(
    ({ Body = '' }) => JSON.parse(Body).detail.id as unknown,
  );
  expect(new Set(ids).size).toBe(busCount);
  expect(ids.length / busCount).toBeLessThan(2);
  expect(bus.tally.failed).toBeGreaterThan(busCount / 8);
  expect(bus.tally.refusedEntries).toBeGreaterThan(busCount / 8);
  expect(tries).toBeLessThan(1.25 * busCount);
});

test('30 % faults of SQS at the router: rejects are counted once and kept, and what is in order is in its queue', async () => {
  const events = Array.from({ length: routed }, (_, n) => ({
    id: `x-${n}`,
    event: n % 2 === 0 ? 'email_opened' : 'email_seen',
    properties: { email_id: 'eml' },
  }));
  const head = { tenant_id: 'heron', door: 'http', received_at: new Date().toISOString() };
  for (let n = 0; n < routed; n += 4)
    await room.sqs.send('events', { ...head, events: events.slice(n, n + 4) });
  sqs.setShare(share);
  await room.work('events', router);
  sqs.setShare(0);

  const sent = counted(eventsIn(await room.drain('posthog')).map(({ id }) => id));
  const dead = counted(eventsIn(await room.drain('events', 'dead')).map(({ id }) => id));
  const [row] = await room.world.ops.query(rejectionsOf, {
    tenantId: 'heron',
    since: new Date(0),
    limit: 5,
  });
  expect([sent.each.size, dead.each.size, row?.rejections]).toEqual([
    routed / 2,
    routed / 2,
    routed / 2,
  ]);
  expect((sent.all + dead.all) / routed).toBeLessThan(2);
  expect(sqs.tally.failed).toBeGreaterThan(routed / 20);
});
