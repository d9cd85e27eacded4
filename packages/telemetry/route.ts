import type { Envelope } from './envelope.ts';
import type { Entry, Plan } from './plan/entry.ts';
import { plan } from './plan/plan.ts';
import type { SinkName } from './sink.ts';
import { checklist, whereDoesItGo, type Direction } from './where.ts';

/** Where the design rules send an event: what its nature answers, asked of `whereDoesItGo`. */
export const directionOf = ({ nature }: Pick<Entry, 'nature'>): Direction =>
  whereDoesItGo({ [nature]: true });

/** The sinks an event goes to: those of its entry that its nature may have, also where the plan was not held by types. */
export const sinksOf = ({ nature, sinks: named }: Entry): readonly SinkName[] => {
  // Asked of every event: the direction with its reasons in words would take 1 µs of each (2026-11).
  const place = checklist.find(({ answer }) => answer === nature)?.place;
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
