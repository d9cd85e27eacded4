import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Failure } from '@rookery/kernel/failure';
import { cluster } from './cluster.ts';
import { choosePort } from './endpoint.ts';
import { identity, logFileOf, settle } from './ground.ts';
import { findBinaries, type Binaries } from './postgres-binaries.ts';
import { accepts, halt, pidFileOf, readPostmaster, serves } from './postmaster.ts';

/** A running Postgres on loopback; `stop` resolves when its last process is gone. */
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
const startupPatienceMs = 60_000;
const defaultCache = fileURLToPath(new URL('../../.rookery/cache', import.meta.url));

// The data can be made again, so nothing waits for the disk (fsync=off) and checkpoints are kept rare.
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

const server = (
  pid: number,
  port: number,
  dataDir: string,
  stop: () => Promise<void>,
): Postgres => ({
  host,
  port,
  pid,
  logFile: logFileOf(dataDir),
  url: (user, database) => `postgres://${encodeURIComponent(user)}@${host}:${port}/${database}`,
  stop,
});

/** The Postgres that already serves `dataDir`, or undefined. Its `stop` does nothing: it is not ours to stop. */
export const attachPostgres = async (dataDir: string): Promise<Postgres | undefined> => {
  if (!existsSync(dataDir)) return undefined;
  const real = realpathSync(dataDir);
  const found = readPostmaster(real);
  if (found === undefined || !found.ready || !serves(found, real)) return undefined;
  return (await accepts(found.port))
    ? server(found.pid, found.port, real, async () => {})
    : undefined;
};

const launch = (binaries: Binaries, dataDir: string, port: number): ChildProcess => {
  const log = openSync(logFileOf(dataDir), 'a');
  try {
    // Detached, in its own process group: Ctrl-C in the terminal reaches us, and we stop it in order.
    return spawn(`${binaries.bin}/postgres`, ['-D', dataDir, ...settings(port, binaries)], {
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

const untilReady = async (child: ChildProcess, dataDir: string): Promise<void> => {
  let broken: Error | undefined;
  child.once('error', (error) => {
    broken = error;
  });
  const deadline = performance.now() + startupPatienceMs;
  for (;;) {
    const found = readPostmaster(dataDir);
    if (found?.pid === child.pid && found?.ready === true) return;
    if (broken !== undefined || child.exitCode !== null || performance.now() > deadline) break;
    await sleep(10);
  }
  if (child.pid !== undefined) await halt(child.pid, child);
  const log = readFileSync(logFileOf(dataDir), 'utf8').trim().split('\n').slice(-5).join('\n');
  throw new Failure(
    'unavailable',
    'postgres-not-started',
    `Postgres did not start: ${broken?.message ?? log}; the whole log is ${logFileOf(dataDir)}`,
    { cause: broken },
  );
};

/**
 * Starts Postgres on `dataDir`, making the cluster on first use, or takes over the one that a killed run left behind.
 * Either way it is ours: `stop` ends it. Warm start 0.1–0.3 s.
 */
export const startPostgres = async ({
  dataDir,
  port,
  cacheDir = defaultCache,
}: PostgresOptions): Promise<Postgres> => {
  const who = identity();
  const real = settle(dataDir, who);
  const orphan = readPostmaster(real);
  if (orphan !== undefined && serves(orphan, real)) {
    if (await attachPostgres(real))
      return server(orphan.pid, orphan.port, real, () => halt(orphan.pid));
    await halt(orphan.pid);
  }
  // The lock of a dead server: Postgres would refuse when its pid now belongs to someone else.
  rmSync(pidFileOf(real), { force: true });
  const binaries = findBinaries(cacheDir, who);
  cluster(binaries, real, cacheDir, who);
  const chosen = await choosePort(port);
  const child = launch(binaries, real, chosen);
  await untilReady(child, real);
  child.unref();
  const { pid } = child;
  if (pid === undefined)
    throw new Failure('unavailable', 'postgres-not-started', 'Postgres has no process id');
  return server(pid, chosen, real, () => halt(pid, child));
};
