import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCatalog, type Catalog } from '@rookery/db/catalog';
import { codeOf } from '@rookery/db/fault';
import { isolationFaults, tenantRoles } from '@rookery/db/isolation.sql';
import { openDb, type Db, type Session } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import { openWorld, type World } from '../world/world.ts';
import { filling, rolledBack } from './tables.ts';

let world: World;
let catalog: Catalog;
let ingest: Db;
let tables: string[];
let views: string[];
let partitions: string[];

const insufficientPrivilege = '42501';

const named = statement({
  title: 'the partitions of the tables with a tenant',
  on: 'warehouse',
  columns: { name: 'text' },
  example: null,
  sql: () => sql`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('olap', 'monitoring') and c.relispartition and c.relkind in ('r', 'p') order by 1`,
});

const counted = (table: string) =>
  statement({
    title: `own and foreign rows of ${table}`,
    on: 'warehouse',
    columns: { own: 'int8', foreign: 'int8' },
    example: null,
    sql: () => sql`
      select count(*) filter (where tenant_id = 'a') as own, count(*) filter (where tenant_id <> 'a') as "foreign"
      from ${sql.raw(table)}`,
  });

const touched = (text: string) =>
  statement({
    title: text,
    on: 'warehouse',
    columns: { rows: 'int8' },
    example: null,
    sql: () =>
      sql.raw(`with touched as (${text} returning 1) select count(*) as rows from touched`),
  });

// The answer, or 'denied' when the role lacks the grant or the policy refuses; anything else is an error.
const attempt = async <T>(work: () => Promise<T>): Promise<T | 'denied'> => {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === insufficientPrivilege) return 'denied';
    throw error;
  }
};

const roles = (): [string, Db][] => [
  ['rookery_etl', world.etl],
  ['rookery_api', world.api],
  ['rookery_ingest', ingest],
];

beforeAll(async () => {
  world = await openWorld();
  ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort, max: 1 });
  catalog = await readCatalog(world.admin);
  const withTenant = (kind: string): string[] =>
    catalog.tables
      .filter((table) => table.kind === kind)
      .filter(({ schema, name }) =>
        catalog.columns.some(
          (c) => c.schema === schema && c.relation === name && c.name === 'tenant_id',
        ),
      )
      .map(({ schema, name }) => `${schema}.${name}`);
  tables = withTenant('table');
  views = withTenant('view');
  partitions = (await world.admin.query(named, null)).map(({ name }) => name);
  // The only rows of a fresh database that have a tenant: how long the platform keeps what.
  await world.admin.script(
    'delete from monitoring.retention_policy; delete from monitoring.retention_category',
  );
  await world.admin.script(filling(catalog, ['a', 'b']).join(';\n'));
});
afterAll(async () => {
  await ingest.close();
  await world.close();
});

test('the catalog shows no hole', async () => {
  expect(tables.length).toBeGreaterThanOrEqual(11);
  expect(partitions.length).toBeGreaterThan(0);
  expect(await isolationFaults(world.admin)).toEqual([]);
});

test('the fixture is fair: every table holds one row of each tenant', async () => {
  for (const table of tables)
    expect([table, await world.admin.query(counted(table), null)]).toEqual([
      table,
      [{ own: 1, foreign: 1 }],
    ]);
});

test('a tenant reads its own rows and no others, in every table and view', async () => {
  const readable: string[] = [];
  for (const [role, db] of roles())
    for (const relation of [...tables, ...views]) {
      const seen = await attempt(() =>
        db.transaction((tx) => tx.query(counted(relation), null), {
          tenantId: 'a',
          role: 'auditor',
        }),
      );
      if (seen === 'denied') continue;
      expect([role, relation, seen]).toEqual([role, relation, [{ own: 1, foreign: 0 }]]);
      readable.push(`${role} ${relation}`);
    }
  expect(readable).toContain('rookery_api olap.campaign_analytics');
  expect(readable).toContain('rookery_api olap.campaign_analytics_total');
  expect(readable).toContain('rookery_api olap.admin_audit_log');
  expect(readable).toContain('rookery_etl olap.billing_analytics');
});

test.each([
  ['auditor', true],
  ['operator', true],
  ['tenant-admin', false],
  ['', false],
  [undefined, false],
])('the API reads and writes the audit of its tenant for the role %s: %s', async (role, may) => {
  const scope = { tenantId: 'a', ...(role === undefined ? {} : { role }) };
  const audit = counted('olap.admin_audit_log');
  const entry = filling(catalog, ['a']).find((text) => text.includes('olap.admin_audit_log'))!;

  const rows = await world.api.transaction((tx) => tx.query(audit, null), scope);
  const written = await attempt(() => rolledBack(world.api, (tx) => tx.script(entry), scope));

  expect(rows).toEqual([{ own: may ? 1 : 0, foreign: 0 }]);
  expect(written).toBe(may ? undefined : 'denied');
});

test('the API changes and deletes nothing in the audit, whatever the role', async () => {
  for (const text of [
    `update olap.admin_audit_log set notes = 'x'`,
    `delete from olap.admin_audit_log`,
  ])
    expect(
      await attempt(() =>
        rolledBack(world.api, (tx) => tx.script(text), { tenantId: 'a', role: 'operator' }),
      ),
    ).toBe('denied');
});

test('the API writes its rate limit, the audits, the books of the door, work on errors and alerts, what people set up, and nothing else', async () => {
  const writable = catalog.privileges
    .filter(({ direction, role }) => direction === 'grant' && role === 'rookery_api')
    .filter(({ object }) => object.startsWith('table '))
    .map(({ object, privileges }) => [
      object,
      privileges.filter((name) => name.split(' ')[0] !== 'select'),
    ])
    .filter(([, privileges]) => privileges!.length > 0);
  expect(writable).toEqual([
    ['table monitoring.alert_inhibition', ['delete', 'insert', 'update']],
    ['table monitoring.alert_transition', ['insert']],
    ['table monitoring.api_key', ['update (last_used_at)']],
    ['table monitoring.audit_event_key', ['insert']],
    ['table monitoring.idempotency_key', ['delete', 'insert', 'update']],
    ['table monitoring.in_app_read', ['delete', 'insert', 'update']],
    [
      'table monitoring.legal_hold',
      ['insert', 'update (released_at, released_by, release_reason)'],
    ],
    ['table monitoring.maintenance_window', ['delete', 'insert', 'update']],
    ['table monitoring.notification_target', ['insert', 'update']],
    ['table monitoring.silence', ['delete', 'insert', 'update']],
    [
      'table monitoring.tb_alert',
      [
        'update (status, acknowledged_at, acknowledged_by, acknowledgment_note, resolved_at, resolution_note, updated_at, suppressed_until, acknowledged_until, revision)',
      ],
    ],
    ['table monitoring.tb_alert_rule', ['insert', 'update']],
    ['table monitoring.tb_audit_event', ['insert']],
    [
      'table monitoring.tb_error_log',
      ['update (status, assigned_to, resolution_note, resolved_at, revision)'],
    ],
    ['table monitoring.tb_escalation_policy', ['delete', 'insert', 'update']],
    [
      'table monitoring.tb_service_health',
      [
        'insert (id, tenant_id, name, description, service_type, health_check_url, check_interval, timeout, retry_count, probe, parent_id, failure_threshold, success_threshold, degraded_ms, is_active, is_public, integration_id, created_by, managed_by)',
        'update (name, description, service_type, health_check_url, check_interval, timeout, retry_count, updated_at, probe, parent_id, failure_threshold, success_threshold, degraded_ms, is_active, is_public, next_check_at, heartbeat_at, heartbeat_status, heartbeat_message, integration_id, managed_by, deleted_at, revision)',
      ],
    ],
    ['table olap.admin_audit_log', ['insert']],
    ['table olap.rate_limit', ['insert', 'update']],
  ]);
});

test.each([
  ['no tenant', undefined],
  ['an empty tenant', { tenantId: '' }],
  ['an unknown tenant', { tenantId: 'c' }],
])('%s sees no row at all', async (_, scope) => {
  const seen = new Set<string>();
  for (const [, db] of roles())
    for (const relation of [...tables, ...views]) {
      const rows = await attempt(() =>
        db.transaction((tx) => tx.query(counted(relation), null), scope),
      );
      seen.add(JSON.stringify(rows));
    }
  expect([...seen].sort()).toEqual(['"denied"', '[{"own":0,"foreign":0}]']);
});

test('the tenant of one transaction is gone in the next on the same connection', async () => {
  const db = openDb({ url: world.url('rookery_api'), proxyPort: world.proxyPort, max: 1 });
  try {
    await db.transaction(async () => {}, { tenantId: 'a' });

    expect(await db.query(counted('olap.campaign_analytics'), null)).toEqual([
      { own: 0, foreign: 0 },
    ]);
  } finally {
    await db.close();
  }
});

test('no partition can be read or written directly', async () => {
  for (const [role, db] of [...roles(), ['rookery_ops', world.ops] as const])
    for (const partition of partitions)
      for (const text of [
        `select 1 from ${partition}`,
        `insert into ${partition} default values`,
        `update ${partition} set tenant_id = 'a'`,
        `delete from ${partition}`,
        `truncate ${partition}`,
      ])
        expect([role, text, await attempt(() => db.script(text))]).toEqual([role, text, 'denied']);
});

test('a tenant changes and deletes no row of another, and moves none of its own there', async () => {
  const changed: string[] = [];
  for (const [role, db] of roles())
    for (const table of tables)
      for (const [text, want] of [
        [`update ${table} set tenant_id = tenant_id where tenant_id = 'b'`, 0],
        [`delete from ${table} where tenant_id = 'b'`, 0],
        [`update ${table} set tenant_id = 'b' where tenant_id = 'a'`, 'denied'],
      ] as const) {
        const rows = await attempt(() =>
          rolledBack(db, (tx) => tx.query(touched(text), null), { tenantId: 'a' }),
        );
        if (rows === 'denied') continue;
        expect([role, text, rows]).toEqual([role, text, [{ rows: want }]]);
        changed.push(`${role} ${text}`);
      }
  expect(changed.some((text) => text.startsWith('rookery_etl delete from olap.cell'))).toBe(true);
});

test('a tenant inserts no row for another', async () => {
  const texts = filling(catalog, ['b']);
  for (const [role, db] of roles())
    for (const text of texts) {
      const answer = await attempt(() =>
        rolledBack(db, (tx) => tx.script(text), { tenantId: 'a' }),
      );
      expect([role, text, answer]).toEqual([role, text, 'denied']);
    }
});

test('nobody but the owner empties a table', async () => {
  for (const [role, db] of [...roles(), ['rookery_ops', world.ops] as const])
    for (const table of tables)
      expect([
        role,
        table,
        await attempt(() => rolledBack(db, (tx) => tx.script(`truncate ${table} cascade`))),
      ]).toEqual([role, table, 'denied']);
});

const after = (breakage: string): Promise<string[]> =>
  rolledBack(world.admin, async (tx: Session) => {
    await tx.script(breakage);
    return isolationFaults(tx);
  });

describe('the check reports every single break', () => {
  test('any one policy dropped', async () => {
    expect(catalog.policies.length).toBeGreaterThanOrEqual(2 * tables.length);
    for (const { schema, relation, name } of catalog.policies)
      expect([name, await after(`drop policy ${name} on ${schema}.${relation}`)]).toEqual([
        name,
        expect.arrayContaining([expect.stringContaining(`${schema}.${relation}: no policy`)]),
      ]);
  });

  test('row-level security off, or not forced, on any one table or partition', async () => {
    for (const table of [...tables, ...partitions]) {
      expect(await after(`alter table ${table} disable row level security`)).toEqual([
        `${table}: row-level security is not enabled`,
      ]);
      expect(await after(`alter table ${table} no force row level security`)).toEqual([
        `${table}: row-level security is not forced`,
      ]);
    }
  });

  test('a grant on any one partition', async () => {
    for (const partition of partitions)
      expect(await after(`grant select on ${partition} to rookery_api`)).toEqual([
        `${partition}: SELECT is granted on a partition`,
      ]);
    expect(await after(`grant select (tenant_id) on ${partitions[0]} to rookery_api`)).toEqual([
      `${partitions[0]}: SELECT is granted on a partition`,
    ]);
  });

  test('any one view that reads as its owner', async () => {
    for (const view of views)
      expect(await after(`alter view ${view} reset (security_invoker)`)).toEqual([
        `${view}: a view that reads as its owner`,
      ]);
  });

  test('a policy that only narrows is no break', async () => {
    const narrow = `create policy narrow on olap.cell as restrictive to rookery_api using (day > '2020-01-01')`;
    expect(await after(narrow)).toEqual([]);
  });

  test.each([
    [
      'a restrictive policy in place of the tenant’s own',
      `drop policy one_tenant on olap.cell;
       create policy one_tenant on olap.cell as restrictive to rookery_etl, rookery_api, rookery_ingest
         using (tenant_id = (select current_setting('app.tenant_id', true)))
         with check (tenant_id = (select current_setting('app.tenant_id', true)))`,
    ],
    [
      'a wider policy beside a restrictive one',
      `create policy narrow on olap.cell as restrictive to rookery_api using (true);
       create policy wide on olap.cell to rookery_api using (true)`,
    ],
    ['an audit for every role', `alter policy audit_readers on olap.admin_audit_log using (true)`],
    [
      'an audit that every role writes',
      `alter policy audit_readers on olap.admin_audit_log with check (true)`,
    ],
    [
      'an audit that is narrowed for another role',
      `alter policy audit_readers on olap.admin_audit_log to rookery_etl`,
    ],
    [
      'an audit opened by what should narrow it',
      `drop policy audit_readers on olap.admin_audit_log;
       create policy audit_readers on olap.admin_audit_log to rookery_api
         using ((select current_setting('app.role', true)) in ('auditor', 'operator'))
         with check ((select current_setting('app.role', true)) in ('auditor', 'operator'))`,
    ],
    ['a second, wider policy', `create policy wide on olap.cell to rookery_api using (true)`],
    ['a policy without a check', `alter policy one_tenant on olap.cell with check (true)`],
    ['a table without policies', `create table olap.extra (tenant_id text not null)`],
    ['a nullable tenant', `alter table olap.cell drop constraint cell_tenant_id_check`],
    ['truncate granted', `grant truncate on olap.cell to rookery_etl`],
    ['a grant to everybody', `grant select on olap.source to public`],
    ['a column granted to everybody', `grant select (tenant_id) on olap.cell to public`],
    ['a materialized view', `create materialized view olap.fast as select * from olap.cell`],
    ['a table of the superuser', `alter table olap.cell owner to postgres`],
    ['an unpinned definer', `alter function olap.ensure_partitions reset search_path`],
    ['a definer for all', `grant execute on function olap.ensure_partitions to public`],
    ['an owner for a role', `grant rookery_owner to rookery_api`],
    ...tenantRoles.map((role) => [`${role} beyond policies`, `alter role ${role} bypassrls`]),
  ])('%s', async (_, breakage) => {
    expect(await after(breakage)).not.toEqual([]);
    expect(await isolationFaults(world.admin)).toEqual([]);
  });
});
