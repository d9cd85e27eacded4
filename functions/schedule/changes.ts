import { database } from '@rookery/lambda/database';
import { readConfig } from '@rookery/lambda/config';
import { sendMessages } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { lookForChanges } from '@rookery/warehouse/changes/look';

/** Every few minutes: queues the cells whose e-mails were stamped since the last look. */
export const handler = scheduleFunction({
  job: 'changes',
  run: async ({ slot }) => {
    const { aggregateQueueUrl } = readConfig(['aggregateQueueUrl']);
    const found = await lookForChanges(
      {
        source: database('source'),
        warehouse: database('ops'),
        send: (messages) => sendMessages(aggregateQueueUrl, messages),
      },
      'changed',
      { job: 'changes', scheduledTime: slot },
    );
    return { unit: 'changes', rows: found.cells, ...found };
  },
});
