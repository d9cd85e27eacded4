import { describe, Failure, isPermanent } from '@rookery/kernel/failure';
import type { Envelope } from '../envelope.ts';
import type { Entry, Plan } from '../plan/entry.ts';
import { plan } from '../plan/plan.ts';
import type { Refused, Sink } from '../sink.ts';

/** An event as PostHog's client captures it. */
export type Capture = {
  readonly uuid: string;
  readonly event: string;
  readonly distinctId: string;
  readonly timestamp: Date;
  readonly groups: Record<string, string>;
  readonly properties: Record<string, unknown>;
};

/**
 * Sends events to PostHog in one request and resolves when it has them all. Fails with a permanent Failure when PostHog will
 * never take them as they are, with `unavailable` when it may another time; in either case it may have some.
 */
export type SendCaptures = (captures: readonly Capture[], signal: AbortSignal) => Promise<void>;

// PostHog takes 20 MB a request, and an event has 32 KiB at most: 500 of them stay below.
const mostEvents = 500;

const known: Plan = plan;

// What nobody did belongs to the tenant, and makes no person of it.
const whoOf = ({ tenant_id: tenant, actor }: Envelope) =>
  actor === null || actor === ''
    ? { distinctId: `tenant:${tenant}`, person: { $process_person_profile: false } }
    : { distinctId: actor, person: {} };

/**
 * An event of the plan as PostHog gets it: the same however often it is delivered, for uuid, time, name and distinct id are
 * what PostHog knows it by; without what the plan calls personal.
 */
export const captureOf = (envelope: Envelope, entry: Entry): Capture => {
  const pii: ReadonlySet<string> = new Set(entry.pii);
  const { distinctId, person } = whoOf(envelope);
  const told = Object.entries(envelope.properties).filter(([name]) => !pii.has(name));
  return {
    uuid: envelope.id,
    event: envelope.event,
    distinctId,
    timestamp: new Date(envelope.time),
    groups: { tenant: envelope.tenant_id },
    properties: {
      ...Object.fromEntries(told),
      tenant_id: envelope.tenant_id,
      event_version: envelope.version,
      ...person,
    },
  };
};

type Item = { readonly id: string; readonly capture: Capture };

// Without its entry nobody could say which of its properties are personal.
const itemsOf = (events: readonly Envelope[]): { items: Item[]; strange: Refused[] } => {
  const items: Item[] = [];
  const strange: Refused[] = [];
  for (const event of events) {
    const entry = known[event.event];
    if (entry === undefined)
      strange.push({
        id: event.id,
        permanent: true,
        reason: `the tracking plan has no event ${event.event}: add it there, and deliver this again`,
      });
    else items.push({ id: event.id, capture: captureOf(event, entry) });
  }
  return { items, strange };
};

const batchesOf = (items: readonly Item[], most: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, n) =>
    items.slice(n * most, (n + 1) * most),
  );

/**
 * PostHog as a sink. What it refuses is halved until the events are found that it refuses, which are named as permanent. Once
 * it does not answer, nothing more of the batch is tried: what it does not have by then comes again.
 */
export const posthogSink = (send: SendCaptures): Sink => ({
  name: 'posthog',
  deliver: async (events, signal) => {
    const { items, strange } = itemsOf(events);
    const refused = [...strange];
    const left = batchesOf(items, mostEvents);
    for (let batch = left.shift(); batch !== undefined; batch = left.shift()) {
      const problem: unknown = await send(
        batch.map(({ capture }) => capture),
        signal,
      ).then(
        () => null,
        (error: unknown) => error,
      );
      if (problem === null) continue;
      if (!(problem instanceof Failure)) throw problem;
      if (!isPermanent(problem)) {
        const waiting = [batch, ...left].flat();
        if (waiting.length === events.length) throw problem;
        const reason = describe(problem);
        return [...refused, ...waiting.map(({ id }) => ({ id, permanent: false, reason }))];
      }
      const [only] = batch;
      if (only !== undefined && batch.length === 1)
        refused.push({ id: only.id, permanent: true, reason: problem.message });
      else left.unshift(...batchesOf(batch, Math.ceil(batch.length / 2)));
    }
    return refused;
  },
});
