import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { putEvents, sendMessages } from '@rookery/lambda/outbox';
import { queueFunction } from '@rookery/lambda/queue';
import { cellsMessage, packLeads } from '@rookery/warehouse/changes/message';
import { aggregate } from '@rookery/warehouse/facts/aggregate';
import { completed } from '@rookery/warehouse/facts/completed';

/** Replaces the cells of one message, announces it on the bus, and queues leads that turned out stale. */
export const handler = queueFunction({
  name: 'aggregate',
  schema: cellsMessage,
  deadLetterUrl: () => readConfig(['aggregateDlqUrl']).aggregateDlqUrl,
  handle: async ({ tenant_id: tenantId, days, leads, reason }) => {
    const { aggregateQueueUrl, eventBusName } = readConfig(['aggregateQueueUrl', 'eventBusName']);
    const place = { source: database('source'), warehouse: database('etl'), now: () => new Date() };
    const done = await aggregate(place, { tenantId, days, leads, reason });
    await sendMessages(aggregateQueueUrl, packLeads(tenantId, done.stale, 'stale-leads'));
    await putEvents(eventBusName, [completed(done)]);
    return { tenant: tenantId, unit: 'aggregate', rows: done.written + done.deleted + done.leads };
  },
});
