import { readConfig } from '@rookery/lambda/config';
import { sendMessages } from '@rookery/lambda/outbox';
import { packLeads, type CellsMessage } from '@rookery/warehouse/changes/message';
import { aggregate } from '@rookery/warehouse/facts/aggregate';
import type { Place } from './place.ts';

/** Gets messages done: on the aggregate queue, where functions take them, or in this process. */
export type Workforce = {
  readonly where: 'queue' | 'here';
  /** Resolves when the queue has taken all messages, or when all are worked off. */
  readonly take: (
    messages: readonly CellsMessage[],
    onDone: (days: number) => void,
  ) => Promise<void>;
};

const workHere = async (
  place: Place,
  messages: readonly CellsMessage[],
  onDone: (days: number) => void,
): Promise<void> => {
  const workplace = {
    source: place.db('source'),
    warehouse: place.db('etl'),
    now: () => new Date(),
  };
  const inbox = [...messages];
  for (let message = inbox.shift(); message !== undefined; message = inbox.shift()) {
    const { tenant_id: tenantId, days, leads, reason } = message;
    const done = await aggregate(workplace, { tenantId, days, leads, reason });
    inbox.push(...packLeads(tenantId, done.stale, 'stale-leads'));
    onDone(days.length);
  }
};

/**
 * The queue that belongs to the place, unless `here` is asked for, else this process. A queue never goes with databases
 * from elsewhere: those of the environment with that of the environment, those of a runtime with its own.
 */
export const workforceOf = (place: Place, here: boolean): Workforce => {
  // For a runtime, openPlace has put its queues into the environment.
  if (here || place.from === 'embedded' || !process.env['AGGREGATE_QUEUE_URL'])
    return { where: 'here', take: (messages, onDone) => workHere(place, messages, onDone) };
  const { aggregateQueueUrl } = readConfig(['aggregateQueueUrl']);
  return {
    where: 'queue',
    take: async (messages, onDone) => {
      await sendMessages(aggregateQueueUrl, messages);
      onDone(messages.reduce((sum, { days }) => sum + days.length, 0));
    },
  };
};
