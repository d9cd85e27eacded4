import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { tokenVerifier } from '@rookery/lambda/token';
import { startIssuer } from '../../../infra/local/issuer.ts';

const root = join(import.meta.dirname, '../../..');
// Each test starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

let data: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'rookery-token-'));
});
afterAll(() => rm(data, { recursive: true, force: true }));

const token = async (
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> => {
  const main = join(root, 'packages/cli/main.ts');
  const child = spawn(process.execPath, [main, 'token', '--data', data, ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, '.rookery/cache/compile') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
};

test('standard output is a token and nothing else, and the issuer started later vouches for it', async () => {
  const { code, out, err } = await token('--tenant', 't01', '--subject', 'me', '--expires', '15m');
  const issuer = await startIssuer({ stateDir: data, port: 0 });

  expect([code, err, out]).toEqual([0, '', expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)]);
  expect(await tokenVerifier(issuer)(`Bearer ${out.trim()}`)).toEqual({
    subject: 'me',
    tenantId: 't01',
    role: 'tenant-admin',
  });
  const { iat = 0, exp } = decodeJwt(out.trim());
  expect(exp).toBe(iat + 15 * 60);
  await issuer.stop();
});

test('--json says for whom and until when', async () => {
  const { out } = await token('--tenant', 'no such tenant', '--role', 'auditor', '--json');
  const answer = JSON.parse(out) as { token: string };
  const { exp = 0 } = decodeJwt(answer.token);

  expect(answer).toEqual({
    token: answer.token,
    tenant_id: 'no such tenant',
    role: 'auditor',
    subject: 'developer',
    expires_at: new Date(exp * 1_000).toISOString(),
  });
});

test.each([
  [[], '--tenant'],
  [['--tenant', ''], '1 to 200 characters'],
  [['--tenant', ' '], '1 to 200 characters'],
  [['--tenant', 't', '--subject', ''], '1 to 200 characters'],
  [['--tenant', 't', '--role', 'root'], 'tenant-member, tenant-admin, operator, auditor'],
  [['--tenant', 't', '--expires', '1w'], 'Write 90s, 30m, 1h or 7d'],
  [['--tenant', 't', '--expires', '0h'], 'Write 90s, 30m, 1h or 7d'],
  [['--tenant', 't', '--expires', '31d'], 'at most 30d'],
])('%j is a usage error that says what to write', async (args, wanted) => {
  const { code, out, err } = await token(...args);
  expect([code, out, err]).toEqual([2, '', expect.stringContaining(wanted)]);
});

test('--help has examples', async () => {
  const { code, out } = await token('--help');
  expect([code, out]).toEqual([
    0,
    expect.stringContaining('npm run rookery -- token --tenant t01'),
  ]);
});
