import { warmupEndpoints } from '@rookery/http/endpoints/warmups';
import { readFunction } from '@rookery/lambda/read';
import { compared } from '@rookery/warehouse/reports/ask';
import { warmupList, warmupOf, warmupSeriesOf } from '@rookery/warehouse/reports/warmup';

/** GET /v1/warmups…: a list, one, and one bucket by bucket. */
export const handler = readFunction(warmupEndpoints, {
  listWarmups: (session, { tenantId, query, after }) =>
    warmupList(session, {
      tenantId,
      page: { sort: query.sort, limit: query.limit, after },
      only: query.mailbox_id ?? null,
      companyIds: query.company_id ?? null,
      statuses: null,
      ...compared(query),
    }),
  getWarmup: (session, { tenantId, params, query }) =>
    warmupOf(session, params.mailbox_id, { tenantId, ...compared(query) }),
  getWarmupSeries: (session, { tenantId, params, query }) =>
    warmupSeriesOf(session, params.mailbox_id, {
      tenantId,
      interval: query.interval,
      ...compared(query, query.interval),
    }),
});
