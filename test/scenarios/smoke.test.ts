import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts';
import { examined } from '../../packages/cli/smoke-check.ts';
import { smoke, smokeChecks } from '../../packages/cli/smoke.ts';
import { questions } from '../../packages/cli/smoke-functions.ts';
import { childEnv } from '../world/child-env.ts';
import { openSmokeRoom, tenantId, type SmokeRoom } from './smoke-room.ts';
import { startSaboteur } from './smoke-saboteur.ts';

const root = join(import.meta.dirname, '../..');

let room: SmokeRoom;

beforeAll(async () => {
  room = await openSmokeRoom();
});
afterAll(() => room.close());
// As if the tenant had asked nothing for a while.
beforeEach(() => room.desk.world.admin.script('delete from olap.rate_limit'));

// From a directory of its own, as an operator may.
const script = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const child = spawn(join(root, 'scripts/smoke'), args, {
    cwd: tmpdir(),
    env: { ...childEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    child.exitCode === null ? once(child, 'close') : [],
  ]);
  return { code: child.exitCode, out, err };
};

// What failed, by the answer as JSON.
const failedIn = (out: string) =>
  (JSON.parse(out) as { checks: { check: string; verdict: string }[] }).checks
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ check }) => check);

test('every check of a whole stage passes, and none is skipped', async () => {
  const all = await smoke(room.stage);

  expect(all.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  expect(all).toHaveLength(smokeChecks.length);
});

test('what a function is asked changes nothing, and each is asked once', async () => {
  const unread = questions.filter(({ isRead }) => !isRead);

  expect(questions.length).toBeGreaterThan(30);
  expect(unread.every(({ path }) => path.endsWith('?smoke_test=refuse'))).toBe(true);
  expect(new Set(questions.map(({ name }) => name)).size).toBe(questions.length);
});

test('the script runs from anywhere: 0 when nothing failed, and what needs a token is skipped aloud; 1 with --all', async () => {
  const [{ code, out, err }, all] = await Promise.all([
    script([room.stage.api]),
    script([room.stage.api, '--all', '--json']),
  ]);

  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/✓ routes +\d+ ms  \d+ routes are there, and none is open/);
  expect(out).toMatch(/– overview +skipped  no token: give --token or --tenant/);
  expect(out).toMatch(
    /\n10 checks passed; 9 skipped, of which nothing is known: --all fails then\n$/,
  );
  expect([all.code, failedIn(all.out)]).toEqual([1, []]);
  expect(JSON.parse(all.out)).toMatchObject({
    passed: false,
    verdict: '10 checks passed; 9 skipped, which fails by --all',
  });
});

test('without a URL it checks the npm run dev that is up, with a token of its own issuer, and all of it by --write', async () => {
  const place = ['--data', room.stateDir, '--tenant', tenantId];
  const { code, out } = await script([...place, '--write', '--all', '--json']);

  expect([code, failedIn(out)]).toEqual([0, []]);
  expect(JSON.parse(out)).toMatchObject({
    url: room.stage.api,
    passed: true,
    verdict: `${smokeChecks.length} checks passed`,
  });
});

test('where streams are elsewhere is said by --streams, or by the outputs of sst deploy', async () => {
  const gateway = await startSaboteur(room.stage.api, {
    on: ({ path }) => path.startsWith('/v1/exports/') || path.startsWith('/v1/audit-log/export'),
    coming: () => ({ status: 404, headers: {}, body: '{"message":"Not Found"}' }),
  });
  const env = { SMOKE_TOKEN: room.stage.token };
  const path = join(room.stateDir, 'outputs.json');
  const streams = { exports: room.stage.api, auditExport: `${room.stage.api}/` };
  await writeFile(path, JSON.stringify({ api: gateway.url, streams }));

  const lost = await script([gateway.url, '--json'], env);
  const named = await script(['--outputs', path, '--json'], env);
  await gateway.stop();

  expect([lost.code, failedIn(lost.out)]).toEqual([
    1,
    ['cors', 'no token', 'forged token', 'routes', 'functions', 'stream', 'stream, gzip'],
  ]);
  expect([named.code, failedIn(named.out)]).toEqual([0, []]);
});

test('a stage that is not there fails at once, and what is asked wrongly is told: 1 and 2', async () => {
  const free = createServer();
  const port = await listenOnLoopback(free, 0);
  await closeServer(free);

  const gone = await script([`http://127.0.0.1:${port}`, '--timeout', '1']);
  const wrong = await script(['rookery']);
  const unread = await script(['--outputs', '/no/such/file']);

  expect(gone.code).toBe(1);
  expect(gone.out).toMatch(/✗ health .*no-answer: GET http.*ECONNREFUSED/);
  expect(gone.out).toMatch(/\n1 of 1 check failed; 18 skipped, of which nothing is known\n$/);
  expect([wrong.code, unread.code]).toEqual([2, 2]);
  expect(unread.err).toContain('file-unreadable');
});

// Last, because it leaves a large export behind.
test('the first line of a large export comes before its end; one that is held back is seen', async () => {
  await room.desk.world.admin.script(`
    select olap.ensure_partitions(current_date - 20, current_date);
    insert into olap.campaign_analytics (tenant_id, day, campaign_id, company_id)
    select '${tenantId}', current_date - 1 - i % 10, 'bulk-' || i, 'co' from generate_series(1, 20000) i`);
  const check = smokeChecks.find(({ name }) => name === 'stream');
  if (check === undefined) throw new Error('no such check');

  const straight = await examined(check, room.stage);

  const [, first = 0, end = 0] = (
    /first after (\d+) ms, the end after (\d+) ms/.exec(straight.found) ?? []
  ).map(Number);
  expect(straight.verdict).toBe('ok');
  expect(first).toBeLessThan(end);

  const holding = await startSaboteur(room.stage.api, { on: () => true, coming: (all) => all });
  const held = await examined(check, { ...room.stage, api: holding.url });
  await holding.stop();

  expect(held.verdict).toBe('fail');
});
