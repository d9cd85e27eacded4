import { expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { problemSchema } from './problem-schema.ts';
import { fieldsOf, invalidFields, problemOf } from './problem.ts';
import { problemCodes, problems } from './problems.ts';

const request = { requestId: 'r-1', base: 'https://api.test' };
const kinds = ['invalid', 'forbidden', 'missing', 'conflict', 'unavailable'] as const;
const challenge = (code: string) =>
  problemOf(new Failure('forbidden', code, 'x'), request).headers['www-authenticate'];
const refusedBy = (sqlState: string, code: string) =>
  new Failure('invalid', code, 'invalid byte sequence [list campaigns]', {
    cause: Object.assign(new Error('secret'), { code: sqlState }),
  });

test.each(problemCodes)('%s is answered with its own status, whatever the kind', (code) => {
  for (const kind of kinds) {
    const { status, headers, body } = problemOf(new Failure(kind, code, 'do this'), request);

    expect(problemSchema.strict().parse(body)).toEqual({
      type: `https://api.test/docs/errors/${code}`,
      title: problems[code].title,
      status: problems[code].status,
      ...(status < 500 ? { detail: 'do this' } : {}),
      code,
      request_id: 'r-1',
    });
    expect(status).toBe(problems[code].status);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
  }
});

test.each([
  ['invalid', 'request-malformed', 400],
  ['forbidden', 'forbidden', 403],
  ['missing', 'not-found', 404],
  ['conflict', 'conflict', 409],
  ['unavailable', 'unavailable', 503],
] as const)('a code of its own and kind %s is answered as %s', (kind, code, status) => {
  for (const own of ['some-code', 'constructor', '__proto__', ''])
    expect(problemOf(new Failure(kind, own, 'x'), request).body).toMatchObject({ code, status });
});

test.each([
  new Error('secret'),
  new TypeError('secret'),
  'secret',
  { code: 'forbidden', kind: 'forbidden', message: 'secret' },
  null,
  undefined,
  new Failure('unavailable', 'config-invalid', 'secret'),
  new Failure('invalid', 'database-url-malformed', 'secret'),
])('what is no fault of the caller is 500 without a word about it: %s', (error) => {
  const { body } = problemOf(error, request);

  expect(body).toMatchObject({ status: 500, code: 'internal' });
  expect(JSON.stringify(body)).not.toContain('secret');
});

test('an answer from 500 up names no parameters either', () => {
  const fields = [{ path: 'secret', message: 'secret' }];

  expect(
    JSON.stringify(problemOf(invalidFields('internal', 'secret', fields), request)),
  ).not.toContain('secret');
});

test('a value the database cannot hold is the caller’s, another refusal ours, and neither is quoted', () => {
  const callers = problemOf(refusedBy('22021', 'data-refused'), request).body;
  const offset = problemOf(refusedBy('22009', 'data-refused'), request).body;
  const ours = problemOf(refusedBy('22012', 'data-refused'), request).body;
  const unknown = problemOf(new Failure('invalid', 'data-refused', 'x'), request).body;

  expect(callers).toMatchObject({ status: 400, code: 'request-malformed' });
  expect(offset).toEqual(callers);
  expect(ours).toMatchObject({ status: 500, code: 'internal' });
  expect(unknown).toMatchObject({ status: 500, code: 'internal' });
  expect(JSON.stringify([callers, ours])).not.toMatch(/byte sequence|list campaigns|secret/);
});

test('a statement that took too long is told from a database that is away', () => {
  expect(problemOf(refusedBy('57014', 'database-unavailable'), request).status).toBe(504);
  expect(problemOf(refusedBy('08006', 'database-unavailable'), request).status).toBe(503);
});

test('a 401 says what to authenticate with, and an error only where a token was sent', () => {
  expect(challenge('token-missing')).toBe('Bearer realm="api"');
  expect(challenge('token-invalid')).toMatch(/^Bearer realm="api", error="invalid_token", /);
  expect(challenge('token-expired')).toMatch(/^Bearer realm="api", error="invalid_token", /);
  expect(challenge('forbidden')).toBe('Bearer realm="api", error="insufficient_scope"');
  expect(problemCodes.filter((code) => challenge(code) !== undefined)).toEqual(
    problemCodes.filter((code) => [401, 403].includes(problems[code].status)),
  );
});

test('each parameter at fault is named, up to 50', () => {
  const fields = Array.from({ length: 51 }, (_, i) => ({ path: `query.p${i}`, message: 'is new' }));
  const failure = invalidFields('request-malformed', 'look', fields);

  expect(fieldsOf(failure)).toEqual(fields.slice(0, 50));
  expect(problemOf(failure, request).body.errors).toEqual(fields.slice(0, 50));
});

test.each([[undefined], ['text'], [['text']], [[{ path: 'a' }]], [{ path: 'a', message: 'b' }]])(
  'a cause that is no list of parameters is not shown: %j',
  (cause) => {
    expect(fieldsOf(new Failure('invalid', 'request-malformed', 'x', { cause }))).toEqual([]);
  },
);
