// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import { randomBytes } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeAll, expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { apiFunction } from './api.ts';
import { mostBytes } from './pack.ts';

beforeAll(() => {
  process.env['LOG_LEVEL'] = 'SILENT';
});

const call = async (work: () => Promise<object>, headers: Record<string, string> = {}) => {
  const handler = apiFunction({ handle: async () => ({ status: 200, body: await work() }) });
  return handler(
    {
      headers: { 'x-forwarded-proto': 'https', ...headers },
      requestContext: { domainName: 'api.example.com' },
    } as unknown as APIGatewayProxyEventV2,
    { awsRequestId: 'r1' } as unknown as Context,
  );
};

const failing = async (error: unknown) => {
  const answer = await call(async () => {
    throw error;
  });
  return { ...answer, body: JSON.parse(answer.body ?? 'null') as unknown };
};

test('an answer is JSON that no browser takes for anything else', async () => {
  expect(await call(async () => ({ a: 1 }))).toMatchObject({
    statusCode: 200,
    headers: {
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'r1',
    },
    body: '{"a":1}',
  });
});

test.each([
  ['invalid', 400, 'request-malformed'],
  ['forbidden', 403, 'forbidden'],
  ['missing', 404, 'not-found'],
  ['conflict', 409, 'conflict'],
] as const)('a failure of kind %s is a %i that says what to do', async (kind, status, code) => {
  const answer = await failing(new Failure(kind, 'some-code', 'do this'));

  expect(answer.headers?.['content-type']).toBe('application/problem+json');
  expect(answer.statusCode).toBe(status);
  expect(answer.body).toMatchObject({
    type: `https://api.example.com/docs/errors/${code}`,
    status,
    detail: 'do this',
    code,
    request_id: 'r1',
  });
});

test.each([
  [new Failure('unavailable', 'database-unavailable', 'secret host'), 503],
  [new TypeError('secret bug'), 500],
])('%s shows no message', async (error, status) => {
  const answer = await failing(error);

  expect(answer.statusCode).toBe(status);
  expect(answer.body).toMatchObject({ status, request_id: 'r1' });
  expect(JSON.stringify(answer)).not.toMatch(/secret/);
});

test.each([
  ['the caller’s id comes back', 'my-id.1', 'my-id.1'],
  ['an id that does not fit a header is replaced', 'a\r\nset-cookie: b', 'r1'],
  ['an id that is too long is replaced', 'x'.repeat(129), 'r1'],
])('%s', async (_title, given, expected) => {
  const { headers } = await call(async () => ({}), { 'x-request-id': given });
  expect(headers?.['x-request-id']).toBe(expected);
});

const long = { text: 'rookery '.repeat(500) };

test.each([
  ['br', 'gzip, br', brotliDecompressSync],
  ['gzip', 'gzip;q=1, br;q=0.5', gunzipSync],
] as const)('a long answer is packed with %s for %s', async (encoding, accept, unpack) => {
  const answer = await call(async () => long, { 'accept-encoding': accept });

  expect(answer.headers?.['content-encoding']).toBe(encoding);
  expect(answer.isBase64Encoded).toBe(true);
  const bytes = Buffer.from(answer.body ?? '', 'base64');
  expect(JSON.parse(unpack(bytes).toString())).toEqual(long);
});

test.each([undefined, 'identity', 'br;q=0, gzip;q=0', 'zstd', ';;;,=', 'br;q=x'])(
  'a long answer stays as it is for %s',
  async (accept) => {
    const answer = await call(
      async () => long,
      accept === undefined ? {} : { 'accept-encoding': accept },
    );
    expect(answer.body).toBe(JSON.stringify(long));
  },
);

test('a short answer is not worth packing', async () => {
  const answer = await call(async () => ({ a: 1 }), { 'accept-encoding': 'br' });
  expect(answer.body).toBe('{"a":1}');
});

// What Lambda carries is the whole answer as JSON, in which a quotation mark of the body counts twice.
const carried = (answer: Awaited<ReturnType<typeof call>>) =>
  Buffer.byteLength(JSON.stringify(answer));
const lambdaLimit = 6 * 1_024 * 1_024;

// `{"text":"…"}` is 11 bytes and four more for its quotation marks, and two around it.
const overhead = 17;

test.each([
  ['letters', 'x', 1],
  ['letters of three bytes', '€', 3],
  ['quotation marks, of which each has a backslash before it', '"', 4],
  ['ends of lines', '\n', 3],
])('%s up to the limit are answered, and one more is a problem', async (_, letter, bytes) => {
  const most = Math.floor((mostBytes - overhead) / bytes);
  const just = await call(async () => ({ text: letter.repeat(most) }));
  const over = await call(async () => ({ text: letter.repeat(most + 1) }));

  expect(just.statusCode).toBe(200);
  expect(carried(just)).toBeLessThan(lambdaLimit);
  expect(carried(just)).toBeGreaterThan(mostBytes - overhead);
  expect([over.statusCode, over.headers?.['content-type']]).toEqual([
    422,
    'application/problem+json',
  ]);
  expect(JSON.parse(over.body ?? '')).toMatchObject({
    code: 'answer-too-large',
    detail: expect.stringMatching(/smaller limit.*br or gzip/) as string,
  });
});

const noise = async () => ({ text: randomBytes(mostBytes).toString('base64') });

test('an answer that is too large as it is goes out packed; one that is too large even so is a problem', async () => {
  const packing = { 'accept-encoding': 'gzip' };
  const packed = await call(async () => ({ text: 'x'.repeat(mostBytes) }), packing);
  const over = await call(noise, packing);

  expect([packed.statusCode, packed.isBase64Encoded]).toEqual([200, true]);
  expect(over.statusCode).toBe(422);
  expect(over.headers).not.toHaveProperty('etag');
  const { detail } = JSON.parse(over.body ?? '') as { detail: string };
  expect(detail).toMatch(/smaller limit/);
  expect(detail).not.toMatch(/gzip/);
});
