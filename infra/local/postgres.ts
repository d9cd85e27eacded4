import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Failure } from '@rookery/kernel/failure';
import { cluster } from './cluster.ts';
import { choosePort } from './endpoint.ts';
import { identity, settle } from './ground.ts';
import { findBinaries, type Binaries } from './postgres-binaries.ts';

/** A running Postgres on loopback. `stop` resolves when its last process is gone. */
export type Postgres = {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  readonly logFile: string;
  readonly url: (user: string, database: string) => string;
  readonly stop: () => Promise<void>;
};

/** Where the data is, the wished port, and where templates of fresh clusters are kept. */
export type PostgresOptions = {
  readonly dataDir: string;
  readonly port?: number | undefined;
  readonly cacheDir?: string;
};

const host = '127.0.0.1';
const defaultCache = fileURLToPath(new URL('../../.rookery/cache', import.meta.url));

// The data is a demo that can be made again, so nothing waits for the disk (fsync=off); checkpoints are kept rare.
const settings = (port: number, { hasStatStatements }: Binaries): string[] =>
  Object.entries({
    port,
    listen_addresses: host,
    unix_socket_directories: '',
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    shared_buffers: '256MB',
    max_connections: 200,
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '2GB',
    checkpoint_timeout: '30min',
    log_checkpoints: 'off',
    track_io_timing: 'on',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(hasStatStatements ? { shared_preload_libraries: 'pg_stat_statements' } : {}),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

type PidFile = { readonly pid: number; readonly port: number; readonly ready: boolean };

// Lines: pid, data directory, start time, port, socket directory, address, shared memory, status.
const readPidFile = (dataDir: string): PidFile | undefined => {
  const path = join(dataDir, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  return {
    pid: Number(lines[0]),
    port: Number(lines[3]),
    ready: lines[7]?.trim() === 'ready',
  };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

// A pid is reused sooner or later: the process must also have been started on this very directory.
const servesDirectory = (pid: number, dataDir: string): boolean => {
  if (!isAlive(pid)) return false;
  const file = `/proc/${pid}/cmdline`;
  const command = existsSync(file)
    ? readFileSync(file, 'utf8').replaceAll('\0', ' ')
    : spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' }).stdout;
  return command.includes(dataDir);
};

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.setTimeout(1_000, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

// SIGINT is the fast shutdown: SIGTERM would wait for every client for ever.
const halt = async (pid: number, child?: ChildProcess): Promise<void> => {
  const gone = (): boolean =>
    child === undefined ? !isAlive(pid) : child.exitCode !== null || child.signalCode !== null;
  for (const [signal, patienceMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (gone()) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < patienceMs && !gone(); waited += 10) await sleep(10);
  }
};

const handle = (pid: number, port: number, dataDir: string, stop: () => Promise<void>): Postgres => ({
  host,
  port,
  pid,
  logFile: join(dataDir, 'postgres.log'),
  url: (user, database) => `postgres://${encodeURIComponent(user)}@${host}:${port}/${database}`,
  stop,
});

const running = async (dataDir: string): Promise<PidFile | undefined> => {
  const file = readPidFile(dataDir);
  if (file === undefined || !servesDirectory(file.pid, dataDir)) return undefined;
  return file.ready && (await accepts(file.port)) ? file : undefined;
};

/** The Postgres that already runs on `dataDir`, or undefined. Its `stop` does nothing: it is not ours to stop. */
export const attachPostgres = async (dataDir: string): Promise<Postgres | undefined> => {
  if (!existsSync(dataDir)) return undefined;
  const real = realpathSync(dataDir);
  const file = await running(real);
  return file && handle(file.pid, file.port, real, async () => {});
};

const launch = (binaries: Binaries, dataDir: string, port: number): ChildProcess => {
  const log = openSync(join(dirname(dataDir), `${logName(dataDir)}`), 'a');
  try {
    // Detached: its own process group, so Ctrl-C reaches us first and we stop it in order.
    return spawn(join(binaries.bin, 'postgres'), ['-D', dataDir, ...settings(port, binaries)], {
      ...identity(),
      cwd: '/',
      env: { ...binaries.env, LC_ALL: 'C', TZ: 'UTC' },
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
};

const logName = (dataDir: string): string => `${dataDir.split('/').at(-1)}.log`;
