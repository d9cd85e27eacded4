import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Pool } from '@neondatabase/serverless';
import { Kysely, PostgresDialect, sql, type PostgresPool } from 'kysely';
import { Migrator, type Migration, type MigrationResult } from 'kysely/migration';
import { normalise } from './fault.ts';
import { useProxy } from './pool.ts';

const folder = join(import.meta.dirname, 'migrations');

const fromFile = async (file: string): Promise<Migration> => {
  const text = await readFile(join(folder, file), 'utf8');
  return { up: async (db) => void (await sql.raw(text).execute(db)) };
};

/** The database to migrate; `proxyPort` as in DbOptions. */
export type Server = { readonly url: string; readonly proxyPort?: number | undefined };

const provider = {
  getMigrations: async () => {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
    const entries = files.map(
      async (file) => [basename(file, '.sql'), await fromFile(file)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  },
};

const withMigrator = async <T>(
  { url, proxyPort }: Server,
  work: (migrator: Migrator) => Promise<T>,
): Promise<T> => {
  if (proxyPort !== undefined) useProxy(proxyPort);
  const pool = new Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 10_000,
    application_name: 'rookery-migrate',
  });
  pool.on('error', () => {});
  // The Neon pool types differ from pg's in one signature only (connect()'s result); it is used as pg's at run time.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const dialect = new PostgresDialect({ pool: pool as unknown as PostgresPool });
  const db = new Kysely<unknown>({ dialect });
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
