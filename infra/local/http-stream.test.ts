// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
// oxlint-disable-next-line import/no-named-as-default -- its types only know the default export
import middy from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startHttp, type Http } from './http.ts';
import { createInvoker, type Handler } from './invoke.ts';

const mebi = 1024 * 1024;
const chunk = Buffer.alloc(256 * 1024, 'a row of a fact table\n');

let http: Http;
let errors: string[] = [];
let produced = 0;
let stopped = 0;

const rows = async function* (total: number, fails = false): AsyncGenerator<Buffer> {
  try {
    for (let size = 0; size < total; size += chunk.length) {
      produced += chunk.length;
      yield chunk;
    }
    if (fails) throw new Error('the secret reason');
  } finally {
    stopped += 1;
  }
};

const never = async function* (): AsyncGenerator<Buffer> {
  yield chunk;
  await new Promise(() => {});
};

const headers = { 'content-type': 'text/csv', vary: 'accept' };

// As an endpoint does it: middy turns {statusCode, headers, body: Readable} into prelude and stream.
const endpoint = (body: () => Readable | string): Handler =>
  middy({ executionMode: executionModeStreamifyResponse })
    .onError((request) => {
      request.response = { statusCode: 422, headers: {}, body: 'handled' };
    })
    .handler(async () => ({
      statusCode: 200,
      headers,
      cookies: ['a=1', 'b=2'],
      body: body(),
    }));

type Write = (stream: awslambda.HttpResponseStream) => unknown;
const streaming = (write: Write): Handler =>
  awslambda.streamifyResponse(async (_event: unknown, stream) => {
    await write(stream);
  }) as unknown as Handler;

const withPrelude = (stream: awslambda.HttpResponseStream, prelude: object) =>
  awslambda.HttpResponseStream.from(stream, { ...prelude });

const handlers = {
  export: () => endpoint(() => Readable.from(rows(60 * mebi))),
  flood: () =>
    streaming(async (stream) => {
      // The control: writes without waiting for the reader.
      for await (const row of rows(60 * mebi)) stream.write(row);
      stream.end();
    }),
  endless: () => endpoint(() => Readable.from(rows(Number.POSITIVE_INFINITY))),
  midway: () => endpoint(() => Readable.from(rows(2 * mebi, true))),
  early: () => endpoint(() => Readable.from(rows(0, true))),
  thrown: () =>
    streaming(() => {
      throw new Error('the secret reason');
    }),
  caught: () =>
    endpoint(() => {
      throw new Error('the secret reason');
    }),
  late: () =>
    streaming((stream) => {
      stream.end('all of it');
      throw new Error('the secret reason');
    }),
  timeout: () => endpoint(() => Readable.from(never())),
  silent: () => streaming(() => new Promise(() => {})),
  stalled: () => streaming((stream) => withPrelude(stream, { statusCode: 200 }).write('')),
  empty: () => endpoint(() => ''),
  plain: () => streaming((stream) => stream.end('no prelude')),
  typed: () =>
    streaming((stream) => {
      stream.setContentType('text/plain');
      stream.write('typed');
      stream.end();
    }),
  split: () =>
    streaming(async (stream) => {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      for (const byte of Buffer.from('{"statusCode":201}\0\0\0\0\0\0\0\0body'))
        if (!stream.write(Buffer.from([byte]))) await once(stream, 'drain');
      stream.end();
    }),
  unreadable: () =>
    streaming((stream) => {
      withPrelude(stream, { statusCode: 'many' }).write('x');
      stream.end();
    }),
  unbounded: () =>
    streaming((stream) => {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      stream.end('x'.repeat(17 * 1024));
    }),
  over: () => endpoint(() => Readable.from(rows(201 * mebi))),
  buffered: () => async () => ({ statusCode: 202, body: 'whole' }),
} satisfies Record<string, () => Handler>;

type Name = keyof typeof handlers;
const names = Object.keys(handlers) as Name[];
const short = new Set<Name>(['timeout', 'silent', 'stalled']);

const { invoke, running } = createInvoker<Name>({
  root: '',
  functions: Object.fromEntries(
    names.map((name) => [
      name,
      { handler: name, memoryMb: 128, timeoutSeconds: short.has(name) ? 0.2 : 60 },
    ]),
  ) as Record<Name, { handler: string; memoryMb: number; timeoutSeconds: number }>,
  load: async ({ handler }) => handlers[handler as Name](),
});

beforeAll(async () => {
  http = await startHttp({
    port: 0,
    onError: (line) => errors.push(line),
    integrationTimeoutMs: 100,
    authorize: async (authorization) =>
      authorization === 'Bearer good' ? { claims: { sub: 'u1' }, scopes: null } : undefined,
    cors: {
      origins: ['https://app.test'],
      methods: ['GET'],
      headers: ['authorization'],
      exposed: [],
      maxAgeSeconds: 600,
    },
    routes: [
      ...names.map((name) => ({
        method: 'GET',
        path: `/${name}`,
        auth: 'public' as const,
        streaming: true,
        invoke: (event: unknown) => invoke(name, event),
      })),
      { method: 'GET', path: '/unmarked', auth: 'public', invoke: (e) => invoke('empty', e) },
      {
        method: 'GET',
        path: '/secret',
        auth: 'jwt',
        streaming: true,
        invoke: (e) => invoke('empty', e),
      },
      {
        method: 'ANY',
        path: '$default',
        auth: 'public',
        streaming: true,
        invoke: (e) => invoke('empty', e),
      },
    ],
  });
});

afterAll(() => http.stop());

beforeEach(() => {
  errors = [];
  produced = 0;
  stopped = 0;
});

const get = (path: string, init?: RequestInit) => fetch(`${http.url}${path}`, init);

// A client that reads only when it is told to.
const open = async (path: string): Promise<IncomingMessage> => {
  const asked = request(`${http.url}${path}`).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
};

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await turn();
};

// The producer is at rest when many turns of the loop, with the network's in them, bring nothing new.
const atRest = async (): Promise<number> => {
  for (let still = 0, before = -1; still < 2_000; still += 1, await turn())
    if (produced !== before) [before, still] = [produced, 0];
  return produced;
};

const read = async (response: IncomingMessage): Promise<{ size: number; broken: boolean }> => {
  let size = 0;
  try {
    for await (const part of response) size += (part as Buffer).length;
  } catch {
    return { size, broken: true };
  }
  return { size, broken: !response.complete };
};

test('the producer waits while the client does not read, and all 60 MB arrive when it does', async () => {
  const response = await open('/export');
  const ahead = await atRest();
  const whole = await read(response);

  // What the sockets of this machine hold, and no more.
  expect(ahead).toBeLessThan(30 * mebi);
  expect(whole).toEqual({ size: 60 * mebi, broken: false });
  expect(errors).toEqual([]);
});

test('a handler that ignores the back-pressure runs ahead: what the test above would notice', async () => {
  const response = await open('/flood');

  expect(await atRest()).toBe(60 * mebi);
  expect(await read(response)).toEqual({ size: 60 * mebi, broken: false });
});

test('status, headers and cookies come from the prelude, the gateway adds its own', async () => {
  const response = await get('/empty', { headers: { origin: 'https://app.test' } });

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/csv');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(response.headers.get('apigw-requestid')).toMatch(/=$/);
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.test');
  expect(response.headers.get('vary')).toBe('accept, origin');
  expect(await response.text()).toBe('');
});

test.each([
  ['/plain', 200, 'application/octet-stream', 'no prelude'],
  ['/typed', 200, 'text/plain', 'typed'],
  ['/split', 201, null, 'body'],
  ['/buffered', 202, 'text/plain;charset=UTF-8', 'whole'],
  ['/caught', 422, null, 'handled'],
])('%s answers %i of type %s', async (path, status, type, body) => {
  const response = await get(path);

  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    status,
    type,
    body,
  ]);
});

test('a client that hangs up stops the producer and is no error', async () => {
  const response = await open('/endless');
  await once(response, 'data');
  response.destroy();
  await until(() => stopped === 1 && running() === 0);
  const after = produced;

  expect(await atRest()).toBe(after);
  expect(errors).toEqual([]);
});

test.each(['/early', '/thrown', '/silent', '/unreadable', '/unbounded', '/stalled'])(
  '%s fails before its first byte: a 500 that says nothing else',
  async (path) => {
    const response = await get(path, { headers: { origin: 'https://app.test' } });

    expect([response.status, await response.json()]).toEqual([
      500,
      { message: 'Internal Server Error' },
    ]);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.test');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(errors).toHaveLength(1);
  },
);

test.each([
  ['/midway', 'the secret reason'],
  ['/timeout', 'timed out'],
  ['/over', 'over 200 MB'],
])('%s fails after its first byte: the answer breaks off', async (path, reason) => {
  const response = await open(path);
  const { size, broken } = await read(response);

  expect([response.statusCode, broken, size <= 200 * mebi]).toEqual([200, true, true]);
  expect(errors).toEqual([expect.stringContaining(reason)]);
});

test('a handler that fails after it ended its stream leaves no client with a clean end', async () => {
  await expect(get('/late').then((response) => response.text())).rejects.toThrow(
    /^(fetch failed|terminated)$/,
  );
  expect(errors).toEqual([expect.stringContaining('the secret reason')]);
});

test('a function that times out is broken off though its client does not read', async () => {
  const response = await open('/timeout');
  response.on('error', () => {});
  await until(() => errors.length > 0);

  expect(errors).toEqual([expect.stringContaining('timed out')]);
  expect(running()).toBe(0);
});

test('a function that streams on a route that does not is a 500 that says what to do', async () => {
  const response = await get('/unmarked');

  expect(response.status).toBe(500);
  expect(errors).toEqual([expect.stringContaining('not marked as streaming')]);
});

test('tokens and preflights are checked before a streaming function runs', async () => {
  const refused = await get('/secret');
  const allowed = await get('/secret', { headers: { authorization: 'Bearer good' } });
  const preflight = await get('/secret', {
    method: 'OPTIONS',
    headers: { origin: 'https://app.test', 'access-control-request-method': 'GET' },
  });

  expect([refused.status, allowed.status, preflight.status]).toEqual([401, 200, 204]);
});

test('a HEAD answer has the headers of the stream and no body', async () => {
  const response = await get('/anything', { method: 'HEAD' });

  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv']);
});
