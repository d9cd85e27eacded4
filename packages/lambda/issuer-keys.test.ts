import { createRemoteJWKSet } from 'jose/jwks/remote';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jwtOf, openIssuer, signingKey, type TokenIssuer } from '../../test/world/token-issuer.ts';
import { tokenVerifier, type VerifyToken } from './token.ts';

const old = signingKey('old');
const next = signingKey('next', 'ES256');
const start = Date.UTC(2026, 2, 29);
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

let issuer: TokenIssuer;
let verify: VerifyToken;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  issuer = await openIssuer(old);
  verify = tokenVerifier({
    issuer: 'https://login.test/',
    audience: 'rookery-api',
    jwksUrl: issuer.jwksUrl,
  });
});
afterEach(async () => {
  await issuer.down();
  vi.useRealTimers();
});

const pass = (ms: number): void => {
  vi.setSystemTime(Date.now() + ms);
};

// Accepted, or the code of the failure, for a token that is valid for three days.
const outcome = (key = old, kid = key.kid): Promise<string> => {
  const claims = {
    iss: 'https://login.test/',
    aud: 'rookery-api',
    sub: 'user-1',
    tenant_id: 't01',
    role: 'operator',
    iat: start / 1_000,
    exp: start / 1_000 + 72 * 3_600,
  };
  return verify(`Bearer ${jwtOf(key, claims, { kid })}`).then(
    () => 'accepted',
    (error: { kind: string; code: string }) => `${error.kind} ${error.code}`,
  );
};

const unreachable = 'unavailable issuer-unreachable';
const invalid = 'forbidden token-invalid';

test('keys are fetched once and kept for ten minutes', async () => {
  for (let i = 0; i < 20; i += 1) expect(await outcome()).toBe('accepted');
  pass(10 * minute - 1);
  expect(await outcome()).toBe('accepted');
  expect(issuer.asked()).toBe(1);

  pass(1);
  expect(await outcome()).toBe('accepted');
  expect(issuer.asked()).toBe(2);
});

test('a hundred first requests at once are one fetch', async () => {
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => outcome()));
  expect(new Set(outcomes)).toEqual(new Set(['accepted']));
  expect(issuer.asked()).toBe(1);
});

test('an issuer that is down from the start is a 503, and is found again when it is back', async () => {
  await issuer.down();
  expect(await outcome()).toBe(unreachable);

  await issuer.up();
  pass(5 * second - 1);
  expect(await outcome()).toBe(unreachable);
  expect(issuer.asked()).toBe(0);
  pass(1);
  expect(await outcome()).toBe('accepted');
  expect(issuer.asked()).toBe(1);
});

test('what is wrong before a key is needed is refused while the issuer is down, and asks nobody', async () => {
  await issuer.down();
  await expect(verify('Bearer abc')).rejects.toMatchObject({ code: 'token-invalid' });
  await expect(verify(undefined)).rejects.toMatchObject({ code: 'token-missing' });
});

test('known keys outlast an outage of 24 hours and not a second more', async () => {
  expect(await outcome()).toBe('accepted');
  await issuer.down();

  pass(24 * hour - second);
  expect(await outcome()).toBe('accepted');
  pass(second);
  expect(await outcome()).toBe(unreachable);

  await issuer.up();
  pass(5 * second);
  expect(await outcome()).toBe('accepted');
});

test('in an outage a forgery under a known key id is still a 401, and an unknown key id is a 503', async () => {
  expect(await outcome()).toBe('accepted');
  await issuer.down();
  pass(hour);

  const attacker = signingKey('attacker');
  expect(await outcome(attacker, 'old')).toBe(invalid);
  expect(await outcome(attacker)).toBe(unreachable);
  expect(await outcome()).toBe('accepted');
});

test.each(['garbage', 'fault', 'redirect'] as const)(
  'an issuer that answers %s is an outage: first a 503, later the known keys',
  async (mood) => {
    issuer.mood = mood;
    expect(await outcome()).toBe(unreachable);

    issuer.mood = 'keys';
    pass(5 * second);
    expect(await outcome()).toBe('accepted');

    issuer.mood = mood;
    pass(hour);
    expect(await outcome()).toBe('accepted');
    expect(issuer.asked()).toBe(3);
  },
);

test('an issuer without any key is a 503', async () => {
  issuer.keys = [];
  expect(await outcome()).toBe(unreachable);
});

test('an issuer that hangs is given up, and asked once for many requests', async () => {
  issuer.mood = 'hang';
  expect(await outcome()).toBe(unreachable);
  for (let i = 0; i < 50; i += 1) expect(await outcome()).toBe(unreachable);
  expect(issuer.asked()).toBe(1);

  issuer.mood = 'keys';
  pass(5 * second);
  expect(await outcome()).toBe('accepted');
});

test('an issuer that hangs later holds up one request in five seconds, and none fails', async () => {
  expect(await outcome()).toBe('accepted');
  issuer.mood = 'hang';
  pass(hour);

  for (let i = 0; i < 50; i += 1) expect(await outcome()).toBe('accepted');
  expect(issuer.asked()).toBe(2);
});

test('a new key is accepted after one refetch, once the last fetch is 30 s old', async () => {
  expect(await outcome()).toBe('accepted');
  issuer.keys = [old, next];

  pass(30 * second - 1);
  expect(await outcome(next)).toBe(invalid);
  expect(issuer.asked()).toBe(1);
  pass(1);
  expect(await outcome(next)).toBe('accepted');
  expect(await outcome(old)).toBe('accepted');
  expect(issuer.asked()).toBe(2);
});

test('a key that is taken back is accepted for ten minutes and not a second more', async () => {
  expect(await outcome()).toBe('accepted');
  issuer.keys = [next];

  pass(10 * minute - second);
  expect(await outcome()).toBe('accepted');
  pass(second);
  expect(await outcome()).toBe(invalid);
  expect(await outcome(next)).toBe('accepted');
});

const floodOf = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `unknown-${i}`);

test('a flood of unknown key ids is one fetch in 30 s, and honest tokens pass meanwhile', async () => {
  expect(await outcome()).toBe('accepted');
  pass(minute);
  const attacker = signingKey('attacker');

  for (const kid of floodOf(100)) expect(await outcome(attacker, kid)).toBe(invalid);
  await Promise.all(floodOf(100).map((kid) => outcome(attacker, kid)));

  expect(issuer.asked()).toBe(2);
  expect(await outcome()).toBe('accepted');
});

test('a flood of unknown key ids during an outage asks once in five seconds', async () => {
  expect(await outcome()).toBe('accepted');
  pass(minute);
  issuer.mood = 'fault';
  const attacker = signingKey('attacker');

  for (const kid of floodOf(100)) expect(await outcome(attacker, kid)).toBe(unreachable);
  pass(5 * second);
  for (const kid of floodOf(100)) expect(await outcome(attacker, kid)).toBe(unreachable);

  expect(issuer.asked()).toBe(3);
});

test('control: without the pause every unknown key id asks a failing issuer', async () => {
  const keys = createRemoteJWKSet(new URL(issuer.jwksUrl));
  await keys({ alg: 'RS256', kid: 'old' });
  pass(minute);
  issuer.mood = 'fault';

  for (const kid of floodOf(20))
    await expect(keys({ alg: 'RS256', kid })).rejects.toThrow('200 OK');

  expect(issuer.asked()).toBe(21);
});

test('control: without a cooldown every unknown key id is a fetch', async () => {
  const keys = createRemoteJWKSet(new URL(issuer.jwksUrl), { cooldownDuration: 0 });

  for (const kid of floodOf(20))
    await expect(keys({ alg: 'RS256', kid })).rejects.toThrow('no applicable key');

  expect(issuer.asked()).toBeGreaterThanOrEqual(20);
});
