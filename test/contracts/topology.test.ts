import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { operations } from '@rookery/http/api';
import { openApiDocument } from '@rookery/http/openapi';
import { queueNames } from '@rookery/lambda/queue-names';
import {
  cors,
  deployment,
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

test('functions and the CLI know the queues that there are', () => {
  expect(queueNames.toSorted()).toEqual(Object.keys(queues).toSorted());
});

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

test('every function is started by a schedule, a queue, a route or a deployment, and by the kind its folder says', () => {
  const started: Record<string, string[]> = {
    schedule: Object.values<ScheduleSpec>(schedules).map((schedule) => schedule.function),
    queue: Object.values<QueueSpec>(queues).map((queue) => queue.function),
    api: routes.map((route) => route.function),
    deploy: [deployment.function],
  };
  for (const [name, { handler }] of all) {
    const kind = /^functions\/(api|deploy|queue|schedule)\//.exec(handler)?.[1] ?? '';
    expect([name, started[kind]?.includes(name)]).toEqual([name, true]);
  }
});

const apiFunctions = all.filter(([, { handler }]) => handler.startsWith('functions/api/'));

// What functions of the API may do beyond reading as one tenant, each to the letter.
const beyondReading: Readonly<Record<string, readonly string[]>> = {
  ingest: ['send:ingest'],
  events: ['send:events', 'send:posthog', 'send:siem', 'send:metrics', 'send:console'],
  auditExport: ['sign:audit'],
  targetChanges: ['seal:secrets'],
};

test('no API function may do more than a reader, but for the doors, which may fill their queues, what signs and what places secrets', () => {
  const beyond = apiFunctions.flatMap(([name, { uses }]) => {
    const more = uses.filter((use) => use !== 'verify:token');
    return more.length === 0 ? [] : [[name, more] as const];
  });
  expect(apiFunctions.length).toBeGreaterThan(15);
  expect(Object.fromEntries(beyond)).toEqual(beyondReading);
});

test('an API function logs in as the role of the API or not at all', () => {
  const roles = new Set(apiFunctions.map(([, { database }]) => database));
  expect([...roles].toSorted()).toEqual(['api', undefined]);
});

const served = ({ method, path, function: name }: (typeof routes)[number]): string =>
  `${method} ${path} ${name}`;

// The gateway cannot look at API keys.
const keyed = operations
  .filter(({ endpoint }) => endpoint.apiKey !== undefined)
  .map(({ endpoint, served: name }) => `${endpoint.method} ${endpoint.path} ${name}`);

test('a route is public at the gateway when anyone may ask, or when its function checks API keys', () => {
  const open = routes.filter(({ auth }) => auth === 'public').map(served);
  expect(keyed).toEqual([
    'POST /v1/ingest/{stream} ingest',
    'POST /v1/events events',
    'POST /v1/heartbeats/{heartbeat_id} heartbeats',
  ]);
  expect(open.toSorted()).toEqual(
    [
      'GET /health health',
      'GET /openapi.json docs',
      'GET /docs docs',
      'GET /docs/errors/{code} docs',
      'GET /status/{tenant} status',
      'GET /status/{tenant}/{service}/badge.svg status',
      'ANY $default fallback',
      ...keyed,
    ].toSorted(),
  );
});

test('every function behind a token or an API key verifies it itself, and no other does', () => {
  const behind = routes.filter((route) => route.auth === 'jwt' || keyed.includes(served(route)));
  const verifying = all.filter(([, { uses }]) => may(uses, 'verify:token')).map(([name]) => name);
  expect([...new Set(behind.map((route) => route.function))].toSorted()).toEqual(
    verifying.toSorted(),
  );
});

test('a page of another origin may read every header that the API documents, and what proves an export', () => {
  const documented = Object.keys(openApiDocument().components?.headers ?? {});
  const wanted = [...documented, 'Repr-Digest', 'Rookery-Manifest'].map((each) =>
    each.toLowerCase(),
  );

  expect(documented.length).toBeGreaterThan(8);
  expect(wanted.filter((each) => !cors.exposed.includes(each))).toEqual([]);
});
