import { describe, Failure, isPermanent } from '@rookery/kernel/failure';
import type { Envelope } from '../envelope.ts';
import { shownTo } from '../route.ts';
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
// One that refuses everything is asked so often by one batch: single events of 5,000 would be 10,000 requests, every time.
const mostRequests = 200;

// What nobody did belongs to the tenant, and makes no person of it.
const whoOf = ({ tenant_id: tenant, actor }: Envelope) =>
  actor === null || actor === ''
    ? { distinctId: `tenant:${tenant}`, person: { $process_person_profile: false } }
    : { distinctId: actor, person: {} };

/**
 * An event as PostHog gets it: the same however often it is delivered, for uuid, time, name and distinct id are what PostHog
 * knows it by; without what the plan calls personal.
 */
export const captureOf = (envelope: Envelope): Capture => {
  const { properties, tenant_id: tenant } = shownTo('posthog', envelope);
  const { distinctId, person } = whoOf(envelope);
  return {
    uuid: envelope.id,
    event: envelope.event,
    distinctId,
    timestamp: new Date(envelope.time),
    groups: { tenant },
    properties: { ...properties, tenant_id: tenant, event_version: envelope.version, ...person },
  };
};

const batchesOf = (events: readonly Envelope[], most: number): Envelope[][] =>
  Array.from({ length: Math.ceil(events.length / most) }, (_, n) =>
    events.slice(n * most, (n + 1) * most),
  );

/**
 * PostHog as a sink. What it refuses is halved until the events are found that it refuses, which are named as permanent; that
 * waits until all else was tried, so that they keep nothing back. Once it does not answer, or has refused too often, nothing
 * more of the batch is tried: what it does not have by then comes again.
 */
export const posthogSink = (send: SendCaptures): Sink => ({
  name: 'posthog',
  deliver: async (events, signal) => {
    const refused: Refused[] = [];
    const left = batchesOf(events, mostEvents);
    let requests = 0;
    for (let batch = left.shift(); batch !== undefined; batch = left.shift()) {
      requests += 1;
      const problem: unknown = await send(batch.map(captureOf), signal).then(
        () => null,
        (error: unknown) => error,
      );
      if (problem === null) continue;
      if (!(problem instanceof Failure)) throw problem;
      if (!isPermanent(problem) || requests >= mostRequests) {
        const waiting = [batch, ...left].flat();
        if (waiting.length === events.length) throw problem;
        const reason = describe(problem);
        return [...refused, ...waiting.map(({ id }) => ({ id, permanent: false, reason }))];
      }
      const [only] = batch;
      if (only !== undefined && batch.length === 1)
        refused.push({ id: only.id, permanent: true, reason: problem.message });
      else left.push(...batchesOf(batch, Math.ceil(batch.length / 2)));
    }
    return refused;
  },
});
