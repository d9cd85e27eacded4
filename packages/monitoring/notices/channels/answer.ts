import type { Verdict } from './outgoing.ts';

/** What a server said to a call. */
export type Answer = {
  readonly status: number;
  /** The header Retry-After. */
  readonly retryAfter: string | undefined;
  readonly now: Date;
};

// What is asked to come back later; every other 4xx says that the call itself is wrong.
const later = new Set([408, 425, 429]);

/** How many seconds a Retry-After asks for, in seconds or as a date; null when it says nothing that can be read. */
export const retryAfterSeconds = (header: string | undefined, now: Date): number | null => {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1_000));
};

/** How an attempt over HTTP went. Only the status is kept: what a foreign server writes may hold anything. */
export const verdictOf = ({ status, retryAfter, now }: Answer): Verdict => {
  if (status >= 200 && status < 300) return { outcome: 'taken', providerId: null };
  const problem = `answered ${status}`;
  if (status >= 500 || later.has(status))
    return { outcome: 'temporary', problem, retryAfterSeconds: retryAfterSeconds(retryAfter, now) };
  return { outcome: 'permanent', problem: `${problem}; correct the target, and it works anew` };
};
