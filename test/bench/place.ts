import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@rookery/db/migrate';
import { openDb, type Db } from '@rookery/db/pool';
import { installContract } from '@rookery/source/install';
import { startPostgres, type Postgres } from '../../infra/local/postgres.ts';
import { startProxy } from '../../infra/local/proxy.ts';
import { databaseExists, days, emailScripts, finishScript, worldScript } from './data.sql.ts';

/** One warehouse and the source it is fed from, each role through one warm connection, as in a warm Lambda. */
export type Place = {
  readonly source: Db;
  readonly etl: Db;
  readonly ops: Db;
  /** Superusers of the source and of the warehouse; the floors run as the first. */
  readonly sourceAdmin: Db;
  readonly warehouseAdmin: Db;
  readonly close: () => Promise<void>;
};

/** The server of one bench run. */
export type Ground = {
  readonly postgres: Postgres;
  readonly proxyPort: number;
  readonly maintenance: Db;
  readonly dataDir: string;
  readonly stop: () => Promise<void>;
};

/** Backends that belong to the bench carry this name; their CPU is what is measured. */
export const applicationName = 'rookery-bench';

/** Starts Postgres with its data in `dataDir` (kept), or in a temporary directory that `stop` removes. */
export const openGround = async (dataDir?: string): Promise<Ground> => {
  const temporary =
    dataDir === undefined ? await mkdtemp(join(tmpdir(), 'rookery-bench-')) : undefined;
  // Postgres runs as nobody when we are root, and must pass through.
  if (temporary !== undefined) await chmod(temporary, 0o711);
  const where = dataDir ?? join(temporary ?? '', 'data');
  const postgres = await startPostgres({ dataDir: where });
  const proxy = await startProxy([postgres]);
  const maintenance = openDb({
    url: postgres.url('postgres', 'postgres'),
    proxyPort: proxy.port,
    max: 1,
  });
  await maintenance.script('create extension if not exists pg_stat_statements');
  const end = async (): Promise<void> => {
    await maintenance.close();
    await proxy.close();
    await postgres.stop();
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  };
  let ending: Promise<void> | undefined;
  // An interruption and the end of the run may both ask for it.
  const stop = (): Promise<void> => (ending ??= end());
  return { postgres, proxyPort: proxy.port, maintenance, dataDir: where, stop };
};

// A worker's CPU would be lost with it, and the target is the work, not how many cores share it.
const oneCore = (database: string): string =>
  `alter database ${database} set max_parallel_workers_per_gather = 0`;

const admin = ({ postgres, proxyPort }: Ground, database: string): Db =>
  openDb({ url: postgres.url('postgres', database), proxyPort, max: 1, applicationName });

/** Makes a source database with the e-mails of the days `[from, 90)`; `say` hears how far it is. */
export const makeSource = async (
  ground: Ground,
  name: string,
  volume: { readonly emails: number; readonly from: number },
  say: (progress: string) => void,
): Promise<void> => {
  // It gets its name when it is whole: a bench that was cut short finds no half-made source the next time.
  const database = `${name}_draft`;
  await ground.maintenance.script(`drop database if exists ${database} with (force)`);
  await ground.maintenance.script(`create database ${database}`);
  await ground.maintenance.script(oneCore(database));
  const db = admin(ground, database);
  try {
    await installContract(db);
    await db.script(worldScript);
    const scripts = emailScripts({ ...volume, to: days });
    for (const [i, script] of scripts.entries()) {
      say(`${name}: e-mails ${i + 1} of ${scripts.length}`);
      await db.script(script);
    }
    say(`${name}: leads and indexes`);
    await db.script(finishScript);
    await installContract(db);
    say(`${name}: vacuum analyze`);
    await db.script('vacuum analyze');
  } finally {
    await db.close();
  }
  await ground.maintenance.script(`alter database ${database} rename to ${name}`);
};

/** True when the server already has a database of that name. */
export const hasDatabase = async ({ maintenance }: Ground, name: string): Promise<boolean> => {
  const [row] = await maintenance.query(databaseExists, { name });
  return row?.found === true;
};

/** Makes a fresh, migrated warehouse with partitions for all days, and connects to it and to its source. */
export const openPlace = async (
  ground: Ground,
  source: string,
  warehouse: string,
): Promise<Place> => {
  const { postgres, proxyPort, maintenance } = ground;
  await maintenance.script(`drop database if exists ${warehouse} with (force)`);
  await maintenance.script(`create database ${warehouse}`);
  await maintenance.script(oneCore(warehouse));
  await migrate({ url: postgres.url('postgres', warehouse), proxyPort });
  const as = (role: string, database: string): Db =>
    openDb({ url: postgres.url(role, database), proxyPort, max: 1, applicationName });
  const pools = {
    source: as('rookery_source', source),
    etl: as('rookery_etl', warehouse),
    ops: as('rookery_ops', warehouse),
    sourceAdmin: as('postgres', source),
    warehouseAdmin: as('postgres', warehouse),
  };
  await pools.warehouseAdmin.script(
    `select olap.ensure_partitions(current_date - ${days + 40}, current_date + 40)`,
  );
  // A pool lets go of a connection that is idle for 30 s, and its CPU would be lost with it.
  const awake = setInterval(() => {
    // Waiting for one that is busy times out after 10 s: it needs no keeping.
    for (const db of Object.values(pools)) db.script('').catch(() => undefined);
  }, 10_000);
  return {
    ...pools,
    close: async () => {
      clearInterval(awake);
      await Promise.all(Object.values(pools).map((db) => db.close()));
      // It also waits for the last backend to be gone: one that is going would be missed in the next measurement.
      await maintenance.script(`drop database ${warehouse} with (force)`);
    },
  };
};
