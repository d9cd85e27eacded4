import { eventRejectionEndpoints } from '@rookery/http/endpoints/events';
import { readFunction } from '@rookery/lambda/read';
import { freshRows } from '@rookery/monitoring/reports/freshness';
import { rejectedSince } from '@rookery/telemetry/rejected';

/** GET /v1/events/rejections: what of a tenant's events the tracking plan refused. */
export const handler = readFunction(eventRejectionEndpoints, {
  listRejectedEvents: async (session, { tenantId, now, query }) => {
    const fresh = await freshRows(session);
    const { since, data } = await rejectedSince(session, { tenantId, now, ...query });
    return { body: { since: since.toISOString(), data }, fresh };
  },
});
