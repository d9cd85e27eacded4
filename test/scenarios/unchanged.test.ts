import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db, Session } from '@rookery/db/pool';
import { addDays, parseDay } from '@rookery/kernel/day';
import { aggregate } from '@rookery/warehouse/facts/aggregate';
import { reconcile } from '@rookery/warehouse/reconcile/reconcile';
import { emails, warmup, warmupMessages } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { askOne } from './ask.ts';
import { factTables } from './digest.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const days = Array.from({ length: 20 }, (_, n) => addDays(parseDay('2025-12-01'), n));

const fill = async (tenant_id: string, campaigns: number) => {
  await emails(
    desk.world.admin,
    days.flatMap((day) =>
      Array.from({ length: campaigns }, (_, n) => ({
        tenant_id,
        campaign_id: `c${n}`,
        mailbox_id: `m${n % 5}`,
        lead_id: `l${n % 7}`,
        sent_at: `${day}T12:00:00Z`,
        opened: n % 2 === 0 ? `${day}T13:00:00Z` : null,
      })),
    ),
  );
  await warmup(desk.world.admin, { tenant_id, mailbox_id: 'm0' });
  await warmupMessages(
    desk.world.admin,
    days.flatMap((day) =>
      Array.from({ length: 10 }, () => ({
        tenant_id,
        mailbox_id: 'm0',
        sent_at: `${day}T12:00:00Z`,
      })),
    ),
  );
};

// The writer of every row version: one row written again, even with equal values, changes the digest.
const versions = () =>
  askOne<Record<string, string>>(
    desk.world.admin,
    `select ${factTables
      .map(
        (table) =>
          `(select count(*) || ' ' || md5(string_agg(t.xmin::text || t.ctid::text, ',' order by t.tableoid, t.ctid))
            from olap.${table} t) as ${table}`,
      )
      .join(', ')}`,
  );

test('twice: a second run over unchanged e-mails writes no row of any fact, nor does the nightly one or a reconciliation', async () => {
  await fill('same', 12);
  await desk.settle();
  const before = await versions();

  await desk.look('nightly');
  const asked = desk.inbox.splice(0);
  const done = [];
  for (const message of asked) done.push(await desk.work(message));
  await desk.settle('swept');
  const books = { source: desk.world.source, warehouse: desk.world.etl, send: async () => {} };
  // Before any period is due to close.
  const found = await reconcile(books, 'same', new Date('2025-12-21T00:00:00Z'));

  expect(asked.flatMap((message) => message.days)).toEqual(days);
  expect(done.map(({ written, deleted, leads }) => written + deleted + leads)).toEqual(
    done.map(() => 0),
  );
  expect(found.differences).toEqual([]);
  expect(await versions()).toEqual(before);
});

/** Counts the statements that go through a database, in transactions or not. */
const counting = (db: Db): { db: Db; statements: () => number } => {
  let statements = 0;
  const counted = (session: Session): Session => ({
    script: session.script,
    query: (statement, params) => {
      statements += 1;
      return session.query(statement, params);
    },
  });
  return {
    db: {
      ...db,
      ...counted(db),
      transaction: (work, scope) => db.transaction((tx) => work(counted(tx)), scope),
    },
    statements: () => statements,
  };
};

test('a run of a tenant is at most 8 statements, and the same number however many campaigns, leads and days it has', async () => {
  const counts: number[] = [];
  for (const [tenantId, campaigns, some] of [
    ['one', 1, days.slice(0, 1)],
    ['many', 60, days],
  ] as const) {
    await fill(tenantId, campaigns);
    await desk.settle();
    await desk.world.admin.script(
      `update source.emails set clicked = sent_at, updated_at = now() where tenant_id = '${tenantId}'`,
    );
    const source = counting(desk.world.source);
    const warehouse = counting(desk.world.etl);
    const place = { source: source.db, warehouse: warehouse.db, now: () => new Date() };

    const done = await aggregate(place, { tenantId, days: some, leads: [], reason: 'changed' });

    expect(done.written).toBeGreaterThanOrEqual(campaigns);
    counts.push(source.statements() + warehouse.statements());
  }

  expect(counts[0]).toBeLessThanOrEqual(8);
  expect(counts[1]).toBe(counts[0]);
});
