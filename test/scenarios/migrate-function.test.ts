import { readdirSync } from 'node:fs';
import { cp, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { appliedTo } from '@rookery/db/migrate';
import { openDb } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import { deployWarehouse, type RoleUrls } from '@rookery/lambda/deploy';
import { handler } from '../../functions/deploy/migrate.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { root } from '../contracts/files.ts';
import { openNeon, type Neon } from '../world/neon.ts';

const own = join(root, 'packages/db/migrations');
const last = readdirSync(own).toSorted().at(-1)?.replace('.sql', '');

let neon: Neon;
let folder: string;
let migrated: string;
beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
  neon = await openNeon();
  folder = await mkdtemp(join(tmpdir(), 'rookery-migrations-'));
  migrated = await neon.branch();
  await deploy(migrated, neon.roleUrls(migrated, 'parent'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await neon?.close();
  await rm(folder, { recursive: true, force: true });
});

const server = (database: string) => ({ url: neon.ownerUrl(database), proxyPort: neon.proxyPort });
const deploy = (database: string, urls: RoleUrls, from?: string) =>
  deployWarehouse({ ...server(database), folder: from }, urls);

const alive = statement({
  title: 'an answer',
  on: 'warehouse',
  columns: { alive: 'bool' },
  example: null,
  sql: () => sql`select true as alive`,
});

const logsIn = async (url: string): Promise<boolean> => {
  const db = openDb({ url, proxyPort: neon.proxyPort, max: 1 });
  try {
    return (await db.query(alive, null)).length === 1;
  } catch (error) {
    expect(String(error)).toMatch(/password authentication failed/);
    return false;
  } finally {
    await db.close();
  }
};
const allLogIn = (urls: RoleUrls) => Promise.all(Object.values(urls).map(logsIn));

// The migrations of the package in a folder of the test's, changed by it.
const folderWith = async (change: (at: string) => Promise<void>): Promise<string> => {
  const at = await mkdtemp(join(folder, 'm-'));
  await cp(own, at, { recursive: true });
  await change(at);
  return at;
};

test('the function migrates an empty warehouse, and a second run finds nothing to do', async () => {
  const database = await neon.branch();
  const urls = neon.roleUrls(database, 'function');
  const env = applyEnv({
    MIGRATION_DATABASE_URL: neon.ownerUrl(database),
    DATABASE_URL_ETL: urls.etl,
    DATABASE_URL_API: urls.api,
    DATABASE_URL_INGEST: urls.ingest,
    DATABASE_URL_OPS: urls.ops,
    DATABASE_PROXY_PORT: String(neon.proxyPort),
  });
  try {
    expect(await handler()).toEqual({ schema: last, applied: await appliedTo(server(migrated)) });
    expect(await handler()).toEqual({ schema: last, applied: [] });
    expect(await allLogIn(urls)).toEqual([true, true, true, true]);
  } finally {
    env.stop();
  }
});

test('two deployments at once apply every migration once, and both succeed', async () => {
  const database = await neon.branch();
  const urls = neon.roleUrls(database, 'twice');

  const [one, two] = await Promise.all([deploy(database, urls), deploy(database, urls)]);

  expect([one.schema, two.schema]).toEqual([last, last]);
  expect([...one.applied, ...two.applied]).toEqual(await appliedTo(server(migrated)));
  expect(await allLogIn(urls)).toEqual([true, true, true, true]);
});

test('a copy of a warehouse has its roles and schema: it gets passwords of its own, and nothing else', async () => {
  const copy = await neon.branch(migrated);
  const before = neon.roleUrls(copy, 'parent');
  await deploy(copy, before);
  const after = neon.roleUrls(copy, "chil'd%24");

  expect(await deploy(copy, after)).toEqual({ schema: last, applied: [] });

  expect(await allLogIn(after)).toEqual([true, true, true, true]);
  expect(await allLogIn(before)).toEqual([false, false, false, false]);
});

test('a migration that fails undoes those before it, and everybody logs in as before', async () => {
  const database = await neon.branch(migrated);
  const running = neon.roleUrls(database, 'running');
  await deploy(database, running);
  const broken = await folderWith(async (at) => {
    await writeFile(join(at, '9001_good.sql'), 'create sequence olap.good;');
    await writeFile(join(at, '9002_bad.sql'), 'create sequence olap.good;');
  });

  const failing = deploy(database, neon.roleUrls(database, 'late'), broken);

  await expect(failing).rejects.toThrow('relation "good" already exists');
  expect((await appliedTo(server(database))).at(-1)).toBe(last);
  expect(await allLogIn(running)).toEqual([true, true, true, true]);

  await unlink(join(broken, '9002_bad.sql'));
  const mended = await deploy(database, running, broken);
  expect(mended).toEqual({ schema: '9001_good', applied: ['9001_good'] });

  // The code before that migration is deployed again.
  expect(await deploy(database, running)).toEqual({ schema: '9001_good', applied: [] });
});

test('a folder without migrations, or with a gap, is a fault and no "nothing to do"', async () => {
  const database = await neon.branch(migrated);
  const urls = neon.roleUrls(database, 'gap');
  const empty = await mkdtemp(join(folder, 'm-'));
  const gap = await folderWith((at) => unlink(join(at, '0020_pending_cells.sql')));

  await expect(deploy(database, urls, empty)).rejects.toMatchObject({ code: 'migrations-missing' });
  await expect(deploy(database, urls, join(empty, 'none'))).rejects.toThrow(/copy packages\/db/);
  await expect(deploy(database, urls, gap)).rejects.toThrow(/0020_pending_cells is missing/);
  expect(await logsIn(urls.api)).toBe(false);
});

test('a login of another role, or without a password, is refused before anything is done', async () => {
  const database = await neon.branch();
  const urls = neon.roleUrls(database, 'mixed');
  const wrong = { ...urls, api: urls.ops, etl: urls.etl.replace(/:mixed-[^@]+@/, '@') };

  await expect(deploy(database, wrong)).rejects.toThrow(
    'DATABASE_URL_ETL has no password; DATABASE_URL_API is not of rookery_api',
  );
  expect(await appliedTo(server(database))).toEqual([]);
});

test('a role that policies do not bind stops the deployment, and nobody has a new password', async () => {
  const database = await neon.branch(migrated);
  const admin = neon.admin(database);
  try {
    await admin.script('grant neon_superuser to rookery_api');
    const urls = neon.roleUrls(database, 'bypass');
    const deploying = deploy(database, urls);
    await expect(deploying).rejects.toMatchObject({ code: 'isolation-broken' });
    await expect(deploying).rejects.toThrow(/rookery_api: a member of pg_read_all_data/);
    expect(await allLogIn(urls)).toEqual([false, false, false, false]);
  } finally {
    await admin.script('revoke neon_superuser from rookery_api');
    await admin.close();
  }
});
