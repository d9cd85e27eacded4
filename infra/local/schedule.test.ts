import { Cron } from 'croner';
import { expect, test } from 'vitest';
import { schedules as topology } from '../topology.ts';
import { createSchedules, cronOf, type LocalSchedule } from './schedule.ts';

const slot = new Date('2026-03-29T01:05:00.789Z');

const one = (invoke: LocalSchedule['invoke'], onError: (line: string) => void = () => {}) =>
  createSchedules({
    schedules: {
      changes: {
        job: 'changes',
        timezone: 'UTC',
        retries: 2,
        cadence: { everyMinutes: 5 },
        invoke,
      },
    },
    onError,
    retryDelayMs: 1,
  });

test('a firing sends the job and its slot in whole seconds, and nothing else', async () => {
  const events: unknown[] = [];
  const schedules = one(async (event) => events.push(event));

  await schedules.fire('changes', slot);

  expect(events).toEqual([{ job: 'changes', scheduledTime: '2026-03-29T01:05:00Z' }]);
});

test('a failing job is tried three times with the same slot, then its failure comes out', async () => {
  const events: unknown[] = [];
  const lines: string[] = [];
  const schedules = one(
    async (event) => {
      events.push(event);
      throw new Error('source is down');
    },
    (line) => lines.push(line),
  );

  await expect(schedules.fire('changes', slot)).rejects.toThrow('source is down');

  expect(events).toEqual(
    Array.from({ length: 3 }, () => ({ job: 'changes', scheduledTime: '2026-03-29T01:05:00Z' })),
  );
  expect(lines).toHaveLength(3);
});

test('stop waits for the run in hand and tries no more', async () => {
  let tries = 0;
  const schedules = one(async () => {
    tries += 1;
    throw new Error('always');
  });

  const run = schedules.fire('changes', slot).catch(() => 'failed');
  await schedules.stop();

  expect(await run).toBe('failed');
  expect(tries).toBe(1);
});

test('started schedules know when they fire next, stopped ones never do', async () => {
  const schedules = one(async () => {});

  schedules.start();
  const next = schedules.next()['changes'];
  await schedules.stop();

  expect(next?.getUTCMinutes() ?? 1).toSatisfy((minute: number) => minute % 5 === 0);
  expect(schedules.next()['changes']).toBeNull();
});

test.each([
  [{ everyMinutes: 5 }, ['01:05', '01:10']],
  [{ everyMinutes: 30 }, ['01:30', '02:00']],
  [{ everyMinutes: 60 }, ['02:00', '03:00']],
  [{ cron: '10 2 * * *' }, ['02:10', '02:10']],
])('%j fires at %j', (cadence, times) => {
  const runs = new Cron(cronOf(cadence), { timezone: 'UTC' }).nextRuns(
    2,
    new Date('2026-03-29T01:00:00Z'),
  );

  expect(runs.map((run) => run.toISOString().slice(11, 16))).toEqual(times);
});

test('every cadence of the topology is one that croner and EventBridge both know', () => {
  for (const { cadence } of Object.values(topology))
    for (const when of Object.values(cadence)) {
      if (when === 'off') continue;
      expect(cronOf(when)).toMatch(/^(\d+|\*\/\d+) (\d+|\*|\*\/\d+) \* \* \*$/);
    }
});
