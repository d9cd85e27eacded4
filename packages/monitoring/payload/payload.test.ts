import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { capped, redacted, redactedText } from './payload.ts';

test('the value of a secret name goes, whatever it is and however the name is written', () => {
  const names = [
    'password',
    'userPassword',
    'API_KEY',
    'x-api-key',
    'Set-Cookie',
    'clientSecret',
    'accessToken',
    'SSN',
    'credit_card',
    'IBAN',
    'Authorization',
    'firstName',
  ];
  for (const name of names)
    for (const value of ['x', 7, { deep: 'x' }, ['x']])
      expect(redacted({ a: [{ [name]: value }] })).toEqual({ a: [{ [name]: '[redacted]' }] });
});

test('the value beside a secret name goes, as lists of headers, cookies and fields write it', () => {
  for (const [name, value] of [
    ['name', 'value'],
    ['key', 'value'],
    ['Name', 'Value'],
    ['header', 'values'],
  ] as const)
    expect(
      redacted([
        { [name]: 'Authorization', [value]: 'hunter2hunter2', at: 'x' },
        { [value]: ['hunter2'], [name]: 'session_token' },
        { [name]: 'Accept', [value]: 'text/html' },
      ]),
    ).toEqual([
      { [name]: 'Authorization', [value]: '[redacted]', at: 'x' },
      { [value]: '[redacted]', [name]: 'session_token' },
      { [name]: 'Accept', [value]: 'text/html' },
    ]);
});

test('names that only hold a secret word, flags and nulls stay', () => {
  const value = { className: 'a', shipping: 1, emails_sent: 3, hasPassword: true, token: null };
  expect(redacted(value)).toEqual(value);
});

test('personal data in names and numbers goes too, and no value is lost to a name like another', () => {
  expect(redacted({ 'a@b.example': 1, 'c@d.example': 2, n: 4111111111111111 })).toEqual({
    '[redacted]': 1,
    '[redacted] 2': 2,
    n: '[redacted]',
  });
});

test('depth, number and cycles have an end that is told', () => {
  let deep: unknown = 'x';
  for (let depth = 0; depth < 50_000; depth += 1) deep = [deep];
  expect(JSON.stringify(redacted(deep))).toContain('[cut]');
  const many = redacted(Array.from({ length: 100_000 }, () => 1));
  expect(many).toHaveLength(20_001);
  expect(Array.isArray(many) && many.at(-1)).toBe('[cut] 80000');
  const ring: Record<string, unknown> = {};
  ring['a'] = ring;
  ring['b'] = ring;
  expect(JSON.stringify(redacted(ring))).toContain('[cut]');
});

test('any JSON stays JSON that Postgres takes, and redacting it twice is redacting it once', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const once = redacted(value);
      const text = JSON.stringify(once);
      expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      expect(redacted(JSON.parse(text))).toEqual(JSON.parse(text));
    }),
    { numRuns: 2_000 },
  );
});

test('nothing that a program can hold makes it throw', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
      expect(typeof JSON.stringify(capped(redacted(value)))).toBe('string');
    }),
  );
});

test('a text is cut after it was redacted, never inside a pair of surrogates', () => {
  expect(redactedText('to jane@example.com now', 12)).toBe('to [redacte…');
  expect(redactedText('ab😀cd', 4)).toBe('ab…');
  expect(redactedText('short', 5)).toBe('short');
});
