import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '@rookery/kernel/failure';
import type { Answer } from './api.ts';
import { asError, log } from './log.ts';

// Shorter than the function's time and than the wait for a connection: what has none to give is unwell, and says so.
const patienceMs = 3_000;
// Nobody is asked for a token here: however many ask, the database is asked once in this time.
const keptMs = 5_000;

const tooSlow = (): Failure =>
  new Failure(
    'unavailable',
    'database-too-slow',
    'the database did not answer in time; look at its connections and its load',
  );

const within = async (asking: Promise<unknown>): Promise<void> => {
  const over = new AbortController();
  const patience = sleep(patienceMs, undefined, { signal: over.signal }).then(() => {
    throw tooSlow();
  });
  try {
    await Promise.race([asking, patience]);
  } finally {
    patience.catch(() => {});
    over.abort();
  }
};

const look = async (ping: () => Promise<unknown>): Promise<Answer> => {
  const headers = { 'cache-control': 'no-store' };
  try {
    await within(ping());
    return { status: 200, headers, body: { status: 'ok', database: 'ok' } };
  } catch (error) {
    const wrong = error instanceof Failure ? error.code : 'database-error';
    log('ERROR', 'health check failed', { error: asError(error) });
    return { status: 503, headers, body: { status: 'unavailable', database: wrong } };
  }
};

/**
 * Makes the answer of a health check: 200 when `ping` answers within 3 s, 503 with the code of what is wrong when it does
 * not. An answer, good or bad, holds for 5 s, and those who ask while it is looked for wait for the same one.
 */
export const healthOf = (
  ping: () => Promise<unknown>,
  now: () => number = () => Date.now(),
): (() => Promise<Answer>) => {
  let known: { readonly answer: Promise<Answer>; readonly until: number } | undefined;
  return () => {
    if (known === undefined || now() >= known.until)
      known = { answer: look(ping), until: now() + keptMs };
    return known.answer;
  };
};
