import { createHash } from 'node:crypto';
import type { Labels } from '../alerts/sample.ts';

/** One way to tell one receiver. */
export type Destination = { readonly channel: string; readonly recipient: string };

/** Whom a rule or a level of escalation tells, as the database holds it. */
export type Addressed = { readonly channels: readonly string[]; readonly recipients: unknown };

/** Whom notices go to, and of which channels nobody is named. */
export type Receiver = {
  readonly destinations: readonly Destination[];
  readonly missing: readonly string[];
};

const everybody = '*';

const namesOf = (recipients: unknown, channel: string): string[] => {
  if (typeof recipients !== 'object' || recipients === null) return [];
  const named: unknown = Object.entries(recipients).find(([name]) => name === channel)?.[1];
  if (!Array.isArray(named)) return [];
  return named.filter((name): name is string => typeof name === 'string' && name !== '');
};

/** Whom channels and recipients address, each once and in order; in-app tells everybody when it names nobody. */
export const receiverOf = ({ channels, recipients }: Addressed): Receiver => {
  const destinations: Destination[] = [];
  const missing: string[] = [];
  for (const channel of [...new Set(channels)].toSorted()) {
    const names = [...new Set(namesOf(recipients, channel))].toSorted();
    if (names.length === 0 && channel === 'in-app') names.push(everybody);
    if (names.length === 0) missing.push(channel);
    destinations.push(...names.map((recipient) => ({ channel, recipient })));
  }
  return { destinations, missing };
};

const isDestination = (value: unknown): value is Destination =>
  typeof value === 'object' &&
  value !== null &&
  'channel' in value &&
  typeof value.channel === 'string' &&
  'recipient' in value &&
  typeof value.recipient === 'string';

/** Destinations as the database holds them. */
export const destinationsOf = (value: unknown): Destination[] =>
  Array.isArray(value) ? value.filter(isDestination) : [];

/** The first 128 bits of a hash over texts that keeps them apart, as 32 letters and digits. */
export const hashOf = (...texts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);

/** The labels among those a rule groups by that an alert has. */
export const groupLabelsOf = (groupBy: readonly string[], labels: Labels): Labels =>
  Object.fromEntries(
    [...new Set(groupBy)].toSorted().flatMap((name) => {
      const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** The name of the group that tells a receiver, in the words of a template, of alerts with these labels in common. */
export const groupIdOf = (receiver: Receiver, template: string | null, labels: Labels): string =>
  `grp_${hashOf(JSON.stringify([receiver.destinations, receiver.missing, template]), JSON.stringify(labels))}`;
