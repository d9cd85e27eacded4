import { randomUUID } from 'node:crypto';
import { readConfig } from './config.ts';
import { putEvents } from './outbox.ts';

type Door<Told> = {
  /** Resolves when the bus has it; fails with `bus-unavailable` or `bus-refused`. */
  readonly send: (told: Told) => Promise<void>;
  readonly now: () => Date;
  readonly newId: () => string;
};

const surroundings = { now: () => new Date(), newId: () => randomUUID() };

const put = (source: string, detailType: string, detail: object): Promise<void> =>
  putEvents(readConfig(['eventBusName']).eventBusName, [{ source, detailType, detail }]);

/** What a tracker stands on in a function: the bus that EVENT_BUS_NAME names, where an event is told under its name. */
export const busOfEvents = (source: string): Door<{ readonly event: string }> => ({
  ...surroundings,
  send: ({ event, ...detail }) => put(source, event, detail),
});

/** What an auditor stands on in a function: the same bus, where what it tells goes under one name. */
export const busOfAudit = (source: string, detailType: string): Door<object> => ({
  ...surroundings,
  send: (message) => put(source, detailType, message),
});
