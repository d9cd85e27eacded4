import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Pool } from '@neondatabase/serverless';
import { Kysely, PostgresDialect, sql, type PostgresPool } from 'kysely';
import { Migrator, type Migration, type MigrationResult } from 'kysely/migration';
import { Failure } from '@rookery/kernel/failure';
import { appliedMigrations, everMigrated } from './applied.sql.ts';
import { normalise } from './fault.ts';
import { openDb, useProxy } from './pool.ts';

// Where import.meta is not empty: a bundle says where its folder is.
const ownFolder = (): string => join(import.meta.dirname, 'migrations');

/** The database to migrate, and the folder of the migrations, this package's own when left out; `proxyPort` as in DbOptions. */
export type Server = {
  readonly url: string;
  readonly proxyPort?: number | undefined;
  readonly folder?: string | undefined;
};

type Migrations = Record<string, Migration>;

const fromFile = async (folder: string, file: string): Promise<Migration> => {
  const text = await readFile(join(folder, file), 'utf8');
  return { up: async (db) => void (await sql.raw(text).execute(db)) };
};

const inFolder = async (folder: string): Promise<Migrations> => {
  const all = await readdir(folder).catch((cause: unknown) => {
    throw noMigrations(folder, cause);
  });
  const files = all.filter((file) => file.endsWith('.sql')).sort();
  if (files.length === 0) throw noMigrations(folder);
  const entries = files.map(
    async (file) => [basename(file, '.sql'), await fromFile(folder, file)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
};

// Nothing to apply and nothing found are not the same.
const noMigrations = (folder: string, cause?: unknown): Failure =>
  new Failure(
    'missing',
    'migrations-missing',
    `there are no migrations in ${folder}; copy packages/db/migrations there`,
    { cause },
  );

/** The names of the migrations that were applied to the database, in order. */
export const appliedTo = async ({ url, proxyPort }: Server): Promise<string[]> => {
  const db = openDb({ url, proxyPort, max: 1, applicationName: 'rookery-migrate' });
  try {
    const [known] = await db.query(everMigrated, undefined);
    if (known?.ever !== true) return [];
    return (await db.query(appliedMigrations, undefined)).map(({ name }) => name);
  } finally {
    await db.close();
  }
};

const neverRun: Migration = {
  up: () => Promise.reject(new Error('a migration that is not in the folder cannot be applied')),
};

// Older code goes back to where a newer schema is: migrations only add, so that it may. One that is missing between others
// is a fault still.
const known = async (server: Server): Promise<Migrations> => {
  const found = await inFolder(server.folder ?? ownFolder());
  const last = Object.keys(found).at(-1) ?? '';
  const newer = (await appliedTo(server)).filter((name) => name > last);
  return { ...found, ...Object.fromEntries(newer.map((name) => [name, neverRun])) };
};

const withMigrator = async <T>(
  server: Server,
  work: (migrator: Migrator) => Promise<T>,
): Promise<T> => {
  if (server.proxyPort !== undefined) useProxy(server.proxyPort);
  const pool = new Pool({
    connectionString: server.url,
    max: 2,
    connectionTimeoutMillis: 10_000,
    application_name: 'rookery-migrate',
  });
  pool.on('error', () => {});
  // The Neon pool types differ from pg's in one signature only (connect()'s result); it is used as pg's at run time.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const dialect = new PostgresDialect({ pool: pool as unknown as PostgresPool });
  const db = new Kysely<unknown>({ dialect });
  const provider = { getMigrations: () => known(server) };
  try {
    return await work(new Migrator({ db, provider, migrationTableSchema: 'rookery' }));
  } catch (error) {
    throw normalise(error, 'migrate');
  } finally {
    await db.destroy();
  }
};

/**
 * Applies every migration that is missing, in one transaction under Kysely's lock, as the user in `url`
 * (who must be allowed to create roles and schemas). Returns what was applied; the first failure undoes all.
 */
export const migrate = (server: Server): Promise<readonly MigrationResult[]> =>
  withMigrator(server, async (migrator) => {
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined) throw normalise(error, 'migrate');
    return results;
  });

/** The names of the migrations that have not been applied to the database yet. */
export const pendingMigrations = (server: Server): Promise<string[]> =>
  withMigrator(server, async (migrator) =>
    (await migrator.getMigrations()).filter((m) => m.executedAt === undefined).map((m) => m.name),
  );
