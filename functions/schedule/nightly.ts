import { database } from '@rookery/lambda/database';
import { readConfig } from '@rookery/lambda/config';
import { sendMessages } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { lookForChanges } from '@rookery/warehouse/changes/look';

/** Nightly: queues every cell of the last 35 days, asking nothing; it finds deletions, which leave no trace. */
export const handler = scheduleFunction({
  job: 'nightly',
  run: async ({ slot }) => {
    const { aggregateQueueUrl } = readConfig(['aggregateQueueUrl']);
    const found = await lookForChanges(
      {
        source: database('source'),
        warehouse: database('ops'),
        send: (messages) => sendMessages(aggregateQueueUrl, messages),
      },
      'nightly',
      { job: 'nightly', scheduledTime: slot },
    );
    return { unit: 'nightly', rows: found.cells, ...found };
  },
});
