import { database } from '@rookery/lambda/database';
import { sendNotices } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { openStages } from '@rookery/lambda/stages';
import { evaluate, whole } from '@rookery/monitoring/alerts/evaluate';
import { monitoringSources } from '@rookery/monitoring/alerts/sources/sources';
import { dispatch, dispatchedWhole } from '@rookery/monitoring/notices/dispatch';
import { relay } from '@rookery/monitoring/notices/outbox';
import { readQuotas } from '@rookery/source/quota';
import { warehouseSources } from '@rookery/warehouse/metrics/sources';

/** Every minute: evaluates due alert rules, decides whom to tell, queues notices; what fails keeps back nothing found before. */
export const handler = scheduleFunction({
  jobs: ['alerts'],
  run: async ({ slot: at }) => {
    const [ops, now] = [database('ops'), new Date()];
    const quotas = readQuotas(() => database('source'));
    const sources = [...warehouseSources(quotas), ...monitoringSources];
    const { run, end } = openStages();
    const found = await run(async () => whole(await evaluate(ops, { at, now, sources })));
    const told = await run(async () => dispatchedWhole(await dispatch(ops, new Date())));
    const relayed = await run(() => relay({ ops, send: sendNotices, now: new Date() }));
    return end({ unit: 'alerts', rows: found?.raised ?? 0, ...found, ...told, ...relayed });
  },
});
