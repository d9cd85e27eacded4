import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamItems } from '@rookery/http/streams/streams';
import { database } from '@rookery/lambda/database';
import { takeMessage } from '@rookery/monitoring/ingest/work';
import { blocksIn, shell } from './guide-blocks.ts';
import { openApi, type Api } from './stack.ts';

const tenantId = 'heron-analytics';

let api: Api;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  api = await openApi();
  const { world } = api;
  env = {
    API: api.url,
    TOKEN: api.token({ tenantId, role: 'tenant-admin' }),
    // For the command that makes the key.
    MIGRATION_DATABASE_URL: world.url('postgres'),
    SOURCE_DATABASE_URL: world.url('rookery_source'),
    DATABASE_URL_ETL: world.url('rookery_etl'),
    DATABASE_URL_OPS: world.url('rookery_ops'),
    DATABASE_URL_API: world.url('rookery_api'),
    DATABASE_URL_INGEST: world.url('rookery_ingest'),
  };
});
afterAll(() => api.close());

const [first] = blocksIn('README.md', 'Tell it');
const [sending] = blocksIn('docs/monitoring.md', 'Send it something');

// All of a block but where the API is: the test has one of its own. Answers have no line of their own.
const run = async (lines: readonly string[]): Promise<unknown[]> => {
  const script = lines.filter((line) => !line.startsWith('export API=')).join('\n');
  const { code, out, err } = await shell(script, env);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(`[${out.replaceAll('}{', '},{')}]`) as unknown[];
};

// What the worker of the queue does meanwhile.
const settle = async (): Promise<void> => {
  for (const message of await api.drain())
    await takeMessage(
      streamItems,
      { ingest: database('ingest'), now: new Date(), healed: () => {} },
      message,
    );
};

const topErrors = async (): Promise<unknown> => {
  const target = '/v1/monitoring/errors/top';
  const { text } = await api.ask({ tenantId, role: 'tenant-admin' }, { target });
  return JSON.parse(text);
};

test('README: a key is made, an error sent and asked for', async () => {
  const answers = await run(first?.lines ?? []);

  expect(answers).toMatchObject([
    { stream: 'errors', accepted: 1, rejected: 0, items: [{ index: 0, id: 'first' }] },
    { data: [] },
    { data: [] },
  ]);
  await settle();
  expect(await topErrors()).toMatchObject({
    data: [{ error_type: 'TimeoutError', occurrences_in_window: 1 }],
  });
});

test('docs/monitoring.md: of two metrics one is accepted, and the other comes back with its reason', async () => {
  const [answer] = await run(sending?.lines ?? []);

  expect(answer).toEqual({
    stream: 'performance-metrics',
    accepted: 1,
    rejected: 1,
    items: [
      { index: 0, id: 'web-1-a', verdict: 'accepted' },
      { index: 1, id: 'web-1-b', verdict: 'rejected', reason: expect.stringContaining('time') },
    ],
  });
});
