import type { Context } from 'aws-lambda';
import { Failure } from '@rookery/kernel/failure';

const guardShare = 0.1;

/** What ends work in time for an answer. */
export type TimeGuard = {
  /** Aborts when a tenth of the time that was left at the start is left. */
  readonly signal: AbortSignal;
  /** The work's outcome, or `time-is-up` when the signal aborts before there is one. */
  readonly inTime: <T>(work: Promise<T>) => Promise<T>;
  readonly end: () => void;
};

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = (): void => {
      reject(
        new Failure(
          'unavailable',
          'time-is-up',
          'the function is about to time out; it is retried',
        ),
      );
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

/** Starts to watch the time of an invocation: who works longer than it has answers nothing, and all of a batch comes again. */
export const startTimeGuard = (context: Context): TimeGuard => {
  const timer = new AbortController();
  const budgetMs = context.getRemainingTimeInMillis() * (1 - guardShare);
  const guard = setTimeout(() => {
    timer.abort();
  }, budgetMs);
  return {
    signal: timer.signal,
    inTime: (work) => Promise.race([work, untilAborted(timer.signal)]),
    end: () => {
      clearTimeout(guard);
    },
  };
};
