import { apiFunction } from '@rookery/lambda/api';
import { database } from '@rookery/lambda/database';
import { publicAnswer } from '@rookery/lambda/public-status';
import { badge } from '@rookery/monitoring/health/badge';
import { publicStatus } from '@rookery/monitoring/health/status';

/** GET /status/{tenant} and /status/{tenant}/{service}/badge.svg: what a tenant shows of its services to everybody. */
export const handler = apiFunction({
  handle: publicAnswer({
    statusOf: (ask) =>
      database('api').transaction((tx) => publicStatus(tx, ask), { tenantId: ask.tenantId }),
    badgeOf: badge,
  }),
});
