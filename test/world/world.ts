import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openDb, type Db } from '@rookery/db/pool';

/** The roles a world is entered as: the superuser, the reader of the OLTP contract, and those of DESIGN D12. */
export type Role = 'postgres' | 'rookery_source' | 'rookery_etl' | 'rookery_api' | 'rookery_ops';

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

/** Clones the migrated template (about 60 ms) into a database of its own; call `close` when done. */
export const openWorld = async (): Promise<World> => {
  const { host, port, proxyPort, template } = inject('server');
  const database = `world_${randomBytes(6).toString('hex')}`;
  const urlOf = (role: Role, name: string) => `postgres://${role}@${host}:${port}/${name}`;
  const url = (role: Role) => urlOf(role, database);

  const maintenance = async (command: string): Promise<void> => {
    const db = openDb({ url: urlOf('postgres', 'postgres'), proxyPort, max: 1 });
    try {
      await db.script(command);
    } finally {
      await db.close();
    }
  };
  await maintenance(`create database ${database} template ${template} strategy file_copy`);

  const open = (role: Role) => openDb({ url: url(role), proxyPort, applicationName: `test-${role}` });
  const [admin, source, etl, api, ops] = [
    open('postgres'),
    open('rookery_source'),
    open('rookery_etl'),
    open('rookery_api'),
    open('rookery_ops'),
  ];
  return {
    admin,
    source,
    etl,
    api,
    ops,
    database,
    proxyPort,
    url,
    close: async () => {
      await Promise.all([admin, source, etl, api, ops].map((db) => db.close()));
      await maintenance(`drop database if exists ${database} with (force)`);
    },
  };
};
