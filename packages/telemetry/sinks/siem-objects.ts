import type { Envelope } from '../envelope.ts';
import type { Plan } from '../plan/entry.ts';
import { plan } from '../plan/plan.ts';
import type { Sink } from '../sink.ts';
import { keyOf, siemLine } from './siem-line.ts';

/** Writes an object by its name, over one that is there. */
export type Write = (name: string, bytes: Uint8Array) => Promise<void>;

const nameOf = (events: readonly Envelope[]): string => {
  const [oldest = ''] = events.map(({ time }) => time).toSorted();
  return `${oldest.slice(0, 10).replaceAll('-', '/')}/${keyOf(events)}.ndjson`;
};

/**
 * The security log as objects of NDJSON, by the day of their oldest event. An object holds the events of one message, and its
 * name follows from their ids: a message that comes again writes the same bytes over themselves.
 */
export const siemObjects = (write: Write, known: Plan = plan): Sink => ({
  name: 'siem',
  apart: true,
  deliver: async (events) => {
    const lines = events.map((envelope) => `${siemLine(envelope, known)}\n`);
    await write(nameOf(events), Buffer.from(lines.join('')));
    return [];
  },
});
