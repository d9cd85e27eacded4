import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCatalog, type Catalog } from '@rookery/db/catalog';
import { documentSchema } from '@rookery/db/document';
import { migrate, pendingMigrations } from '@rookery/db/migrate';
import { openDb } from '@rookery/db/pool';
import { createDatabase, openWorld, type World } from '../world/world.ts';

let world: World;
let catalog: Catalog;
beforeAll(async () => {
  world = await openWorld();
  catalog = await readCatalog(world.admin);
});
afterAll(() => world.close());

const root = join(import.meta.dirname, '../..');
const committed = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

const counters = {
  sent: 'integer',
  delivered: 'integer',
  opened_tracked: 'integer',
  clicked_tracked: 'integer',
  replied: 'integer',
  bounced: 'integer',
  unsubscribed: 'integer',
  spam_complaints: 'integer',
};
const link = { billing_id: 'bigint', updated: 'timestamptz' };

// The seven tables as seed 000 §1–2 declares them (O1–O7).
const seed: Record<string, { columns: number; types: Record<string, string> }> = {
  billing_analytics: {
    columns: 12,
    types: {
      id: 'bigint',
      tenant_id: 'text',
      subscription_id: 'text',
      emails_sent: 'integer',
      mailboxes_used: 'integer',
      domains_used: 'integer',
      campaigns_used: 'integer',
      leads_used: 'integer',
      warmups_active: 'integer',
      period_start: 'timestamptz',
      period_end: 'timestamptz',
      updated: 'timestamptz',
    },
  },
  campaign_analytics: {
    columns: 15,
    types: {
      id: 'bigint',
      campaign_id: 'text',
      company_id: 'text',
      ...counters,
      status: 'text',
      completed_leads: 'integer',
      ...link,
    },
  },
  mailbox_analytics: {
    columns: 17,
    types: {
      id: 'bigint',
      mailbox_id: 'text',
      company_id: 'text',
      ...counters,
      warmup_status: 'text',
      health_score: 'integer',
      current_volume: 'integer',
      campaign_status: 'text',
      ...link,
    },
  },
  lead_analytics: {
    columns: 14,
    types: {
      id: 'bigint',
      lead_id: 'text',
      campaign_id: 'text',
      ...counters,
      status: 'text',
      ...link,
    },
  },
  warmup_analytics: {
    columns: 15,
    types: {
      id: 'bigint',
      mailbox_id: 'text',
      company_id: 'text',
      ...counters,
      health_score: 'integer',
      progress_percentage: 'integer',
      ...link,
    },
  },
  sequence_step_analytics: {
    columns: 14,
    types: {
      id: 'bigint',
      step_id: 'text',
      campaign_id: 'text',
      company_id: 'text',
      ...counters,
      ...link,
    },
  },
  admin_audit_log: {
    columns: 15,
    types: {
      id: 'bigint',
      creation_time: 'timestamptz',
      admin_user_id: 'text',
      action: 'text',
      resource_type: 'text',
      resource_id: 'text',
      tenant_id: 'text',
      old_values: 'jsonb',
      new_values: 'jsonb',
      ip_address: 'text',
      user_agent: 'text',
      notes: 'text',
      metadata: 'jsonb',
      data_classification: 'varchar(20)',
      retention_category: 'varchar(20)',
    },
  },
};

describe.each(Object.entries(seed))('olap.%s', (table, { columns, types }) => {
  test('has every column of the seed under its name and type', () => {
    expect(Object.keys(types)).toHaveLength(columns);
    const ours = catalog.columns.filter((c) => c.schema === 'olap' && c.relation === table);
    expect(Object.fromEntries(ours.map(({ name, type }) => [name, type]))).toMatchObject(types);
  });
});

test('the index that the seed names is there, unique', () => {
  const index = catalog.indexes.find(({ name }) => name === 'idx_billing_analytics_tenant_period');
  expect(index?.definition).toMatch(
    /^CREATE UNIQUE INDEX .*\(tenant_id, period_start, period_end\)$/,
  );
});

test('every schema, table, view, column and function says what it means', () => {
  const silent = [
    ...catalog.schemas.map(({ schema, comment }) => [schema, comment]),
    ...catalog.tables.map(({ schema, name, comment }) => [`${schema}.${name}`, comment]),
    ...catalog.columns.map((c) => [`${c.schema}.${c.relation}.${c.name}`, c.comment]),
    ...catalog.functions.map(({ signature, comment }) => [signature, comment]),
  ].filter(([, comment]) => comment === null || comment?.trim() === '');
  expect(silent).toEqual([]);
});

test('schema.sql and the data dictionary are what `npm run docs` writes', async () => {
  const made = await documentSchema(world.admin);

  expect(await committed('packages/db/schema.sql')).toBe(made.schemaSql);
  expect(await committed('docs/data-dictionary.md')).toBe(made.dataDictionary);
});

test('the documents do not depend on the partitions of the day', async () => {
  const before = await documentSchema(world.admin);

  await world.admin.script(`select olap.ensure_partitions('2031-01-01', '2031-03-01')`);

  expect(await documentSchema(world.admin)).toEqual(before);
});

test('a second migration has nothing to do', async () => {
  const server = { url: world.url('postgres'), proxyPort: world.proxyPort };

  expect(await pendingMigrations(server)).toEqual([]);
  expect(await migrate(server)).toEqual([]);
});

test('two migrators at the same time apply every migration once', async () => {
  const empty = await createDatabase();
  try {
    const server = { url: empty.url('postgres'), proxyPort: empty.proxyPort };
    const all = await pendingMigrations(server);

    const [one, two] = await Promise.all([migrate(server), migrate(server)]);

    expect([...one, ...two].map(({ migrationName }) => migrationName).sort()).toEqual(all.sort());
    const db = openDb({ ...server, max: 1 });
    try {
      expect(await documentSchema(db)).toEqual(await documentSchema(world.admin));
    } finally {
      await db.close();
    }
  } finally {
    await empty.drop();
  }
});
