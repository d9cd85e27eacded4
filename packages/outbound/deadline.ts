import { failed } from './failure.ts';

/** The time a piece of work has; its signal aborts with an `outbound-failed` when the time or the caller's patience ends. */
export type Deadline = {
  readonly signal: AbortSignal;
  readonly remainingMs: () => number;
  readonly elapsedMs: () => number;
  /** Lets go of timer and listener; the work is done. */
  readonly end: () => void;
};

/** Starts a deadline of so many milliseconds, which the caller's signal may cut short. */
export const startDeadline = (timeoutMs: number, signal?: AbortSignal): Deadline => {
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  const controller = new AbortController();
  const abort = (): void => controller.abort(failed('aborted', 'the request was given up'));
  const timer = setTimeout(
    () => controller.abort(failed('timeout', `no answer within ${timeoutMs} ms`)),
    timeoutMs,
  );
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    elapsedMs,
    remainingMs: () => Math.max(0, timeoutMs - elapsedMs()),
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
};

/** A promise that fails with the signal's reason when the signal comes first. */
export const withinDeadline = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = (): void => {
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
