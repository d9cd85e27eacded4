import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openDb } from '@rookery/db/pool';
import { forget } from './ground.ts';
import { attachPostgres, startPostgres } from './postgres.ts';
import { pidFileOf } from './postmaster.ts';
import { startProxy } from './proxy.ts';

let parent: string;
let dataDir: string;

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'rookery-postgres-'));
  chmodSync(parent, 0o711);
  dataDir = join(parent, 'data');
});

afterAll(() => {
  rmSync(parent, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

// Every process that works on the directory, background workers included.
const processesOn = (dir: string): string[] =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`-D ${dir}`));

test('a fresh directory becomes a server that answers, and stop leaves no process', async () => {
  const postgres = await startPostgres({ dataDir });
  const proxy = await startProxy([postgres]);
  const db = openDb({ url: postgres.url('postgres', 'postgres'), proxyPort: proxy.port });
  await db.script('create extension pg_stat_statements; create table kept (n int)');
  await db.close();
  await proxy.close();

  await postgres.stop();

  expect(isAlive(postgres.pid)).toBe(false);
  expect(processesOn(dataDir)).toEqual([]);
  expect(await attachPostgres(dataDir)).toBeUndefined();
});

test('attaching finds the running server and never stops it', async () => {
  const postgres = await startPostgres({ dataDir });

  const attached = await attachPostgres(dataDir);
  await attached?.stop();

  expect(attached).toMatchObject({ pid: postgres.pid, port: postgres.port });
  expect(isAlive(postgres.pid)).toBe(true);
  await postgres.stop();
});

test('the lock file of a dead server does not keep the next one from starting', async () => {
  // The pid of a process that lives but is no Postgres: ours.
  writeFileSync(
    pidFileOf(dataDir),
    `${process.pid}\n${dataDir}\n0\n54321\n\n127.0.0.1\n0\nready\n`,
  );

  expect(await attachPostgres(dataDir)).toBeUndefined();
  const postgres = await startPostgres({ dataDir });

  expect(postgres.pid).not.toBe(process.pid);
  await postgres.stop();
});

test('a server whose parent was killed is taken over, with its data, and can be stopped', async () => {
  const script = `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'postgres.ts'))};
    await startPostgres({ dataDir: process.argv[1] });
    console.log('up');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const orphan = await attachPostgres(dataDir);

  const postgres = await startPostgres({ dataDir });

  expect(orphan?.pid).toBe(postgres.pid);
  const proxy = await startProxy([postgres]);
  const db = openDb({ url: postgres.url('postgres', 'postgres'), proxyPort: proxy.port });
  await db.script('select n from kept');
  await db.close();
  await proxy.close();
  await postgres.stop();
  expect(processesOn(dataDir)).toEqual([]);
});

test.runIf(process.getuid?.() === 0)(
  'root in a closed directory gets a server elsewhere, and forgetting it leaves nothing',
  async () => {
    const closed = join(parent, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const hidden = join(closed, 'data');

    const postgres = await startPostgres({ dataDir: hidden });
    const again = await attachPostgres(hidden);
    await postgres.stop();
    forget(hidden);

    expect(again?.port).toBe(postgres.port);
    expect(postgres.logFile.startsWith(closed)).toBe(false);
    expect(existsSync(postgres.logFile)).toBe(false);
  },
);

test('the proxy forwards to its targets and to nothing else, and cuts what it forwards', async () => {
  const postgres = await startPostgres({ dataDir });
  const proxy = await startProxy([postgres]);
  const open = (address: string) =>
    new WebSocket(`ws://127.0.0.1:${proxy.port}/?address=${address}`);

  const elsewhere = open('127.0.0.1:22');
  const [refused] = await once(elsewhere, 'error');
  const allowed = open(`127.0.0.1:${postgres.port}`);
  await once(allowed, 'open');
  proxy.cut();
  const [code] = await once(allowed, 'close');

  expect(String(refused)).toMatch(/403/);
  expect(code).toBe(1006);
  await proxy.close();
  await postgres.stop();
});
