import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportSpan } from '@rookery/warehouse/reports/export.sql';
import { freshnessOf } from '@rookery/warehouse/reports/freshness';
import { leadList } from '@rookery/warehouse/reports/lead';
import { periodList } from '@rookery/warehouse/reports/period';
import { emails, tenant } from '../world/builders.ts';
import { emailOf, openPendingRoom, type PendingRoom } from './pending-room.ts';

let room: PendingRoom;
beforeAll(async () => {
  room = await openPendingRoom();
});
afterAll(() => room.close());

test('what was found and is not counted holds every answer of the tenant back, and no longer than that', async () => {
  await room.begin('told');
  const before = await room.fresh('told');
  await room.change('told');

  await room.desk.look();
  const found = await room.fresh('told');
  const stamps = await room.desk.world.api.transaction(
    async (tx) => {
      const tenantId = 'told';
      const page = { sort: 'id', limit: 5, after: null } as const;
      const none = { campaignIds: null, leadIds: null, statuses: null, engagement: null };
      const range = { from: null, to: null };
      const leads = await leadList(tx, { tenantId, range, page, totals: false, ...none });
      const periods = await periodList(tx, { tenantId, state: null, limit: 5, after: null });
      const [span] = await tx.query(exportSpan, { tenantId, range });
      return [leads.fresh, periods.fresh, span].map((s) => s?.complete_through?.toISOString());
    },
    { tenantId: 'told' },
  );
  const passed = await room.watermark();
  await room.workAll();

  expect(before).toMatchObject({ state: 'current', days_pending: 0, pending_since: null });
  expect(found).toMatchObject({ days_pending: 1, leads_pending: 0, through: before.through });
  expect(passed > before.through!).toBe(true);
  expect(stamps).toEqual([before.through, before.through, before.through]);
  expect(await room.fresh('told')).toMatchObject({
    state: 'current',
    days_pending: 0,
    pending_since: null,
    through: passed,
  });
});

test('pending work for longer than an hour is behind, and the nightly recompute of it says so until it is done', async () => {
  await room.begin('slow');
  await room.change('slow');
  await room.desk.look();
  await room.desk.world.admin
    .script(`update olap.pending_cell set found_at = now() - interval '61 minutes',
    complete_through = now() - interval '65 minutes' where tenant_id = 'slow'`);

  const behind = await room.fresh('slow');
  await room.workAll();

  expect(behind).toMatchObject({ state: 'behind', days_pending: 1 });
  expect(behind.summary).toContain('1 day with changes');
  expect((await room.fresh('slow')).state).toBe('current');
});

test('one tenant waiting holds no other one back', async () => {
  await room.begin('waiting');
  await room.begin('ready');
  await room.change('waiting');
  const before = await room.fresh('waiting');

  await room.desk.look();

  expect((await room.fresh('waiting')).through).toBe(before.through);
  expect(await room.fresh('ready')).toMatchObject({
    days_pending: 0,
    through: await room.watermark(),
  });
  const foreign = await room.desk.world.api.transaction(
    (tx) => freshnessOf(tx, { tenantId: 'ready' }),
    {
      tenantId: 'waiting',
    },
  );
  expect(foreign).toMatchObject({ body: { days_pending: 0 }, fresh: { complete_through: null } });
  await room.workAll();
});

test('a tenant of which nothing was counted is complete through nothing until its last day is', async () => {
  await room.begin('old');
  await tenant(room.desk.world.admin, { tenant_id: 'new' });
  await emails(
    room.desk.world.admin,
    // So far apart that they travel in messages of their own.
    [1, 2].map((n) => ({ ...emailOf('new', n), sent_at: `2025-0${n * 3}-01T12:00:00Z` })),
  );
  expect((await room.fresh('new')).through).toBeNull();

  await room.desk.look();
  const found = await room.fresh('new');
  await room.desk.look();
  const half = room.desk.inbox.filter((message) => message.tenant_id === 'new');
  await room.desk.work(half[0]!);
  const counted = await room.fresh('new');
  await room.workAll();

  expect(half.length).toBeGreaterThan(1);
  expect(found).toMatchObject({ state: 'unknown', days_pending: 2, through: null });
  expect(counted).toMatchObject({ state: 'unknown', days_pending: 1, through: null });
  expect(await room.fresh('new')).toMatchObject({
    state: 'current',
    days_pending: 0,
    through: await room.watermark(),
  });
  expect((await room.fresh('old')).through).toBe(await room.watermark());
});

test('a tenant that left the source keeps no mark and is complete through nothing, until it comes back and is counted whole', async () => {
  await room.begin('left');
  await room.change('left');
  await room.desk.look();
  const letters = room.desk.inbox.splice(0);
  const { admin } = room.desk.world;
  await admin.script(`delete from source.tenants where tenant_id = 'left'`);

  await room.desk.look();
  const gone = await room.fresh('left');
  await room.change('left', 10, 'clicked = sent_at');
  await room.age();
  await room.desk.settle();
  const letter = room.desk.work(letters[0]!);
  await expect(letter).rejects.toMatchObject({ code: 'tenant-unknown' });
  await tenant(admin, { tenant_id: 'left' });
  await room.desk.look();
  const back = await room.fresh('left');
  await room.workAll();

  expect(gone).toMatchObject({ state: 'unknown', days_pending: 0, through: null });
  expect(back).toMatchObject({ state: 'unknown', days_pending: 1, through: null });
  expect(await room.opened('left')).toBe(1);
  expect(await room.fresh('left')).toMatchObject({
    days_pending: 0,
    through: await room.watermark(),
  });
});

test('a tenant that cannot be worked on is complete through nothing until it is mended', async () => {
  await room.begin('broken');
  const zone = (name: string) =>
    room.desk.world.admin.script(
      `update source.tenants set timezone = '${name}' where tenant_id = 'broken'`,
    );
  await room.change('broken');
  await room.desk.look();
  await zone('Mars/Olympus');
  await room.desk.look();
  const broken = await room.fresh('broken');
  await zone('UTC');
  await room.desk.settle();

  expect(broken).toMatchObject({ state: 'unknown', days_pending: 1, through: null });
  expect(await room.fresh('broken')).toMatchObject({
    days_pending: 0,
    through: await room.watermark(),
  });
});
