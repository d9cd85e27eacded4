import { overviewEndpoints } from '@rookery/http/endpoints/overview';
import { readFunction } from '@rookery/lambda/read';
import { bucketed, ranged } from '@rookery/warehouse/reports/ask';
import { overviewOf, overviewSeriesOf } from '@rookery/warehouse/reports/overview';

/** GET /v1/overview…: everything at a glance, and all e-mails bucket by bucket. */
export const handler = readFunction(overviewEndpoints, {
  getOverview: (session, ask) => overviewOf(session, ranged(ask)),
  getOverviewSeries: (session, ask) => overviewSeriesOf(session, bucketed(ask)),
});
