// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import { request } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commonLogTime } from './http-event.ts';
import { chooseRoute } from './http-route.ts';
import { startHttp, type Http } from './http.ts';

let http: Http;
let seen: APIGatewayProxyEventV2 | undefined;
let invoked = 0;

const echo = async (event: unknown): Promise<unknown> => {
  invoked += 1;
  seen = event as APIGatewayProxyEventV2;
  return { statusCode: 200, body: 'ok' };
};

const route = (
  method: string,
  path: string,
  invoke: (event: unknown) => Promise<unknown> = echo,
  auth: 'public' | 'jwt' = 'public',
) => ({ method, path, invoke, auth });

beforeAll(async () => {
  http = await startHttp({
    port: 0,
    onError: () => {},
    integrationTimeoutMs: 200,
    cors: {
      origins: ['https://app.test'],
      methods: ['GET'],
      headers: ['authorization'],
      exposed: ['etag'],
      maxAgeSeconds: 600,
    },
    authorize: async (authorization) =>
      authorization === 'Bearer good'
        ? { claims: { sub: 'u1', exp: '1795224188' }, scopes: ['analytics:read'] }
        : undefined,
    routes: [
      route('ANY', '/v1/echo'),
      route('GET', '/v1/campaigns/{id}'),
      route('GET', '/v1/secret', echo, 'jwt'),
      route('GET', '/boom', async () => {
        throw new Error('the secret reason');
      }),
      route('GET', '/malformed', async () => ({ statusCode: 'many' })),
      route('GET', '/plain', async () => ({ answer: 42 })),
      route('GET', '/slow', () => new Promise((resolve) => setTimeout(resolve, 5_000).unref())),
      route('GET', '/bytes', async () => ({
        statusCode: 200,
        headers: { 'content-type': 'image/png' },
        body: 'AQL/',
        isBase64Encoded: true,
      })),
      route('GET', '/cookies', async () => ({
        statusCode: 200,
        cookies: ['a=1', 'b=2'],
        body: '',
      })),
      route('GET', '/huge', async () => ({
        statusCode: 200,
        body: 'x'.repeat(6 * 1024 * 1024 + 1),
      })),
    ],
  });
});

afterAll(() => http.stop());

const get = (path: string, init?: RequestInit) => fetch(`${http.url}${path}`, init);

// fetch normalises paths and joins headers itself: this sends exactly what is given.
const raw = (path: string, headers: Record<string, string | string[]>): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(http.url);
    request({ hostname, port, path, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', reject)
      .end();
  });

const routes = [
  { method: 'GET', path: '/a/b' },
  { method: 'GET', path: '/a/{id}' },
  { method: 'ANY', path: '/a/b' },
  { method: 'GET', path: '/a/{rest+}' },
  { method: 'ANY', path: '$default' },
];

test.each([
  ['GET', '/a/b', 'GET /a/b', {}],
  ['POST', '/a/b', 'ANY /a/b', {}],
  ['GET', '/a/c%201', 'GET /a/{id}', { id: 'c 1' }],
  ['GET', '/a/b/c%2Fd', 'GET /a/{rest+}', { rest: 'b/c/d' }],
  ['GET', '/b', '$default', {}],
  ['HEAD', '/a/x', '$default', {}],
  ['OPTIONS', '/a/x', '$default', {}],
  ['HEAD', '/a/b', 'ANY /a/b', {}],
])('rule 1: %s %s goes to %s', (method, path, routeKey, parameters) => {
  expect(chooseRoute(routes, method, path)?.match).toEqual({ routeKey, parameters });
});

test('rule 1: HEAD is a method of its own, which no GET route answers', () => {
  const read = [{ method: 'GET', path: '/a' }];
  const both = [...read, { method: 'HEAD', path: '/a' }];

  expect(chooseRoute(read, 'HEAD', '/a')).toBeUndefined();
  expect(chooseRoute(both, 'HEAD', '/a')?.match.routeKey).toBe('HEAD /a');
});

test('rule 1: an unknown route is a 404 and no function runs', async () => {
  const before = invoked;
  const response = await get('/nowhere');

  expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  expect(invoked).toBe(before);
});

test('rules 2 to 5 and 12: the event is that of payload format 2.0', async () => {
  await raw('/v1/campaigns/c%201?a=1&a=2&b=x%20y', {
    'X-A': ['1', '2'],
    cookie: 'k=v; z=1',
    'user-agent': 'test',
  });

  expect(seen).toEqual({
    version: '2.0',
    routeKey: 'GET /v1/campaigns/{id}',
    rawPath: '/v1/campaigns/c%201',
    rawQueryString: 'a=1&a=2&b=x%20y',
    cookies: ['k=v', 'z=1'],
    headers: {
      host: new URL(http.url).host,
      'x-a': '1, 2',
      'user-agent': 'test',
      connection: 'keep-alive',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': new URL(http.url).port,
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    },
    queryStringParameters: { a: '1,2', b: 'x y' },
    pathParameters: { id: 'c 1' },
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: new URL(http.url).host,
      domainPrefix: '127',
      http: {
        method: 'GET',
        path: '/v1/campaigns/c%201',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      requestId: expect.any(String),
      routeKey: 'GET /v1/campaigns/{id}',
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
  });
});

test('rule 5: what is absent is left out, not null', async () => {
  await get('/v1/echo');

  expect(Object.keys(seen ?? {}).sort()).toEqual(
    [
      'headers',
      'isBase64Encoded',
      'rawPath',
      'rawQueryString',
      'requestContext',
      'routeKey',
      'version',
    ].sort(),
  );
  expect(seen?.requestContext).not.toHaveProperty('authorizer');
});

test.each([
  ['application/json', '{"a":"é"}', '{"a":"é"}', false],
  ['application/problem+json; charset=utf-8', '{}', '{}', false],
  ['text/csv', 'a;b', 'a;b', false],
  ['application/octet-stream', '\u0001\u0002', 'AQI=', true],
])('rule 6: a body of %s arrives as %s -> %s', async (type, sent, body, isBase64Encoded) => {
  await get('/v1/echo', { method: 'POST', headers: { 'content-type': type }, body: sent });

  expect(seen).toMatchObject({ body, isBase64Encoded });
});

test('rule 6: a base64 answer arrives as bytes', async () => {
  const response = await get('/bytes');

  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 255]);
});

test('rule 7: without a good token the function is not called, with one it gets the claims as text', async () => {
  const before = invoked;
  const refused = await get('/v1/secret');

  expect([refused.status, await refused.json(), invoked]).toEqual([
    401,
    { message: 'Unauthorized' },
    before,
  ]);
  await get('/v1/secret', { headers: { authorization: 'Bearer good' } });
  expect(seen?.requestContext).toMatchObject({
    authorizer: { jwt: { claims: { sub: 'u1', exp: '1795224188' }, scopes: ['analytics:read'] } },
  });
});

test.each([
  ['/boom', 500, 'Internal Server Error'],
  ['/malformed', 500, 'Internal Server Error'],
  ['/huge', 500, 'Internal Server Error'],
  ['/slow', 503, 'Service Unavailable'],
])('rules 8 and 10: %s answers %i and says nothing else', async (path, status, message) => {
  const response = await get(path);

  expect([response.status, await response.json()]).toEqual([status, { message }]);
});

test('rule 9: a result without a status is the JSON body of a 200', async () => {
  const response = await get('/plain');

  expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
    200,
    'application/json',
    { answer: 42 },
  ]);
});

test.each([6 * 1024 * 1024, 10 * 1024 * 1024 + 1])(
  'rule 10: a body of %i bytes is a 413 and no function runs',
  async (size) => {
    const before = invoked;
    const response = await get('/v1/echo', { method: 'POST', body: 'x'.repeat(size) });

    expect([response.status, invoked]).toEqual([413, before]);
  },
);

test('rule 10: more than 10,240 bytes of headers are refused', async () => {
  expect(await raw('/v1/echo', { 'x-long': 'x'.repeat(10_300) })).toBe(431);
});

test('rule 11: the gateway answers a preflight itself and marks replies for its origins only', async () => {
  const before = invoked;
  const preflight = await get('/v1/echo', {
    method: 'OPTIONS',
    headers: { origin: 'https://app.test', 'access-control-request-method': 'GET' },
  });
  const ours = await get('/v1/echo', { headers: { origin: 'https://app.test' } });
  const foreign = await get('/v1/echo', { headers: { origin: 'https://evil.test' } });

  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-methods')).toBe('GET');
  expect(ours.headers.get('access-control-allow-origin')).toBe('https://app.test');
  expect(ours.headers.get('access-control-expose-headers')).toBe('etag');
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  expect(foreign.headers.get('access-control-expose-headers')).toBeNull();
  expect(invoked).toBe(before + 2);
});

test('rules 4 and 12: cookies become headers of their own, and every answer has its id', async () => {
  const response = await get('/cookies');

  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(response.headers.get('apigw-requestid')).toMatch(/=$/);
});

test('the API listens on 127.0.0.1 only', () => {
  expect(new URL(http.url).hostname).toBe('127.0.0.1');
});

test('times are written as API Gateway writes them', () => {
  expect(commonLogTime(new Date('2026-11-21T01:22:53.784Z'))).toBe('21/Nov/2026:01:22:53 +0000');
});
