import { createHash } from 'node:crypto';
import type { Envelope } from '../envelope.ts';
import type { Plan } from '../plan/entry.ts';

/** An event as a line of the security log, without the end of the line: everything of it, what is about persons included. */
export const siemLine = (envelope: Envelope, known: Plan): string => {
  const { id, time, tenant_id, event, version, actor, properties } = envelope;
  const entry = known[event];
  const severity = entry?.nature === 'security' ? entry.severity : 'info';
  return JSON.stringify({ id, time, tenant_id, event, version, actor, severity, properties });
};

/** What stands for these events however often and in which order they come: 32 hexadecimal digits. */
export const keyOf = (events: readonly Pick<Envelope, 'id'>[]): string => {
  const ids = events.map(({ id }) => id).toSorted();
  return createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, 32);
};
