import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundaryFaults, forbiddenTables } from '@rookery/db/boundary';
import { documentedSchemas, readCatalog } from '@rookery/db/catalog';
import { columnsOf } from '@rookery/db/catalog.sql';
import { openDb, type Session } from '@rookery/db/pool';
import { openWorld, type World } from '../world/world.ts';
import { outcome } from './monitoring-rows.ts';
import { rolledBack } from './tables.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const faults = async (db: Session): Promise<string[]> =>
  boundaryFaults(await db.query(columnsOf, documentedSchemas));

const after = (change: string): Promise<string[]> =>
  rolledBack(world.admin, async (tx) => {
    await tx.script(change);
    return faults(tx);
  });

test('the schema keeps what does not belong in it out', async () => {
  expect(await faults(world.admin)).toEqual([]);
});

test('the eight tables of seed 000 §3 are all named', () => {
  expect(forbiddenTables.map(({ table }) => table).sort()).toEqual([
    'admin_system_events',
    'analytics_access_audit',
    'analytics_connection_pools',
    'analytics_export_controls',
    'analytics_pool_metrics',
    'analytics_rate_limits',
    'notifications',
    'transactional_emails',
  ]);
});

test.each(forbiddenTables.map(({ table }) => table))('table %s is refused', async (table) => {
  for (const name of [table, `tb_${table}`, `${table}_archive`])
    expect(await after(`create table olap.${name} (id bigint)`)).toEqual([
      expect.stringMatching(`^table olap.${name} belongs in `),
    ]);
});

test.each([
  'query_duration_ms',
  'duration',
  'latency_ms',
  'complexity',
  'rows_scanned',
  'cpu_percent',
  'request_body',
  'response_payload',
  'request_headers',
  'page_viewed',
  'button_clicked',
  'session_id',
])('admin_audit_log.%s is refused', async (column) => {
  expect(await after(`alter table olap.admin_audit_log add ${column} text`)).toEqual([
    expect.stringMatching(`^column olap.admin_audit_log.${column} belongs in `),
  ]);
});

test.each([
  'email_id',
  'message_id',
  'event_id',
  'event_name',
  'email_body',
  'subject',
  'attachments',
  'queue_depth',
  'cpu',
  'page_url',
  'distinct_id',
  'occurred_at',
  'timestamp',
  'properties',
  'payload',
  'context',
])('a fact with %s is refused', async (column) => {
  expect(await after(`alter table olap.campaign_analytics add ${column} text`)).toEqual([
    expect.stringMatching(`^column olap.campaign_analytics.${column} belongs in `),
  ]);
});

test('what a customer is promised passes', async () => {
  expect(
    await after(
      `alter table olap.campaign_analytics add positive_replies integer, add variant text`,
    ),
  ).toEqual([]);
});

test('a table of raw events is refused by its shape, whatever it is called', async () => {
  const faults = await after(
    `create table olap.usage_detail (tenant_id text, occurred_at timestamptz, distinct_id text, properties jsonb)`,
  );
  expect(faults.map((fault) => fault.replace(/ belongs in .*/, ''))).toEqual([
    'column olap.usage_detail.occurred_at',
    'column olap.usage_detail.distinct_id',
    'column olap.usage_detail.properties',
  ]);
});

// The third enforcement: what the database itself refuses, tried as each role.
test('no role that handles events reaches the warehouse, and none that counts reaches events', async () => {
  const ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort, max: 1 });
  try {
    const catalog = await readCatalog(world.admin, documentedSchemas);
    const tables = catalog.tables.filter(({ kind }) => kind === 'table');
    const facts = tables.filter(
      ({ schema, name }) => schema === 'olap' && name.endsWith('_analytics'),
    );
    expect(facts).toHaveLength(6);
    for (const { name } of tables.filter(
      ({ schema, name }) => schema === 'olap' && !name.startsWith('audit_'),
    ))
      expect([name, await outcome(ingest, `select from olap.${name}`, 'a')]).toEqual([
        name,
        expect.stringMatching(/^42501 /),
      ]);
    for (const { name } of tables.filter(({ schema }) => schema === 'monitoring'))
      for (const text of [`select from monitoring.${name}`, `delete from monitoring.${name}`])
        expect([text, await outcome(world.etl, text, 'a')]).toEqual([
          text,
          expect.stringMatching(/^42501 /),
        ]);
    for (const { name } of [...facts, { name: 'external_daily' }])
      for (const text of [
        `insert into olap.${name} (tenant_id) values ('a')`,
        `update olap.${name} set tenant_id = tenant_id`,
        `delete from olap.${name}`,
      ])
        expect([text, await outcome(world.api, text, 'a')]).toEqual([
          text,
          expect.stringMatching(/^42501 /),
        ]);
  } finally {
    await ingest.close();
  }
});
