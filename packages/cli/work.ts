import { readConfig } from '@rookery/lambda/config';
import { sendMessages } from '@rookery/lambda/outbox';
import { packLeads, type CellsMessage } from '@rookery/warehouse/changes/message';
import { aggregate } from '@rookery/warehouse/facts/aggregate';
import type { Place } from './place.ts';
import { findQueues } from './queues.ts';

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

/** The queue when there is one and `here` is not asked for, else this process. */
export const workforceOf = (place: Place, dataDir: string, here: boolean): Workforce => {
  if (!here && findQueues(dataDir) !== undefined) {
    const { aggregateQueueUrl } = readConfig(['aggregateQueueUrl']);
    return {
      where: 'queue',
      take: async (messages, onDone) => {
        await sendMessages(aggregateQueueUrl, messages);
        onDone(messages.reduce((sum, { days }) => sum + days.length, 0));
      },
    };
  }
  return { where: 'here', take: (messages, onDone) => workHere(place, messages, onDone) };
};
