import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { sendMessages } from '@rookery/lambda/outbox';
import { queueFunction } from '@rookery/lambda/queue';
import { reconcileMessage } from '@rookery/warehouse/changes/message';
import { reconcile } from '@rookery/warehouse/reconcile/reconcile';

/** Reconciles one tenant: counts its source afresh, records what differs, queues what mends it, closes billing periods. */
export const handler = queueFunction({
  name: 'reconcile',
  schema: reconcileMessage,
  deadLetterUrl: () => readConfig(['reconcileDlqUrl']).reconcileDlqUrl,
  handle: async ({ tenant_id: tenantId, scheduled_time }) => {
    const { aggregateQueueUrl } = readConfig(['aggregateQueueUrl']);
    const send = (messages: readonly object[]) => sendMessages(aggregateQueueUrl, messages);
    const books = { source: database('source'), warehouse: database('etl'), send };
    const { cells, behind, drift } = await reconcile(books, tenantId, new Date(scheduled_time));
    return { tenant: tenantId, unit: 'reconcile', rows: cells, behind, drift };
  },
});
