import { expect, test } from 'vitest';
import { methodsOf } from './allow.ts';

const routes = [
  { method: 'GET', path: '/v1/things/{id}' },
  { method: 'PUT', path: '/v1/things/{id}' },
  { method: 'GET', path: '/v1/things' },
];

test('a path has the methods of every route that matches it', () => {
  expect(methodsOf(routes, '/v1/things/a%20b')).toEqual(['GET', 'PUT']);
  expect(methodsOf(routes, '/v1/things')).toEqual(['GET']);
});

test.each(['/v1/things/', '/v1/things/a/b', '/v1', '/', '', '/V1/things'])(
  '%j has none',
  (path) => {
    expect(methodsOf(routes, path)).toEqual([]);
  },
);
