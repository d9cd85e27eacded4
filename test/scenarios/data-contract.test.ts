import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { statement } from '@rookery/db/statement';
import { contract } from '@rookery/source/contract';
import { installContract } from '@rookery/source/install';
import { openWorld, type World } from '../world/world.ts';

const document = readFileSync(join(import.meta.dirname, '../../docs/data-contract.md'), 'utf8');
const examples = [...document.matchAll(/```sql\n(.*?)```/gs)].map((match) => match[1] ?? '');

// The made-up OLTP that the document's example maps.
const oltp = `
  create schema app;
  create table app.outbound_email (
    id bigint primary key, account_id bigint not null, client_id bigint not null, campaign_id bigint not null,
    step_id bigint not null, sender_id bigint not null, prospect_id bigint not null, state text not null,
    sent_at timestamptz, delivered_at timestamptz, first_open_at timestamptz, first_click_at timestamptz,
    first_reply_at timestamptz, bounce_class text, unsubscribed_at timestamptz, complained_at timestamptz,
    open_is_bot boolean, updated_at timestamptz not null
  );
  drop table source.emails;`;

const columnsOfEmails = statement({
  title: 'test: the columns of source.emails',
  on: 'source',
  columns: { name: 'text', type: 'text' },
  example: undefined,
  sql: () => sql`
    select column_name::text as name, udt_name::text as type
    from information_schema.columns
    where table_schema = 'source' and table_name = 'emails'
    order by ordinal_position`,
});

const planOfDay = statement({
  title: 'test: how a day of a tenant is read',
  on: 'source',
  columns: { 'QUERY PLAN': 'text' },
  example: undefined,
  sql: () => sql`
    explain select count(*), count(opened) from source.emails
    where tenant_id = '7' and sent_at >= '2025-02-01Z' and sent_at < '2025-02-02Z'`,
});

const opens = statement({
  title: 'test: opens by people among what was written since a transaction',
  on: 'source',
  columns: { human: 'int8' },
  example: undefined,
  sql: () => sql`
    select count(*) as human from source.emails e
    where open_kind = 'human' and age(e.xmin) <= age('3'::xid)`,
});

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await installContract(world.admin);
  await world.admin.script(oltp);
  for (const example of examples)
    await world.admin.script(example.replace('create role rookery_source login;', ''));
});
afterAll(async () => world.close());

test('the documented view has the columns of the contract, and xmin', async () => {
  const columns = await world.source.query(columnsOfEmails, undefined);

  const declared = Object.entries(contract.emails).map(([name, type]) => ({
    name,
    type: type.replace('?', ''),
  }));
  expect(columns).toEqual([...declared, { name: 'xmin', type: 'xid' }]);
});

test('the documented view is read by its role, stamped by its trigger and swept by xmin', async () => {
  await world.admin.script(`
    insert into app.outbound_email (id, account_id, client_id, campaign_id, step_id, sender_id, prospect_id, state,
      sent_at, first_open_at, open_is_bot)
    values (1, 7, 1, 1, 1, 1, 1, 'open', '2025-02-01Z', '2025-02-02Z', false)`);

  const [row] = await world.source.query(opens, undefined);

  expect(row?.human).toBe(1);
});

test('the documented index serves a day of a tenant through the view', async () => {
  await world.admin.script(`
    insert into app.outbound_email (id, account_id, client_id, campaign_id, step_id, sender_id, prospect_id, state, sent_at)
    select n, n % 50, 1, 1, 1, 1, n, 'sent', timestamptz '2025-01-01Z' + n * interval '3 minutes'
    from generate_series(2, 20000) n;
    analyze app.outbound_email;`);

  const plan = await world.source.query(planOfDay, undefined);

  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('outbound_email_tenant_sent');
});

test('the document names every relation and column of the contract', () => {
  for (const [table, columns] of Object.entries(contract)) {
    expect(document).toContain(`**${table}**`);
    for (const column of Object.keys(columns)) expect(document).toContain(`\`${column}`);
  }
});
