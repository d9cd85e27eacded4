// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { putEvents, sendMessages } from './outbox.ts';

// A service that answers 200 and refuses chosen entries: what neither AWS nor an emulator does on demand.
type Answer = (entry: string, tries: number) => { code: string; fault?: boolean } | undefined;
let answer: Answer = () => undefined;
let taken: string[] = [];
let sizes: number[] = [];
let tries = new Map<string, number>();
let server: Server;
let url: string;

type SqsCall = { Entries: { Id: string; MessageBody: string }[] };
type BusCall = { Entries: { Detail: string }[] };

const judge = (entry: string) => {
  const count = (tries.get(entry) ?? 0) + 1;
  tries.set(entry, count);
  const refused = answer(entry, count);
  if (refused === undefined) taken.push(entry);
  return refused;
};

const sqs = ({ Entries }: SqsCall) => {
  sizes.push(Entries.length);
  const judged = Entries.map((entry) => ({ entry, refused: judge(entry.MessageBody) }));
  return {
    Successful: [],
    Failed: judged.flatMap(({ entry, refused }) =>
      refused ? [{ Id: entry.Id, Code: refused.code, SenderFault: refused.fault ?? false }] : [],
    ),
  };
};

const bus = ({ Entries }: BusCall) => {
  sizes.push(Entries.length);
  const judged = Entries.map((entry) => judge(entry.Detail));
  return {
    FailedEntryCount: judged.filter((refused) => refused !== undefined).length,
    Entries: judged.map((refused) => (refused ? { ErrorCode: refused.code } : { EventId: 'x' })),
  };
};

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const isSqs = request.headers['x-amz-target']?.toString().startsWith('AmazonSQS');
      const reply = isSqs ? sqs(JSON.parse(body) as SqsCall) : bus(JSON.parse(body) as BusCall);
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(JSON.stringify(reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
});

beforeEach(() => {
  answer = () => undefined;
  taken = [];
  sizes = [];
  tries = new Map();
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const queue = () => `${url}/000000000000/q`;
const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));
const sorted = (bodies: string[]) =>
  bodies.map((body) => JSON.parse(body).n as number).sort((a, b) => a - b);

test('only the refused messages of a batch are sent again, each message is taken once', async () => {
  answer = (body, count) =>
    body.includes('7') && count < 3 ? { code: 'InternalError' } : undefined;

  await sendMessages(queue(), numbers(23));

  expect(sorted(taken)).toEqual(Array.from({ length: 23 }, (_, n) => n));
  expect([...tries.values()].filter((count) => count > 1)).toEqual([3, 3]);
  expect(sizes.sort((a, b) => b - a)).toEqual([10, 10, 3, 1, 1, 1, 1]);
});

test('a message that is refused again and again is a failure worth retrying, after five tries', async () => {
  answer = (body) => (body.includes('7') ? { code: 'InternalError' } : undefined);

  await expect(sendMessages(queue(), numbers(10))).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'queue-unavailable',
    message: expect.stringContaining('refuses 1 of 10 entries after 5 tries: InternalError'),
  });

  expect(sorted(taken)).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9]);
});

test('a message that is our fault is not sent again', async () => {
  answer = () => ({ code: 'InvalidMessageContents', fault: true });

  await expect(sendMessages(queue(), numbers(1))).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'queue-refused',
  });

  expect([...tries.values()]).toEqual([1]);
});

test('nothing to send is no call', async () => {
  await sendMessages(queue(), []);

  expect(sizes).toEqual([]);
});

const events = (count: number) =>
  numbers(count).map((detail) => ({ source: 'rookery', detailType: 'test', detail }));

test('only the refused events of a call are put again', async () => {
  answer = (detail, count) =>
    detail.includes('3') && count === 1 ? { code: 'ThrottlingException' } : undefined;

  await putEvents('rookery', events(12));

  expect(sorted(taken)).toEqual(Array.from({ length: 12 }, (_, n) => n));
  expect(sizes.sort((a, b) => b - a)).toEqual([10, 2, 1]);
});
