import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { Asking } from '../../infra/local/telemetry-sink.ts';
import type { TelemetryFault } from '../../infra/local/telemetry-sink-fault.ts';
import { depth } from '../world/depth.ts';
import { idsOf, messagesOf, openPosthogRoom, someEvents } from './posthog-room.ts';

let decide: (asking: Asking) => TelemetryFault | null = () => null;
const workers: ChildProcess[] = [];
const room = await openPosthogRoom({
  decide: (asking) => decide(asking),
  queue: { visibilitySeconds: 2, maxReceiveCount: 50 },
});
afterAll(async () => {
  for (const worker of workers) {
    const ended = once(worker, 'exit');
    worker.kill('SIGKILL');
    await ended;
  }
  await room.close();
});

const startWorker = (): void => {
  const script = join(import.meta.dirname, 'posthog-worker.ts');
  const env = { ...process.env, ...room.env };
  workers.push(
    spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
  );
};

// While a worker stands still: it is answered in time; its connection is half open and stays without an answer, the batch
// taken or not; its connection was cut, the batch taken or not.
const meanwhile = [null, 'mute', 'hang', 'lost', 'reset'] as const;

test('a worker that stands still with a batch in flight loses nothing and doubles nothing by uuid', async () => {
  const events = someEvents('swift', 0, depth(250, 600));
  await room.send(messagesOf('swift', events, 5));
  let [requests, freezes] = [0, 0];
  const thaws: Promise<void>[] = [];
  decide = ({ ids }) => {
    requests += 1;
    if (requests % 8 !== 0 || ids.length === 0) return null;
    // Both stand still, so the one that asks does; one of them beyond the time in which its messages are hidden.
    const fault = meanwhile[freezes % meanwhile.length] ?? null;
    const still = [...workers];
    freezes += 1;
    for (const worker of still) worker.kill('SIGSTOP');
    thaws.push(
      (async () => {
        for (const [n, worker] of still.entries()) {
          await sleep(n === 0 ? 200 : 2_500);
          worker.kill('SIGCONT');
        }
      })(),
    );
    return fault;
  };
  startWorker();
  startWorker();

  await room.emptied();
  await Promise.all(thaws);
  await room.emptied();

  const held = room.sink.events();
  const deliveries = held.reduce((sum, one) => sum + one.deliveries, 0);
  expect(freezes).toBeGreaterThanOrEqual(depth(5, 10));
  expect(held.map(({ id }) => id).toSorted()).toEqual(idsOf('swift', events));
  expect(held.filter(({ changed }) => changed)).toEqual([]);
  expect(await room.dead()).toBe(0);
  // Without the uuid these would be events that never were: of 600 events there were 675 deliveries in 17 freezes, 2026-11.
  expect(deliveries).toBeGreaterThan(events.length);
  expect(deliveries).toBeLessThan(2 * events.length);
});
