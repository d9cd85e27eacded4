import { createServer, request as forward } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { randomFrom } from '@rookery/kernel/random';
import { openNotifyRoom, type NotifyRoom } from './notify-room.ts';
import { named, toldSince, type Wish } from './notify-wish.ts';

const chance = randomFrom(7);

// In front of SQS: three of ten calls are answered 500, before or after SQS has seen them.
const faulty = { share: 0, seen: 0, failed: 0 };
const startFaulty = async (endpoint: () => string) => {
  const server = createServer((incoming, answer) => {
    const fails = chance.chance(faulty.share);
    const isLost = chance.chance(0.5);
    faulty.seen += 1;
    if (fails) faulty.failed += 1;
    if (fails && !isLost) {
      incoming.resume().once('end', () => answer.writeHead(500).end());
      return;
    }
    const { method, url, headers } = incoming;
    const outgoing = forward(new URL(url ?? '/', endpoint()), { method, headers }, (reply) => {
      if (fails) reply.resume().once('end', () => answer.writeHead(500).end());
      else reply.pipe(answer.writeHead(reply.statusCode ?? 500, reply.headers));
    });
    incoming.pipe(outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

let room: NotifyRoom;
let server: Awaited<ReturnType<typeof startFaulty>>;
beforeAll(async () => {
  let target = '';
  server = await startFaulty(() => target);
  room = await openNotifyRoom((endpoint) => {
    target = endpoint;
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  await room.target('slack', 'ops', `${room.sink.url}/slack/ops`);
});
afterAll(async () => {
  await room.close();
  server.close();
});

const wish = (n: number): Wish => ({
  ...named(`queue-${n}`),
  channel: n % 2 === 0 ? 'email' : 'slack',
  recipient: n % 2 === 0 ? `n${n}@x.example` : 'ops',
});
const countSince = (before: number): number => room.sink.arrivals().length - before;

// Relays and works until nothing is pending; what a faulty queue refuses is left to the next run.
const settle = async (): Promise<number> => {
  let refused = 0;
  for (let run = 0; run < 60; run += 1) {
    const at = new Date(Date.now() + run * 60_000);
    const relayed = await room.relay(at).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      refused += 1;
      return 1;
    });
    await room.work();
    if (relayed === 0) return refused;
  }
  return Number.NaN;
};

test('with three of ten calls to the queue failing, before or after it took them, every notice is told once', async () => {
  const before = room.sink.arrivals().length;
  await room.write(...Array.from({ length: 100 }, (_, n) => wish(n)));
  Object.assign(faulty, { share: 0.3, seen: 0, failed: 0 });

  const refused = await settle();

  faulty.share = 0;
  expect(faulty.failed).toBeGreaterThan(2);
  expect(refused).toBeGreaterThan(0);
  const told = toldSince(room.sink, before);
  expect(told.toSorted()).toEqual(Array.from({ length: 100 }, (_, n) => `queue-${n}`).toSorted());
});

test('control: without lease and attempt, each message that a faulty queue repeats tells once more', async () => {
  const before = room.sink.arrivals().length;
  await room.write({ id: 'naive', channel: 'slack', recipient: 'ops' });
  await room.relay();
  await room.relay();
  const messages = (await room.sqs.pending()).notify.queue;
  for (let n = 0; n < messages; n += 1)
    await room.desk().carriers.post({
      url: `${room.sink.url}/slack/ops`,
      body: '{"text":"t","blocks":[]}',
      sign: null,
    });

  expect(countSince(before)).toBe(2);
  await room.work();
  expect(countSince(before)).toBe(3);
});
