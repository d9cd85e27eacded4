import { apiFunction } from '@rookery/lambda/api';
import { database } from '@rookery/lambda/database';
import { healthOf } from '@rookery/lambda/health';
import { ping } from '@rookery/lambda/ping.sql';

/** GET /health: 200 when the warehouse answers, 503 with the code of what is wrong when it does not. */
export const handler = apiFunction({
  handle: healthOf(async () => database('api').query(ping, {})),
});
