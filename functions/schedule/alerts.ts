import { Failure } from '@rookery/kernel/failure';
import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { sendMessages } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { evaluate } from '@rookery/monitoring/alerts/evaluate';
import { monitoringSources } from '@rookery/monitoring/alerts/sources/sources';
import { dispatch } from '@rookery/monitoring/notices/dispatch';
import { relay } from '@rookery/monitoring/notices/outbox';
import { readQuotas } from '@rookery/source/quota';
import { warehouseSources } from '@rookery/warehouse/metrics/sources';

/** Every minute: evaluates the alert rules that are due, decides whom to tell, and queues the notices. */
export const handler = scheduleFunction({
  jobs: ['alerts'],
  run: async ({ slot }) => {
    const { notifyQueueUrl } = readConfig(['notifyQueueUrl']);
    const ops = database('ops');
    const sources = [...warehouseSources(readQuotas(database('source'))), ...monitoringSources];
    const { failed, problems, ...evaluated } = await evaluate(ops, { at: slot, sources });
    const now = new Date();
    const told = await dispatch(ops, now);
    const send = (messages: readonly object[]) => sendMessages(notifyQueueUrl, messages);
    const relayed = await relay({ ops, send, now });
    // Everything that could be told is told; the rules of a source that failed are still due.
    if (failed.length > 0)
      throw new Failure('unavailable', 'evaluation-incomplete', problems[0]?.problem ?? '');
    return {
      unit: 'alerts',
      rows: evaluated.raised,
      ...evaluated,
      faulty: problems,
      ...told,
      ...relayed,
    };
  },
});
