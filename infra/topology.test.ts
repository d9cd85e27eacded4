import { expect, test } from 'vitest';
import { functions, queues, routes, schedules, type FunctionSpec } from './topology.ts';

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

test('every function is reached by a queue, a schedule or a route, and by one of them only', () => {
  const reached = [
    ...Object.values(queues).map((queue) => queue.function),
    ...Object.values(schedules).map((schedule) => schedule.function),
    ...routes.map((route) => route.function),
  ];

  expect([...new Set(reached)].sort()).toEqual(Object.keys(functions).sort());
  expect(reached.length).toBe(new Set(reached).size);
});

test('a function behind the API ends before the gateway gives up at 30 s', () => {
  for (const route of routes) expect(functions[route.function].timeoutSeconds).toBeLessThan(30);
});
