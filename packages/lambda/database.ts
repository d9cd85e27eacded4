import { openDb, type Db } from '@rookery/db/pool';
import { readConfig } from './config.ts';

const asApi = () => readConfig(['apiDatabaseUrl', 'databaseProxyPort']);

// What each pool may open; it opens what is used at once. Lambda gives a container one request at a time, so that there a
// function that reads has one or two connections; on a laptop all functions share a process, and the numbers are for it.
const pools = {
  source: { max: 4, config: () => readConfig(['sourceDatabaseUrl', 'databaseProxyPort']) },
  etl: { max: 4, config: () => readConfig(['etlDatabaseUrl', 'databaseProxyPort']) },
  ingest: { max: 4, config: () => readConfig(['ingestDatabaseUrl', 'databaseProxyPort']) },
  ops: { max: 2, config: () => readConfig(['opsDatabaseUrl', 'databaseProxyPort']) },
  api: { max: 8, config: asApi },
  // An export holds its connection for as long as its caller reads: no other reader may wait for it.
  exports: { max: 4, config: asApi },
  // Records are written while the read that they are of holds a connection: out of one pool, reads could wait for each other.
  records: { max: 2, config: asApi },
} as const;

/** What a function talks to a database for: as a role of its own, or as the API with connections of its own. */
export type Purpose = keyof typeof pools;

const open = new Map<Purpose, Db>();

/** The container's pool for a purpose, opened at first use and kept between invocations. */
export const database = (purpose: Purpose): Db => {
  const known = open.get(purpose);
  if (known !== undefined) return known;
  const { max, config } = pools[purpose];
  const { databaseProxyPort: proxyPort, ...urls } = config();
  const [url] = Object.values(urls);
  const db = openDb({ url: String(url), proxyPort, max });
  open.set(purpose, db);
  return db;
};

/** Closes every pool: the laptop's runtime and the tests do this, Lambda never does. */
export const closeDatabases = async (): Promise<void> => {
  const all = [...open.values()];
  open.clear();
  await Promise.all(all.map((db) => db.close()));
};
