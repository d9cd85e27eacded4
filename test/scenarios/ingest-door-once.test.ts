import * as z from 'zod';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Endpoints } from '@rookery/http/contract';
import { Failure } from '@rookery/kernel/failure';
import { database } from '@rookery/lambda/database';
import { forgetKeys, keptAnswer } from '@rookery/lambda/idempotency.sql';
import { writeFunction } from '@rookery/lambda/write';
import { ask } from './ask.ts';
import {
  openDoorRoom,
  type DoorRoom,
  type Handler,
  type Knock,
  type Said,
} from './ingest-door-room.ts';

const endpoints = {
  renameThing: {
    method: 'PATCH',
    path: '/v1/thing',
    tag: 'Things',
    summary: 'Rename',
    description: 'Renames.',
    roles: ['tenant-admin'],
    params: z.strictObject({}),
    query: z.strictObject({}),
    body: z.strictObject({ name: z.string() }),
    response: z.object({ name: z.string(), turn: z.int() }),
    cache: 'none',
    rate: 'ingest',
    examples: [{ title: 'x' }],
  },
} as const satisfies Endpoints;

let room: DoorRoom;
let done: string[];
let within: (name: string) => Promise<void>;

beforeAll(async () => {
  room = await openDoorRoom('heron');
});
afterAll(() => room.close());
beforeEach(async () => {
  done = [];
  within = async () => {};
  await room.world.admin.script('delete from monitoring.idempotency_key');
});

const handler = writeFunction(endpoints, {
  renameThing: async ({ body: { name } }) => {
    await within(name);
    const turn = done.push(name);
    return { body: { name, turn } };
  },
}) as Handler;

const rename = (name: string, key = 'k', headers: Knock['headers'] = {}): Promise<Said> =>
  room.ask(handler, 'PATCH /v1/thing', {
    body: { name },
    headers: { 'idempotency-key': key, ...headers },
  });

const age = (column: string, interval: string) =>
  room.world.admin.script(
    `update monitoring.idempotency_key set ${column} = now() - interval '${interval}'`,
  );

const gate = (): { open: () => void; passed: Promise<void> } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: resolve, passed: promise };
};

test('a repeat gets the answer of the first, and nothing is done again', async () => {
  const first = await rename('a');
  const second = await rename('a');

  expect([first.status, first.json]).toEqual([200, { name: 'a', turn: 1 }]);
  expect([second.status, second.json]).toEqual([first.status, first.json]);
  expect([first, second].map(({ headers }) => headers['idempotency-replayed'])).toEqual([
    undefined,
    'true',
  ]);
  expect(done).toEqual(['a']);
});

test('without a key every request is done', async () => {
  const headers = { 'idempotency-key': undefined } as never;
  await rename('a', 'k', headers);
  await rename('a', 'k', headers);
  expect(done).toEqual(['a', 'a']);
});

test('another body under the same key is refused, also while the first is running', async () => {
  const { open, passed } = gate();
  within = () => passed;
  const first = rename('a');
  await expect
    .poll(() => ask(room.world.ops, 'select 1 from monitoring.idempotency_key'))
    .toHaveLength(1);
  const beside = await rename('b');
  open();
  await first;
  const later = await rename('b');

  for (const { status, json } of [beside, later])
    expect([status, json.code]).toEqual([422, 'idempotency-mismatch']);
  expect(done).toEqual(['a']);
});

test('a key belongs to its tenant: another does its own under the same', async () => {
  await rename('a');
  const other = await rename('a', 'k', {
    authorization: `Bearer ${room.token('tenant-admin', 'finch')}`,
  });
  expect(other.json).toEqual({ name: 'a', turn: 2 });
});

test('of many requests beside one another one is done, and the others are told to wait', async () => {
  const { open, passed } = gate();
  within = () => passed;
  const early: Said[] = [];
  const all = Array.from({ length: 12 }, async () => {
    const said = await rename('a');
    early.push(said);
    return said;
  });
  // All but the one that works have their answer before it ends.
  await expect.poll(() => early.length).toBe(11);
  const [waiting] = early;
  open();
  const answers = await Promise.all(all);

  expect([waiting?.status, waiting?.json.code, waiting?.headers['retry-after']]).toEqual([
    409,
    'idempotency-running',
    '2',
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([
    200,
    ...Array<number>(11).fill(409),
  ]);
  expect(done).toEqual(['a']);
});

test('control: who looks first and writes after does it many times', async () => {
  const db = database('api');
  const key = { tenantId: 'heron', operation: 'o', key: 'k' };
  const naive = async (): Promise<void> => {
    const [known] = await db.transaction((tx) => tx.query(keptAnswer, key), { tenantId: 'heron' });
    if (known === undefined) done.push('a');
  };
  await Promise.all(Array.from({ length: 12 }, naive));
  expect(done.length).toBeGreaterThan(1);
});

test('a request that failed leaves its key free: the next is done', async () => {
  within = () => Promise.reject(new Failure('conflict', 'conflict', 'read it again'));
  const failed = await rename('a');
  within = async () => {};
  const again = await rename('a');

  expect([failed.status, again.status, done]).toEqual([409, 200, ['a']]);
});

test('a try that died is taken over after a minute; if it ends after all, its answer is not kept', async () => {
  const { open, passed } = gate();
  within = () => passed;
  const dead = rename('a');
  await expect
    .poll(() => ask(room.world.ops, 'select 1 from monitoring.idempotency_key'))
    .toHaveLength(1);
  within = async () => {};
  await age('attempted_at', '59 seconds');
  const early = await rename('a');
  await age('attempted_at', '61 seconds');
  const taken = await rename('a');
  open();
  await dead;
  const repeat = await rename('a');

  expect([early.status, taken.json, repeat.json]).toEqual([
    409,
    { name: 'a', turn: 1 },
    { name: 'a', turn: 1 },
  ]);
});

test('an answer is kept for more than a day, and then forgotten', async () => {
  await rename('a');
  await age('created_at', '24 hours 59 minutes');
  const kept = await rename('a');
  const [none] = await room.world.ops.query(forgetKeys, { limit: 100 });
  await age('created_at', '25 hours 1 minute');
  const anew = await rename('b');
  await age('created_at', '25 hours 1 minute');
  const [gone] = await room.world.ops.query(forgetKeys, { limit: 100 });

  expect([kept.headers['idempotency-replayed'], none?.forgotten]).toEqual(['true', 0]);
  expect([anew.json, gone?.forgotten]).toEqual([{ name: 'b', turn: 2 }, 1]);
});
