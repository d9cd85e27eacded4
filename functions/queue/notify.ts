import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { carriers } from '@rookery/lambda/deliver';
import { queueFunction } from '@rookery/lambda/queue';
import { sealOf } from '@rookery/lambda/seal';
import { notifyMessage } from '@rookery/monitoring/notices/outbox';
import { tell } from '@rookery/monitoring/notices/outbox-tell';

/** Makes one attempt at one notice: tells it by its channel, or notes when to try again, or that it failed for good. */
export const handler = queueFunction({
  name: 'notify',
  schema: notifyMessage,
  deadLetterUrl: () => readConfig(['notifyDlqUrl']).notifyDlqUrl,
  handle: async ({ tenant_id: tenantId, notice_id: id, attempt }) => {
    const { dashboardUrl = null, sealKey } = readConfig(['dashboardUrl', 'sealKey']);
    const { unseal } = sealOf(sealKey);
    const clock = { now: () => new Date(), chance: Math.random };
    const desk = { ops: database('ops'), unseal, carriers: carriers(), dashboardUrl, ...clock };
    const ending = await tell(desk, { tenantId, id, attempt });
    return { tenant: tenantId, unit: 'notify', rows: ending === 'none' ? 0 : 1, ending };
  },
});
