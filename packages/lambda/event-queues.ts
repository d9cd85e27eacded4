import { readConfig } from './config.ts';
import { sendMessages, sendRaw, type Message } from './outbox.ts';

/** The queues that events travel in: the router's, and one a sink. */
export type EventQueue = 'events' | 'posthog' | 'siem' | 'metrics' | 'console';

const urlOf = (queue: EventQueue): string => {
  const setting = `${queue}QueueUrl` as const;
  return readConfig([setting])[setting];
};

/** Sends messages to the queues of events, one queue after another; resolves when each has taken all of its own. */
export const sendEach = async (
  loads: readonly { readonly queue: EventQueue; readonly messages: readonly object[] }[],
): Promise<void> => {
  for (const { queue, messages } of loads) await sendMessages(urlOf(queue), messages);
};

/** Sends bodies as they are to a queue of events; resolves when it has taken all. */
export const sendBodies = (queue: EventQueue, bodies: readonly string[]): Promise<void> =>
  sendRaw(
    urlOf(queue),
    bodies.map((body) => ({ body })),
  );

/** The way to the router for what a sink was sent that is no event; fails with `config-invalid` where it has no queue. */
export const routerForward = (): ((messages: readonly Message[]) => Promise<void>) => {
  const url = urlOf('events');
  return (messages) => sendRaw(url, messages);
};
