import { existsSync, mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { migrate } from '@rookery/db/migrate';
import { choosePort } from './endpoint.ts';
import { readRuntimeFile } from './runtime-file.ts';
import { startRuntime, type RuntimeOptions } from './runtime.ts';

const root = join(import.meta.dirname, '../..');
let stateDir: string;

beforeAll(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'rookery-runtime-'));
  chmodSync(stateDir, 0o711);
});

afterAll(() => {
  rmSync(stateDir, { recursive: true, force: true });
});

// A port of its own: it is taken last, and another runtime of this machine may have the usual one by then.
const start = async (more: Partial<RuntimeOptions> = {}) =>
  startRuntime({
    root,
    stateDir,
    port: await choosePort(),
    env: { LOG_LEVEL: 'SILENT' },
    firing: false,
    say: () => {},
    ...more,
  });

test('everything starts on loopback, /health answers, and stopping leaves nothing behind', async () => {
  const before = process.env['DATABASE_URL_ETL'];
  const runtime = await start({
    prepare: async ({ database, proxyPort }) => {
      await migrate({ url: database.DATABASE_URL, proxyPort });
    },
  });
  const health = await fetch(`${runtime.urls.api}/health`);
  const file = readRuntimeFile(stateDir);

  expect([health.status, await health.json()]).toEqual([200, { status: 'ok', database: 'ok' }]);
  expect(Object.values(runtime.urls).map((url) => new URL(url).hostname)).toEqual(
    Array.from({ length: 8 }, () => '127.0.0.1'),
  );
  expect(file).toMatchObject({ pid: process.pid, urls: runtime.urls });
  expect(file?.env['AGGREGATE_DLQ_URL']).toBe(runtime.queue.urls.aggregate.dlqUrl);
  expect(await runtime.idle()).toBe(true);

  await runtime.stop();

  await expect(fetch(`${runtime.urls.api}/health`)).rejects.toThrow('fetch failed');
  await expect(fetch(runtime.urls.issuer)).rejects.toThrow('fetch failed');
  await expect(fetch(runtime.urls.sqs)).rejects.toThrow('fetch failed');
  expect(existsSync(join(stateDir, 'runtime.json'))).toBe(false);
  expect(existsSync(join(stateDir, 'postgres', 'postmaster.pid'))).toBe(false);
  expect(process.env['DATABASE_URL_ETL']).toBe(before);
});

test('a part that fails to start takes the others down with it', async () => {
  const failing = start({
    prepare: () => Promise.reject(new Error('migration 7 is broken')),
  });

  await expect(failing).rejects.toThrow('migration 7 is broken');
  expect(existsSync(join(stateDir, 'postgres', 'postmaster.pid'))).toBe(false);
  expect(readRuntimeFile(stateDir)).toBeUndefined();
});

test('/health is a 503 with a code when the database is gone', async () => {
  const runtime = await start();
  await runtime.postgres?.stop();

  // The answer of an earlier test holds for five seconds.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6_000 });
  const health = await fetch(`${runtime.urls.api}/health`);
  vi.useRealTimers();

  expect([health.status, await health.json()]).toEqual([
    503,
    { status: 'unavailable', database: 'database-unavailable' },
  ]);
  await runtime.stop();
});

test('a database elsewhere is refused unless it is allowed', async () => {
  const env = { DATABASE_URL: 'postgres://rookery:secret@db.example.com/rookery' };

  await expect(start({ env })).rejects.toMatchObject({
    code: 'endpoint-not-loopback',
    message: expect.stringMatching(/DATABASE_URL \(db\.example\.com\)/),
  });
  await expect(start({ env })).rejects.not.toThrow(/secret/);
});
