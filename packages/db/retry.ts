import { setTimeout as sleep } from 'node:timers/promises';
import { isRetryable } from './fault.ts';

const attempts = 4;

/** Does the work again after a deadlock or a serialization failure, up to three times. */
export const retried = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error) || attempt >= attempts) throw error;
      await sleep(2 ** attempt * 10 * (0.5 + Math.random()));
    }
  }
};
