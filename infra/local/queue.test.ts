// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { sendMessages, sendRaw } from '@rookery/lambda/outbox';
import { queueFunction } from '@rookery/lambda/queue';
import { consume, failedIds, type Consumer } from './event-source.ts';
import { applyEnv } from './function-env.ts';
import { createInvoker, type Handler } from './invoke.ts';
import { startSqs, type Sqs } from './queue.ts';

const spec = { visibilitySeconds: 60, maxReceiveCount: 5, retentionDays: 14 };
const names = ['mixed', 'poison', 'retried', 'liar', 'slow', 'attributes', 'kept'] as const;
type Name = (typeof names)[number];
const queues = Object.fromEntries(names.map((name) => [name, spec])) as Record<Name, typeof spec>;

let sqs: Sqs<Name>;
let restoreEnv: () => void;

beforeAll(async () => {
  sqs = await startSqs({ queues, port: 0 });
  restoreEnv = applyEnv({
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    LOG_LEVEL: 'SILENT',
  }).stop;
});

afterAll(async () => {
  await sqs.stop();
  restoreEnv();
});

const consumeWith = (name: Name, handler: Handler, timeoutSeconds = 30): Consumer => {
  const { invoke } = createInvoker({
    root: '/',
    functions: { it: { handler: 'none', timeoutSeconds, memoryMb: 128 } },
    load: async () => handler,
  });
  return consume({
    client: sqs.client,
    name,
    url: sqs.urls[name].url,
    batchSize: 10,
    maxConcurrency: 2,
    invoke: (event) => invoke('it', event),
    onError: () => {},
    backoffSeconds: () => 0,
  });
};

const depth = async (name: Name) => (await sqs.pending())[name];
const settled = (name: Name, expected: { queue: number; dlq: number }) =>
  vi.waitFor(async () => expect(await depth(name)).toEqual(expected), 4_000);

type Dead = { readonly body: string | undefined; readonly [attribute: string]: string | undefined };

const deadLetters = async (name: Name): Promise<Dead[]> => {
  const { Messages = [] } = await sqs.client.send(
    new ReceiveMessageCommand({
      QueueUrl: sqs.urls[name].dlqUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages.map(({ Body, MessageAttributes = {} }) => ({
    body: Body,
    ...Object.fromEntries(
      Object.entries(MessageAttributes).map(([key, value]) => [key, value.StringValue]),
    ),
  }));
};

const byNumber = (a: number, b: number): number => a - b;
const byText = (a: unknown, b: unknown): number => String(a).localeCompare(String(b));

const numbered = z.strictObject({ n: z.number() });

test('malformed and hopeless messages go to the DLQ at once with the reason, the rest of the batch is done', async () => {
  const done: number[] = [];
  const handler = queueFunction({
    name: 'mixed',
    schema: numbered,
    deadLetterUrl: () => sqs.urls.mixed.dlqUrl,
    handle: async ({ n }) => {
      if (n === 3) throw new Failure('missing', 'tenant-unknown', 'there is no tenant 3\u0000');
      done.push(n);
      return { unit: 'mixed', rows: 1 };
    },
  });
  await sendMessages(sqs.urls.mixed.url, [{ n: 1 }, { n: 2 }, { n: 3 }, { m: 4 }]);
  await sendRaw(sqs.urls.mixed.url, [{ body: '{not json' }, { body: '{"n":5}' }]);

  const consumer = consumeWith('mixed', handler as Handler);
  await settled('mixed', { queue: 0, dlq: 3 });
  await consumer.stop();

  expect(done.sort(byNumber)).toEqual([1, 2, 5]);
  const dead = await deadLetters('mixed');
  expect(dead.map(({ body, code }) => [body, code]).sort(byText)).toEqual([
    ['{"m":4}', 'message-invalid'],
    ['{"n":3}', 'tenant-unknown'],
    ['{not json', 'message-malformed'],
  ]);
  expect(dead.find(({ code }) => code === 'tenant-unknown')).toMatchObject({
    reason: 'there is no tenant 3?',
    failed_at: expect.stringMatching(/^\d{4}-.*Z$/),
    source_message_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('a message that keeps failing is tried five times and then rests in the DLQ, its nine neighbours are done once', async () => {
  const tries = new Map<number, number>();
  const handler = queueFunction({
    name: 'retried',
    schema: numbered,
    deadLetterUrl: () => sqs.urls.retried.dlqUrl,
    handle: async ({ n }) => {
      tries.set(n, (tries.get(n) ?? 0) + 1);
      if (n === 7) throw new Failure('unavailable', 'database-unavailable', 'try again');
      return { unit: 'retried', rows: 1 };
    },
  });
  await sendMessages(
    sqs.urls.retried.url,
    Array.from({ length: 10 }, (_, n) => ({ n })),
  );

  const consumer = consumeWith('retried', handler as Handler);
  await settled('retried', { queue: 0, dlq: 1 });
  await consumer.stop();

  expect(tries.get(7)).toBe(5);
  expect([...tries].filter(([n]) => n !== 7).map(([, count]) => count)).toEqual(
    Array.from({ length: 9 }, () => 1),
  );
});

test('when the DLQ cannot be reached a hopeless message is not lost: it is retried', async () => {
  let tries = 0;
  const handler = queueFunction({
    name: 'poison',
    schema: numbered,
    deadLetterUrl: () => `${sqs.endpoint}/000000000000/nowhere`,
    handle: async () => {
      tries += 1;
      throw new Failure('invalid', 'day-in-future', 'that day has not come');
    },
  });
  await sendMessages(sqs.urls.poison.url, [{ n: 1 }]);

  const consumer = consumeWith('poison', handler as Handler);
  await settled('poison', { queue: 0, dlq: 1 });
  await consumer.stop();

  expect(tries).toBe(5);
});

test('an answer that names an unknown message fails the whole batch', async () => {
  const batches: number[] = [];
  const consumer = consumeWith('liar', (event) => {
    batches.push((event as SQSEvent).Records.length);
    return { batchItemFailures: batches.length < 3 ? [{ itemIdentifier: 'someone else' }] : [] };
  });
  await sendMessages(sqs.urls.liar.url, [{ n: 1 }]);

  await vi.waitFor(() => expect(batches.length).toBe(3), 4_000);
  await settled('liar', { queue: 0, dlq: 0 });
  await consumer.stop();
});

test('near its timeout a function hands back what it has not done, and the work in hand is told to stop', async () => {
  const done: number[] = [];
  let told = 0;
  const handler = queueFunction({
    name: 'slow',
    schema: numbered,
    deadLetterUrl: () => sqs.urls.slow.dlqUrl,
    handle: async ({ n }, { receiveCount, signal }) => {
      if (n === 1 && receiveCount === 1)
        await new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            told += 1;
            reject(new Error('stopped half way'));
          }),
        );
      done.push(n);
      return { unit: 'slow', rows: 0 };
    },
  });
  await sendMessages(sqs.urls.slow.url, [{ n: 0 }, { n: 1 }, { n: 2 }]);

  const consumer = consumeWith('slow', handler as Handler, 1);
  await settled('slow', { queue: 0, dlq: 0 });
  await consumer.stop();

  expect([told, done.toSorted(byNumber)]).toEqual([1, [0, 1, 2]]);
});

test('a function gets exactly the record that Lambda documents', async () => {
  let record: SQSRecord | undefined;
  const consumer = consumeWith('attributes', (event) => {
    record = (event as SQSEvent).Records[0];
  });
  await sendRaw(sqs.urls.attributes.url, [{ body: '{}', attributes: { tenant: 't1' } }]);
  await settled('attributes', { queue: 0, dlq: 0 });
  await consumer.stop();

  expect(record).toEqual({
    messageId: expect.any(String),
    receiptHandle: expect.any(String),
    body: '{}',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: expect.stringMatching(/^\d{13}$/),
      SenderId: expect.any(String),
      ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
    },
    messageAttributes: {
      tenant: { stringValue: 't1', stringListValues: [], binaryListValues: [], dataType: 'String' },
    },
    md5OfMessageAttributes: expect.any(String),
    md5OfBody: '99914b932bd37a50b983c5e7c90ae93b',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:attributes',
    awsRegion: 'eu-west-1',
  });
});

test('what was not delivered when SQS stopped is there when it starts again', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'rookery-queue-'));
  const options = { queues: { kept: spec }, port: 0, stateFile: join(dir, 'queues.json') };
  const first = await startSqs(options);
  await first.send('kept', { n: 1 });
  await first.send('kept', { n: 2 });
  const { Messages = [] } = await first.client.send(
    new ReceiveMessageCommand({ QueueUrl: first.urls.kept.url, MaxNumberOfMessages: 1 }),
  );
  await first.stop();

  const second = await startSqs(options);
  const depths = await second.pending();
  await second.stop();

  expect(Messages.length).toBe(1);
  expect(depths.kept).toEqual({ queue: 2, dlq: 0 });
  rmSync(dir, { recursive: true });
});

test('SQS listens on 127.0.0.1 only', () => {
  expect(new URL(sqs.endpoint).hostname).toBe('127.0.0.1');
  expect(Object.values(sqs.urls).map(({ url }) => new URL(url).hostname)).toEqual(
    names.map(() => '127.0.0.1'),
  );
});

test.each([
  [undefined, []],
  [null, []],
  ['', []],
  [{}, []],
  [{ batchItemFailures: null }, []],
  [{ batchItemFailures: [] }, []],
  [{ batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
  [{ batchItemFailures: [{ itemIdentifier: '' }] }, ['a', 'b']],
  [{ batchItemFailures: [{ itemIdentifier: null }] }, ['a', 'b']],
  [{ batchItemFailures: [{ itemIdentifier: 'c' }] }, ['a', 'b']],
  [{ batchItemFailures: [{ id: 'a' }] }, ['a', 'b']],
  [{ failures: [] }, ['a', 'b']],
  ['ok', ['a', 'b']],
])('the answer %j means that %j failed', (answer, failed) => {
  expect(failedIds(answer, ['a', 'b'])).toEqual(failed);
});
