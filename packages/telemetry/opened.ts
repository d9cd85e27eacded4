import { asciiJson } from '@rookery/kernel/text';
import {
  admitBusEvent,
  admitEvent,
  type Admission,
  type Arrival,
  type Rejection,
} from './admit.ts';
import type { Envelope } from './envelope.ts';
import type { Entry, Plan } from './plan/entry.ts';
import { plan } from './plan/plan.ts';
import type { QueuedMessage } from './queued.ts';
import { shownTo, sinksOf } from './route.ts';
import type { SinkName } from './sink.ts';

/** A message of a sink's queue, as it came out of it. */
export type Queued = {
  readonly messageId: string;
  readonly sentAt: Date;
  readonly message: QueuedMessage;
  readonly body: string;
};

/** Who says of an event what it is, where it goes, and what of it may be seen there. */
export type Judge = {
  readonly event: (sent: unknown, arrival: Arrival) => Admission;
  readonly busEvent: (envelope: unknown, receivedAt: Date) => Admission;
  /** What the plan says of an event by its name. */
  readonly entryOf: (event: string) => Entry | undefined;
  readonly shown: (sink: SinkName, envelope: Envelope) => Envelope;
};

/** Holds events against the tracking plan, or against another one. */
export const judgeBy = (known: Plan = plan): Judge => ({
  event: (sent, arrival) => admitEvent(sent, arrival, known),
  busEvent: (envelope, receivedAt) => admitBusEvent(envelope, receivedAt, known),
  entryOf: (event) => (Object.hasOwn(known, event) ? known[event] : undefined),
  shown: (sink, envelope) => shownTo(sink, envelope, known),
});

/** The events of a message as one sink sees them: which it wants, which are none or come too early, how many are others'. */
export type Opened = {
  readonly queued: Queued;
  readonly wanted: readonly { readonly raw: unknown; readonly envelope: Envelope }[];
  readonly rejected: readonly { readonly raw: unknown; readonly why: Rejection }[];
  readonly early: readonly Envelope[];
  readonly elsewhere: number;
};

/** An event of a message as it was sent, and what became of it; `early` when a plan that is newer than ours admitted it. */
export type Part = { readonly raw: unknown; readonly admission: Admission | { early: Envelope } };

/** Holds the events of a message against the plan, unless they were already: what a rule of the bus sends was not yet. */
export const partsOf = ({ message, sentAt }: Queued, judge: Judge): Part[] => {
  if ('bus' in message)
    return [{ raw: message.bus, admission: judge.busEvent(message.bus, sentAt) }];
  if ('envelopes' in message)
    return message.envelopes.map((envelope) => {
      const entry = judge.entryOf(envelope.event);
      const isEarly = entry === undefined || envelope.version > entry.version;
      const admission = isEarly
        ? { early: envelope }
        : { envelope, sinks: sinksOf(entry), sampledOut: false };
      return { raw: envelope, admission };
    });
  const { tenant_id: tenantId, door, received_at, events } = message;
  const arrival = { tenantId, door, receivedAt: new Date(received_at) };
  return events.map((raw) => ({ raw, admission: judge.event(raw, arrival) }));
};

/** Says which events of a message a sink wants: all that were sent to it as admitted, whatever the plan says meanwhile. */
export const openMessage = (queued: Queued, sink: SinkName, judge: Judge): Opened => {
  // A rule brings a sink all of a category: what is wrong in an event for others they tell the router themselves.
  const isOthers = ({ event }: Rejection): boolean => {
    const entry = event === null || !('bus' in queued.message) ? undefined : judge.entryOf(event);
    return entry !== undefined && !sinksOf(entry).includes(sink);
  };
  const parts = partsOf(queued, judge);
  const rejected = parts.flatMap(({ raw, admission }) =>
    'rejected' in admission && !isOthers(admission.rejected)
      ? [{ raw, why: admission.rejected }]
      : [],
  );
  const isMeant = 'envelopes' in queued.message;
  const wanted = parts.flatMap(({ raw, admission }) =>
    'envelope' in admission && (isMeant || admission.sinks.includes(sink))
      ? [{ raw, envelope: admission.envelope }]
      : [],
  );
  const early = parts.flatMap(({ admission }) => ('early' in admission ? [admission.early] : []));
  const elsewhere = parts.length - rejected.length - wanted.length - early.length;
  return { queued, wanted, rejected, early, elsewhere };
};

/**
 * Some events of a message, as the body of a message. What is parsed at any depth is written to a certain one only: then it is
 * the whole message as it came, because events that come twice count once.
 */
export const bodyWith = ({ message, body }: Queued, events: readonly unknown[]): string => {
  if ('bus' in message) return body;
  const isAdmitted = 'envelopes' in message;
  const all = isAdmitted ? message.envelopes : message.events;
  if (events.length === all.length) return body;
  try {
    return asciiJson(isAdmitted ? { envelopes: events } : { ...message, events });
  } catch (error) {
    if (error instanceof RangeError) return body;
    throw error;
  }
};
