import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '@rookery/db/migrate';
import { openDb } from '@rookery/db/pool';
import { installContract } from '@rookery/source/install';
import { startPostgres, type Postgres } from '../../infra/local/postgres.ts';
import { startProxy } from '../../infra/local/proxy.ts';

/** Where the one Postgres of this test run listens; `template` is the migrated database every test clones. */
export type Server = {
  readonly host: string;
  readonly port: number;
  readonly proxyPort: number;
  readonly template: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    server: Server;
  }
}

type Running = { readonly server: Server; readonly stop: () => Promise<void> };

const template = 'rookery_template';

// Postgres outlives a test run that is killed: this shell waits for the end of its input, which only our death causes.
const guard = async (postgres: Postgres, directory: string): Promise<() => Promise<void>> => {
  const script = 'read -r _; kill -INT "$0" 2>/dev/null; sleep 1; rm -rf "$1" "$1.log"';
  const shell = spawn('/bin/sh', ['-c', script, String(postgres.pid), directory], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  await once(shell, 'spawn');
  return async () => {
    shell.ref();
    const ended = once(shell, 'exit');
    shell.kill('SIGKILL');
    await ended;
  };
};

const makeTemplate = async (postgres: Postgres, proxyPort: number): Promise<void> => {
  const maintenance = openDb({ url: postgres.url('postgres', 'postgres'), proxyPort, max: 1 });
  try {
    await maintenance.script(`create database ${template}`);
  } finally {
    await maintenance.close();
  }
  const url = postgres.url('postgres', template);
  await migrate({ url, proxyPort });
  const admin = openDb({ url, proxyPort, max: 1 });
  try {
    await installContract(admin);
  } finally {
    await admin.close();
  }
};

const start = async (): Promise<Running> => {
  const directory = await mkdtemp(join(tmpdir(), 'rookery-test-'));
  // Postgres runs as nobody when we are root, and must pass through.
  await chmod(directory, 0o711);
  const endings: (() => Promise<unknown>)[] = [
    () => rm(directory, { recursive: true, force: true }),
  ];
  const stop = async (): Promise<void> => {
    for (const end of endings.toReversed()) await end();
  };
  try {
    const postgres = await startPostgres({ dataDir: join(directory, 'data') });
    endings.push(postgres.stop);
    endings.push(await guard(postgres, directory));
    const { host, port } = postgres;
    const proxy = await startProxy([{ host, port }]);
    endings.push(proxy.close);
    await makeTemplate(postgres, proxy.port);
    return { server: { host, port, proxyPort: proxy.port, template }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

// Each vitest project with this globalSetup runs its own copy of this module, so they are counted on globalThis.
type Shared = { users: number; running: Promise<Running> | undefined };
const key = Symbol.for('rookery.test.server');
const shared: Shared = ((globalThis as { [key]?: Shared })[key] ??= {
  users: 0,
  running: undefined,
});

/** vitest's globalSetup: one Postgres for the whole run, however many projects ask; the last to leave stops it. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  shared.users += 1;
  shared.running ??= start();
  project.provide('server', (await shared.running).server);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    const running = await shared.running;
    shared.running = undefined;
    await running?.stop();
  };
};
