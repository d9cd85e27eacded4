import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { contract } from '@rookery/source/contract';
import { loadDemo } from '@rookery/source/demo.sql';
import { applyDemoChanges } from '@rookery/source/demo-changes.sql';
import { installContract } from '@rookery/source/install';
import { openWorld, type World } from '../world/world.ts';

const params = { seed: 7, now: new Date('2025-03-31T14:00:00Z'), emails: 6_000 };

const totals = statement({
  title: 'test: what the source holds',
  on: 'source',
  columns: {
    emails: 'int8',
    early: 'int8',
    late: 'int8',
    stale: 'int8',
    days: 'int8',
    digest: 'text?',
  },
  example: new Date(0),
  sql: (now) => sql`
    select
      count(*) as emails,
      count(*) filter (where least(delivered_at, opened, clicked, replied, unsubscribed, complaint) < sent_at) as early,
      count(*) filter (where greatest(sent_at, delivered_at, opened, clicked, replied, unsubscribed, complaint) > ${now}::timestamptz) as late,
      count(*) filter (where greatest(sent_at, delivered_at, opened, clicked, replied, unsubscribed, complaint) > updated_at) as stale,
      count(distinct (tenant_id, sent_at::date)) as days,
      md5(string_agg(concat_ws('|', email_id, campaign_id, step_id, status, sent_at, opened, replied, bounce_type), ',' order by email_id)) as digest
    from source.emails`,
});

const columnsOf = statement({
  title: 'test: the columns of the contract',
  on: 'source',
  columns: { table_name: 'text', columns: 'text' },
  example: undefined,
  sql: () => sql`
    select
      table_name::text,
      string_agg(column_name || ' ' || udt_name || case is_nullable when 'YES' then '?' else '' end, ', ' order by ordinal_position) as columns
    from information_schema.columns
    where table_schema = 'source'
    group by table_name
    order by table_name`,
});

const state = async (world: World, now: Date) => {
  const [row] = await world.admin.query(totals, now);
  if (row === undefined) throw new Error('no row');
  return row;
};

describe('the demo source', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    await installContract(world.admin);
  });
  afterAll(async () => world.close());

  test('contract.ts names the columns that contract.sql creates', async () => {
    const rows = await world.admin.query(columnsOf, undefined);

    const declared = Object.entries(contract)
      .map(([table_name, columns]) => ({
        table_name,
        columns: Object.entries(columns)
          .map(([name, type]) => `${name} ${type}`)
          .join(', '),
      }))
      .sort((a, b) => (a.table_name < b.table_name ? -1 : 1));
    expect(rows).toEqual(declared);
  });

  test('is loaded whole, told in chunks, and a second load adds nothing', async () => {
    const told: [number, number][] = [];
    const first = await loadDemo(world.admin, params, (done, total) => told.push([done, total]));
    const second = await loadDemo(world.admin, params);

    const sum = first.reduce((total, { added }) => total + added, 0);
    expect(told.at(-1)).toEqual([sum, sum]);
    expect(first.every(({ added }) => added > 0)).toBe(true);
    expect(second.every(({ added }) => added === 0)).toBe(true);
    const { early, late, stale, emails } = await state(world, params.now);
    expect({ early, late, stale }).toEqual({ early: 0, late: 0, stale: 0 });
    expect(emails).toBe(first.find(({ table }) => table === 'emails')?.added);
  });

  test('Rookery may read the source and may not write it', async () => {
    await expect(world.source.query(totals, params.now)).resolves.toHaveLength(1);
    await expect(world.source.script('delete from source.emails')).rejects.toThrow(
      /permission denied/,
    );
  });

  test('changes of every kind happen, and never before the sending', async () => {
    const before = await state(world, params.now);
    const now = new Date('2025-04-01T09:00:00Z');

    const changes = await applyDemoChanges(world.admin, { seed: 3, now, count: 200 });

    expect(Object.fromEntries(changes.map(({ kind, changed }) => [kind, changed]))).toEqual({
      opened: 80,
      replied: 24,
      bounced: 16,
      complained: 4,
      moved_campaign: 20,
      moved_day: 16,
      deleted: 12,
      sent: 28,
    });
    const after = await state(world, now);
    expect(after).toMatchObject({ early: 0, late: 0, stale: 0, emails: before.emails - 12 + 28 });
    expect(after.digest).not.toBe(before.digest);
  });
});

test('equal changes on equal demos leave equal sources', async () => {
  const digests = [];
  for (const _ of [1, 2]) {
    const world = await openWorld();
    await loadDemo(world.admin, { ...params, emails: 1_000 });
    const now = new Date('2025-04-01T09:00:00Z');
    await applyDemoChanges(world.admin, { seed: 3, now, count: 100 });
    await applyDemoChanges(world.admin, { seed: 4, now, count: 100 });
    digests.push((await state(world, now)).digest);
    await world.close();
  }

  expect(digests[0]).toBe(digests[1]);
});
