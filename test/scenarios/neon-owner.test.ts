import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentSchema } from '@rookery/db/document';
import { openDb, type Db } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import { deployWarehouse, type Deployed, type RoleUrls } from '@rookery/lambda/deploy';
import { installContract } from '@rookery/source/install';
import { parseDay } from '@rookery/kernel/day';
import { ensurePartitions } from '@rookery/warehouse/facts/partition.sql';
import { root } from '../contracts/files.ts';
import { emails, tenant } from '../world/builders.ts';
import { openDesk } from '../world/desk.ts';
import { openNeon, type Neon } from '../world/neon.ts';

let neon: Neon;
let database: string;
let urls: RoleUrls;
let deployed: Deployed;
let admin: Db;
beforeAll(async () => {
  neon = await openNeon();
  database = await neon.branch();
  urls = neon.roleUrls(database, 'first');
  admin = neon.admin(database);
  const { proxyPort } = neon;
  deployed = await deployWarehouse({ url: neon.ownerUrl(database), proxyPort }, urls);
});
afterAll(async () => {
  await admin?.close();
  await neon?.close();
});

const open = (url: string) => openDb({ url, proxyPort: neon.proxyPort, max: 2 });

const who = statement({
  title: 'who is logged in',
  on: 'warehouse',
  columns: { role: 'text', zone: 'text', patience: 'text', super: 'bool' },
  example: null,
  sql: () => sql`select current_user::text as role, current_setting('timezone') as zone,
    current_setting('statement_timeout') as patience, r.rolsuper as super from pg_roles r where r.rolname = current_user`,
});

const passwords = statement({
  title: 'the roles, and whether each has a verifier of a password',
  on: 'warehouse',
  columns: { role: 'text', login: 'bool', verifier: 'bool' },
  example: null,
  sql: () => sql`select rolname::text as role, rolcanlogin as login, coalesce(rolpassword like 'SCRAM-SHA-256$%', false) as verifier
    from pg_authid where rolname like 'rookery\_%' order by rolname`,
});

const tenants = statement({
  title: 'the tenants whose rows are seen',
  on: 'warehouse',
  columns: { tenant_id: 'text', sent: 'int4' },
  example: null,
  sql: () => sql`select tenant_id, sent from olap.campaign_analytics order by 1`,
});

test('an owner who is no superuser makes the whole schema, to the letter', async () => {
  const owner = open(neon.ownerUrl(database));
  const made = await documentSchema(owner);
  await owner.close();

  expect(deployed.applied.length).toBeGreaterThan(40);
  expect(deployed.schema).toBe(deployed.applied.at(-1));
  expect(made.schemaSql).toBe(await readFile(join(root, 'packages/db/schema.sql'), 'utf8'));
});

test('every role logs in with its password and its settings, and with no other', async () => {
  for (const [role, url] of Object.entries(urls)) {
    const db = open(url);
    expect(await db.query(who, null)).toEqual([
      { role: `rookery_${role}`, zone: 'UTC', patience: '100s', super: false },
    ]);
    await db.close();
    const stranger = open(url.replace('first-', 'guess-'));
    await expect(stranger.query(who, null)).rejects.toThrow(/password authentication failed/);
    await stranger.close();
  }
});

test('no role is without a password, which Neon would refuse, and none has it in clear', async () => {
  const verified = { login: true, verifier: true };
  expect(await admin.query(passwords, null)).toEqual([
    { role: 'rookery_api', ...verified },
    { role: 'rookery_etl', ...verified },
    { role: 'rookery_ingest', ...verified },
    { role: 'rookery_ops', ...verified },
    { role: 'rookery_owner', login: false, verifier: true },
  ]);
});

test('the roles aggregate a day of two tenants, and the API reads its own only', async () => {
  await installContract(admin);
  await admin.script(`alter role rookery_source password 'source'`);
  const [source, etl, api, ops] = [
    neon.url('rookery_source', 'source', database),
    urls.etl,
    urls.api,
    urls.ops,
  ].map(open) as [Db, Db, Db, Db];
  const close = async () => {
    await Promise.all([source, etl, api, ops].map((db) => db.close()));
  };
  const { proxyPort } = neon;
  const url = () => neon.ownerUrl(database);
  const world = { admin, source, etl, api, ops, database, proxyPort, url, close };
  const desk = await openDesk(undefined, world);
  const sent_at = '2025-03-10T10:00:00Z';
  for (const tenant_id of ['heron', 'stork']) {
    await tenant(admin, { tenant_id });
    await emails(admin, [
      { tenant_id, sent_at },
      { tenant_id, sent_at },
      { tenant_id, sent_at },
    ]);
  }

  await desk.settle();

  expect(await api.query(tenants, null)).toEqual([]);
  const read = { tenantId: 'heron', role: 'operator' };
  expect(await api.transaction((tx) => tx.query(tenants, null), read)).toEqual([
    { tenant_id: 'heron', sent: 3 },
  ]);
  const [more] = await ops.query(ensurePartitions, { days: [parseDay('2031-05-01')] });
  expect(more?.made).toBeGreaterThan(0);
  await close();
});
