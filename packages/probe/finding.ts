/**
 * How a check went: `ok`; `soft`, which works and should be looked at; `failed`; or `unknown`, where the check says nothing
 * about the service.
 */
export type Outcome = 'ok' | 'soft' | 'failed' | 'unknown';

/** Small facts about a check for whoever may read the service: never what a service answered, never a secret. */
export type Details = { readonly [name: string]: string | number | boolean | null | Details };

/** What a check found. */
export type Finding = {
  readonly outcome: Outcome;
  /** Until the answer was there; null when none came. */
  readonly responseMs: number | null;
  /** Why it is not ok. */
  readonly reason: string | null;
  readonly details: Details;
  /** True when it failed in a way in which it also would without a network of our own. */
  readonly network: boolean;
};

/** One thing that is wrong with a service that answered. */
export type Fault = { readonly outcome: 'soft' | 'failed'; readonly reason: string };

/** A fault for which a check fails. */
export const failed = (reason: string): Fault => ({ outcome: 'failed', reason });

/** A fault that should be looked at. */
export const soft = (reason: string): Fault => ({ outcome: 'soft', reason });

const longestReason = 500;

// eslint-disable-next-line no-control-regex -- they are what has to go
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ');

/** A reason as it may be stored and shown: one line, of bounded length. */
const reasonOf = (text: string): string => {
  const line = printable(text).trim();
  return line.length <= longestReason ? line : `${line.slice(0, longestReason - 1)}…`;
};

/** What a service that answered is found to be, by what is wrong with it: the worst decides and is told first. */
export const judged = (
  responseMs: number,
  faults: readonly Fault[],
  details: Details = {},
): Finding => {
  const worst = [
    ...faults.filter(({ outcome }) => outcome === 'failed'),
    ...faults.filter(({ outcome }) => outcome === 'soft'),
  ];
  return {
    outcome: worst[0]?.outcome ?? 'ok',
    responseMs: Math.round(responseMs),
    reason: worst.length === 0 ? null : reasonOf(worst.map(({ reason }) => reason).join('; ')),
    details,
    network: false,
  };
};

/** A check that got no answer. */
export const unanswered = (reason: string, network: boolean, details: Details = {}): Finding => ({
  outcome: 'failed',
  responseMs: null,
  reason: reasonOf(reason),
  details,
  network,
});

/** A check that says nothing about the service. */
export const unknown = (reason: string): Finding => ({
  outcome: 'unknown',
  responseMs: null,
  reason: reasonOf(reason),
  details: {},
  network: false,
});
