import { addDays, dayAt, daysIn } from '@rookery/kernel/day';
import { database } from '@rookery/lambda/database';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { ensurePartitions } from '@rookery/warehouse/facts/partition.sql';

const daysAhead = 100;

/** Daily: keeps three months of partitions ahead, so that no row ever meets a missing one. */
export const handler = scheduleFunction({
  jobs: ['partitions'],
  run: async ({ slot }) => {
    const first = dayAt(slot, 'UTC');
    const days = daysIn(first, addDays(first, daysAhead));
    const [made] = await database('ops').query(ensurePartitions, { days });
    return { unit: 'partitions', rows: made?.made ?? 0 };
  },
});
