// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeAll, expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { apiFunction } from './api.ts';

beforeAll(() => {
  process.env['LOG_LEVEL'] = 'SILENT';
});

const call = async (work: () => Promise<unknown>) => {
  const handler = apiFunction({ handle: async () => ({ status: 200, body: await work() }) });
  const answer = await handler(
    {} as APIGatewayProxyEventV2,
    { awsRequestId: 'r1' } as unknown as Context,
  );
  return { ...answer, body: JSON.parse(answer.body ?? 'null') as unknown };
};

test('an answer is JSON', async () => {
  expect(await call(async () => ({ a: 1 }))).toEqual({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: { a: 1 },
  });
});

test.each([
  ['invalid', 400, 'Bad Request'],
  ['forbidden', 403, 'Forbidden'],
  ['missing', 404, 'Not Found'],
  ['conflict', 409, 'Conflict'],
] as const)('a failure of kind %s is a %i that says what to do', async (kind, status, title) => {
  const answer = await call(async () => {
    throw new Failure(kind, 'some-code', 'do this');
  });

  expect(answer.headers?.['content-type']).toBe('application/problem+json');
  expect(answer.statusCode).toBe(status);
  expect(answer.body).toEqual({
    type: 'urn:rookery:problem:some-code',
    title,
    status,
    detail: 'do this',
    code: 'some-code',
    request_id: 'r1',
  });
});

test.each([
  [new Failure('unavailable', 'database-unavailable', 'secret host'), 503, 'database-unavailable'],
  [new TypeError('secret bug'), 500, 'internal'],
])('%s shows no message', async (error, status, code) => {
  const answer = await call(async () => {
    throw error;
  });

  expect(answer.statusCode).toBe(status);
  expect(answer.body).toMatchObject({ status, code, request_id: 'r1' });
  expect(JSON.stringify(answer)).not.toMatch(/secret/);
});
