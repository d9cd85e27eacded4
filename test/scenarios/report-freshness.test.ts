import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshnessEndpoints } from '@rookery/http/endpoints/freshness';
import { freshnessOf } from '@rookery/warehouse/reports/freshness';
import { openWorld, type World } from '../world/world.ts';
import { askOne } from './ask.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const read = async (tenantId: string) => {
  const { body, fresh } = await world.api.transaction((tx) => freshnessOf(tx, { tenantId }), {
    tenantId,
  });
  return freshnessEndpoints.getFreshness.response.parse({
    ...body,
    as_of: fresh.as_of.toISOString(),
    complete_through: fresh.complete_through?.toISOString() ?? null,
  });
};
const completeThrough = (moment: string) =>
  world.admin.script(`insert into olap.source (system_identifier, seen_xmax, complete_through)
    values ('1', '1', ${moment}) on conflict (source_id) do update set complete_through = excluded.complete_through`);
const counted = (tenantId: string, ...daysAgo: number[]) =>
  world.admin
    .script(`insert into olap.tenant (tenant_id, timezone, billing_anchor) values ('${tenantId}', 'UTC', 1);
    insert into olap.cell
    (tenant_id, day, timezone, source_epoch, source_xmax, source_in_progress, reason, aggregated_at)
    select '${tenantId}', (now() at time zone 'UTC')::date - n, 'UTC', 1, '1', 0, 'changed',
      '2025-03-10T12:00:00Z'::timestamptz - n * interval '1 minute' from unnest('{${daysAgo.join(',')}}'::int[]) n`);
const reconciled = (tenantId: string, slot: string, behind: number, drift: number) =>
  world.admin.script(`insert into olap.reconciliation
    (tenant_id, scheduled_time, cells, behind, drift, reconciled_at)
    values ('${tenantId}', '${slot}', 40, ${behind}, ${drift}, '${slot}'::timestamptz + interval '1 minute')`);
const day = async (daysAgo: number) =>
  (
    await askOne<{ day: string }>(
      world.admin,
      `select (now() at time zone 'UTC')::date - ${daysAgo} as day`,
    )
  ).day;

test('a tenant of which nothing was counted is unknown, before the first complete run and after it', async () => {
  const nothing = {
    state: 'unknown',
    days_known: 0,
    last_aggregated_at: null,
    first_day: null,
    last_day: null,
    reconciliation: null,
    data: [],
  };
  expect(await read('nobody')).toMatchObject({ ...nothing, complete_through: null });
  await completeThrough('now()');
  expect(await read('nobody')).toMatchObject(nothing);
});

test('the ledger tells of all days, and day by day of the last 35', async () => {
  await counted('acme', 400, 35, 34, 1, 0);
  await counted('other', 2);
  await completeThrough('now()');

  const found = await read('acme');

  expect(found).toMatchObject({
    state: 'current',
    days_known: 5,
    first_day: await day(400),
    last_day: await day(0),
    last_aggregated_at: '2025-03-10T12:00:00.000Z',
    reconciliation: null,
  });
  expect(found.data).toEqual([
    { day: await day(0), aggregated_at: '2025-03-10T12:00:00.000Z', reason: 'changed' },
    { day: await day(1), aggregated_at: '2025-03-10T11:59:00.000Z', reason: 'changed' },
    { day: await day(34), aggregated_at: '2025-03-10T11:26:00.000Z', reason: 'changed' },
  ]);
});

test('only the last reconciliation counts, and what was on its way is no drift', async () => {
  await counted('judged', 0);
  await completeThrough('now()');
  await reconciled('judged', '2025-03-08T04:10:00Z', 0, 2);
  expect((await read('judged')).state).toBe('drifting');

  await reconciled('judged', '2025-03-09T04:10:00Z', 3, 0);

  expect(await read('judged')).toMatchObject({
    state: 'current',
    reconciliation: {
      reconciled_at: '2025-03-09T04:11:00.000Z',
      cells: 40,
      behind: 3,
      drift: 0,
    },
  });
});

test('an hour after the last complete run the tenant is behind', async () => {
  await counted('late', 0);
  await completeThrough(`now() - interval '61 minutes'`);
  expect((await read('late')).state).toBe('behind');
  await completeThrough(`now() - interval '59 minutes'`);
  expect((await read('late')).state).toBe('current');
});
