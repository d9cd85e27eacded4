import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { signatureHeaders } from './webhook-signature.ts';

const now = new Date('2026-03-29T01:59:59.999Z');
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now });
});
afterEach(() => {
  vi.useRealTimers();
});

const secretOf = (key: Buffer): string => `whsec_${key.toString('base64')}`;
const secret = secretOf(Buffer.alloc(32, 7));
const next = secretOf(Buffer.alloc(24, 9));
const body = '{"title":"Bounce rate über 5 %","n":1}';
const headers = (secrets: readonly string[] = [secret]) => ({
  ...signatureHeaders({ id: 'notice-1', now, body, secrets }),
});
const verify = (held: string, given: Record<string, string>, text = body): unknown =>
  new Webhook(held).verify(text, given);

test('the vector of the specification is signed letter by letter', () => {
  // Secret, id, time and body as the specification's own example has them.
  const signed = signatureHeaders({
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    now: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  });
  expect(signed).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('a thousand random webhooks are signed as the library of Standard Webhooks signs them', () => {
  for (let n = 0; n < 1_000; n += 1) {
    const random = secretOf(randomBytes(24 + (n % 41)));
    const id = randomBytes(9).toString('base64url');
    const text = randomBytes(n % 50).toString('latin1');
    const ours = signatureHeaders({ id, now, body: text, secrets: [random] });
    expect(ours['webhook-signature']).toBe(new Webhook(random).sign(id, now, text));
  }
});

test('a receiver with the secret accepts it, one with another does not', () => {
  expect(verify(secret, headers())).toEqual(JSON.parse(body));
  expect(() => verify(next, headers())).toThrow('No matching signature');
});

test('while a secret is rotated receivers with the old and with the new one accept it', () => {
  const both = headers([next, secret]);
  expect(verify(next, both)).toEqual(verify(secret, both));
  expect(() => verify(secret, headers([next]))).toThrow('No matching signature');
});

test.each([
  ['body', {}, `${body} `],
  ['id', { 'webhook-id': 'notice-2' }, body],
  ['time', { 'webhook-timestamp': String(Math.floor(now.getTime() / 1_000) + 1) }, body],
])('a changed %s is refused', (_what, change, text) => {
  expect(() => verify(secret, { ...headers(), ...change }, text)).toThrow('No matching signature');
});

test('a replay is accepted for five minutes and refused after six', () => {
  const sent = headers();
  vi.setSystemTime(now.getTime() + 5 * 60_000);
  expect(verify(secret, sent)).toEqual(JSON.parse(body));
  vi.setSystemTime(now.getTime() + 6 * 60_000);
  expect(() => verify(secret, sent)).toThrow('too old');
});

test.each(['', 'a.b', 'a b', 'ä', 'a\n'])('the id %j is refused', (id) => {
  expect(() => signatureHeaders({ id, now, body, secrets: [secret] })).toThrow('id of a webhook');
});

const sign = (secrets: readonly string[]) => () =>
  signatureHeaders({ id: 'a', now, body, secrets });
const sized = (size: number): string => secretOf(Buffer.alloc(size, 1));
test.each([
  [sized(24), true],
  [sized(64), true],
  [sized(23), false],
  [sized(65), false],
  [secret.slice(6), false],
  [`${secret} `, false],
  [`whsec_${'#'.repeat(43)}=`, false],
  ['', false],
])('%j is a secret: %s', (text, isGood) => {
  const signs = (): boolean => {
    try {
      return sign([text])()['webhook-signature'] !== '';
    } catch {
      return false;
    }
  };
  expect(signs()).toBe(isGood);
});

test('a bad secret, or none, fails without a word of it', () => {
  expect(sign([])).toThrow('place a new one');
  expect(sign([secret, 'hunter2'])).toThrow(/^(?!.*hunter2).*place a new one/);
});
