import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openKms, type Kms } from '../../test/world/kms.ts';
import { kmsSeal } from './seal-kms.ts';
import type { SecretPlace } from './seal.ts';

const minute = 60_000;
const start = Date.UTC(2026, 2, 29);
let kms: Kms;
beforeAll(async () => {
  kms = await openKms('key-1', 'key-2');
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', kms.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await kms.close();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  kms.fault = null;
  kms.calls();
});
afterEach(() => {
  vi.useRealTimers();
});

const placeOf = (id: string, tenantId = 't01'): SecretPlace => ({
  table: 'notification_target',
  column: 'secret',
  tenantId,
  id,
});
const place = placeOf('slack-1');
const secret = 'whsec_hooks';
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'opened',
    (error: { kind: string; code: string }) => `${error.kind} ${error.code}`,
  );
const broken = 'invalid seal-broken';
const unusable = 'unavailable seal-key-unusable';

test('what one container sealed another opens, each with one call of KMS', async () => {
  const sealed = await kmsSeal('key-1').seal(place, secret);
  expect(Buffer.from(sealed).includes(secret)).toBe(false);

  expect(await kmsSeal('key-1').unseal(place, sealed)).toBe(secret);
  expect(kms.calls()).toEqual(['GenerateDataKey', 'Decrypt']);
});

test('a hundred secrets at once are one call to seal and one to open', async () => {
  const ids = Array.from({ length: 100 }, (_, n) => `id-${n}`);
  const one = kmsSeal('key-1');
  const sealed = await Promise.all(ids.map((id) => one.seal(placeOf(id), id)));
  const other = kmsSeal('key-1');
  const opened = await Promise.all(
    ids.map((id, n) => other.unseal(placeOf(id), sealed[n] ?? new Uint8Array())),
  );

  expect(opened).toEqual(ids);
  expect(kms.calls()).toEqual(['GenerateDataKey', 'Decrypt']);
});

test('a data key seals for five minutes and not a millisecond more, and a thousand times at most', async () => {
  const { seal } = kmsSeal('key-1');
  await seal(place, secret);
  vi.setSystemTime(start + 5 * minute - 1);
  await seal(place, secret);
  expect(kms.calls()).toHaveLength(1);
  vi.setSystemTime(start + 5 * minute);
  for (let n = 0; n < 1_000; n += 1) await seal(place, secret);
  expect(kms.calls()).toHaveLength(1);
  await seal(place, secret);
  expect(kms.calls()).toHaveLength(1);
});

test('an open data key is kept for five minutes and not a millisecond more', async () => {
  const sealed = await kmsSeal('key-1').seal(place, secret);
  const { unseal } = kmsSeal('key-1');
  kms.calls();
  await unseal(place, sealed);
  vi.setSystemTime(start + 5 * minute - 1);
  await unseal(place, sealed);
  expect(kms.calls()).toHaveLength(1);
  vi.setSystemTime(start + 5 * minute);
  await unseal(place, sealed);
  expect(kms.calls()).toHaveLength(1);
});

test('of two hundred and one open data keys the oldest is let go', async () => {
  const all: Uint8Array[] = [];
  for (let n = 0; n < 201; n += 1) all.push(await kmsSeal('key-1').seal(place, String(n)));
  const { unseal } = kmsSeal('key-1');
  for (const sealed of all) await unseal(place, sealed);
  kms.calls();

  await unseal(place, all[200] ?? new Uint8Array());
  expect(kms.calls()).toHaveLength(0);
  await unseal(place, all[0] ?? new Uint8Array());
  expect(kms.calls()).toHaveLength(1);
});

test.each([
  ['another row', placeOf('slack-2')],
  ['another tenant', placeOf('slack-1', 't02')],
])('sealed bytes that are moved to %s do not open', async (_what, other) => {
  const { seal, unseal } = kmsSeal('key-1');
  expect(await codeOf(unseal(other, await seal(place, secret)))).toBe(broken);
});

test('sealed bytes with any one byte changed do not open, nor cut at any length', async () => {
  const { seal, unseal } = kmsSeal('key-1');
  const sealed = await seal(place, secret);
  const endings = new Set<string>();

  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at & 7));
    endings.add(await codeOf(unseal(place, changed)));
    endings.add(await codeOf(unseal(place, sealed.subarray(0, at))));
  }
  expect([...endings]).toEqual([broken]);
});

test('a data key that was sealed with another key of KMS does not open', async () => {
  const sealed = await kmsSeal('key-2').seal(place, secret);
  expect(await codeOf(kmsSeal('key-1').unseal(place, sealed))).toBe(broken);
});

test('while KMS refuses nothing is broken, and it is asked again at once when it is back', async () => {
  const { seal, unseal } = kmsSeal('key-1');
  const sealed = await kmsSeal('key-1').seal(place, secret);
  for (const fault of ['AccessDeniedException', 'ThrottlingException', 'DisabledException']) {
    kms.fault = fault;
    expect(await codeOf(seal(place, secret))).toBe(unusable);
    expect(await codeOf(unseal(place, sealed))).toBe(unusable);
  }

  kms.fault = null;
  expect(await unseal(place, sealed)).toBe(secret);
  expect(await unseal(place, await seal(place, secret))).toBe(secret);
});

test('a key that is not there is for the deployment to mend', async () => {
  expect(await codeOf(kmsSeal('key-9').seal(place, secret))).toBe(unusable);
});
