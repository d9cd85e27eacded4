import { Failure } from '@rookery/kernel/failure';
import { apiFunction } from '@rookery/lambda/api';
import { database } from '@rookery/lambda/database';
import { asError, log } from '@rookery/lambda/log';
import { ping } from '@rookery/lambda/ping.sql';

/** GET /health: 200 when the warehouse answers, 503 with the code of what is wrong when it does not. */
export const handler = apiFunction({
  handle: async () => {
    try {
      await database('api').query(ping, {});
      return { status: 200, body: { status: 'ok', database: 'ok' } };
    } catch (error) {
      const wrong = error instanceof Failure ? error.code : 'database-error';
      log('ERROR', 'health check failed', { error: asError(error) });
      return { status: 503, body: { status: 'unavailable', database: wrong } };
    }
  },
});
