import { database } from '@rookery/lambda/database';
import { readConfig } from '@rookery/lambda/config';
import { sendMessages } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { lookForChanges } from '@rookery/warehouse/changes/look';

/** Hourly: queues the cells of every row version written since the last sweep, whatever its clock said. */
export const handler = scheduleFunction({
  job: 'exact-changes',
  run: async ({ slot }) => {
    const { aggregateQueueUrl } = readConfig(['aggregateQueueUrl']);
    const found = await lookForChanges(
      {
        source: database('source'),
        warehouse: database('ops'),
        send: (messages) => sendMessages(aggregateQueueUrl, messages),
      },
      'swept',
      { job: 'exact-changes', scheduledTime: slot },
    );
    return { unit: 'exact-changes', rows: found.cells, ...found };
  },
});
