import { database } from '@rookery/lambda/database';
import { readConfig } from '@rookery/lambda/config';
import { sendMessages } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { readUsableTenants } from '@rookery/warehouse/changes/tenant';

/** Daily, two hours after the nightly recompute: queues one reconciliation a tenant. */
export const handler = scheduleFunction({
  jobs: ['reconcile'],
  run: async ({ slot }) => {
    const { reconcileQueueUrl } = readConfig(['reconcileQueueUrl']);
    const { good, problems } = await readUsableTenants(database('source'));
    const scheduled_time = slot.toISOString();
    await sendMessages(
      reconcileQueueUrl,
      good.map(({ tenant_id }) => ({ kind: 'reconcile', tenant_id, scheduled_time })),
    );
    return { unit: 'reconcile', rows: good.length, problems };
  },
});
