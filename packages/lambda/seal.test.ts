import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { describe, Failure } from '@rookery/kernel/failure';
import { fileSeal } from './seal-file.ts';
import { ensureKeyFile, seal, sealOf, unseal, type SecretPlace } from './seal.ts';

const directory = mkdtempSync(join(tmpdir(), 'rookery-seal-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
  vi.unstubAllEnvs();
});
let path = '';
let count = 0;
beforeEach(async () => {
  count += 1;
  path = join(directory, `state-${count}`, 'seal.key');
  await ensureKeyFile(path);
});

const place: SecretPlace = {
  table: 'notification_target',
  column: 'secret',
  tenantId: 't01',
  id: 'slack-1',
};
const secret = 'https://hooks.slack.example/services/T0/B0/très-secret';
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'opened',
    (error: unknown) => error,
  );
// True for a failure that is permanent, and says nothing of the secret.
const isBroken = async (work: Promise<unknown>): Promise<boolean> => {
  const failure = await failureOf(work);
  return (
    failure instanceof Failure &&
    failure.kind === 'invalid' &&
    failure.code === 'seal-broken' &&
    !describe(failure).includes('hooks')
  );
};

test.each(['', 'a', secret, '\0', '🗝'.repeat(20_000)])(
  'what is sealed opens again',
  async (text) => {
    const { seal, unseal } = fileSeal(path);
    const sealed = await seal(place, text);
    expect(Buffer.from(sealed).includes('hooks')).toBe(false);
    expect(await unseal(place, sealed)).toBe(text);
  },
);

test('the same text is never sealed to the same bytes', async () => {
  const { seal } = fileSeal(path);
  const all = await Promise.all(Array.from({ length: 1_000 }, () => seal(place, secret)));
  expect(new Set(all.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1_000);
});

test.each([
  ['another tenant', { ...place, tenantId: 't02' }],
  ['another row', { ...place, id: 'slack-2' }],
  ['another column', { ...place, column: 'previous_secret' }],
  ['another table', { ...place, table: 'silence' }],
  // The same letters, put together, in other fields.
  ['a place of the same letters', { ...place, tenantId: 't01s', id: 'lack-1' }],
  ['a place of the same letters', { ...place, table: 'notification_targe', column: 'tsecret' }],
])('sealed bytes that are moved to %s do not open', async (_what, other) => {
  const { seal, unseal } = fileSeal(path);
  expect(await isBroken(unseal(other, await seal(place, secret)))).toBe(true);
});

test('sealed bytes with any one bit changed do not open, nor cut at any length, nor made longer', async () => {
  const { seal, unseal } = fileSeal(path);
  const sealed = await seal(place, secret);

  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Uint8Array.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(await isBroken(unseal(place, changed))).toBe(true);
  }
  for (let length = 0; length < sealed.length; length += 1)
    expect(await isBroken(unseal(place, sealed.subarray(0, length)))).toBe(true);
  expect(await isBroken(unseal(place, Buffer.concat([sealed, Buffer.alloc(1)])))).toBe(true);
});

test('a key file of several lines seals with the first and opens with all', async () => {
  const old = await fileSeal(path).seal(place, secret);
  const oldKey = readFileSync(path, 'utf8');
  const newKey = `${Buffer.alloc(32, 5).toString('base64')}\n`;

  writeFileSync(path, `${newKey}\n${oldKey}`);
  const both = fileSeal(path);
  const young = await both.seal(place, secret);
  expect([await both.unseal(place, old), await both.unseal(place, young)]).toEqual([
    secret,
    secret,
  ]);

  writeFileSync(path, newKey);
  expect(await fileSeal(path).unseal(place, young)).toBe(secret);
  expect(await isBroken(fileSeal(path).unseal(place, old))).toBe(true);
});

test('a key file is made once, for its owner only; twenty beside each other make one', async () => {
  const fresh = join(directory, 'many', 'seal.key');
  await Promise.all(Array.from({ length: 20 }, () => ensureKeyFile(fresh)));
  const key = readFileSync(fresh, 'utf8');
  await ensureKeyFile(fresh);

  expect(readFileSync(fresh, 'utf8')).toBe(key);
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  expect(statSync(fresh).mode & 0o777).toBe(0o600);
});

test.each(['', '\n', 'hunter2', Buffer.alloc(31, 1).toString('base64')])(
  'the key file %j is unusable, for now and without a word of it',
  async (content) => {
    writeFileSync(path, content);
    const failure = await failureOf(fileSeal(path).seal(place, secret));
    expect(failure).toMatchObject({ kind: 'unavailable', code: 'seal-key-unusable' });
    expect(String(failure)).not.toContain('hunter2');
  },
);

test('a key file that comes late is found', async () => {
  const late = join(directory, 'late', 'seal.key');
  const held = fileSeal(late);
  expect(await failureOf(held.seal(place, secret))).toMatchObject({ code: 'seal-key-unusable' });

  await ensureKeyFile(late);
  expect(await held.unseal(place, await held.seal(place, secret))).toBe(secret);
});

test('SEAL_KEY says which key seals', async () => {
  vi.stubEnv('SEAL_KEY', `file:${path}`);
  expect(await unseal(place, await seal(place, secret))).toBe(secret);
  expect(() => sealOf('vault:x')).toThrow('SEAL_KEY');
});
