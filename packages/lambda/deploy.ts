import { join } from 'node:path';
import { isolationFaults } from '@rookery/db/isolation.sql';
import { giveLogins, makeRoles, withLogins, type Logins } from '@rookery/db/logins.sql';
import { appliedTo, migrate, type Server } from '@rookery/db/migrate';
import { openDb, type Db } from '@rookery/db/pool';
import { describe, Failure } from '@rookery/kernel/failure';
import { log } from './log.ts';

/** The URLs of the roles' logins, by role: `etl` is that of `rookery_etl`. */
export type RoleUrls = Readonly<Record<'etl' | 'api' | 'ingest' | 'ops', string>>;

/** The last migration that the warehouse has, and those that this deployment applied. */
export type Deployed = { readonly schema: string; readonly applied: readonly string[] };

/** Where a bundle has the migrations: beside itself, in the directory that Lambda names. Elsewhere they are the package's. */
export const migrationsFolder = (
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined => {
  const root = env['LAMBDA_TASK_ROOT'];
  return root === undefined ? undefined : join(root, 'migrations');
};

/** The role and password of each URL; fails with `config-invalid` when one is another role's or has no password. */
export const loginsOf = (urls: RoleUrls): Logins => {
  const wrong: string[] = [];
  const logins = Object.entries(urls).map(([role, text]) => {
    const { username, password } = new URL(text);
    if (username !== `rookery_${role}`)
      wrong.push(`DATABASE_URL_${role.toUpperCase()} is not of rookery_${role}`);
    else if (password === '') wrong.push(`DATABASE_URL_${role.toUpperCase()} has no password`);
    return [username, decodeURIComponent(password)] as const;
  });
  if (wrong.length > 0)
    throw new Failure(
      'unavailable',
      'config-invalid',
      `the logins are not complete: ${wrong.join('; ')}`,
    );
  return Object.fromEntries(logins);
};

// Whatever refuses a password may repeat it: Neon's control plane answers in words of its own.
const without = (logins: Logins, text: string): string =>
  Object.values(logins).reduce((said, password) => said.replaceAll(password, '…'), text);

const login = async (db: Db, logins: Logins, command: typeof makeRoles | typeof giveLogins) => {
  try {
    await db.transaction((tx) => withLogins(tx, logins, command));
  } catch (error) {
    throw new Failure('unavailable', 'logins-refused', without(logins, describe(error)));
  }
};

const assertIsolated = async (db: Db): Promise<void> => {
  const faults = await isolationFaults(db);
  if (faults.length > 0)
    throw new Failure(
      'conflict',
      'isolation-broken',
      `tenants are not kept apart here, so nothing may be deployed: ${faults.join('; ')}`,
    );
};

/**
 * Brings the warehouse to the schema of this code and lets each role log in with the password of its URL. Passwords change
 * last: when a migration fails, all is undone and whatever runs goes on logging in as it did. Can run twice, beside itself and
 * on a copy of another warehouse; fails rather than leave tenants that are not kept apart.
 */
export const deployWarehouse = async (server: Server, urls: RoleUrls): Promise<Deployed> => {
  const started = performance.now();
  const logins = loginsOf(urls);
  const db = openDb({ ...server, max: 1, applicationName: 'rookery-deploy' });
  try {
    await login(db, logins, makeRoles);
    const applied = (await migrate(server)).map(({ migrationName }) => migrationName);
    await assertIsolated(db);
    await login(db, logins, giveLogins);
    const schema = (await appliedTo(server)).at(-1);
    if (schema === undefined)
      throw new Failure('missing', 'migrations-missing', 'no migration was ever applied');
    log('INFO', 'warehouse migrated', {
      schema,
      applied,
      ms: Math.round(performance.now() - started),
    });
    return { schema, applied };
  } finally {
    await db.close();
  }
};
