import type { Context } from 'aws-lambda';
import { Failure } from '@rookery/kernel/failure';

const tellShare = 0.1;
const endShare = 0.05;

/** What ends work in time for an answer. */
export type TimeGuard = {
  /** Aborts when a tenth of the time that was left at the start is left. */
  readonly signal: AbortSignal;
  /** The work's outcome, or `time-is-up` when there is none while a twentieth is left: who listens has time to say how far. */
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
  const leftMs = context.getRemainingTimeInMillis();
  const abortAt = (share: number) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), leftMs * (1 - share));
    return { signal: controller.signal, stop: () => clearTimeout(timer) };
  };
  const tell = abortAt(tellShare);
  const end = abortAt(endShare);
  return {
    signal: tell.signal,
    inTime: (work) => Promise.race([work, untilAborted(end.signal)]),
    end: () => {
      tell.stop();
      end.stop();
    },
  };
};
