// oxlint-disable typescript/no-unsafe-type-assertion -- what a command printed is read as what it must be
import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { handler } from '../../functions/api/ingest.ts';
import { childEnv } from '../world/child-env.ts';
import { asked } from '../contracts/monitoring-rows.ts';
import { openDoorRoom, type DoorRoom } from './ingest-door-room.ts';

const root = join(import.meta.dirname, '../..');
// Each test starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

let room: DoorRoom;
beforeAll(async () => {
  room = await openDoorRoom('heron');
});
afterAll(() => room.close());

type Done = { readonly code: number; readonly out: string; readonly err: string };

const apiKey = (...args: string[]): Promise<Done> =>
  new Promise((resolve) => {
    const env = {
      ...childEnv,
      DATABASE_URL_OPS: room.world.url('rookery_ops'),
      DATABASE_PROXY_PORT: String(room.world.proxyPort),
    };
    const words = [join(root, 'packages/cli/main.ts'), 'api-key', ...args];
    execFile(process.execPath, words, { env, cwd: root }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

const knock = async (key: string, stream: string) => {
  const { status, json } = await room.ask(handler, 'POST /v1/ingest/{stream}', {
    stream,
    body: { items: [{}] },
    headers: { 'x-api-key': key },
  });
  return [status, json.code];
};

test('a key that is made opens its streams, is listed without its text, and closes when it is revoked', async () => {
  const made = await apiKey(
    'create',
    '--tenant',
    'heron',
    '--name',
    'web',
    '--scope',
    'sessions',
    '--scope',
    'errors',
    '--expires-days',
    '90',
  );
  const key = made.out.trim();
  const opened = [await knock(key, 'sessions'), await knock(key, 'audit-events')];
  const listed = await apiKey('list', '--tenant', 'heron', '--json');
  const shown = await apiKey('list');
  const { keys } = JSON.parse(listed.out) as { keys: { id: string }[] };
  const foreign = await apiKey('revoke', keys[0]?.id ?? '', '--tenant', 'finch');
  const revoked = await apiKey('revoke', keys[0]?.id ?? '', '--tenant', 'heron');

  expect([made.code, made.err, made.out]).toEqual([0, '', expect.stringMatching(/^rk_\S+\n$/)]);
  expect(opened).toEqual([
    [202, undefined],
    [403, 'forbidden'],
  ]);
  expect(keys).toMatchObject([
    { tenant_id: 'heron', name: 'web', scopes: ['sessions', 'errors'], revoked_at: null },
  ]);
  expect(shown.out).toMatch(/heron +\S+ +web +sessions errors/);
  expect(listed.out + shown.out).not.toContain(key.slice(-43));
  expect([foreign.code, foreign.err]).toEqual([2, expect.stringContaining('api-key-missing')]);
  expect(revoked.code).toBe(0);
  expect(await knock(key, 'sessions')).toEqual([401, 'api-key-revoked']);
});

test('without a scope it is for every stream, and without days it lasts', async () => {
  const { out } = await apiKey('create', '--tenant', 'heron', '--name', 'all', '--json');
  expect(JSON.parse(out)).toMatchObject({
    tenant_id: 'heron',
    expires_at: null,
    scopes: { length: 6 },
  });
});

test('for a heartbeat that is called like a stream it opens no stream', async () => {
  const named = ['--tenant', 'heron', '--name', 'job', '--heartbeat', 'errors'];
  const { out } = await apiKey('create', ...named, '--json');
  const { key, scopes } = JSON.parse(out) as { key: string; scopes: string[] };

  expect(scopes).toEqual(['heartbeat:errors']);
  expect(await knock(key, 'errors')).toEqual([403, 'forbidden']);
});

test.each([
  [['create', '--name', 'n'], '--tenant'],
  [['create', '--tenant', 't', '--name', ' '], '1 to 200 characters'],
  [['create', '--tenant', 't', '--name', 'n', '--scope', 'metrics'], 'performance-metrics'],
  [['create', '--tenant', 't', '--name', 'n', '--expires-days', '0'], '1 to 3650 days'],
  [['revoke', 'x'], '--tenant'],
])('%j is a usage error that says what to write', async (args, wanted) => {
  const { code, out, err } = await apiKey(...args);
  expect([code, out, err]).toEqual([2, '', expect.stringContaining(wanted)]);
});

test('who makes and revokes a key is in the compliance audit, once each', async () => {
  const made = await apiKey('create', '--tenant', 'heron', '--name', 'audited', '--json');
  const { id } = JSON.parse(made.out) as { id: string };
  await apiKey('revoke', id, '--tenant', 'heron');
  await apiKey('revoke', id, '--tenant', 'heron');
  const entries = await room.world.admin.query(
    asked(
      `select action, admin_user_id, new_values->>'name' as name, new_values::text ~ '[0-9a-f]{64}|rk_' as leaks
       from olap.admin_audit_log where resource_id = '${id}' order by seq`,
      { action: 'text', admin_user_id: 'text', name: 'text?', leaks: 'bool?' },
    ),
    null,
  );
  const admin_user_id = `cli:${userInfo().username}`;
  expect(entries).toEqual([
    { action: 'api_key.created', admin_user_id, name: 'audited', leaks: false },
    { action: 'api_key.revoked', admin_user_id, name: null, leaks: null },
  ]);
});
