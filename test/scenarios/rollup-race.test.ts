import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDb } from '@rookery/db/pool';
import { rollUp, rollTurn } from '@rookery/monitoring/rollup/rollup';
import { openWorld, type World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';
import { clear, daysAgo, marks, minutes, roll } from './rollup-room.ts';

const day = daysAgo(1);
const at = (time: string): string => `${day}T${time}:00Z`;
const first = { at: at('10:00'), values: [10] };
const second = { at: at('10:01'), values: [20] };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => clear(world));

const write = (...rows: Parameters<typeof minutes>[0]) => world.admin.script(minutes(rows));
const requests = async (): Promise<number> =>
  (
    await askOne<{ n: number }>(
      world.admin,
      'select coalesce(sum(total_requests), 0)::integer as n from monitoring.tb_performance_metric_5min',
    )
  ).n;

/** Until so many backends of this world wait for a lock. */
const untilWaiting = async (backends: number): Promise<void> => {
  const waiting = `select count(*) as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await askOne<{ n: number }>(world.admin, waiting)).n < backends);
};

// Holds the rows of five minutes locked while `during` runs: a roll that has read its minutes waits there to write.
const whileHeld = (during: () => Promise<void>): Promise<void> =>
  world.admin.transaction(async (tx) => {
    await tx.script('select 1 from monitoring.tb_performance_metric_5min for update');
    await during();
  });

test('a row that is committed while its bucket is rolled keeps its mark, and the next roll counts it', async () => {
  await write(first);
  await roll(world);
  await write({ ...first, status: 500 });

  let rolling: Promise<unknown> = Promise.resolve();
  await whileHeld(async () => {
    rolling = rollTurn(world.ops, 'performance_metric_5min', 't');
    await untilWaiting(1);
    await write(second);
  });
  await rolling;

  expect([await requests(), await marks(world)]).toEqual([2, 2]);
  await roll(world);
  expect([await requests(), await marks(world)]).toEqual([3, 0]);
});

// What a job does that recomputes first and takes the marks away after.
const naive = {
  recompute: `insert into monitoring.tb_performance_metric_5min as t (tenant_id, bucket, metric_name, endpoint, total_requests)
    select tenant_id, '${at('10:00')}'::timestamptz, metric_name, endpoint, sum(request_count)
    from monitoring.tb_performance_metric group by 1, 2, 3, 4
    on conflict on constraint tb_performance_metric_5min_series do update set total_requests = excluded.total_requests`,
  takeMarks: `delete from monitoring.performance_metric_5min_dirty`,
};

test('control: marks that are taken away after recomputing lose the row', async () => {
  await write(first);

  await world.ops.transaction(async (tx) => {
    await tx.script(naive.recompute);
    await write(second);
    await tx.script(naive.takeMarks);
  });
  await roll(world);

  expect([await requests(), await marks(world)]).toEqual([1, 0]);
});

test('beside itself: a roll never writes over what a newer one wrote, it leaves the bucket marked', async () => {
  await write(first);
  await roll(world);
  await write({ ...first, status: 500 });

  let older: Promise<unknown> = Promise.resolve();
  await whileHeld(async () => {
    older = rollTurn(world.ops, 'performance_metric_5min', 't');
    await untilWaiting(1);
    await write(second);
    expect(await rollTurn(world.ops, 'performance_metric_5min', 't')).toMatchObject({ buckets: 0 });
  });
  await older;
  await roll(world);

  expect([await requests(), await marks(world)]).toEqual([3, 0]);
});

test('control: without taking turns the older computation is what stays', async () => {
  await write(first);
  const computed = `select sum(request_count)::integer as n from monitoring.tb_performance_metric`;
  const older = (await askOne<{ n: number }>(world.ops, computed)).n;
  await write(second);
  await roll(world);

  await world.ops.script(
    `update monitoring.tb_performance_metric_5min set total_requests = ${older}`,
  );

  expect([await requests(), await marks(world)]).toEqual([1, 0]);
});

test('another tenant is rolled up while one is held', async () => {
  await write(first);
  await roll(world);
  await write({ ...first, status: 500 }, { ...first, tenant: 'other' });

  let held: Promise<unknown> = Promise.resolve();
  await whileHeld(async () => {
    held = rollTurn(world.ops, 'performance_metric_5min', 't');
    await untilWaiting(1);
    const other = await rollTurn(world.ops, 'performance_metric_5min', 'other');
    expect(other).toMatchObject({ buckets: 1, written: 1 });
  });
  await held;
});

test('beside itself: four rolls and four writers end in the truth, without a deadlock', async () => {
  const pools = Array.from({ length: 4 }, () =>
    openDb({ url: world.url('rookery_ops'), proxyPort: world.proxyPort, max: 1 }),
  );
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let n = 0; n < 15; n += 1)
      await write(
        ...Array.from({ length: 6 }, (__, row) => ({
          at: at(`10:${String((n + row * 7) % 60).padStart(2, '0')}`),
          values: [n + 1],
          status: writer * 1000 + n * 10 + row,
          tenant: row % 2 === 0 ? 't' : 'u',
        })),
      );
  });
  const end = new AbortController();
  const rolls = pools.map(async (pool) => {
    const problems: string[] = [];
    while (!end.signal.aborted) problems.push(...(await rollUp(pool, () => false)).problems);
    return problems;
  });
  await Promise.all(writers);
  end.abort();
  expect((await Promise.all(rolls)).flat()).toEqual([]);
  await roll(world);

  const wrong = await ask(
    world.admin,
    `with truth as (
      select tenant_id, date_bin(width, time, '2000-01-01Z') as bucket, width, sum(request_count) as n, sum(mean) as total
      from monitoring.tb_performance_metric, (values (interval '5 minutes'), ('1 hour')) w(width) group by 1, 2, 3
    ), held as (
      select tenant_id, bucket, interval '5 minutes' as width, total_requests as n, value_sum as total
      from monitoring.tb_performance_metric_5min
      union all select tenant_id, bucket, '1 hour', total_requests, value_sum from monitoring.tb_performance_metric_hourly
    )
    select * from truth t full join held h using (tenant_id, bucket, width)
    where (t.n, t.total) is distinct from (h.n, h.total)`,
  );
  expect(wrong).toEqual([]);
  expect([await requests(), await marks(world)]).toEqual([360, 0]);
  await Promise.all(pools.map((pool) => pool.close()));
});

test('in time: what a run leaves stays marked, and the next one does it', async () => {
  await write(first, { ...first, tenant: 'other' });

  let looks = 0;
  const stopped = await rollUp(world.ops, () => (looks += 1) > 1);

  expect(stopped).toMatchObject({ buckets: 1, rows: 1, unfinished: true });
  expect(await marks(world)).toBe(2);
  expect(await roll(world)).toMatchObject({ unfinished: false });
  expect([await requests(), await marks(world)]).toEqual([2, 0]);
});

test('more than one turn holds is done in turns', async () => {
  await write(
    ...Array.from({ length: 60 }, (_, n) => ({
      at: at(`${String(10 + Math.floor(n / 12))}:${String((n % 12) * 5).padStart(2, '0')}`),
      values: [1],
    })),
  );

  expect(await roll(world)).toMatchObject({ buckets: 65, rows: 65, unfinished: false });
});
