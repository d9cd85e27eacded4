import { overviewEndpoints } from '@rookery/http/endpoints/overview';
import { readFunction } from '@rookery/lambda/read';
import { compared } from '@rookery/warehouse/reports/ask';
import { overviewOf, overviewSeriesOf } from '@rookery/warehouse/reports/overview';

/** GET /v1/overview…: everything at a glance, and all e-mails bucket by bucket. */
export const handler = readFunction(overviewEndpoints, {
  getOverview: (session, { tenantId, query }) =>
    overviewOf(session, { tenantId, ...compared(query) }),
  getOverviewSeries: (session, { tenantId, query }) =>
    overviewSeriesOf(session, {
      tenantId,
      interval: query.interval,
      ...compared(query, query.interval),
    }),
});
