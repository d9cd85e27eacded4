import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '@rookery/kernel/failure';
import { isRetryable } from './fault.ts';

const attempts = 4;

// Who keeps colliding is told to come again, as when the database is too busy to answer.
const contended = (cause: unknown): Failure =>
  new Failure(
    'unavailable',
    'database-unavailable',
    `the database gave up ${attempts} times because others changed the same rows; try again`,
    { cause },
  );

/**
 * Does the work again after a deadlock or a serialization failure, up to three times; fails with `database-unavailable`
 * when the last one collides too.
 */
export const retried = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      if (attempt >= attempts) throw contended(error);
      await sleep(2 ** attempt * 10 * (0.5 + Math.random()));
    }
  }
};
