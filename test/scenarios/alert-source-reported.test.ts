import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSourceRoom, want, type SourceRoom } from './alert-source-room.ts';

let room: SourceRoom;

beforeAll(async () => {
  room = await openSourceRoom();
});
afterAll(() => room.world.close());

let made = 0;
const minute = (at: string, mean: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id: (made += 1),
  tenant_id: 'acme',
  time: `2025-03-10T${at}Z`,
  metric_name: 'pool_size',
  request_count: 0,
  error_count: 0,
  value_count: 1,
  value_sum: mean,
  mean,
  tags: {},
  ...more,
});

const counter = { value_count: 0, value_sum: null, mean: null, request_count: 6 };

const at = (clock: string, metric = 'pool_size') =>
  room.tell(want(metric, `2025-03-10T${clock}Z`, { lookbackSeconds: 120 }));

test('a reported metric has the value of its newest minute within the lookback, by endpoint, method, status and tags', async () => {
  await room.put('monitoring.tb_performance_metric', [
    minute('12:00:00', 3),
    minute('12:02:00', 8),
    minute('12:03:00', 4, { tags: { pool: 'write' } }),
    minute('12:04:00', 99, { tenant_id: 'other' }),
    minute('12:03:00', 0, {
      metric_name: 'jobs_done',
      method: 'GET',
      status_code: 202,
      ...counter,
    }),
  ]);

  expect(await at('12:04:00')).toEqual([
    [{ pool: 'write' }, 4, 1],
    [{}, 8, 1],
  ]);
  // 12:02 was over at 12:03: 120 seconds later it is still there, a second more and it is not.
  expect((await at('12:05:00')).map(([, value]) => value)).toEqual([4, 8]);
  expect((await at('12:05:01')).map(([, value]) => value)).toEqual([4]);
  expect((await at('12:02:59')).map(([, value]) => value)).toEqual([3]);
  expect(await at('12:04:00', 'jobs_done')).toEqual([
    [{ method: 'GET', status_code: '202' }, 6, 6],
  ]);
});

test('a reported value is as old as the end of its minute', async () => {
  await room.put('monitoring.tb_performance_metric', [minute('14:00:00', 3)]);

  const [sample] = await room.read([want('pool_size', '2025-03-10T14:02:30Z')]);

  expect(sample?.at).toEqual(new Date('2025-03-10T14:01:00Z'));
});
