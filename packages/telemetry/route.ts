import type { Envelope } from './envelope.ts';
import type { Entry, Plan } from './plan/entry.ts';
import { plan } from './plan/plan.ts';
import type { SinkName } from './sink.ts';
import { whereDoesItGo, type Direction } from './where.ts';

/** Where the design rules send an event: what its nature answers, asked of `whereDoesItGo`. */
export const directionOf = ({ nature }: Pick<Entry, 'nature'>): Direction =>
  whereDoesItGo({ [nature]: true });

/** The sinks an event goes to: those of its entry that its nature may have, also where the plan was not held by types. */
export const sinksOf = (entry: Entry): readonly SinkName[] => {
  const { place } = directionOf(entry);
  const named: readonly SinkName[] = entry.sinks;
  return named.filter((sink) => sink === 'console' || sink === place);
};

/**
 * An event as a sink may see it: without what is about a person, except in the security log, which is for that. Of an event
 * that the plan does not have, nobody knows what is: none of its properties.
 */
export const shownTo = (sink: SinkName, envelope: Envelope, known: Plan = plan): Envelope => {
  if (sink === 'siem') return envelope;
  const entry = Object.hasOwn(known, envelope.event) ? known[envelope.event] : undefined;
  const pii: readonly string[] | undefined = entry?.pii;
  if (pii?.length === 0) return envelope;
  const properties = Object.fromEntries(
    Object.entries(envelope.properties).filter(([name]) => pii?.includes(name) === false),
  );
  return { ...envelope, properties };
};
