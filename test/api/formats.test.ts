import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '@rookery/http/api';
import { cacheControl, pathsOf } from '@rookery/http/contract';
import { columnsOf } from '@rookery/http/flatten';
import { contentTypes } from '@rookery/http/format';
import { lasting } from './leak.ts';
import { expectProblem } from './problem-check.ts';
import {
  callerOf,
  everyRead,
  examplesOf,
  explore,
  reads,
  still,
  targetOf,
  type Known,
  type Operation,
} from './questions.ts';
import { cell, csvRows, expectSameRows, ndjsonRows, type Row } from './rows-check.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api, type Caller } from './stack.ts';

const [{ tenant_id: tenantId, mark }] = tenants;

let api: Api;
let known: Known;

beforeAll(async () => {
  api = await openApi();
  await seed(api.desk, tenants[0]);
  known = await explore(api, tenantId);
});
afterAll(() => api.close());

const withRows = everyRead.filter(([, { endpoint }]) => endpoint.rows !== undefined);
const hasSuffixes = ({ endpoint }: Operation): boolean => pathsOf(endpoint).length > 1;
const isStreaming = ({ endpoint }: Operation): boolean => endpoint.streaming === true;

describe.each(withRows)('%s', (_, operation) => {
  const { endpoint } = operation;
  const columns = endpoint.rows === undefined ? [] : columnsOf(endpoint.rows);

  const read = async (accept: string, suffix = '', asTenant: string = tenantId) => {
    const [params] = known.paramsOf(endpoint);
    const answer = await api.ask(callerOf(endpoint, asTenant), {
      target: targetOf(endpoint, params, still(endpoint), suffix),
      headers: { accept },
    });
    return answer;
  };

  test('holds the same rows as CSV and NDJSON', async () => {
    const csv = await read('text/csv');
    const ndjson = await read('application/x-ndjson');
    expect([csv.status, csv.headers['content-type']]).toEqual([200, contentTypes.csv]);
    expect([ndjson.status, ndjson.headers['content-type']]).toEqual([200, contentTypes.ndjson]);
    const rows = ndjsonRows(ndjson.text);
    expect(rows.length).toBeGreaterThan(0);
    expectSameRows(csv.text, rows, columns);
  });

  // The suffix wins over Accept.
  test.runIf(hasSuffixes(operation))('comes as its suffix says, whatever Accept says', async () => {
    const { text: csv } = await read('text/csv');
    const { text: ndjson } = await read('application/x-ndjson');
    expect((await read('application/x-ndjson', '.csv')).text).toBe(csv);
    expect((await read('text/html', '.ndjson')).text).toBe(ndjson);
  });

  test.skipIf(isStreaming(operation))('holds the same rows as JSON', async () => {
    const rows = ndjsonRows((await read('application/x-ndjson')).text);
    for (const json of [
      await read('application/json'),
      ...(hasSuffixes(operation) ? [await read('text/csv', '.json')] : []),
    ]) {
      expect([json.status, json.headers['content-type']]).toEqual([200, contentTypes.json]);
      expect((JSON.parse(json.text) as { data: unknown }).data).toEqual(rows);
    }
  });

  test('has the same columns in CSV for a tenant without anything', async () => {
    const empty = await read('text/csv', '', 'a tenant nobody has heard of');
    if (empty.status === 404) return;
    expect(empty.status).toBe(200);
    expect(csvRows(empty.text)[0]).toEqual(columns);
    expect(columns.length).toBeGreaterThan(0);
    expect(empty.text).not.toContain(mark);
  });
});

test.each(everyRead)(
  '%s answers each of its examples, and as its contract says',
  async (_, operation) => {
    const { endpoint } = operation;
    for (const { title, params, query } of examplesOf(endpoint, known)) {
      const target = targetOf(endpoint, params, query);
      const { status, text, headers } = await api.ask(callerOf(endpoint, tenantId), { target });
      expect([title, target, status]).toEqual([title, target, 200]);
      expect(headers['cache-control']).toBe(cacheControl[endpoint.cache]);
      const bodies: unknown[] = isStreaming(operation) ? ndjsonRows(text) : [JSON.parse(text)];
      for (const body of bodies) expect(endpoint.response.parse(body)).toEqual(body);
    }
  },
);

test.each(everyRead)(
  '%s answers as its contract says for everything it can be asked about',
  async (_, operation) => {
    const { endpoint } = operation;
    for (const params of known.paramsOf(endpoint).slice(0, 10)) {
      const target = targetOf(endpoint, params, { ...still(endpoint) });
      const { status, text } = await api.ask(callerOf(endpoint, tenantId), { target });
      expect([target, status]).toEqual([target, 200]);
      const bodies: unknown[] = isStreaming(operation) ? ndjsonRows(text) : [JSON.parse(text)];
      for (const body of bodies) expect(endpoint.response.parse(body)).toEqual(body);
    }
  },
);

test.each(everyRead)(
  '%s says how fresh it is, in headers and in the body alike',
  async (_, operation) => {
    const { endpoint } = operation;
    const target = targetOf(endpoint, known.paramsOf(endpoint)[0]);
    const before = Date.now() - 1_000;
    const { text, headers } = await api.ask(callerOf(endpoint, tenantId), { target });
    const asOf = headers['rookery-as-of'];
    const completeThrough = headers['rookery-complete-through'];
    expect(Date.parse(String(asOf))).toBeGreaterThan(before);
    // A sealed file is of the audit, which no aggregation makes complete.
    const isSealed = headers['repr-digest'] !== undefined;
    expect(completeThrough === undefined).toBe(isSealed);
    expect(Date.parse(String(completeThrough ?? asOf))).toBeLessThanOrEqual(
      Date.parse(String(asOf)),
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(String(headers['vary']).toLowerCase()).toContain('authorization');
    if (isStreaming(operation)) return;
    expect(JSON.parse(text)).toMatchObject({ as_of: asOf, complete_through: completeThrough });
  },
);

test.each(everyRead)(
  '%s comes packed where the caller takes it, and says the same',
  async (_, operation) => {
    const { endpoint } = operation;
    const ask = (encoding: string) =>
      api.ask(callerOf(endpoint, tenantId), {
        target: targetOf(endpoint, known.paramsOf(endpoint)[0], still(endpoint)),
        headers: { 'accept-encoding': encoding },
      });
    const plain = await ask('identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    for (const encoding of isStreaming(operation) ? ['gzip'] : ['gzip', 'br']) {
      const packed = await ask(encoding);
      // The digest of a sealed file is of the bytes as they are sent.
      const isSealed = plain.headers['repr-digest'] !== undefined;
      const isPacked = !isSealed && (isStreaming(operation) || plain.bytes.length >= 1_024);
      expect(packed.headers['content-encoding']).toBe(isPacked ? encoding : undefined);
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length + 64);
      expect(lasting({ ...packed, headers: {} })).toEqual(lasting({ ...plain, headers: {} }));
      expect(String(packed.headers['vary']).toLowerCase()).toContain('accept-encoding');
    }
  },
);

test.each(everyRead)(
  '%s takes the methods of its path alone, and says so',
  async (_, { endpoint }) => {
    const methods = operations
      .filter((each) => each.endpoint.path === endpoint.path)
      .map((each) => each.endpoint.method)
      .toSorted();
    const target = targetOf(endpoint, known.paramsOf(endpoint)[0]);
    for (const method of ['HEAD', 'OPTIONS', 'POST', 'DELETE']) {
      if (methods.some((known) => known === method)) continue;
      const answer = await api.ask(callerOf(endpoint, tenantId), { method, target });
      expect([method, answer.status, answer.headers['allow']]).toEqual([
        method,
        405,
        methods.join(', '),
      ]);
      expectProblem(answer, method === 'HEAD');
    }
  },
);

test.each(everyRead)(
  '%s gives the id of a request back where it is fit for a log, else one of its own',
  async (_, { endpoint }) => {
    const target = targetOf(endpoint, known.paramsOf(endpoint)[0]);
    const idOf = async (caller: Caller, given: string): Promise<string> => {
      const { headers } = await api.ask(caller, { target, headers: { 'x-request-id': given } });
      return String(headers['x-request-id']);
    };
    const right = callerOf(endpoint, tenantId);
    expect(await idOf(right, 'trace-7f.3:a/b+c=')).toBe('trace-7f.3:a/b+c=');
    for (const unfit of ['a b', '<b>', '"', 'x'.repeat(129)]) {
      const made = await idOf(right, unfit);
      expect(made).not.toBe(unfit);
      expect(made).toMatch(/^[\w.:/+=-]{1,128}$/);
    }
  },
);

test('what a list names can be asked for by itself', async () => {
  const pairs = reads.flatMap((list) =>
    reads
      .filter(
        ({ endpoint }) =>
          endpoint.path.startsWith(`${list.endpoint.path}/{`) && endpoint.path.endsWith('}'),
      )
      .map((one) => [list.endpoint, one.endpoint] as const),
  );
  expect(pairs.length).toBeGreaterThan(2);
  for (const [list, one] of pairs) {
    const caller = callerOf(list, tenantId);
    const { text } = await api.ask(caller, { target: targetOf(list, {}, { limit: '500' }) });
    const rows = (JSON.parse(text) as { data: Row[] }).data;
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      const params = Object.fromEntries(
        Object.keys(one.params.shape).map((name) => [name, cell(row[name] ?? row['id'])]),
      );
      const target = targetOf(one, params);
      expect([target, (await api.ask(caller, { target })).status]).toEqual([target, 200]);
    }
  }
});

test('every operation is of this battery', () => {
  expect(reads.length).toBeGreaterThanOrEqual(36);
  expect(api.faults).toEqual([]);
});
