import { randomBytes } from 'node:crypto';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb, type Db } from '@rookery/db/pool';
import type { RoleUrls } from '@rookery/lambda/deploy';
import { startPostgres } from '../../infra/local/postgres.ts';
import { startProxy, type Target } from '../../infra/local/proxy.ts';

/** A Postgres that is to us as Neon is: the owner of a database is no superuser, and everybody needs a password. */
export type Neon = {
  readonly postgres: Target;
  readonly proxyPort: number;
  /** An empty database of the owner's, or a copy of another as a branch is one; its name. */
  readonly branch: (of?: string) => Promise<string>;
  /** The login of a role: as its owner, or with what a deployment was told. */
  readonly url: (user: string, password: string, database: string) => string;
  readonly ownerUrl: (database: string) => string;
  /** The URLs of the roles on a database, each with a password of its own that begins with `mark`. */
  readonly roleUrls: (database: string, mark: string) => RoleUrls;
  /** As the superuser, whom Neon gives to nobody: to look at what was done. */
  readonly admin: (database: string) => Db;
  /** The log of the server. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
};

// As Neon makes the owner of a project: its attributes by itself, the predefined roles through neon_superuser.
const roles = (password: string) => `
  create role neon_superuser nologin createdb createrole bypassrls replication
    in role pg_read_all_data, pg_write_all_data, pg_monitor;
  create role neondb_owner login createdb createrole bypassrls replication password '${password}' in role neon_superuser;`;

// Only the superuser needs none: nothing under test is it.
const access = `host all postgres 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
`;

const secret = (mark: string): string => `${mark}-${randomBytes(24).toString('hex')}`;

/** Starts a Neon of one's own, in a directory below /tmp; further `targets` can be reached through its WebSocket proxy. */
export const openNeon = async (targets: readonly Target[] = []): Promise<Neon> => {
  const directory = await mkdtemp(join(tmpdir(), 'rookery-neon-'));
  await chmod(directory, 0o711);
  const dataDir = join(directory, 'data');
  const postgres = await startPostgres({ dataDir });
  const proxy = await startProxy([postgres, ...targets]);
  const { host, port } = postgres;
  const admin = (database: string) =>
    openDb({ url: postgres.url('postgres', database), proxyPort: proxy.port, max: 2 });
  const maintenance = admin('postgres');
  const ownerPassword = secret('owner');
  await maintenance.script(roles(ownerPassword));
  writeFileSync(join(realpathSync(dataDir), 'pg_hba.conf'), access);
  await maintenance.script('select pg_reload_conf()');
  const url = (user: string, password: string, database: string) =>
    `postgresql://${user}:${password}@${host}:${port}/${database}`;
  let made = 0;
  return {
    postgres: { host, port },
    proxyPort: proxy.port,
    branch: async (of) => {
      const name = `branch_${(made += 1)}`;
      await maintenance.script(
        `create database ${name} owner neondb_owner${of === undefined ? '' : ` template ${of}`}`,
      );
      return name;
    },
    url,
    ownerUrl: (database) => url('neondb_owner', ownerPassword, database),
    roleUrls: (database, mark) => {
      const login = (role: string) => url(`rookery_${role}`, secret(`${mark}-${role}`), database);
      return { etl: login('etl'), api: login('api'), ingest: login('ingest'), ops: login('ops') };
    },
    admin,
    log: () => readFileSync(postgres.logFile, 'utf8'),
    close: async () => {
      await maintenance.close();
      await proxy.close();
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
