import type { Envelope } from './envelope.ts';

/** Where events go (seed 002 §4): product analytics, security logging, the metrics stack, and the log of the function. */
export const sinkNames = ['posthog', 'siem', 'metrics', 'console'] as const;

/** The name of a sink; each has a queue of the same name. */
export type SinkName = (typeof sinkNames)[number];

/** An event that a sink did not take. Permanent: it never will, whatever is tried again. */
export type Refused = { readonly id: string; readonly permanent: boolean; readonly reason: string };

/**
 * A place that takes events for good. Resolves when it has them, with those it has not; throws when it has none of them and
 * may have them later. Delivering an event again changes nothing: by its `id` the receiver knows it.
 */
export type Sink = {
  readonly name: SinkName;
  /** Set where it matters which events come together: it gets those of one message at a time. */
  readonly apart?: true;
  readonly deliver: (
    events: readonly Envelope[],
    signal: AbortSignal,
  ) => Promise<readonly Refused[]>;
};
