import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startHttp, type Http } from './http.ts';

let http: Http;
let seen: APIGatewayProxyEventV2[] = [];

const invoke = async (event: unknown): Promise<unknown> => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the adapter makes events of this type only
  seen.push(event as APIGatewayProxyEventV2);
  return { statusCode: 200, headers: { 'x-answer': 'yes' }, body: 'found' };
};

beforeAll(async () => {
  http = await startHttp({
    port: 0,
    onError: () => {},
    cors: { origins: ['*'], methods: ['GET'], headers: [], exposed: [], maxAgeSeconds: 60 },
    routes: [
      { method: 'ANY', path: '$default', auth: 'public', invoke },
      { method: 'GET', path: '/v1/things/{id}', auth: 'public', invoke },
    ],
  });
});

afterAll(() => http.stop());

beforeEach(() => {
  seen = [];
});

test.each([
  ['GET', '/nowhere'],
  ['DELETE', '/v1/things/7'],
  ['PATCH', '/v1/things/7/more'],
  ['HEAD', '/v1/things/7'],
  ['OPTIONS', '/v1/things/7'],
  ['POST', '/'],
])('what no route answers goes to $default: %s %s', async (method, path) => {
  const response = await fetch(`${http.url}${path}?a=1`, { method });

  expect([response.status, response.headers.get('x-answer')]).toEqual([200, 'yes']);
  expect(await response.text()).toBe(method === 'HEAD' ? '' : 'found');
  expect(seen).toMatchObject([
    {
      routeKey: '$default',
      rawPath: path,
      rawQueryString: 'a=1',
      requestContext: { routeKey: '$default', stage: '$default', http: { method, path } },
    },
  ]);
  expect(seen[0]).not.toHaveProperty('pathParameters');
});

test('a route of its own is not left to $default, however late it was declared', async () => {
  await fetch(`${http.url}/v1/things/7`);

  expect(seen).toMatchObject([{ routeKey: 'GET /v1/things/{id}', pathParameters: { id: '7' } }]);
});

test('a preflight is answered by the gateway, not by $default', async () => {
  const response = await fetch(`${http.url}/nowhere`, {
    method: 'OPTIONS',
    headers: { origin: 'https://app.test', 'access-control-request-method': 'GET' },
  });

  expect([response.status, seen]).toEqual([204, []]);
});
