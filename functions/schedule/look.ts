import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { sendMessages } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { lookForChanges } from '@rookery/warehouse/changes/look';

const layers = { changes: 'changed', 'exact-changes': 'swept', nightly: 'nightly' } as const;

/** Looks for cells to aggregate, in the layer of the job that fired, and queues them. */
export const handler = scheduleFunction({
  jobs: ['changes', 'exact-changes', 'nightly'],
  run: async ({ job, slot: scheduledTime }) => {
    const { aggregateQueueUrl } = readConfig(['aggregateQueueUrl']);
    const send = (messages: readonly object[]) => sendMessages(aggregateQueueUrl, messages);
    const lookout = { source: database('source'), warehouse: database('ops'), send };
    const found = await lookForChanges(lookout, layers[job], { job, scheduledTime });
    return { unit: job, rows: found.cells, ...found };
  },
});
