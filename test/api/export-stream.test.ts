import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '@rookery/http/contract';
import { ask as rowsOf } from '../scenarios/ask.ts';
import { bulk, ndjson, printOf, stored, streaming, tableOf, whole } from './export-rows.ts';
import { callerOf, targetOf, type Values } from './questions.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api } from './stack.ts';

const [own] = tenants;
const [[, { endpoint }]] = streaming as unknown as [(typeof streaming)[number]];
const tenantId = 'large';
// Some 8 MB: more than sockets and streams hold between them.
const large = 25_000;

let api: Api;
let table: string;

beforeAll(async () => {
  api = await openApi();
  await seed(api.desk, own);
  await bulk(api.world.admin, endpoint, tenantId, own.tenant_id, large);
  table = await tableOf(api.world.admin, endpoint);
});
afterAll(() => api.close());

const openReads = async (): Promise<number[]> => {
  const rows = await rowsOf<{ pid: number }>(
    api.world.admin,
    `select pid from pg_stat_activity
     where datname = current_database() and usename = 'rookery_api' and xact_start is not null`,
  );
  return rows.map(({ pid }) => pid);
};

const begun = async (
  endpoint: Endpoint,
  tenantId: string,
  headers: Values = {},
): Promise<IncomingMessage> => {
  const response = await api.open(callerOf(endpoint, tenantId), {
    target: targetOf(endpoint, {}, whole),
    headers,
  });
  expect(response.statusCode).toBe(200);
  // Its head is here and nobody reads on: the rows do not fit between, so the transaction is open.
  expect((await openReads()).length).toBe(1);
  return response;
};

const rest = async (stream: NodeJS.ReadableStream): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
};

test('it is one snapshot, whatever changes behind it', async () => {
  const before = await stored(api.world.admin, endpoint, tenantId, whole);
  const response = await begun(endpoint, tenantId);
  await api.world.admin.script(`
    update ${table} set sent = sent + 1000 where tenant_id = 'large';
    delete from ${table} where tenant_id = 'large' and campaign_id like '%7';
    insert into ${table} (tenant_id, day, campaign_id, company_id) select 'large', day, campaign_id || '-new', company_id
    from ${table} where tenant_id = 'large'`);
  expect((await openReads()).length).toBe(1);

  const exported = ndjson(await rest(response));

  expect([exported.length, printOf(exported)]).toEqual([large, printOf(before)]);
  // Control: whoever looks again sees the changes.
  const again = await api.ask(callerOf(endpoint, tenantId), {
    target: targetOf(endpoint, {}, whole),
  });
  const after = ndjson(again.text);
  expect(after.length).not.toBe(large);
  expect(printOf(after)).not.toBe(printOf(before));
});

test('a caller that hangs up frees the connection, more often than there are connections', async () => {
  for (let i = 0; i < 5; i += 1) {
    const response = await begun(
      endpoint,
      tenantId,
      i % 2 === 0 ? {} : { 'accept-encoding': 'gzip' },
    );
    response.destroy();
    await expect.poll(openReads, { timeout: 15_000, interval: 20 }).toEqual([]);
  }
  const next = await api.ask(callerOf(endpoint, own.tenant_id), {
    target: targetOf(endpoint, {}, whole),
  });
  expect(next.status).toBe(200);
});

test.each([
  ['plain', {}],
  ['packed', { 'accept-encoding': 'gzip' }],
] as const)(
  'a database that fails in the middle breaks the connection: nobody takes a part for the whole (%s)',
  async (how, headers) => {
    const response = await begun(endpoint, tenantId, headers);
    const [pid] = await openReads();
    await api.world.admin.script(`select pg_terminate_backend(${pid})`);
    let bytes = 0;
    response.on('data', (chunk: Buffer) => (bytes += chunk.length));
    const [error] = (await once(response, 'error').catch((thrown: unknown) => [thrown])) as [Error];

    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect([how, response.complete]).toEqual([how, false]);
    expect(bytes).toBeGreaterThan(0);
    const next = await api.ask(callerOf(endpoint, own.tenant_id), {
      target: targetOf(endpoint, {}, whole),
    });
    expect(next.status).toBe(200);
    await expect.poll(openReads, { timeout: 15_000, interval: 20 }).toEqual([]);
  },
);

test('control: an export that is not disturbed ends whole, plain and packed', async () => {
  const prints: string[] = [];
  for (const headers of [{}, { 'accept-encoding': 'gzip' }]) {
    const response = await begun(endpoint, tenantId, headers);
    const packed = response.headers['content-encoding'] === 'gzip';
    const text = await rest(packed ? response.pipe(createGunzip()) : response);
    expect(response.complete).toBe(true);
    prints.push(createHash('sha256').update(text).digest('hex'));
    expect(ndjson(text).length).toBeGreaterThan(large / 2);
  }
  expect(new Set(prints).size).toBe(1);
});
