import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb, type Db } from '@rookery/db/pool';
import { dropPartitions } from '@rookery/monitoring/retention/look';
import { openWorld, type World } from '../world/world.ts';

let world: World;
let ops: Db;

beforeAll(async () => {
  world = await openWorld();
  await world.admin.script(
    `alter role rookery_ops in database ${world.database} set lock_timeout = '200ms';
     select monitoring.ensure_partitions(now() - interval '20 days', now() - interval '18 days', 'tb_performance_metric');
     select monitoring.ensure_partitions(now() - interval '80 days', now() - interval '78 days', 'tb_health_check_log')`,
  );
  ops = openDb({ url: world.url('rookery_ops'), proxyPort: world.proxyPort, max: 1 });
});
afterAll(async () => {
  await ops.close();
  await world.close();
});

test('beside a long reader: what he reads stays until the next time, and the other streams go on', async () => {
  const dropped = await world.admin.transaction(async (tx) => {
    await tx.script('select count(*) from monitoring.tb_performance_metric');
    return dropPartitions(ops, new Date());
  });

  const of = (stream: string) => dropped.filter(({ partition }) => partition.startsWith(stream));
  expect(of('tb_performance_metric').length).toBeGreaterThan(0);
  for (const { why } of of('tb_performance_metric'))
    expect(why).toBe('tb_performance_metric is in use');
  expect(of('tb_health_check_log').some(({ why }) => why === null)).toBe(true);

  const again = await dropPartitions(ops, new Date());
  for (const { why, partition } of again.filter((one) =>
    one.partition.startsWith('tb_performance'),
  ))
    expect([partition, why]).toEqual([partition, null]);
});
