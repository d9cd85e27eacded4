import { freshnessEndpoints } from '@rookery/http/endpoints/freshness';
import { readFunction } from '@rookery/lambda/read';
import { freshnessOf } from '@rookery/warehouse/reports/freshness';

/** GET /v1/freshness: how fresh the facts of the tenant are. */
export const handler = readFunction(freshnessEndpoints, {
  getFreshness: (session, { tenantId }) => freshnessOf(session, { tenantId }),
});
