import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRookery, type Rookery } from '@rookery/client/client';
import { callOf, curlOf, targetOf } from '@rookery/client/samples';
import { emails, tenant } from '../world/builders.ts';
import { openApi, type Api } from '../api/stack.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const tenantId = 'heron';
const hour = 3_600_000;

let api: Api;
let token: string;
let rookery: Rookery;

beforeAll(async () => {
  api = await openApi();
  const { admin } = api.world;
  await tenant(admin, { tenant_id: tenantId, timezone: 'UTC' });
  const sent_at = new Date(Date.now() - 24 * hour).toISOString();
  const replied = new Date(Date.now() - 23 * hour).toISOString();
  await emails(
    admin,
    Array.from({ length: 45 }, (_, i) => ({
      tenant_id: tenantId,
      campaign_id: i < 30 ? 'spring' : "o'neil & co",
      lead_id: `lead-${i}`,
      sent_at,
      ...(i < 4 ? { opened: replied, replied } : {}),
    })),
  );
  await api.desk.settle();
  token = api.token({ tenantId, role: 'tenant-admin' });
  rookery = createRookery({ baseUrl: api.url, token });
});
afterAll(() => api.close());

test('the example of the README runs against the API and prints what is there', async () => {
  const readme = await readFile(join(root, 'packages/client/README.md'), 'utf8');
  const [, code = ''] = /^```ts\n([^]*?)^```$/m.exec(readme) ?? [];

  const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '-e', code], {
    cwd: root,
    env: { ROOKERY_URL: api.url, ROOKERY_TOKEN: token },
  });

  expect(stdout.trim().split('\n')).toEqual([
    'spring: 4 of 30 answered',
    "o'neil & co: 0 of 15 answered",
    '45 leads',
  ]);
});

test('pages gives every row once, and asks for a page only when the one before is done', async () => {
  let asked = 0;
  rookery.use({ onRequest: () => void (asked += 1) });
  const seen: string[] = [];
  const askedAt: number[] = [];

  for await (const page of rookery.pages('/v1/leads', { query: { limit: 20 } })) {
    seen.push(...page.data.map(({ lead_id }) => lead_id));
    askedAt.push(asked);
  }

  expect(askedAt).toEqual([1, 2, 3]);
  expect(seen.length).toBe(45);
  expect(new Set(seen).size).toBe(45);
});

test('what the API refuses is an error that names the code, and no exception', async () => {
  const { data, error, response } = await rookery.GET('/v1/campaigns', {
    params: { query: { from: '2025-13-01' } },
  });

  expect(data).toBeUndefined();
  expect(response.status).toBe(400);
  expect(error).toMatchObject({ code: 'request-malformed', errors: [{ path: 'query.from' }] });
});

test('pages throws what the API refuses, with the problem as its cause', async () => {
  const stranger = createRookery({ baseUrl: api.url, token: 'no token' });

  await expect(stranger.pages('/v1/leads').next()).rejects.toThrow(/^401 /);
  await expect(rookery.pages('/v1/leads', { query: { cursor: 'x' } }).next()).rejects.toMatchObject(
    {
      message: expect.stringMatching(/^400 cursor-malformed: /),
      cause: { code: 'cursor-malformed' },
    },
  );
});

test('an identifier with an apostrophe and an ampersand survives the client, and curl in a shell', async () => {
  const filled = {
    path: '/v1/campaigns/{campaign_id}',
    params: { campaign_id: "o'neil & co" },
    query: {},
  };
  const { data } = await rookery.GET('/v1/campaigns/{campaign_id}', {
    params: { path: filled.params },
  });
  const { stdout } = await run('sh', ['-c', `${curlOf(api.url, filled)} -sS`], {
    env: { PATH: process.env['PATH'], TOKEN: token },
  });

  expect(data?.data).toMatchObject({ campaign_id: "o'neil & co", sent: 15 });
  expect(JSON.parse(stdout)).toMatchObject({ data: { campaign_id: "o'neil & co", sent: 15 } });
});

test('samples leave out what is not filled in, and write numbers as numbers', () => {
  const filled = {
    path: '/v1/campaigns/{campaign_id}/series',
    params: {},
    query: { limit: '10', tz: "a'b\\c" },
  };

  expect(targetOf(filled)).toBe('/v1/campaigns/{campaign_id}/series?limit=10&tz=a%27b%5Cc');
  expect(callOf(filled, new Set(['limit']))).toBe(
    `const { data, error } = await rookery.GET('/v1/campaigns/{campaign_id}/series', {
  params: { query: { limit: 10, tz: 'a\\'b\\\\c' } },
});`,
  );
});

test('a body goes into the samples, also one with an apostrophe', async () => {
  const filled = {
    path: '/v1/ingest/{stream}',
    params: { stream: 'errors' },
    query: {},
    method: 'POST',
    headers: { 'Idempotency-Key': 'k' },
    body: `{"items":["it's"]}`,
  } as const;
  const curl = curlOf(api.url, filled).replace(/^curl/, 'printf "%s\\n"');
  const { stdout } = await run('sh', ['-c', curl], { env: { TOKEN: 't' } });

  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining(['POST', 'Idempotency-Key: k', `{"items":["it's"]}`]),
  );
  expect(callOf(filled)).toBe(
    `const { data, error } = await rookery.POST('/v1/ingest/{stream}', {
  params: { path: { stream: 'errors' }, header: { 'Idempotency-Key': 'k' } },
  body: {"items":["it's"]},
});`,
  );
});

// Never called: the type checker reads it. Each line that compiles after all is an error there.
export const misuse = async (client: Rookery) => {
  // @ts-expect-error a misspelt path
  await client.GET('/v1/campaings');
  // @ts-expect-error a parameter that the endpoint does not take
  await client.GET('/v1/campaigns', { params: { query: { limitt: 3 } } });
  // @ts-expect-error a text for a number
  await client.GET('/v1/campaigns', { params: { query: { limit: '3' } } });
  // @ts-expect-error a width that no bucket has
  await client.GET('/v1/overview/series', { params: { query: { interval: 'hour' } } });
  // @ts-expect-error an identifier is missing
  await client.GET('/v1/campaigns/{campaign_id}');
  // @ts-expect-error an answer without pages
  client.pages('/v1/overview');
  // @ts-expect-error as for GET
  client.pages('/v1/leads', { query: { engagment: 'opened' } });
  const { data } = await client.GET('/v1/campaigns');
  // @ts-expect-error there may be an error instead
  void data.data;
  // @ts-expect-error a figure that nobody counts
  void data?.data[0]?.openings;
};
