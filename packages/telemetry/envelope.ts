/**
 * An event as it travels from a door to its sinks, as JSON: held against the tracking plan, and the same however often it is
 * delivered, its `id` and `time` included.
 */
export type Envelope = {
  /** A UUID that follows from tenant, event and what its sender calls it. */
  readonly id: string;
  readonly event: string;
  /** Version of the event in the tracking plan. */
  readonly version: number;
  readonly tenant_id: string;
  /** Who did it, as an opaque id; null where nobody did. */
  readonly actor: string | null;
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** An event as a producer writes it, not held against anything yet. */
export type Sent = {
  /** What its producer calls it; the same one twice is one event. */
  readonly id?: string | undefined;
  readonly event: string;
  readonly version?: number | undefined;
  readonly time?: string | undefined;
  readonly actor?: string | null | undefined;
  readonly properties?: unknown;
};

/** By which way an event came. */
export const doors = ['http', 'bus'] as const;

/** The name of a door. */
export type Door = (typeof doors)[number];

/**
 * A message of the queue `events` that we send ourselves: events of one tenant, as they were sent. A rule of the bus sends the
 * bus's own envelope instead, one event a message: `detail-type` names the event, and `detail` is a Sent without `event`, with
 * `tenant_id`. Queues of sinks may have them, too.
 */
export type EventsMessage = {
  readonly tenant_id: string;
  readonly door: Door;
  readonly received_at: string;
  readonly events: readonly unknown[];
};

/**
 * A message of a sink's queue that we send ourselves: events as the sink may see them. What admitted them said so for good: a
 * plan that is deployed while they wait refuses none of them.
 */
export type AdmittedMessage = { readonly envelopes: readonly Envelope[] };
