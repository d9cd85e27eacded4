import { join } from 'node:path';
import { codeOf } from '@rookery/db/fault';
import { openDb } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { assertLoopback } from './endpoint.ts';
import { mapNamed } from './named.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { startProxy, type Proxy, type Target } from './proxy.ts';

/** Connection strings by the variable that functions read them from. */
export type DatabaseEnv = {
  readonly DATABASE_URL: string;
  readonly SOURCE_DATABASE_URL: string;
  readonly DATABASE_URL_ETL: string;
  readonly DATABASE_URL_API: string;
  readonly DATABASE_URL_INGEST: string;
  readonly DATABASE_URL_OPS: string;
};

/** The databases of a runtime, ready to connect to. `postgres` is undefined when DATABASE_URL was given. */
export type Databases = {
  readonly env: DatabaseEnv;
  readonly postgres: Postgres | undefined;
  /** In front of a plain Postgres; Neon speaks WebSocket itself. */
  readonly proxy: Proxy | undefined;
  readonly stop: () => Promise<void>;
};

/** Environment variables as the process has them. */
export type Env = Readonly<Record<string, string | undefined>>;

const name = 'rookery';
const duplicateDatabase = '42P04';
const postgresPort = 5432;

/**
 * The same server and credentials, but every session becomes `role` at its start.
 * With DATABASE_URL given we know the password of nobody else; the user in it must be a member of the role.
 */
export const asRole = (url: string, role: string): string => {
  const changed = new URL(url);
  changed.searchParams.set('options', `-c role=${role}`);
  // libpq and its relatives read a plus sign in a URL as itself.
  changed.search = changed.search.replaceAll('+', '%20');
  return changed.href;
};

const logins = (login: (role: string) => string) => ({
  SOURCE_DATABASE_URL: login('rookery_source'),
  DATABASE_URL_ETL: login('rookery_etl'),
  DATABASE_URL_API: login('rookery_api'),
  DATABASE_URL_INGEST: login('rookery_ingest'),
  DATABASE_URL_OPS: login('rookery_ops'),
});

const targetOf = (url: string): Target => {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: port === '' ? postgresPort : Number(port) };
};

const isNeon = (url: string): boolean => new URL(url).hostname.endsWith('.neon.tech');

const given = async (url: string, env: Env): Promise<Databases> => {
  if (!URL.canParse(url))
    throw new Failure('invalid', 'database-url-malformed', 'DATABASE_URL is not a URL');
  const derived = { DATABASE_URL: url, ...logins((role) => asRole(url, role)) };
  const all: DatabaseEnv = mapNamed(derived, (fallback, variable) => env[variable] ?? fallback);
  if (env['ROOKERY_ALLOW_REMOTE_DATABASE'] !== '1') assertLoopback(all);
  const urls = Object.values(all);
  if (urls.every(isNeon))
    return { env: all, postgres: undefined, proxy: undefined, stop: async () => {} };
  if (urls.some(isNeon))
    throw new Failure(
      'invalid',
      'databases-mixed',
      'DATABASE_URL and SOURCE_DATABASE_URL must both be on Neon, or neither',
    );
  const proxy = await startProxy(urls.map(targetOf));
  return { env: all, postgres: undefined, proxy, stop: proxy.close };
};

const createDatabase = async (url: string, proxyPort: number): Promise<void> => {
  const db = openDb({ url, proxyPort, max: 1, applicationName: 'rookery-dev' });
  try {
    await db.script(`create database ${name}`);
  } catch (error) {
    if (codeOf(error) !== duplicateDatabase) throw error;
  } finally {
    await db.close();
  }
};

const embedded = async (stateDir: string, port: number | undefined): Promise<Databases> => {
  const postgres = await startPostgres({ dataDir: join(stateDir, 'postgres'), port });
  const proxy = await startProxy([postgres]);
  await createDatabase(postgres.url('postgres', 'postgres'), proxy.port);
  return {
    env: {
      DATABASE_URL: postgres.url('postgres', name),
      ...logins((role) => postgres.url(role, name)),
    },
    postgres,
    proxy,
    stop: async () => {
      await proxy.close();
      await postgres.stop();
    },
  };
};

/** Opens DATABASE_URL when it is set, and only on this machine unless allowed; else starts the embedded Postgres. */
export const openDatabases = (stateDir: string, env: Env, port?: number): Promise<Databases> =>
  env['DATABASE_URL'] ? given(env['DATABASE_URL'], env) : embedded(stateDir, port);
