import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { systemNetwork, type Network } from '@rookery/outbound/network';
import { openProbeRoom, quick, type ProbeRoom } from '../../test/world/probe-room.ts';
import { kinds } from './kinds.ts';
import type { Depth } from './probe.ts';
import { runProbes, type RunSurroundings, type Target } from './run.ts';

let room: ProbeRoom;
beforeEach(() => {
  room = openProbeRoom();
});
afterEach(() => room.close());

const target = (probe: object, wish: Partial<Target> = {}): Target => ({
  probe,
  timeoutSeconds: 1,
  retries: 0,
  isPlatform: false,
  ...wish,
});

// Answers what it is told, one answer an attempt, the last one from then on.
const flaky = async (...statuses: readonly number[]) => {
  let asked = 0;
  const port = await room.serve(
    createHttpServer((_, response) => {
      response.writeHead(statuses[Math.min(asked, statuses.length - 1)] ?? 500).end();
      asked += 1;
    }),
  );
  return { probe: { kind: 'http', url: `http://127.0.0.1:${port}/` }, asked: () => asked };
};

test('only a failure is tried again, and no more often than was asked', async () => {
  const healing = await flaky(500, 500, 200);
  const broken = await flaky(500);
  const good = await flaky(200);

  expect(await room.find(healing.probe, { retries: 3 })).toMatchObject({
    outcome: 'ok',
    attempts: 3,
  });
  expect(await room.find(healing.probe, { retries: 0 })).toMatchObject({ attempts: 1 });
  expect(await room.find(broken.probe, { retries: 2 })).toMatchObject({
    outcome: 'failed',
    attempts: 3,
    reason: 'the status is 500',
  });
  await room.find(good.probe, { retries: 3 });
  expect([broken.asked(), good.asked()]).toEqual([3, 1]);
});

test('a check ends within its time in all, whatever time-out and retries say', async () => {
  const port = await room.serve(createServer(() => {}));
  const hanging = { kind: 'http', url: `http://127.0.0.1:${port}/` };
  const began = performance.now();

  const { checked } = await runProbes(
    [target(hanging, { timeoutSeconds: 30, retries: 9 })],
    room.surroundings(),
    { ...quick, checkMs: 1_000 },
  );

  expect(performance.now() - began).toBeLessThan(5_000);
  expect(checked[0]).toMatchObject({ attempts: 1, finding: { outcome: 'failed', network: true } });
});

test('a fault of ours in one kind, even one that never ends, stops no other, and is told', async () => {
  const { probe } = await flaky(200);
  const port = await room.serve(createServer(() => {}));
  const broken = {
    ...kinds,
    spf: () => Promise.reject(new TypeError('of undefined')),
    dkim: () => {
      throw new RangeError('at once');
    },
    dns: () => new Promise<never>(() => {}),
  };
  const domain = 'example.com';
  const began = performance.now();

  const { checked, bugs } = await runProbes(
    [
      target({ kind: 'spf', domain }, { retries: 3 }),
      target({ kind: 'dkim', domain, selector: 's' }),
      target({ kind: 'dns', name: domain, type: 'A' }),
      target({ kind: 'tcp', host: '127.0.0.1', port }),
      target(probe),
    ],
    room.surroundings(),
    quick,
    broken,
  );

  expect(checked.map(({ finding }) => finding.outcome)).toEqual(
    'failed failed failed ok ok'.split(' '),
  );
  expect(checked[0]).toMatchObject({ attempts: 1, finding: { reason: 'probe error' } });
  expect(bugs).toEqual(['TypeError: of undefined', 'RangeError: at once']);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('what cannot be read, a heartbeat, and the inside of the platform for a tenant are not asked', async () => {
  const asked: string[] = [];
  const surroundings = {
    ...room.surroundings(),
    askDatabase: async (database: string) => void asked.push(database),
  };
  const ours = { kind: 'postgres', database: 'warehouse' };

  const { checked } = await runProbes(
    [
      target({ kind: 'telepathy' }),
      target({ kind: 'heartbeat', period_seconds: 60 }),
      target(ours),
      target(ours, { isPlatform: true }),
    ],
    surroundings,
  );

  expect(checked.map(({ finding }) => finding.outcome)).toEqual(
    'unknown unknown unknown ok'.split(' '),
  );
  expect(asked).toEqual(['warehouse']);
});

const talkative = () => Promise.reject(new Error('password of rookery at 10.1.2.3'));

test('a database of the platform that fails is told without what its driver says', async () => {
  const probe = { kind: 'postgres', database: 'source' };

  const found = await room.find(probe, {
    isPlatform: true,
    surroundings: { askDatabase: talkative },
  });

  expect(found).toMatchObject({ outcome: 'failed', network: false });
  expect(JSON.stringify(found)).not.toContain('password');
});

const noQueue = () => Promise.reject(new Failure('missing', 'queue-missing', 'there is no queue'));

test('a queue is judged by what waits, on both sides of each limit', async () => {
  const probe = { kind: 'sqs', queue: 'ingest', max_depth: 10, warn_depth: 5 };
  const find = async (depth: Partial<Depth>) => {
    const none = { visible: 0, in_flight: 0, delayed: 0, dead: 0 };
    const depthOf = async () => ({ ...none, ...depth });
    return (await room.find(probe, { isPlatform: true, surroundings: { depthOf } })).outcome;
  };

  expect(await find({ visible: 5 })).toBe('ok');
  expect(await find({ visible: 6 })).toBe('soft');
  expect(await find({ visible: 10 })).toBe('soft');
  expect(await find({ visible: 11 })).toBe('failed');
  expect(await find({ dead: 1 })).toBe('soft');
  const found = await room.find(probe, { isPlatform: true, surroundings: { depthOf: noQueue } });
  expect(found).toMatchObject({ outcome: 'failed', reason: 'there is no queue' });
  const silent = { depthOf: () => Promise.reject(Object.assign(new Error('x'), { code: 'E1' })) };
  const unheard = await room.find(probe, { isPlatform: true, surroundings: silent });
  expect(unheard).toMatchObject({ outcome: 'failed', reason: 'SQS does not answer (E1)' });
});

// DNS that is gone is how a machine without network looks from inside; what is named by its address still works.
const lost: Network = {
  ...systemNetwork,
  resolve: async () => {
    throw Object.assign(new Error('queryA ECONNREFUSED'), { code: 'ECONNREFUSED' });
  },
};
const elsewhere = (count: number): Target[] =>
  Array.from({ length: count }, (_, at) =>
    target({ kind: 'http', url: `http://s${at}.example.com/` }),
  );
const outcomes = async (targets: readonly Target[], more: Partial<RunSurroundings>) => {
  const run = await runProbes(targets, { ...room.surroundings(), network: lost, ...more }, quick);
  return { outcomes: run.checked.map(({ finding }) => finding.outcome), cut: run.isCutOff };
};

test('a prober without network knows nothing of what it could not reach, and keeps what it saw', async () => {
  const sick = await flaky(500);
  const references = ['one.example.com:443', 'two.example.com:53'];

  const found = await outcomes([...elsewhere(3), target(sick.probe)], { references });

  expect(found).toEqual({ outcomes: ['unknown', 'unknown', 'unknown', 'failed'], cut: true });
});

test('failures stay failures when one reference answers, by refusing even, and when there is none', async () => {
  const closing = createServer();
  const port = await room.serve(closing);
  closing.close();
  const failures = ['failed', 'failed', 'failed'];

  const heard = { references: ['one.example.com:443', `127.0.0.1:${port}`] };
  expect(await outcomes(elsewhere(3), heard)).toEqual({ outcomes: failures, cut: false });
  expect(await outcomes(elsewhere(3), {})).toEqual({ outcomes: failures, cut: false });
  // One that policy refuses cannot tell.
  const refused = { references: ['10.0.0.1:443'] };
  expect(await outcomes(elsewhere(3), refused)).toEqual({ outcomes: failures, cut: false });
});

test('references that cannot be read fail the first run, not the first outage', async () => {
  await expect(outcomes([], { references: ['one.example.com'] })).rejects.toThrow(/no host:port/);
});

test('references are asked when nothing outside was reached, or half of it from three failures on', async () => {
  const { probe } = await flaky(200);
  const references = ['one.example.com:443'];
  const cut = async (lostOnes: number, good: number) =>
    (await outcomes([...elsewhere(lostOnes), ...Array(good).fill(target(probe))], { references }))
      .cut;

  expect(await cut(0, 1)).toBe(false);
  expect(await cut(1, 0)).toBe(true);
  expect(await cut(2, 0)).toBe(true);
  expect(await cut(2, 1)).toBe(false);
  expect(await cut(3, 3)).toBe(true);
  expect(await cut(3, 4)).toBe(false);
});
