import { expect, test } from 'vitest';
import { jsonBodyOf } from './body.ts';

const headers = { 'content-type': 'application/json' };
const of = (body: string, isBase64Encoded = false) =>
  jsonBodyOf({ headers, body, isBase64Encoded });
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('a body is read as it is and as base64', () => {
  expect(of('{"a":"ü"}')).toEqual({ a: 'ü' });
  expect(of(Buffer.from('{"a":"ü"}').toString('base64'), true)).toEqual({ a: 'ü' });
});

test('32 levels are read, and 33 are not', () => {
  expect(of(nested(32))).toBeDefined();
  expect(() => of(nested(33))).toThrow(/nests deeper than 32 levels/);
});

test.each(['', 'text/json', 'application/jsonp', 'application/json-patch+json'])(
  'the content type %j is refused',
  (type) => {
    expect(() =>
      jsonBodyOf({ headers: { 'content-type': type }, body: '{}', isBase64Encoded: false }),
    ).toThrow(expect.objectContaining({ code: 'media-type-unsupported' }));
  },
);

test('what is 1 MiB in base64 only is not too large', () => {
  const bytes = Buffer.from(JSON.stringify('x'.repeat(1_048_574)));
  expect(bytes.length).toBe(1_048_576);
  expect(of(bytes.toString('base64'), true)).toHaveLength(1_048_574);
});
