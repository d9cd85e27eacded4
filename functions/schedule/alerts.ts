import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { sendMessages } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { openStages } from '@rookery/lambda/stages';
import { evaluate, whole } from '@rookery/monitoring/alerts/evaluate';
import { monitoringSources } from '@rookery/monitoring/alerts/sources/sources';
import { dispatch, dispatchedWhole } from '@rookery/monitoring/notices/dispatch';
import { relay } from '@rookery/monitoring/notices/outbox';
import { readQuotas } from '@rookery/source/quota';
import { warehouseSources } from '@rookery/warehouse/metrics/sources';

/** Every minute: evaluates the alert rules that are due, decides whom to tell, and queues the notices. */
export const handler = scheduleFunction({
  jobs: ['alerts'],
  run: async ({ slot: at }) => {
    const [ops, now] = [database('ops'), new Date()];
    const quotas = readQuotas(() => database('source'));
    const sources = [...warehouseSources(quotas), ...monitoringSources];
    const { run, end } = openStages();
    // What fails keeps nobody from being told what was found before.
    const found = await run(async () => whole(await evaluate(ops, { at, now, sources })));
    const told = await run(async () => dispatchedWhole(await dispatch(ops, new Date())));
    const relayed = await run(() => {
      const { notifyQueueUrl } = readConfig(['notifyQueueUrl']);
      const send = (messages: readonly object[]) => sendMessages(notifyQueueUrl, messages);
      return relay({ ops, send, now: new Date() });
    });
    end();
    return { unit: 'alerts', rows: found?.raised ?? 0, ...found, ...told, ...relayed };
  },
});
