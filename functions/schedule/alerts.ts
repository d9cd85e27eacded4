import { Failure } from '@rookery/kernel/failure';
import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { sendMessages } from '@rookery/lambda/outbox';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { evaluate } from '@rookery/monitoring/alerts/evaluate';
import { monitoringSources } from '@rookery/monitoring/alerts/sources/sources';
import { dispatch } from '@rookery/monitoring/notices/dispatch';
import { relay } from '@rookery/monitoring/notices/outbox';
import { warehouseSources } from '@rookery/warehouse/metrics/sources';

const sources = [...warehouseSources, ...monitoringSources];
const mostAheadMs = 60_000;

// A slot counts as evaluated, and none before it ever does: one of the far future would silence every rule until then.
const evaluateSlot = async (slot: Date) => {
  if (slot.getTime() > Date.now() + mostAheadMs)
    throw new Failure('invalid', 'slot-ahead', `${slot.toISOString()} is not here yet: fire then`);
  return evaluate(database('ops'), { at: slot, sources });
};

const doneOf = <T>(result: PromiseSettledResult<T>): T => {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
};

/** Every minute: evaluates the alert rules that are due, decides whom to tell, and queues the notices. */
export const handler = scheduleFunction({
  jobs: ['alerts'],
  run: async ({ slot }) => {
    const { notifyQueueUrl } = readConfig(['notifyQueueUrl']);
    const ops = database('ops');
    const send = (messages: readonly object[]) => sendMessages(notifyQueueUrl, messages);
    // What fails keeps nobody from being told what was found before.
    const [evaluation] = await Promise.allSettled([evaluateSlot(slot)]);
    const now = new Date();
    const [dispatching] = await Promise.allSettled([dispatch(ops, now)]);
    const [relaying] = await Promise.allSettled([relay({ ops, send, now })]);
    const { failed, problems: faulty, ...evaluated } = doneOf(evaluation);
    const told = { ...doneOf(dispatching), ...doneOf(relaying) };
    if (failed.length > 0)
      throw new Failure('unavailable', 'evaluation-incomplete', `${failed.join(', ')} failed`);
    return { unit: 'alerts', rows: evaluated.raised, ...evaluated, faulty, ...told };
  },
});
