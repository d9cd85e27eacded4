import { expect, test } from 'vitest';
import { functions, queues, schedules, type QueueName, type ScheduleSpec } from '../topology.ts';
import { heartbeatOf, lateAfterMs, oldestMinutes, windowOf } from './thresholds.ts';

test.each([
  [{ everyMinutes: 1 }, 5, 2],
  [{ everyMinutes: 5 }, 15, 10],
  [{ everyMinutes: 30 }, 90, 60],
  [{ everyMinutes: 60 }, 180, 120],
  [{ cron: '10 2 * * *' }, 26 * 60, 60],
])(
  '%j must have been done within %i minutes, and no more than %i after its slot',
  (cadence, window, late) => {
    const { periods, periodSeconds } = windowOf(cadence);

    expect((periods * periodSeconds) / 60).toBe(window);
    expect(lateAfterMs(cadence) / 60_000).toBe(late);
  },
);

test.each([
  [{ everyMinutes: 1 }, 5],
  [{ everyMinutes: 30 }, 150],
  [{ cron: '10 2 * * *' }, 26 * 60],
])('%j: a heartbeat is missed after %i minutes', (cadence, minutes) => {
  const { periods, periodSeconds } = heartbeatOf(cadence);

  expect((periods * periodSeconds) / 60).toBe(minutes);
});

test('a job that takes all of its time and is done in time is not late', () => {
  const hasty = Object.values<ScheduleSpec>(schedules).flatMap((spec) =>
    Object.values(spec.cadence).filter(
      (cadence) =>
        cadence !== 'off' &&
        lateAfterMs(cadence) <= functions[spec.function].timeoutSeconds * 1_000,
    ),
  );

  expect(hasty).toEqual([]);
});

test.each(Object.keys(queues) as QueueName[])(
  '%s: a message that failed once and comes again is not told of yet, one that is lost would be',
  (name) => {
    const seconds = oldestMinutes[name] * 60;

    expect(seconds).toBeGreaterThan(queues[name].visibilitySeconds);
    expect(seconds).toBeLessThan(queues[name].retentionDays * 86_400);
  },
);
