import { createHash } from 'node:crypto';
import { admitEvent, type Arrival } from './admit.ts';
import type { AdmittedMessage, Envelope, EventsMessage } from './envelope.ts';
import type { RejectionCode } from './faults.ts';
import { keptForm } from './kept.ts';
import { packAdmitted, packEvents } from './message.ts';
import { shownTo } from './route.ts';
import type { SinkName } from './sink.ts';

/** What became of one event of a request; `id` is what its sender calls it. */
export type Verdict = {
  readonly index: number;
  readonly id: string | null;
  readonly verdict: 'accepted' | 'sampled' | 'rejected';
  readonly code?: RejectionCode | 'id-repeated';
  readonly reason?: string;
};

/** What a request to the door is judged by: `keys` names it for the ids of events without one. */
export type Docket = {
  readonly tenantId: string;
  readonly receivedAt: Date;
  readonly keys: string;
};

/** Messages for one queue: that of the router, which keeps what was rejected, or a sink's. */
export type Load =
  | { readonly queue: 'events'; readonly messages: readonly EventsMessage[] }
  | { readonly queue: SinkName; readonly messages: readonly AdmittedMessage[] };

// PostHog comes last: it knows an event again only if its time is the same, and one without a time has that of its request,
// which a repeat changes. When a queue before it fails, it has nothing of the request yet.
const order = ['siem', 'metrics', 'console', 'posthog'] as const satisfies readonly SinkName[];

const idOf = (event: unknown): string | null => {
  const id: unknown =
    typeof event === 'object' && event !== null && 'id' in event ? event.id : undefined;
  return typeof id === 'string' ? id.slice(0, 200) : null;
};

// What is in an event belongs to its id: a request under an old name that brings others is not taken for a repeat.
const named = (event: unknown, index: number, keys: string): unknown => {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return event;
  if (Object.hasOwn(event, 'id')) return event;
  const text = JSON.stringify([keys, index, event]);
  return { id: `at:${createHash('sha256').update(text).digest('base64url')}`, ...event };
};

/** What the door found out about a request: a verdict an event, and what each queue is to be sent. */
export type Judged = { readonly verdicts: readonly Verdict[]; readonly loads: readonly Load[] };

/**
 * Judges each event of a request by the tracking plan, and that no other of the request has its id and name: under one id
 * one event counts. Those without an `id` get one that follows from the name of the request, the event and its place.
 */
export const judgeEvents = (
  events: readonly unknown[],
  { tenantId, receivedAt, keys }: Docket,
): Judged => {
  const arrival: Arrival = { tenantId, door: 'http', receivedAt };
  const places = new Map<string, number>();
  const refused: unknown[] = [];
  const sent = new Map<SinkName, Envelope[]>(order.map((sink) => [sink, []]));
  const verdicts = events.map((given, index): Verdict => {
    const told = { index, id: idOf(given) };
    const event = named(given, index, keys);
    const admission = admitEvent(event, arrival);
    if ('rejected' in admission) {
      const { code, reason } = admission.rejected;
      refused.push(keptForm(event));
      return { ...told, verdict: 'rejected', code, reason };
    }
    const { envelope, sinks, sampledOut } = admission;
    const first = places.get(envelope.id);
    if (first !== undefined) {
      const reason = `has the id of event ${first}: only that one counts`;
      return { ...told, verdict: 'rejected', code: 'id-repeated', reason };
    }
    places.set(envelope.id, index);
    for (const sink of sinks) sent.get(sink)?.push(shownTo(sink, envelope));
    return { ...told, verdict: sampledOut ? 'sampled' : 'accepted' };
  });
  const loads = order.map((queue) => ({ queue, messages: packAdmitted(sent.get(queue) ?? []) }));
  const kept = { queue: 'events', messages: packEvents(arrival, refused) } as const;
  return { verdicts, loads: [kept, ...loads] };
};
