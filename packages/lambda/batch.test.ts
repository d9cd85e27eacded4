// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import { createServer, type Server } from 'node:http';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { batchFunction, type Received, type Settled } from './batch.ts';

// The queue of dead letters: what is in it, and whether it takes a message.
type Letter = {
  MessageBody: string;
  MessageAttributes: Record<string, { StringValue: string }>;
};
let letters: Letter[] = [];
let takes: (letter: Letter) => boolean = () => true;
let server: Server;
let url = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { Entries } = JSON.parse(body) as { Entries: (Letter & { Id: string })[] };
      const Failed = Entries.filter((entry) => !takes(entry));
      letters.push(...Entries.filter((entry) => takes(entry)));
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      const refused = Failed.map(({ Id }) => ({ Id, Code: 'No', SenderFault: true }));
      response.end(JSON.stringify({ Successful: [], Failed: refused }));
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
    LOG_LEVEL: 'SILENT',
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  letters = [];
  takes = () => true;
});

const unit = { unit: 'test', rows: 0 };
const schema = z.strictObject({ n: z.int() });
type Work = (messages: readonly Received<{ n: number }>[], signal: AbortSignal) => Promise<Settled>;

// The ids that are answered for these bodies; ids are m0, m1, …
const answered = async (bodies: readonly string[], work: Work, ms = 30_000): Promise<string[]> => {
  const handler = batchFunction({
    name: 'test',
    schema,
    deadLetterUrl: () => `${url}/0/dlq`,
    work,
  });
  const Records = bodies.map((body, n) => ({ messageId: `m${n}`, body, attributes: {} }));
  const context = { getRemainingTimeInMillis: () => ms } as unknown as Context;
  const { batchItemFailures }: SQSBatchResponse = await handler(
    { Records } as unknown as SQSEvent,
    context,
  );
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};
const failure = new Failure('invalid', 'bad', 'this is bad');
const idsOf = (flags: readonly string[], wanted: string): string[] =>
  flags.flatMap((flag, n) => (flag === wanted ? [`m${n}`] : []));
const buried = () =>
  letters.map(({ MessageAttributes: all }) => all['source_message_id']?.StringValue);

test('of any batch exactly those come again that the work names or that cannot be buried, and exactly the dead are buried', async () => {
  const fate = fc.constantFrom('done', 'retry', 'dead', 'both', 'malformed', 'unburied');
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 10 }), async (fates) => {
      letters = [];
      const with_ = (...wanted: string[]) => wanted.flatMap((each) => idsOf(fates, each));
      takes = ({ MessageAttributes: all }) =>
        !with_('unburied').includes(all['source_message_id']?.StringValue ?? '');
      const dead = with_('dead', 'both', 'unburied').map((messageId) => ({ messageId, failure }));
      const retry = with_('retry', 'both');

      const ids = await answered(
        fates.map((each, n) => (each === 'malformed' ? '{' : `{"n":${n}}`)),
        async () => ({ unit, retry: [...retry, ...retry], dead }),
      );

      expect(ids.toSorted()).toEqual(with_('retry', 'both', 'unburied').toSorted());
      expect(buried().toSorted()).toEqual(with_('dead', 'malformed').toSorted());
    }),
    { numRuns: 200, seed: 6 },
  );
});

test('work that throws has every good message come again, and bad ones are buried all the same', async () => {
  const ids = await answered(['{"n":0}', 'x', '{"n":2}', '{"n":"3"}'], async () => {
    throw new TypeError('a bug');
  });

  expect(ids).toEqual(['m0', 'm2']);
  expect(buried().toSorted()).toEqual(['m1', 'm3']);
  const codes = letters.map(({ MessageAttributes: all }) => all['code']?.StringValue);
  expect(codes.toSorted()).toEqual(['message-invalid', 'message-malformed']);
});

test('a permanent failure of the whole work gives up no message: it is not told which', async () => {
  const ids = await answered(['{"n":0}', '{"n":1}'], async () => {
    throw failure;
  });

  expect([ids, letters]).toEqual([['m0', 'm1'], []]);
});

test.each([
  ['to retry', { retry: ['m7'], dead: [] }],
  ['among the dead', { retry: [], dead: [{ messageId: 'm7', failure }] }],
])(
  'a message nobody sent, %s, is never answered: all of the batch come again',
  async (_, named) => {
    const ids = await answered(['{"n":0}', '{"n":1}'], async () => ({ unit, ...named }));

    expect([ids, letters]).toEqual([['m0', 'm1'], []]);
  },
);

test('when time is up all come again, and the work is told', async () => {
  let isTold = false;
  const ids = await answered(
    ['{"n":0}', '{"n":1}'],
    (_, signal) =>
      new Promise(() => {
        signal.addEventListener('abort', () => (isTold = true));
      }),
    100,
  );

  expect([ids, isTold]).toEqual([['m0', 'm1'], true]);
});

test('work that stops when it is told is heard: what it did by then does not come again', async () => {
  const ids = await answered(
    ['{"n":0}', '{"n":1}'],
    (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          setTimeout(() => resolve({ unit, retry: ['m1'], dead: [] }), 5);
        });
      }),
    400,
  );

  expect(ids).toEqual(['m1']);
});

test('a dead letter holds what the work says, or else the message as it came', async () => {
  await answered(['{"n":0}', '{ "n" : 1 }'], async () => ({
    unit,
    retry: [],
    dead: [
      { messageId: 'm0', failure, body: 'a part' },
      { messageId: 'm1', failure },
    ],
  }));

  expect(letters.map(({ MessageBody }) => MessageBody).toSorted()).toEqual([
    'a part',
    '{ "n" : 1 }',
  ]);
});

test('a batch of bad messages alone is no work', async () => {
  let calls = 0;
  const ids = await answered(['x'], async () => {
    calls += 1;
    return { unit, retry: [], dead: [] };
  });

  expect([ids, calls, buried()]).toEqual([[], 0, ['m0']]);
});
