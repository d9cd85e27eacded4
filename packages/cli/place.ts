import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDb, type Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { openDatabases, type Env } from '../../infra/local/database.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startProxy } from '../../infra/local/proxy.ts';
import { readRuntimeFile, type RuntimeFile } from '../../infra/local/runtime-file.ts';

/** As whom the CLI may sit down at a database, and the variable that says where. */
export const variables = {
  admin: 'MIGRATION_DATABASE_URL',
  source: 'SOURCE_DATABASE_URL',
  etl: 'DATABASE_URL_ETL',
  ops: 'DATABASE_URL_OPS',
  api: 'DATABASE_URL_API',
  ingest: 'DATABASE_URL_INGEST',
} as const;

/** The name of a seat. */
export type Seat = keyof typeof variables;

/** The databases a command works on; `close` also stops what was started for it. */
export type Place = {
  readonly from: 'environment' | 'runtime' | 'embedded';
  /** In words, for the screen. */
  readonly where: string;
  readonly proxyPort: number | undefined;
  readonly url: (seat: Seat) => string | undefined;
  readonly db: (seat: Seat) => Db;
  readonly close: () => Promise<void>;
};

const defaultPort = 5432;
const patienceMs = 1_000;
const isPostgresUrl = (text: string): boolean =>
  URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);

const seats = Object.keys(variables).filter((name): name is Seat => name in variables);

/** The runtime of `npm run dev` that runs on this data directory, on the demo or on imported e-mails. */
export const runningHere = (dataDir: string): RuntimeFile | undefined =>
  readRuntimeFile(dataDir) ?? readRuntimeFile(join(dataDir, 'imported'));

const seated = (
  from: Place['from'],
  where: string,
  env: Env,
  proxyPort: number | undefined,
  stop: () => Promise<void>,
): Place => {
  const open = new Map<Seat, Db>();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = Promise.all([...open.values()].map((db) => db.close()));
    // A statement that waits for a lock would keep an interrupted command waiting with it.
    await Promise.race([closed, sleep(patienceMs, undefined, { ref: false })]);
    await stop();
  };
  const url = (seat: Seat): string | undefined => env[variables[seat]];
  return {
    from,
    where,
    proxyPort,
    url,
    db: (seat) => {
      const known = open.get(seat);
      if (known !== undefined) return known;
      const text = url(seat);
      if (text === undefined)
        throw new Failure('invalid', 'config-invalid', `${variables[seat]} is not set`);
      const db = openDb({ url: text, proxyPort, max: 2, applicationName: 'rookery-cli' });
      open.set(seat, db);
      return db;
    },
    close: () => (closing ??= close()),
  };
};

const fromEnvironment = async (env: Env, needs: readonly Seat[]): Promise<Place> => {
  const faults = needs.flatMap((seat) => {
    const text = env[variables[seat]];
    if (text === undefined || text === '') return [`${variables[seat]} is not set`];
    return isPostgresUrl(text) ? [] : [`${variables[seat]} is not a postgres:// URL`];
  });
  const given = env['DATABASE_PROXY_PORT'];
  const port = given === undefined ? undefined : Number(given);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    faults.push('DATABASE_PROXY_PORT is not a port');
  if (faults.length > 0)
    throw new Failure(
      'invalid',
      'config-invalid',
      `the environment is not complete: ${faults.join('; ')}; set them, or unset all of ${Object.values(variables).join(', ')} to use the databases of npm run dev`,
    );
  const targets = seats
    .map((seat) => env[variables[seat]])
    .filter((text): text is string => text !== undefined && isPostgresUrl(text))
    .map((text) => new URL(text));
  // Neon speaks WebSocket itself; a plain Postgres needs the proxy in front.
  const plain = targets.filter(({ hostname }) => !hostname.endsWith('.neon.tech'));
  const where = `the databases of the environment (${[...new Set(targets.map(({ host }) => host))].join(', ')})`;
  if (port !== undefined || plain.length === 0)
    return seated('environment', where, env, port, async () => {});
  const proxy = await startProxy(
    plain.map((url) => ({
      host: url.hostname,
      port: url.port === '' ? defaultPort : Number(url.port),
    })),
  );
  return seated('environment', where, env, proxy.port, proxy.close);
};

/**
 * Finds the databases: those of the environment when any variable of `variables` is set (all faults are told at once),
 * else those of a running `npm run dev`, else Postgres is started on the data directory until `close`.
 */
export const openPlace = async (
  dataDir: string,
  needs: readonly Seat[],
  env: Env = process.env,
): Promise<Place> => {
  if (Object.values(variables).some((name) => env[name])) return fromEnvironment(env, needs);
  const running = runningHere(dataDir);
  if (running !== undefined) {
    applyEnv(running.env);
    const proxyPort = running.proxyPort;
    return seated(
      'runtime',
      `npm run dev (process ${running.pid})`,
      { ...running.env, MIGRATION_DATABASE_URL: running.urls.database },
      proxyPort,
      async () => {},
    );
  }
  const databases = await openDatabases(dataDir, env);
  const where =
    databases.postgres === undefined ? 'DATABASE_URL' : `the embedded Postgres of ${dataDir}`;
  return seated(
    'embedded',
    where,
    { ...databases.env, MIGRATION_DATABASE_URL: databases.env.DATABASE_URL },
    databases.proxy?.port,
    databases.stop,
  );
};
