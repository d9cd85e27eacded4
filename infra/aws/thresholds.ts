import type { Cadence, QueueName } from '../topology.ts';

const minute = 60;
const hour = 3_600;

/** A window of an alarm: so many periods of so many seconds. */
export type Window = { readonly periodSeconds: number; readonly periods: number };

// One day and two hours: what is done by night and has not been done two hours after its time.
const night: Window = { periodSeconds: hour, periods: 26 };

/**
 * In which time a job must have been done: three of its cadences, five minutes at least. CloudWatch learns of a log line a
 * minute or two late, and three minutes without one would be nothing out of the ordinary.
 */
export const windowOf = (cadence: Cadence): Window =>
  'everyMinutes' in cadence
    ? {
        periodSeconds: cadence.everyMinutes * minute,
        periods: Math.max(3, Math.ceil(5 / cadence.everyMinutes)),
      }
    : night;

/** The window of the evaluator's heartbeat: five of its cadences. */
export const heartbeatOf = (cadence: Cadence): Window =>
  'everyMinutes' in cadence ? { periodSeconds: cadence.everyMinutes * minute, periods: 5 } : night;

/** How long after its time a job may be done: two cadences, an hour by night. */
export const lateAfterMs = (cadence: Cadence): number =>
  1_000 * ('everyMinutes' in cadence ? 2 * cadence.everyMinutes * minute : hour);

/**
 * How old the oldest message of a queue may be, in minutes: longer than it takes until one that failed comes again, and shorter
 * than whoever waits for it would.
 */
export const oldestMinutes = {
  // Freshness is behind after an hour.
  aggregate: 30,
  // A tenant's count by night, all tenants at once.
  reconcile: 120,
  ingest: 15,
  // One unit at a time fills its function's time; a day's are queued at once.
  retention: 360,
  // A check that is that late is of no use: its slot is over.
  probe: 15,
  notify: 15,
  events: 15,
  // After an hour what a sink does not take is dead.
  posthog: 15,
  siem: 15,
  metrics: 15,
  console: 15,
} as const satisfies Record<QueueName, number>;
