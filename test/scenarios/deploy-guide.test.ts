import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSqs, type Sqs } from '../../infra/local/queue.ts';
import { variablesOf } from '../../infra/aws/variables.ts';
import { functions, queues, type QueueName } from '../../infra/topology.ts';
import { shell } from '../api/guide-blocks.ts';
import { fences, guide } from '../contracts/deploy-guide.ts';
import { emails, tenant } from '../world/builders.ts';
import { openWorld, type World } from '../world/world.ts';
import { standIn, type StandIn } from './deploy-guide-aws.ts';

// Of the blocks that need no cloud; those of `bash` ask the AWS CLI, which is played here.
const here = fences(guide).filter(({ info }) => info === 'sh' || info === 'bash');
const [smokeHelp, logins, look, firings, events, cost] = here.map(({ code }) => code);

let world: World;
let sqs: Sqs<QueueName>;
let folder: string;
let aws: StandIn;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rookery-deploy-'));
  aws = standIn(folder);
  [world, sqs] = await Promise.all([openWorld(), startSqs({ queues, port: 0 })]);
  await tenant(world.admin, { tenant_id: 'heron', timezone: 'UTC' });
  await emails(world.admin, [
    { tenant_id: 'heron', campaign_id: 'c', sent_at: '2026-03-01T10:00:00Z' },
  ]);
});
afterAll(async () => {
  await Promise.all([world.close(), sqs.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const run = (script = '') =>
  shell(script, {
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });

test('what asks for no stage at all runs as it is written, and no other block is left', async () => {
  expect(here).toHaveLength(6);
  const [help, bill] = await Promise.all([run(smokeHelp), run(cost)]);

  expect([help.code, bill.code]).toEqual([0, 0]);
  expect(help.out).toContain('--outputs <file>');
  expect(bill.out).toContain('A million e-mails more');
});

// What a deployed stage has in the environments of its functions, of this world.
const environments = (): Readonly<Record<string, string>> => ({
  MIGRATION_DATABASE_URL: world.url('postgres'),
  SOURCE_DATABASE_URL: world.url('rookery_source'),
  DATABASE_URL_ETL: world.url('rookery_etl'),
  DATABASE_URL_API: world.url('rookery_api'),
  DATABASE_URL_OPS: world.url('rookery_ops'),
  DATABASE_URL_INGEST: world.url('rookery_ingest'),
  ARCHIVE_PLACE: `${folder}/it's an archive`,
  CHECKPOINT_PLACE: `${folder}/checkpoints`,
  SIGN_KEY: `file:${folder}/sign.key`,
  PROBE_REFERENCES: '1.1.1.1:443,8.8.8.8:443',
  ...Object.fromEntries(
    Object.entries(sqs.urls).flatMap(([name, { url, dlqUrl }]) => [
      [`${name.toUpperCase()}_QUEUE_URL`, url],
      [`${name.toUpperCase()}_DLQ_URL`, dlqUrl],
    ]),
  ),
});

const asFunctions = () =>
  (['migrate', 'probe', 'retention', 'checkpoints'] as const).map((name) => ({
    words: `get-function-configuration rookery-pr-12-${name}`,
    answer: Object.fromEntries(
      variablesOf(functions[name]).map((variable) => [variable, environments()[variable]]),
    ),
  }));

test('a shell gets everything that commands work with out of four functions', async () => {
  aws.tell(asFunctions());
  const { out, err } = await run(
    `${logins}\nenv --null | jq --raw-input --slurp 'split("\\u0000")'`,
  );

  expect(err).toBe('');
  const set = JSON.parse(out) as string[];
  for (const [name, value] of Object.entries(environments()))
    expect(set).toContain(`${name}=${value}`);
});

test('and in it the commands of the guide look at the stage', async () => {
  aws.tell(asFunctions());
  // Doctor finds fault with a world that nobody has worked on, which is not what is asked here.
  const lines = look?.replace('-- doctor', '-- doctor || test $? = 1');
  const { code, out, err } = await run(`${logins}\n${lines}`);

  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('heron');
  expect(out).toContain('aggregate');
});

const attributes = (all: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(all).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );

test('a firing that was given up is read from the envelope of Lambda and from that of the scheduler', async () => {
  const firing = { job: 'nightly', scheduledTime: '2026-11-20T02:10:00Z' };
  aws.tell([
    { words: 'get-queue-url rookery-production-firings-dlq', answer: 'https://sqs/firings' },
    {
      words: 'receive-message https://sqs/firings',
      answer: {
        Messages: [
          {
            Body: JSON.stringify({
              requestPayload: firing,
              responsePayload: { errorMessage: 'no database' },
            }),
          },
          {
            Body: JSON.stringify(firing),
            MessageAttributes: attributes({ ERROR_CODE: 'AccessDenied' }),
          },
        ],
      },
    },
  ]);
  const { code, out, err } = await run(firings);

  expect([code, err]).toEqual([0, '']);
  const slot = 'nightly\t2026-11-20T02:10:00Z';
  expect(out).toBe(`${slot}\tno database\n${slot}\tAccessDenied\n`);
});

const after = (args: readonly string[], name: string): string => args[args.indexOf(name) + 1] ?? '';

test('an event is sent again as its rule would have sent it, before its letter is deleted', async () => {
  const event = { id: 'e', 'detail-type': 'x', detail: { text: `"quoted" \\ it's ü` } };
  const letter = (rule: string, queue: string) => ({
    ReceiptHandle: `of ${rule}`,
    Body: JSON.stringify(event),
    MessageAttributes: attributes({
      RULE_ARN: `arn:aws:events:eu-central-1:1:rule/rookery-production-bus/rookery-production-${rule}`,
      TARGET_ARN: `arn:aws:sqs:eu-central-1:1:${queue}`,
    }),
  });
  aws.tell([
    { words: 'get-queue-url rookery-production-bus-dlq', answer: 'https://sqs/bus' },
    { words: 'get-queue-url siem', answer: 'https://sqs/siem' },
    { words: 'get-queue-url ingest', answer: 'https://sqs/ingest' },
    {
      words: 'receive-message https://sqs/bus',
      answer: { Messages: [letter('security-siem', 'siem'), letter('audit', 'ingest')] },
    },
    { words: 'send-message', answer: {} },
    { words: 'delete-message', answer: '' },
  ]);
  const { code, err } = await run(events);

  expect([code, err]).toEqual([0, '']);
  const done = aws.asked().filter(([, verb]) => verb !== 'get-queue-url');
  expect(done.map((args) => `${args[1]} ${after(args, '--queue-url')}`)).toEqual([
    'receive-message https://sqs/bus',
    'send-message https://sqs/siem',
    'delete-message https://sqs/bus',
    'send-message https://sqs/ingest',
    'delete-message https://sqs/bus',
  ]);
  const [, first = [], , second = []] = done;
  const sent = [first, second].map((args) => JSON.parse(after(args, '--message-body')) as unknown);
  expect(sent).toEqual([event, event.detail]);
});

test('a letter that cannot be sent again stays', async () => {
  aws.tell([
    { words: 'get-queue-url rookery-production-bus-dlq', answer: 'https://sqs/bus' },
    { words: 'get-queue-url siem', answer: 'https://sqs/siem' },
    {
      words: 'receive-message https://sqs/bus',
      answer: {
        Messages: [
          {
            ReceiptHandle: 'h',
            Body: '{}',
            MessageAttributes: attributes({ RULE_ARN: 'a/b', TARGET_ARN: 'a:siem' }),
          },
        ],
      },
    },
  ]);
  const { code } = await run(events);

  expect(code).not.toBe(0);
  expect(aws.asked().map(([, verb]) => verb)).not.toContain('delete-message');
});
