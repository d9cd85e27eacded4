import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { healthOf } from './health.ts';

beforeEach(() => vi.stubEnv('LOG_LEVEL', 'SILENT'));
afterEach(() => vi.unstubAllEnvs());

test('however many ask, the database is asked once in five seconds', async () => {
  let asked = 0;
  let now = 0;
  const health = healthOf(
    async () => (asked += 1),
    () => now,
  );

  const flood = await Promise.all(Array.from({ length: 1_000 }, () => health()));
  expect(new Set(flood.map(({ status }) => status))).toEqual(new Set([200]));
  now = 4_999;
  await health();
  expect(asked).toBe(1);
  now = 5_000;
  await health();
  expect(asked).toBe(2);
});

const gone = (): Promise<unknown> =>
  Promise.reject(new Failure('unavailable', 'database-unavailable', 'it is gone'));
const well = async (): Promise<unknown> => true;

test('what is wrong is told by its code and kept as long', async () => {
  let now = 0;
  let ping = gone;
  const health = healthOf(
    () => ping(),
    () => now,
  );

  expect(await health()).toEqual({
    status: 503,
    headers: { 'cache-control': 'no-store' },
    body: { status: 'unavailable', database: 'database-unavailable' },
  });
  ping = well;
  expect((await health()).status).toBe(503);
  now = 5_000;
  expect((await health()).status).toBe(200);
});
