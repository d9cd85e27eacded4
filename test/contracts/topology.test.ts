import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  functions,
  queues,
  routes,
  schedules,
  type FunctionSpec,
  type QueueSpec,
  type ScheduleSpec,
} from '../../infra/topology.ts';
import { filesIn, root } from './files.ts';

const all: [string, FunctionSpec][] = Object.entries(functions);
const lines = 25;

const files = filesIn('functions/**/*.ts').filter((file) => !file.endsWith('.test.ts'));

// What is wrong between the handler files and the functions of the topology.
const unmatched = (handlers: readonly string[], specs: readonly FunctionSpec[]): string[] => {
  const named = specs.map(({ handler }) => handler as string);
  return [
    ...handlers.filter((file) => !named.includes(file)).map((file) => `${file}: in no topology`),
    ...named.filter((file) => !handlers.includes(file)).map((file) => `${file}: no such file`),
    ...named
      .filter((file, i) => named.indexOf(file) !== i)
      .map((file) => `${file}: named by two functions`),
  ];
};

test('every handler file is one function of the topology', () => {
  expect(files.length).toBeGreaterThan(0);
  expect(unmatched(files, Object.values(functions))).toEqual([]);
});

test('a handler outside the topology, or a function without a handler, is noticed', () => {
  const spec: FunctionSpec = { ...functions.health, handler: 'functions/api/orphan.ts' };
  expect(unmatched(['functions/queue/lost.ts'], [spec, spec])).toEqual([
    'functions/queue/lost.ts: in no topology',
    'functions/api/orphan.ts: no such file',
    'functions/api/orphan.ts: no such file',
    'functions/api/orphan.ts: named by two functions',
  ]);
});

describe.each(files)('%s', (file) => {
  test(`has at most ${lines} lines and exports handler`, async () => {
    const text = await readFile(join(root, file), 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(lines);
    expect(text).toMatch(/^export const handler\b/m);
  });
});

const may = (uses: readonly string[], use: string): boolean => uses.includes(use);

const specOf = (name: string): FunctionSpec => {
  const spec = Object.fromEntries(all)[name];
  if (spec === undefined) throw new Error(`no function ${name}`);
  return spec;
};

describe.each(Object.entries(queues) as [string, QueueSpec][])('queue %s', (name, queue) => {
  test('stays invisible six times as long as its function may take', () => {
    expect(queue.visibilitySeconds).toBeGreaterThanOrEqual(
      6 * specOf(queue.function).timeoutSeconds,
    );
  });

  test('gives a poisoned message up to its dead-letter queue', () => {
    expect(queue.maxReceiveCount).toBeGreaterThanOrEqual(3);
    expect(queue.retentionDays).toBeGreaterThanOrEqual(4);
    expect(specOf(queue.function).uses).toEqual(
      expect.arrayContaining([`consume:${name}`, `send:${name}-dlq`]),
    );
  });

  test('is consumed by one function only, in batches of at most ten', () => {
    const consumers = all.filter(([, { uses }]) => may(uses, `consume:${name}`));
    expect(consumers.map(([consumer]) => consumer)).toEqual([queue.function]);
    expect(queue.batchSize).toBeLessThanOrEqual(10);
  });

  test('has somebody who sends to it', () => {
    expect(all.some(([, { uses }]) => may(uses, `send:${name}`))).toBe(true);
  });
});

test('every function is started by a schedule, a queue or a route, and by the kind its folder says', () => {
  const started: Record<string, string[]> = {
    schedule: Object.values<ScheduleSpec>(schedules).map((schedule) => schedule.function),
    queue: Object.values<QueueSpec>(queues).map((queue) => queue.function),
    api: routes.map((route) => route.function),
  };
  for (const [name, { handler }] of all) {
    const kind = /^functions\/(api|queue|schedule)\//.exec(handler)?.[1] ?? '';
    expect([name, started[kind]?.includes(name)]).toEqual([name, true]);
  }
});

test('no API function may do more than a reader', () => {
  const api = Object.values<FunctionSpec>(functions).filter(({ handler }) =>
    handler.startsWith('functions/api/'),
  );
  const beyond = api.filter(
    ({ database, uses }) =>
      (database !== undefined && database !== 'api') || uses.some((use) => use !== 'verify:token'),
  );
  expect(api.length).toBeGreaterThan(5);
  expect(beyond).toEqual([]);
});

test('every function behind a token verifies it itself', () => {
  const behind = new Set(
    routes.filter(({ auth }) => auth === 'jwt').map((route) => route.function),
  );
  const verifying = all.filter(([, { uses }]) => may(uses, 'verify:token')).map(([name]) => name);
  expect([...behind].toSorted()).toEqual(verifying.toSorted());
});
