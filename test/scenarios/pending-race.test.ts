import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb, type Db } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import type { CellsMessage } from '@rookery/warehouse/changes/message';
import { aggregate } from '@rookery/warehouse/facts/aggregate';
import { ask, askOne } from './ask.ts';
import { day, openPendingRoom, type PendingRoom } from './pending-room.ts';

let room: PendingRoom;
beforeAll(async () => {
  room = await openPendingRoom();
});
afterAll(() => room.close());

/** The aggregation of a tenant that has read the source, and writes only when told to. */
const startSlowly = async (tenantId: string, warehouse = room.desk.world.etl) => {
  const read = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const slow: Db = {
    ...warehouse,
    transaction: async (work, scope) => {
      read.resolve();
      await go.promise;
      return warehouse.transaction(work, scope);
    },
  };
  const place = { source: room.desk.world.source, warehouse: slow, now: () => new Date() };
  const days = [day(10)] as CellsMessage['days'];
  const done = aggregate(place, { tenantId, days, leads: [], reason: 'changed' });
  await Promise.race([read.promise, done]);
  return () => {
    go.resolve();
    return done;
  };
};

const clearAll = statement<{ tenantId: string }, { n: 'int8' }>({
  title: 'test: clear without looking at the fence',
  on: 'warehouse',
  columns: { n: 'int8' },
  example: { tenantId: '' },
  sql: ({
    tenantId,
  }) => sql`with gone as (delete from olap.pending_cell where tenant_id = ${tenantId} returning 1)
    select count(*) as n from gone`,
});

/** An aggregation that takes what it wrote for the end of the work, whatever was found since it read. */
const naive = (tenantId: string): Db => ({
  ...room.desk.world.etl,
  transaction: (work, scope) =>
    room.desk.world.etl.transaction(async (tx) => {
      const done = await work(tx);
      await tx.query(clearAll, { tenantId });
      return done;
    }, scope),
});

/** A change that is found after an aggregation has read and before it writes: what is told then, and what is missing. */
const overtaken = async (tenantId: string, warehouse: Db) => {
  const before = await room.fresh(tenantId);
  const write = await startSlowly(tenantId, warehouse);
  await room.change(tenantId);
  await room.desk.look();
  await write();
  return { before, after: await room.fresh(tenantId), opened: await room.opened(tenantId) };
};

test('out of order: an aggregation that read before the change does not clear what was found of it', async () => {
  await room.begin('fenced');

  const { before, after, opened: missing } = await overtaken('fenced', room.desk.world.etl);
  await room.workAll();

  expect(missing).toBe(0);
  expect(after).toMatchObject({ days_pending: 1, through: before.through });
  expect(await room.opened('fenced')).toBe(1);
  expect(await room.fresh('fenced')).toMatchObject({
    days_pending: 0,
    through: await room.watermark(),
  });
});

test('control: clearing without the fence says complete of a change that is missing', async () => {
  await room.begin('naive');

  const { after, opened: missing } = await overtaken('naive', naive('naive'));

  expect(missing).toBe(0);
  expect(after).toMatchObject({
    state: 'current',
    days_pending: 0,
    through: await room.watermark(),
  });
  await room.workAll();
});

test('beside itself: a look that finds the cell while an aggregation clears it marks it anew', async () => {
  await room.begin('both');
  await room.change('both');
  await room.desk.look();
  const written = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const held: Db = {
    ...room.desk.world.etl,
    transaction: (work, scope) =>
      room.desk.world.etl.transaction(async (tx) => {
        const done = await work(tx);
        written.resolve();
        await commit.promise;
        return done;
      }, scope),
  };
  const finish = await startSlowly('both', held);
  const aggregated = finish();
  await written.promise;
  await room.stand();
  await room.change('both', 10, 'clicked = sent_at');
  const before = await room.fresh('both');

  const looking = room.desk.look();
  for (let blocked = 0; blocked === 0; await turn())
    ({ blocked } = await askOne<{ blocked: number }>(
      room.desk.world.admin,
      `select count(*) as blocked from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    ));
  commit.resolve();
  await Promise.all([aggregated, looking]);

  expect(await room.fresh('both')).toMatchObject({ days_pending: 1 });
  expect((await room.fresh('both')).through! < (await room.watermark())).toBe(true);
  expect((await room.fresh('both')).through! >= before.through!).toBe(true);
  await room.workAll();
  expect(await room.fresh('both')).toMatchObject({
    days_pending: 0,
    through: await room.watermark(),
  });
});

test('beside itself: looks and aggregations of many cells neither wait in a circle nor leave a mark', async () => {
  const days = Array.from({ length: 20 }, (_, n) => n + 1);
  for (const tenantId of ['x1', 'x2', 'x3']) await room.begin(tenantId, ...days);
  const url = (role: 'rookery_etl' | 'rookery_ops') => ({
    url: room.desk.world.url(role),
    proxyPort: room.desk.world.proxyPort,
    max: 6,
  });
  const [etl, ops] = [openDb(url('rookery_etl')), openDb(url('rookery_ops'))];
  try {
    const place = { source: room.desk.world.source, warehouse: etl, now: () => new Date() };
    for (let round = 0; round < 6; round += 1) {
      await room.desk.world.admin.script(`update source.emails set updated_at = now(),
        opened = case when opened is null then sent_at end where tenant_id like 'x_'`);
      const looks = [
        room.lookWith({ ops }),
        room.lookWith({ ops }, 'swept'),
        room.lookWith({ ops }),
      ];
      const works = room.desk.inbox
        .splice(0)
        .map(({ tenant_id: tenantId, ...cells }) => aggregate(place, { tenantId, ...cells }));
      await Promise.all([...looks, ...works]);
    }
  } finally {
    await Promise.all([etl.close(), ops.close()]);
  }
  await room.workAll();

  expect(await ask(room.desk.world.admin, 'select * from olap.pending_cell')).toEqual([]);
});
