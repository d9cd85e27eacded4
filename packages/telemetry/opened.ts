import { asciiJson } from '@rookery/kernel/text';
import {
  admitBusEvent,
  admitEvent,
  type Admission,
  type Arrival,
  type Rejection,
} from './admit.ts';
import type { Envelope } from './envelope.ts';
import type { Plan } from './plan/entry.ts';
import { plan } from './plan/plan.ts';
import type { QueuedMessage } from './queued.ts';
import type { SinkName } from './sink.ts';

/** A message of a sink's queue, as it came out of it. */
export type Queued = {
  readonly messageId: string;
  readonly sentAt: Date;
  readonly message: QueuedMessage;
  readonly body: string;
};

/** Who says of an event what it is and where it goes. */
export type Judge = {
  readonly event: (sent: unknown, arrival: Arrival) => Admission;
  readonly busEvent: (envelope: unknown, receivedAt: Date) => Admission;
};

/** Holds events against the tracking plan, or against another one. */
export const judgeBy = (known: Plan = plan): Judge => ({
  event: (sent, arrival) => admitEvent(sent, arrival, known),
  busEvent: (envelope, receivedAt) => admitBusEvent(envelope, receivedAt, known),
});

/** The events of a message as one sink sees them: which it wants, which are none, and how many are for others. */
export type Opened = {
  readonly queued: Queued;
  readonly wanted: readonly { readonly raw: unknown; readonly envelope: Envelope }[];
  readonly rejected: readonly { readonly raw: unknown; readonly why: Rejection }[];
  readonly elsewhere: number;
};

/** An event of a message as it was sent, and what became of it. */
export type Part = { readonly raw: unknown; readonly admission: Admission };

/** Holds the events of a message against the plan: what a rule of the bus sends was not yet. */
export const partsOf = ({ message, sentAt }: Queued, judge: Judge): Part[] => {
  if ('bus' in message)
    return [{ raw: message.bus, admission: judge.busEvent(message.bus, sentAt) }];
  const { tenant_id: tenantId, door, received_at, events } = message;
  const arrival = { tenantId, door, receivedAt: new Date(received_at) };
  return events.map((raw) => ({ raw, admission: judge.event(raw, arrival) }));
};

/** Holds the events of a message against the plan again: what a rule of the bus sends was not yet. */
export const openMessage = (queued: Queued, sink: SinkName, judge: Judge): Opened => {
  const parts = partsOf(queued, judge);
  const rejected = parts.flatMap(({ raw, admission }) =>
    'rejected' in admission ? [{ raw, why: admission.rejected }] : [],
  );
  const wanted = parts.flatMap(({ raw, admission }) =>
    'envelope' in admission && admission.sinks.includes(sink)
      ? [{ raw, envelope: admission.envelope }]
      : [],
  );
  return { queued, wanted, rejected, elsewhere: parts.length - rejected.length - wanted.length };
};

/**
 * Some events of a message, as the body of a message. What is parsed at any depth is written to a certain one only: then it is
 * the whole message as it came, because events that come twice count once.
 */
export const bodyWith = ({ message, body }: Queued, events: readonly unknown[]): string => {
  if ('bus' in message || events.length === message.events.length) return body;
  try {
    return asciiJson({ ...message, events });
  } catch (error) {
    if (error instanceof RangeError) return body;
    throw error;
  }
};
