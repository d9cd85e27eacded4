import { expect, test } from 'vitest';
import { deployment, functions, queues, routes, schedules, type FunctionSpec } from './topology.ts';

const byName: Readonly<Record<string, FunctionSpec>> = functions;

test('a message stays invisible for at least six timeouts of its function', () => {
  for (const queue of Object.values(queues))
    expect(queue.visibilitySeconds).toBeGreaterThanOrEqual(
      6 * functions[queue.function].timeoutSeconds,
    );
});

test('the consumer of a queue may consume it and write to its dead-letter queue', () => {
  for (const [name, queue] of Object.entries(queues))
    expect(byName[queue.function]?.uses).toEqual(
      expect.arrayContaining([`consume:${name}`, `send:${name}-dlq`]),
    );
});

test('every function is reached by queues, schedules, routes or a deployment, and by one kind of them only', () => {
  const kinds = [queues, schedules, routes].map(
    (triggers) => new Set(Object.values(triggers).map((trigger) => trigger.function)),
  );
  const reached = [deployment.function, ...kinds.flatMap((kind) => [...kind])];

  expect(reached.toSorted()).toEqual(Object.keys(functions).toSorted());
});

test('every schedule has a job of its own', () => {
  const jobs = Object.values(schedules).map((schedule) => schedule.job);

  expect(new Set(jobs).size).toBe(jobs.length);
});
