import { afterAll, beforeAll, expect, test } from 'vitest';
import { database } from '@rookery/lambda/database';
import { openApi, type Api } from './stack.ts';

let api: Api;

beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const health = () => api.once(undefined, { target: '/health' });

test('a database that has no connection to give is unwell: 503, and 200 once it has one again', async () => {
  const free = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  // More than the pool has: the rest waits, as requests would.
  const held = Array.from({ length: 12 }, () =>
    database('api')
      .transaction(() => {
        begun.resolve();
        return free.promise;
      })
      .catch(() => {}),
  );
  await begun.promise;

  const { status, headers, text } = await health();
  expect([status, headers['cache-control']]).toEqual([503, 'no-store']);
  expect(JSON.parse(text)).toEqual({ status: 'unavailable', database: 'database-too-slow' });

  free.resolve();
  await Promise.all(held);
  await expect.poll(async () => (await health()).status, { timeout: 15_000 }).toBe(200);
  expect(api.faults).toEqual([]);
});
