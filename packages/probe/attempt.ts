import { setTimeout as pause } from 'node:timers/promises';
import { describe, isPermanent } from '@rookery/kernel/failure';
import { unanswered, type Finding } from './finding.ts';
import type { Span } from './probe.ts';
import { findingOf } from './reach.ts';

/** How often and how long one service is asked. */
export type Patience = {
  /** Of one attempt. */
  readonly timeoutMs: number;
  /** Attempts more, after failures only. */
  readonly retries: number;
  /** Of all attempts together. */
  readonly checkMs: number;
  /** Between two attempts: what fails for a blink is there again. */
  readonly pauseMs: number;
};

/** What came of all attempts; `bug` tells of a fault of ours. */
export type Attempted = {
  readonly finding: Finding;
  readonly attempts: number;
  readonly bug: string | null;
};

/** Asks one service once. */
export type Ask = (span: Span) => Promise<Finding>;

type Once = { readonly finding: Finding; readonly isFinal: boolean; readonly bug: string | null };

// Who asks ends by itself at the time, and tells why best; then he is told to; then he is left alone.
const toldAfterMs = 100;
const leftAfterMs = 300;

const settled = (error: unknown): Once => {
  const finding = findingOf(error);
  if (finding !== null) return { finding, isFinal: isPermanent(error), bug: null };
  return { finding: unanswered('probe error', false), isFinal: true, bug: describe(error) };
};

const once = async (ask: Ask, timeoutMs: number): Promise<Once> => {
  const controller = new AbortController();
  const told = setTimeout(() => controller.abort(), timeoutMs + toldAfterMs);
  const done = new AbortController();
  const left = pause(timeoutMs + leftAfterMs, null, { signal: done.signal }).then((): Once => ({
    finding: unanswered(`no answer within ${timeoutMs} ms`, true, { failure: 'timeout' }),
    isFinal: false,
    bug: null,
  }));
  left.catch(() => {});
  try {
    const asked = ask({ timeoutMs, signal: controller.signal }).then((finding): Once => ({
      finding,
      isFinal: false,
      bug: null,
    }));
    return await Promise.race([asked, left]);
  } catch (error) {
    return settled(error);
  } finally {
    clearTimeout(told);
    done.abort();
    controller.abort();
  }
};

// With less, an attempt could only fail.
const leastMs = 500;

/** Asks a service until it does not fail, attempts or time run out; never fails itself. */
export const attempt = async (
  ask: Ask,
  { timeoutMs, retries, checkMs, pauseMs }: Patience,
): Promise<Attempted> => {
  const endsAt = performance.now() + checkMs;
  const left = (): number => Math.floor(endsAt - performance.now());
  for (let attempts = 1; ; attempts += 1) {
    const { finding, isFinal, bug } = await once(ask, Math.min(timeoutMs, Math.max(1, left())));
    const isLast = isFinal || attempts > retries || left() < pauseMs + leastMs;
    if (finding.outcome !== 'failed' || isLast) return { finding, attempts, bug };
    await pause(pauseMs);
  }
};
