import { openDb, type Db } from '@rookery/db/pool';
import { readConfig } from './config.ts';

const connect = {
  source: () => readConfig(['sourceDatabaseUrl', 'databaseProxyPort']),
  etl: () => readConfig(['etlDatabaseUrl', 'databaseProxyPort']),
  ops: () => readConfig(['opsDatabaseUrl', 'databaseProxyPort']),
  api: () => readConfig(['apiDatabaseUrl', 'databaseProxyPort']),
} as const;

/** As whom a function talks to a database. */
export type As = keyof typeof connect;

const open = new Map<As, Db>();

/**
 * The container's pool for a role, opened at first use and kept between invocations.
 * Two connections: one unit of work at a time uses one, and a second serves a look at the health beside it.
 */
export const database = (as: As): Db => {
  const known = open.get(as);
  if (known !== undefined) return known;
  const { databaseProxyPort: proxyPort, ...urls } = connect[as]();
  const [url] = Object.values(urls);
  const db = openDb({ url: String(url), proxyPort, max: as === 'source' || as === 'etl' ? 4 : 2 });
  open.set(as, db);
  return db;
};

/** Closes every pool: the laptop's runtime and the tests do this, Lambda never does. */
export const closeDatabases = async (): Promise<void> => {
  const all = [...open.values()];
  open.clear();
  await Promise.all(all.map((db) => db.close()));
};
