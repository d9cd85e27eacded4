import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '@rookery/db/fault';
import { openDb } from '@rookery/db/pool';
import { addDays, parseDay } from '@rookery/kernel/day';
import { aggregate } from '@rookery/warehouse/facts/aggregate';
import { emails } from '../world/builders.ts';
import { depth } from '../world/depth.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { askOne } from './ask.ts';
import { chance, inParallel, shuffled } from './chance.ts';

const workers = 8;
const rounds = depth(160, 1_200);
const deadlockDetected = '40P01';
const tenants = ['k0', 'k1', 'k2'];
const days = Array.from({ length: 8 }, (_, n) => addDays(parseDay('2025-12-01'), n));

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await emails(
    desk.world.admin,
    tenants.flatMap((tenant_id) =>
      days.flatMap((day) =>
        Array.from({ length: 40 }, (_, n) => ({
          email_id: `${tenant_id}-${day}-${n}`,
          tenant_id,
          campaign_id: `c${n % 20}`,
          mailbox_id: `m${n % 10}`,
          lead_id: `l${n}`,
          sent_at: `${day}T12:00:00Z`,
        })),
      ),
    ),
  );
  await desk.settle();
});
afterAll(() => desk.close());

const applicationName = 'deadlock-test';
const poolOf = (role: 'rookery_source' | 'rookery_etl' | 'postgres') =>
  openDb({
    url: desk.world.url(role),
    proxyPort: desk.world.proxyPort,
    max: workers,
    applicationName,
  });

// The product retries deadlocks, so they are counted where Postgres counts them; a session that ended has reported its own.
const deadlocks = async (): Promise<number> => {
  for (;;) {
    const { deadlocks: count, left } = await askOne<{ deadlocks: number; left: number }>(
      desk.world.admin,
      `select deadlocks, (select count(*) from pg_stat_activity
        where datname = current_database() and application_name = '${applicationName}') as left
      from pg_stat_database where datname = current_database()`,
    );
    if (left === 0) return count;
  }
};

test(`beside itself: ${workers} workers write overlapping cells of the same tenants in every order without a deadlock`, async () => {
  const random = chance(5);
  const before = await deadlocks();
  const place = {
    source: poolOf('rookery_source'),
    warehouse: poolOf('rookery_etl'),
    now: () => new Date(),
  };
  const work = Array.from({ length: rounds }, (_, n) => ({
    tenantId: tenants[n % tenants.length]!,
    days: shuffled(days, random).slice(0, 2 + Math.floor(random() * 6)),
    opened: `'l${Math.floor(random() * 40)}'`,
  }));

  await inParallel(workers, work, async ({ opened, ...cells }) => {
    await desk.world.admin
      .script(`update source.emails set opened = case when opened is null then sent_at end
      where tenant_id = '${cells.tenantId}' and lead_id = ${opened}`);
    await aggregate(place, { ...cells, leads: [], reason: 'changed' });
  });
  await Promise.all([place.source.close(), place.warehouse.close()]);
  await desk.settle('nightly');

  expect(await deadlocks()).toBe(before);
  for (const tenantId of tenants) expect((await desk.reconcile(tenantId)).differences).toEqual([]);
});

test('control: the same multi-row upserts without sorting and without the lock do deadlock', async () => {
  await desk.world.admin.script(
    'create table public.unsorted (key integer primary key, n integer)',
  );
  const before = await deadlocks();
  const pool = poolOf('postgres');
  const keys = Array.from({ length: 12 }, (_, n) => n);
  const orders = [keys, keys.toReversed()];
  let failed = 0;

  await inParallel(
    workers,
    Array.from({ length: workers }, (_, n) => orders[n % 2]!),
    async (order) => {
      // Outside Db.transaction, which would try again. Each row takes 10 ms, as rows of a wide fact do under load.
      await pool
        .script(`set deadlock_timeout = '50ms';
          insert into public.unsorted select k, 1 from unnest(array[${order.join(',')}]) k, lateral (select pg_sleep(0.01 + k * 0)) s
          on conflict (key) do update set n = unsorted.n + 1`)
        .catch((error: unknown) => {
          if (codeOf(error) !== deadlockDetected) throw error;
          failed += 1;
        });
    },
  );
  await pool.close();

  expect(failed).toBeGreaterThan(0);
  expect(await deadlocks()).toBe(before + failed);
});
