import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Db } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import { parseDay, type Day } from '@rookery/kernel/day';
import { packLeads } from '@rookery/warehouse/changes/message';
import { aggregate, type Aggregated } from '@rookery/warehouse/facts/aggregate';
import { readCells } from '@rookery/warehouse/facts/read.sql';
import { emails } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { ask, askOne } from './ask.ts';

const tenants = Array.from({ length: 30 }, (_, n) => `o${String(n).padStart(2, '0')}`);
const days = Array.from({ length: 10 }, (_, n) =>
  parseDay(`2025-12-${String(n + 1).padStart(2, '0')}`),
);
const emailOf = (tenantId: string, day: Day, n: number) => ({
  email_id: `${tenantId}-${day}-${n}`,
  tenant_id: tenantId,
  campaign_id: `c${n % 3}`,
  step_id: 's',
  mailbox_id: 'm',
  lead_id: `l${n}`,
  sent_at: `${day}T12:00:00Z`,
});

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.world.admin.script(`create table public.unfenced (
    tenant_id text, day date, campaign_id text, sent integer, opened integer, primary key (tenant_id, day, campaign_id))`);
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.world.admin.script('truncate source.emails, olap.cell, olap.lead_analytics');
  await emails(
    desk.world.admin,
    tenants.flatMap((id) => days.flatMap((day) => [0, 1, 2].map((n) => emailOf(id, day, n)))),
  );
  await desk.settle('nightly');
});

const run = async (tenantId: string, warehouse: Db): Promise<Aggregated> => {
  const place = { source: desk.world.source, warehouse, now: () => new Date() };
  const done = await aggregate(place, { tenantId, days, leads: [], reason: 'changed' });
  for (const message of packLeads(tenantId, done.stale, 'stale-leads')) await desk.work(message);
  return done;
};

/** The aggregation of a tenant that has read the source, and writes only when told to: an overtaken worker. */
const startSlowly = async (tenantId: string): Promise<() => Promise<Aggregated>> => {
  const read = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const slow: Db = {
    ...desk.world.etl,
    transaction: async (work, scope) => {
      read.resolve();
      await go.promise;
      return desk.world.etl.transaction(work, scope);
    },
  };
  const done = run(tenantId, slow);
  await Promise.race([read.promise, done]);
  return () => {
    go.resolve();
    return done;
  };
};

// What happens in the source between the two reads: an open, an open taken back, a new e-mail, a deleted one.
const change = async (): Promise<void> => {
  await desk.world.admin.script(`
    update source.emails set opened = sent_at, open_kind = 'human', updated_at = now() where right(email_id, 2) = '-0';
    update source.emails set opened = null, open_kind = null, updated_at = now() where right(email_id, 2) = '-1';
    delete from source.emails where right(email_id, 2) = '-2';`);
  await emails(
    desk.world.admin,
    tenants.flatMap((id) => days.map((day) => emailOf(id, day, 3))),
  );
};

const wrongCells = (table: string, opened: string) =>
  ask<{ tenant_id: string; day: string }>(
    desk.world.admin,
    `with truth as (
      select tenant_id, (sent_at at time zone 'UTC')::date as day, campaign_id, count(*) as sent, count(opened) as opened
      from source.emails group by 1, 2, 3
    ) select distinct tenant_id, day from truth t
    full join (select tenant_id, day, campaign_id, sent, ${opened} as opened from ${table}) f using (tenant_id, day, campaign_id)
    where (t.sent, t.opened) is distinct from (f.sent, f.opened)`,
  );

test('out of order, 300 cells: what an overtaken worker writes last is not what stays (0 of 300 wrong)', async () => {
  const writes = await Promise.all(tenants.map(startSlowly));
  await change();
  for (const tenantId of tenants) await run(tenantId, desk.world.etl);

  const late = [];
  for (const write of writes) late.push(await write());

  expect(await wrongCells('olap.campaign_analytics', 'opened_tracked')).toEqual([]);
  expect(late.map(({ overtaken }) => overtaken.length)).toEqual(tenants.map(() => 10));
  expect(late.reduce((sum, { written, deleted }) => sum + written + deleted, 0)).toBe(0);
  for (const tenantId of tenants) expect((await desk.reconcile(tenantId)).differences).toEqual([]);
});

// The same arrays of the same statement, in one upsert without a fence: what the seeds' code does.
const unfenced = statement({
  title: 'test: upsert without a fence',
  on: 'warehouse',
  columns: {},
  example: { tenantId: '', row: {} },
  sql: ({ tenantId, row }: { tenantId: string; row: Record<string, unknown> }) => sql`
    insert into public.unfenced
    select ${tenantId}, s.* from unnest(${row['campaign__day']}::text::date[], ${row['campaign__campaign_id']}::text::text[],
      ${row['campaign__sent']}::text::integer[], ${row['campaign__opened_tracked']}::text::integer[]) s
    on conflict (tenant_id, day, campaign_id) do update set sent = excluded.sent, opened = excluded.opened`,
});

const readOnce = async (tenantId: string) => {
  const [row] = await desk.world.source.query(readCells, { tenantId, days });
  return { tenantId, row: row ?? {} };
};

test('control: the same two workers without the fence leave wrong cells', async () => {
  const older = await Promise.all(tenants.map(readOnce));
  await change();
  const newer = await Promise.all(tenants.map(readOnce));

  for (const write of [...newer, ...older]) await desk.world.admin.query(unfenced, write);

  expect((await wrongCells('public.unfenced', 'opened')).length).toBeGreaterThan(0);
});

test('out of order: an open that was taken back does not return with an overtaken worker (A, B, A)', async () => {
  const set = (opened: string) =>
    desk.world.admin.script(
      `update source.emails set opened = ${opened}, updated_at = now() where right(email_id, 2) = '-1'`,
    );
  await set('sent_at');
  const write = await startSlowly('o00');
  await set('null');
  await run('o00', desk.world.etl);

  await write();

  expect((await desk.reconcile('o00')).differences).toEqual([]);
});

test('out of order: an e-mail that was deleted does not return with an overtaken worker', async () => {
  await emails(desk.world.admin, [emailOf('o00', parseDay('2025-12-01'), 9)]);
  const write = await startSlowly('o00');
  await desk.world.admin.script(`delete from source.emails where email_id = 'o00-2025-12-01-9'`);
  await run('o00', desk.world.etl);

  await write();

  expect(await desk.rows('lead_analytics', 'o00', 'lead_id, sent')).not.toContainEqual({
    lead_id: 'l9',
    sent: 1,
  });
  expect((await desk.reconcile('o00')).differences).toEqual([]);
});

test('beside itself: two workers on the cells of one tenant, whoever writes first', async () => {
  const first = await startSlowly('o01');
  const second = await startSlowly('o01');
  await change();
  const third = await startSlowly('o01');

  await Promise.all([third(), first(), second()]);

  expect((await desk.reconcile('o01')).differences).toEqual([]);
});

test('late: after a restore of the source the xids run backwards, and the restored source still wins', async () => {
  const far = '999999999999';
  await desk.world.admin.script(`
    update olap.source set seen_xmax = '${far}', swept_xmin = '${far}';
    update olap.cell set source_xmax = '${far}'; update olap.lead_analytics set source_xmax = '${far}';`);
  const before = await askOne<{ epoch: number }>(desk.world.admin, 'select epoch from olap.source');
  await change();

  const fenced = await run('o00', desk.world.etl);
  await desk.look('changed');
  const reasons = new Set(desk.inbox.map(({ reason }) => reason));
  await desk.settle();

  expect(fenced.overtaken).toEqual(days);
  expect(reasons).toEqual(new Set(['restored']));
  expect(await askOne(desk.world.admin, 'select epoch from olap.source')).toEqual({
    epoch: before.epoch + 1,
  });
  for (const tenantId of tenants) expect((await desk.reconcile(tenantId)).differences).toEqual([]);
});

test('a source the warehouse does not know is refused until a look has registered it', async () => {
  await desk.world.admin.script(`update olap.source set system_identifier = 'another'`);

  const refused = run('o00', desk.world.etl);

  await expect(refused).rejects.toMatchObject({ kind: 'conflict', code: 'source-unregistered' });
  await desk.settle();
  await expect(run('o00', desk.world.etl)).resolves.toMatchObject({ overtaken: [] });
});
