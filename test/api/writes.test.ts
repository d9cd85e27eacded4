import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { streamNames } from '@rookery/http/streams/names';
import { streamItems } from '@rookery/http/streams/streams';
import { operations } from '@rookery/http/api';
import type { Endpoint } from '@rookery/http/contract';
import { roles } from '@rookery/http/identity';
import { openDb, type Db } from '@rookery/db/pool';
import { addApiKey } from '@rookery/lambda/api-key.sql';
import { newApiKey, summed } from '@rookery/lambda/api-key';
import { takeMessage } from '@rookery/monitoring/ingest/work';
import { deep, depth } from '../world/depth.ts';
import { hostileBodiesTo } from './hostile-bodies.ts';
import { hostileTo, type Hostile } from './hostile.ts';
import { marksIn } from './leak.ts';
import { expectProblem } from './problem-check.ts';
import { callerOf, everyWrite, explore, targetOf } from './questions.ts';
import { itemsFor } from './seed-monitoring.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api } from './stack.ts';
import { spread, wishesOf, wishWire } from './wishes.ts';
import type { Answer, Wire } from './wire.ts';

const [own, other] = tenants;
const json = { 'content-type': 'application/json' };

let api: Api;
let ingest: Db;
let known: Awaited<ReturnType<typeof explore>>;

beforeAll(async () => {
  api = await openApi();
  for (const each of [own, other]) await seed(api.desk, each);
  known = await explore(api, own.tenant_id);
  ingest = openDb({ url: api.world.url('rookery_ingest'), proxyPort: api.world.proxyPort });
});
afterAll(async () => {
  await ingest.close();
  await api.close();
});

// Takes what the door has queued, as the worker does; how many items of each tenant there were.
const work = async (): Promise<Record<string, number>> => {
  const count: Record<string, number> = {};
  for (const message of await api.drain()) {
    await takeMessage(streamItems, { ingest, now: new Date(), healed: () => {} }, message);
    count[message.tenant_id] = (count[message.tenant_id] ?? 0) + message.items.length;
  }
  // Events of the door are for the sinks, each message of one tenant.
  for (const body of await api.drainEvents()) {
    expect(marksIn({ text: body, headers: {} }, [other.mark])).toEqual([]);
    count[own.tenant_id] = (count[own.tenant_id] ?? 0) + 1;
  }
  return count;
};

// Hostile bodies where there is one, else a hostile path and query.
const hostilesTo = (endpoint: Endpoint): fc.Arbitrary<Hostile> => {
  const tenantId = own.tenant_id;
  const wishes = wishesOf(endpoint, known);
  if (endpoint.body !== undefined)
    return hostileBodiesTo(endpoint, { tenantId, wishes: spread(endpoint, wishes, known) });
  const params = wishes.map((each) => each.params);
  return hostileTo(endpoint, { tenantId, params, cursors: [], pages: [] });
};

// Checks the answer to a hostile request; whether it is a refusal.
const isRefused = async ({ response }: Endpoint, hostile: Hostile): Promise<boolean> => {
  const { what, caller, wish, refused } = hostile;
  const answer = await api.ask(caller, wish);
  const { status, text } = answer;
  expect([what, status < 500]).toEqual([what, true]);
  expect([what, status >= (refused ? 400 : 200)]).toEqual([what, true]);
  expect(marksIn(answer, [other.mark])).toEqual([]);
  if (status < 400) expect(response.parse(JSON.parse(text))).toEqual(JSON.parse(text));
  // The gateway has words of its own for tokens, and for what is too long for a header.
  else if (status !== 431 && text !== '{"message":"Unauthorized"}')
    expectProblem(answer, wish.method === 'HEAD');
  return status >= 400;
};

describe.each(everyWrite)('%s', (_, { endpoint }) => {
  const success = endpoint.status ?? 200;

  test('answers each of its examples as its contract says, and is never stored', async () => {
    const wishes = wishesOf(endpoint, known);
    for (const each of wishes) {
      const wish = wishWire(endpoint, each);
      const { status, text, headers } = await api.ask(callerOf(endpoint, own.tenant_id), wish);
      expect([each.title, status, text.slice(0, 0)]).toEqual([each.title, success, '']);
      expect(endpoint.response.parse(JSON.parse(text))).toEqual(JSON.parse(text));
      expect([headers['cache-control'], headers.etag]).toEqual(['no-store', undefined]);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(Number(headers['ratelimit-remaining'])).toBeGreaterThanOrEqual(0);
    }
    expect(wishes.length).toBeGreaterThan(0);
  });

  test('takes the methods of its path alone, and says so', async () => {
    const { params } = wishesOf(endpoint, known)[0]!;
    const methods = operations
      .filter((each) => each.endpoint.path === endpoint.path)
      .map((each) => each.endpoint.method);
    for (const method of ['PUT', 'DELETE', 'OPTIONS']) {
      if (methods.some((known) => known === method)) continue;
      const target = targetOf(endpoint, params);
      const answer = await api.ask(callerOf(endpoint, own.tenant_id), { method, target });
      expect([answer.status, answer.headers['allow']]).toEqual([
        405,
        methods.toSorted().join(', '),
      ]);
      expectProblem(answer);
    }
  });

  test('is for its roles alone, and others change nothing', async () => {
    const wish = wishWire(endpoint, wishesOf(endpoint, known)[0]!);
    await work();
    for (const role of roles.filter((each) => !endpoint.roles.includes(each))) {
      const answer = await api.ask({ tenantId: own.tenant_id, role }, wish);
      expect([role, answer.status]).toEqual([role, 403]);
      expectProblem(answer);
    }
    expect(await work()).toEqual({});
  });

  test(
    'answers whatever is wrong with a request by a problem of the contract or a verdict, never by a fault of ours',
    async () => {
      const seen = new Set<string>();
      let problems = 0;
      await fc.assert(
        fc.asyncProperty(hostilesTo(endpoint), async (each) => {
          seen.add(each.what);
          if (await isRefused(endpoint, each)) problems += 1;
        }),
        { numRuns: depth(60, 800) },
      );
      // What the door takes of all that, the worker takes as well.
      expect(Object.keys(await work())).not.toContain(other.tenant_id);
      expect(api.faults).toEqual([]);
      expect(seen.size).toBeGreaterThan(8);
      expect(problems).toBeGreaterThan(depth(16, 500));
      // What has no body is refused whatever is sent, once it is deleted; a short run may not meet what is taken.
      const taken = endpoint.body !== undefined && deep ? 1 : 0;
      expect(problems).toBeLessThanOrEqual(depth(60, 800) - taken);
    },
    depth(60_000, 300_000),
  );
});

const door = (stream: string, items: readonly object[], headers: Wire['headers'] = {}): Wire => ({
  method: 'POST',
  target: `/v1/ingest/${stream}`,
  headers: { ...json, ...headers },
  body: JSON.stringify({ items }),
});
const admin = { tenantId: own.tenant_id, role: 'tenant-admin' } as const;

const keyOf = async (tenantId: string): Promise<string> => {
  const { id, text, hash } = newApiKey(tenantId);
  await api.world.ops.query(addApiKey, {
    tenantId,
    id,
    name: 'collector',
    keyHash: hash,
    scopes: [...streamNames],
    createdBy: 'test',
    now: new Date(),
    expiresAt: null,
  });
  return text;
};

const errorsOf = async (tenantId: string): Promise<string> =>
  (await api.ask({ tenantId, role: 'operator' }, { target: '/v1/monitoring/errors/top?limit=500' }))
    .text;

const fault = (error_type: string): object => ({
  occurred_at: new Date().toISOString(),
  error_type,
  message: 'It broke',
});

test('no header, item or key brings an item into another tenant', async () => {
  await work();
  const mine = await keyOf(own.tenant_id);
  const prefix = `rk_${Buffer.from(other.tenant_id).toString('base64url')}`;
  const tricks: [Wire['headers'], number][] = [
    [{ 'x-tenant-id': other.tenant_id }, 202],
    [{ cookie: `tenant_id=${other.tenant_id}` }, 202],
    [{ 'x-amzn-oidc-identity': other.tenant_id }, 202],
  ];
  for (const [headers, status] of tricks) {
    expect((await api.ask(admin, door('errors', [fault('Mine')], headers))).status).toBe(status);
    const keyed = door('errors', [fault('Mine')], { ...headers, 'x-api-key': mine });
    expect((await api.ask(undefined, keyed)).status).toBe(status);
  }
  const forged = door('errors', [fault('Mine')], {
    'x-api-key': summed(mine.replace(/^rk_[^.]+/, prefix).slice(0, -6)),
  });
  expect((await api.ask(undefined, forged)).status).toBe(401);
  const named = [{ ...fault('Mine'), tenant_id: other.tenant_id }];
  const answer = await api.ask(admin, door('errors', named));
  expect(JSON.parse(answer.text)).toMatchObject({ accepted: 0, rejected: 1 });

  expect(await work()).toEqual({ [own.tenant_id]: 6 });
  expect(await errorsOf(own.tenant_id)).toContain('"Mine"');
  expect(await errorsOf(other.tenant_id)).not.toContain('"Mine"');
});

test('a key of a request is of its tenant alone: another may use the same for something else', async () => {
  const headers = { 'idempotency-key': 'first-of-the-day' };
  const ask = (tenantId: string, type: string): Promise<Answer> =>
    api.ask({ tenantId, role: 'tenant-admin' }, door('errors', [fault(type)], headers));
  const [first, second] = [await ask(own.tenant_id, 'Ours'), await ask(other.tenant_id, 'Theirs')];
  const again = await ask(own.tenant_id, 'Another');

  expect([first.status, second.status, again.status]).toEqual([202, 202, 422]);
  expect(second.headers['idempotency-replayed']).toBeUndefined();
  expectProblem(again);
});

test('every stream comes in through the door: each item of the seed is accepted, and the worker writes it', async () => {
  await work();
  const at = [new Date(Date.now() - 3_600_000).toISOString()];
  let sent = 0;
  for (const [stream, items] of Object.entries(itemsFor('~new', at))) {
    const known = items.map((item) =>
      'integration_id' in item ? { ...item, integration_id: 'stripe' } : item,
    );
    const answer = await api.ask(admin, door(stream, known));
    expect([stream, JSON.parse(answer.text)]).toMatchObject([
      stream,
      { accepted: items.length, rejected: 0 },
    ]);
    sent += items.length;
  }
  expect(await work()).toEqual({ [own.tenant_id]: sent });
  expect(await errorsOf(own.tenant_id)).toContain('=Own~new');
});
