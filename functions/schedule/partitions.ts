import { addDays, dayAt, daysIn } from '@rookery/kernel/day';
import { database } from '@rookery/lambda/database';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { ensureStreamPartitions } from '@rookery/monitoring/ingest/partition.sql';
import { ensurePartitions } from '@rookery/warehouse/facts/partition.sql';

const daysAhead = 100;

/** Daily: keeps partitions ahead, three months of facts and what streams need, so that no row ever meets a missing one. */
export const handler = scheduleFunction({
  jobs: ['partitions'],
  run: async ({ slot }) => {
    const first = dayAt(slot, 'UTC');
    const days = daysIn(first, addDays(first, daysAhead));
    const [facts] = await database('ops').query(ensurePartitions, { days });
    const [streams] = await database('ops').query(ensureStreamPartitions, { from: slot });
    return { unit: 'partitions', rows: (facts?.made ?? 0) + (streams?.made ?? 0) };
  },
});
