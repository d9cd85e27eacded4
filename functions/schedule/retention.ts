import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { sendMessages } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { destroyedKeys, dropPartitions, plan, unitsOf } from '@rookery/monitoring/retention/look';

/** Daily: drops partitions that are past, destroys old keys, and queues a unit for all else that is due. */
export const handler = scheduleFunction({
  jobs: ['retention'],
  run: async ({ slot }) => {
    const { retentionQueueUrl } = readConfig(['retentionQueueUrl']);
    const ops = database('ops');
    const dropped = await dropPartitions(ops, slot);
    const keys = await destroyedKeys(ops, slot);
    const due = await plan(ops, slot);
    const units = unitsOf(due, slot);
    await sendMessages(retentionQueueUrl, units);
    const held = due.filter(({ why }) => why !== null);
    return { unit: 'retention', rows: units.length, dropped, keys, held };
  },
});
