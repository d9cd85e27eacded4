import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openDb, type Db } from '@rookery/db/pool';

/** The roles a world is entered as: the superuser, the reader of the OLTP contract, and those of DESIGN D12. */
export type Role =
  | 'postgres'
  | 'rookery_source'
  | 'rookery_etl'
  | 'rookery_api'
  | 'rookery_ingest'
  | 'rookery_ops';

/** One fresh, migrated, empty database with the source contract, and a connection pool for each role. */
export type World = {
  readonly admin: Db;
  readonly source: Db;
  readonly etl: Db;
  readonly api: Db;
  readonly ops: Db;
  readonly database: string;
  readonly proxyPort: number;
  readonly url: (role: Role) => string;
  /** Closes every pool and drops the database. */
  readonly close: () => Promise<void>;
};

/** A database that belongs to one test file. */
export type Database = Pick<World, 'database' | 'proxyPort' | 'url'> & {
  readonly drop: () => Promise<void>;
};

/** Makes a database of its own on the run's server: empty, or a clone of another (about 60 ms). */
export const createDatabase = async (template?: string): Promise<Database> => {
  const { host, port, proxyPort } = inject('server');
  const database = `world_${randomBytes(6).toString('hex')}`;
  const urlOf = (role: Role, name: string) => `postgres://${role}@${host}:${port}/${name}`;
  const maintenance = async (command: string): Promise<void> => {
    const db = openDb({ url: urlOf('postgres', 'postgres'), proxyPort, max: 1 });
    try {
      await db.script(command);
    } finally {
      await db.close();
    }
  };
  await maintenance(
    `create database ${database}${template === undefined ? '' : ` template ${template} strategy file_copy`}`,
  );
  return {
    database,
    proxyPort,
    url: (role) => urlOf(role, database),
    drop: () => maintenance(`drop database if exists ${database} with (force)`),
  };
};

/** Clones the migrated template into a database of its own; call `close` when done. */
export const openWorld = async (): Promise<World> => {
  const { database, proxyPort, url, drop } = await createDatabase(inject('server').template);
  const open = (role: Role) =>
    openDb({ url: url(role), proxyPort, applicationName: `test-${role}` });
  const pools = {
    admin: open('postgres'),
    source: open('rookery_source'),
    etl: open('rookery_etl'),
    api: open('rookery_api'),
    ops: open('rookery_ops'),
  };
  return {
    ...pools,
    database,
    proxyPort,
    url,
    close: async () => {
      await Promise.all(Object.values(pools).map((db) => db.close()));
      await drop();
    },
  };
};
