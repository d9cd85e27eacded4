import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { sendMessages } from '@rookery/lambda/outbox';
import { queueFunction } from '@rookery/lambda/queue';
import { goingOn, retentionMessage } from '@rookery/monitoring/retention/message';
import { archivePlace } from '@rookery/monitoring/retention/place';
import { doUnit } from '@rookery/monitoring/retention/unit';

/** Does one unit of retention; what is left when its batches are used up goes on in a message of its own. */
export const handler = queueFunction({
  name: 'retention',
  schema: retentionMessage,
  deadLetterUrl: () => readConfig(['retentionDlqUrl']).retentionDlqUrl,
  handle: async (message, { signal }) => {
    const config = readConfig(['retentionQueueUrl', 'archivePlace']);
    const { tenant_id: tenantId, table_name: table, action, scheduled_time } = message;
    const slot = new Date(scheduled_time);
    const bench = { db: database('ops'), place: archivePlace(config.archivePlace), signal };
    const { rows, finished } = await doUnit(bench, { tenantId, table, action, slot });
    if (!finished) await sendMessages(config.retentionQueueUrl, [goingOn(message, rows)]);
    return { tenant: tenantId, unit: `${action} ${table}`, rows, finished };
  },
});
