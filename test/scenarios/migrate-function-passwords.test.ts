import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { giveLogins, withLogins } from '@rookery/db/logins.sql';
import { openDb, type Db } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import { ping } from '@rookery/lambda/ping.sql';
import { deployWarehouse, type RoleUrls } from '@rookery/lambda/deploy';
import { openNeon, type Neon } from '../world/neon.ts';

let neon: Neon;
let database: string;
let admin: Db;
let owner: Db;
beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
  neon = await openNeon();
  database = await neon.branch();
  admin = neon.admin(database);
  await admin.script('create extension if not exists pg_stat_statements');
  await admin.script(`alter system set log_statement = 'ddl'`);
  await admin.script('select pg_reload_conf()');
  owner = openDb({ url: neon.ownerUrl(database), proxyPort: neon.proxyPort, max: 3 });
  await deploy(neon.roleUrls(database, 'first'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await owner?.close();
  await admin?.close();
  await neon?.close();
});

const deploy = (urls: RoleUrls) =>
  deployWarehouse({ url: neon.ownerUrl(database), proxyPort: neon.proxyPort }, urls);

const answers = async (url: string): Promise<boolean> => {
  const db = openDb({ url, proxyPort: neon.proxyPort, max: 1 });
  try {
    return (await db.query(ping, {})).length === 1;
  } finally {
    await db.close();
  }
};

const passwordsOf = (urls: RoleUrls): string[] =>
  Object.values(urls).map((url) => new URL(url).password);

const statements = statement({
  title: 'the texts that the statistics of statements have',
  on: 'warehouse',
  columns: { texts: 'text' },
  example: null,
  sql: () => sql`select string_agg(query, E'\n') as texts from pg_stat_statements`,
});

// Where a password would be read by who may read logs or statistics.
const leaked = async (password: string): Promise<string[]> => {
  const [row] = await admin.query(statements, null);
  const places = { log: neon.log(), statistics: String(row?.texts) };
  return Object.entries(places).flatMap(([place, text]) =>
    text.includes(password) ? [place] : [],
  );
};

const own = ({ message, stack, cause }: Error) => ({ message, stack, cause });

const everything = (error: unknown): string =>
  JSON.stringify(error, (_key, value: unknown) =>
    value instanceof Error
      ? { ...Object.fromEntries(Object.entries(value)), ...own(value) }
      : value,
  );

test('no password is in the log of the server or in the statistics of statements', async () => {
  const urls = neon.roleUrls(database, 'quiet');

  await deploy(urls);

  for (const password of passwordsOf(urls)) expect(await leaked(password)).toEqual([]);
});

test('a command of its own would put it there', async () => {
  await owner.script(`alter role rookery_api password 'loud-and-clear'`);

  expect(await leaked('loud-and-clear')).toEqual(['log', 'statistics']);
});

test('a password that is refused is in no error and no log, and no role has a new one', async () => {
  const before = neon.roleUrls(database, 'before');
  await deploy(before);
  await admin.script('revoke rookery_ingest from neondb_owner');
  const urls = neon.roleUrls(database, 'refused');
  try {
    const error = await deploy(urls).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'logins-refused' });
    expect(String(error)).toMatch(/role rookery_ingest: permission denied to alter role/);
    expect(everything(error)).not.toContain('refused-rookery');
    expect(neon.log()).toContain('permission denied to alter role');
    for (const password of passwordsOf(urls)) expect(await leaked(password)).toEqual([]);
    for (const url of Object.values(before)) expect(await answers(url)).toBe(true);
    // Whoever refuses may repeat a password, in words of his own: here one is a word that Postgres refuses with.
    const spoken = { ...urls, ops: neon.url('rookery_ops', 'permission', database) };
    await expect(deploy(spoken)).rejects.toThrow('rookery_ingest: … denied to alter role');
  } finally {
    await admin.script('grant rookery_ingest to neondb_owner with admin option');
  }
});

test('a command that is cancelled while it waits for another does not show its password either', async () => {
  await owner.transaction(async (other) => {
    await other.script(`alter role rookery_api password 'another'`);
    const waiting = admin.transaction(async (tx) => {
      await tx.script(`set local statement_timeout = '300ms'`);
      await withLogins(tx, { rookery_api: 'waits-in-vain' }, giveLogins);
    });
    await expect(waiting).rejects.toThrow(/statement timeout/);
  });

  expect(neon.log()).toContain('role rookery_api: canceling statement due to statement timeout');
  expect(await leaked('waits-in-vain')).toEqual([]);
});

const threeAtOnce = async (change: (password: string) => Promise<unknown>) => {
  const all = await Promise.allSettled(['one', 'two', 'three'].map(change));
  return all.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
};

test('logins are given beside each other, which collide by commands of their own', async () => {
  const given = await threeAtOnce((password) =>
    owner.transaction(async (tx) => {
      await withLogins(tx, { rookery_api: password }, giveLogins);
      await sleep(50);
    }),
  );
  const collided = await threeAtOnce((password) =>
    owner.transaction(async (tx) => {
      await tx.script(`alter role rookery_api password '${password}'`);
      await sleep(50);
    }),
  );

  expect(given).toEqual([]);
  expect(collided.join()).toMatch(/tuple concurrently updated/);
});
