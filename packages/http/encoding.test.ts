import { expect, test } from 'vitest';
import { chooseEncoding } from './encoding.ts';

test.each([
  ['gzip, br', 'br'],
  ['gzip', 'gzip'],
  ['GZIP;q=0.9, br;q=0.5', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['identity', undefined],
  ['br;q=0, gzip;q=0', undefined],
  ['br;q=x', undefined],
  ['', undefined],
  [undefined, undefined],
])('%j gets %s', (accept, expected) => {
  expect(chooseEncoding(accept)).toBe(expected);
});

test('what is not offered is not chosen', () => {
  expect(chooseEncoding('br', ['gzip'])).toBeUndefined();
  expect(chooseEncoding('br, gzip;q=0.1', ['gzip'])).toBe('gzip');
});
