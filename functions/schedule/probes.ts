import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { log } from '@rookery/lambda/log';
import { sendMessages } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { lookForChecks } from '@rookery/monitoring/health/due';
import { settle } from '@rookery/monitoring/health/settle';
import { isReadable } from '@rookery/monitoring/health/window';
import { windowsAt } from '@rookery/monitoring/health/windows';

/** Every minute: settles what no check tells of services, heartbeats among them, and queues the checks that are due. */
export const handler = scheduleFunction({
  jobs: ['probes'],
  run: async ({ slot }) => {
    const { probeQueueUrl } = readConfig(['probeQueueUrl']);
    const ops = database('ops');
    const windows = await windowsAt(ops, slot);
    for (const { tenantId, id, ...schedule } of windows)
      if (!isReadable(schedule)) log('ERROR', 'a window cannot be read', { tenant: tenantId, id });
    const settled = await settle(ops, slot, windows);
    const send = (messages: readonly object[]) => sendMessages(probeQueueUrl, messages);
    const rows = await lookForChecks(ops, { slot, windows, send });
    return { unit: 'probes', rows, ...settled };
  },
});
