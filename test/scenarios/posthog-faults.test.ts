import { afterAll, expect, test } from 'vitest';
import { redriveLetters } from '../../packages/cli/dead-letters.ts';
import type { Asking } from '../../infra/local/telemetry-sink.ts';
import type { TelemetryFault } from '../../infra/local/telemetry-sink-fault.ts';
import { depth } from '../world/depth.ts';
import { sqsFaults, startShakySqs, type ShakySqs } from '../world/shaky-sqs.ts';
import { chance } from './chance.ts';
import { idsOf, messagesOf, openPosthogRoom, someEvents } from './posthog-room.ts';

const faults = [
  '500',
  '503',
  '429',
  '400',
  'hang',
  'reset',
  'slow',
  'lost',
  'mute',
] as const satisfies readonly TelemetryFault[];

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});

const share = 0.3;

// When is left to chance; which one goes round, so that a short run meets every one.
const failing = <T>(list: readonly T[], random: () => number): (() => T | null) => {
  let failed = 0;
  return () => (random() < share ? (list[(failed += 1) % list.length] ?? null) : null);
};

// Two seconds for the function, so that what hangs is cut off by its own time.
const openShaky = async (seed: number) => {
  const atPosthog = failing<TelemetryFault>(faults, chance(seed));
  const atSqs = failing(sqsFaults, chance(seed + 100));
  const counts = { requests: 0, events: 0, faults: new Map<string, number>() };
  let isOver = false;
  const decide = ({ ids }: Asking): TelemetryFault | null => {
    counts.requests += 1;
    counts.events += ids.length;
    const fault = isOver ? null : atPosthog();
    if (fault !== null) counts.faults.set(fault, (counts.faults.get(fault) ?? 0) + 1);
    return fault;
  };
  let shaky: ShakySqs | undefined;
  const room = await openPosthogRoom({
    decide,
    functionMs: 2_000,
    queue: { visibilitySeconds: 3, maxReceiveCount: 50 },
    through: async (endpoint) => {
      shaky = await startShakySqs(endpoint, () => (isOver ? null : atSqs()));
      return shaky.endpoint;
    },
  });
  closers.push(async () => {
    await room.close();
    await shaky?.stop();
  });
  const end = (): void => {
    isOver = true;
  };
  return { room, counts, sqsFaults: () => shaky?.faults() ?? {}, end };
};

for (const seed of depth([11], [11, 12, 13]))
  test(`with 30 % faults of every kind at PostHog and at SQS every event arrives once (seed ${seed})`, async () => {
    const { room, counts, sqsFaults: atSqs, end } = await openShaky(seed);
    const events = someEvents('heron', 0, depth(300, 1_000));
    await room.send(messagesOf('heron', events, 5));

    const worker = room.work(6, 2);
    await room.emptied();
    // One refused for no reason of its own looks like poison: it is among the dead, and can be delivered again.
    end();
    await redriveLetters(
      room.sqs.client,
      { name: 'posthog', ...room.sqs.urls.posthog },
      undefined,
      () => {},
    );
    await room.emptied();
    await worker.stop();

    const held = room.sink.events();
    const deliveries = held.reduce((sum, one) => sum + one.deliveries, 0);
    expect(held.map(({ id }) => id).toSorted()).toEqual(idsOf('heron', events));
    expect(held.filter(({ changed }) => changed)).toEqual([]);
    expect(await room.dead()).toBe(0);
    // Every kind of fault was met, and the faults would have doubled without the uuid.
    expect([...counts.faults.keys()].toSorted()).toEqual([...faults].toSorted());
    expect(Object.keys(atSqs()).toSorted()).toEqual([...sqsFaults].toSorted());
    // With 1,000 events 1,430 to 1,460 were sent in 300 requests, and 1,125 to 1,150 of these were taken, 2026-11.
    expect(deliveries).toBeGreaterThan(events.length);
    expect(deliveries).toBeLessThan(2 * events.length);
    expect(counts.events).toBeLessThan(2 * events.length);
  });
