import { warmupEndpoints } from '@rookery/http/endpoints/warmups';
import { readFunction } from '@rookery/lambda/read';
import { bucketed, listed, ranged } from '@rookery/warehouse/reports/ask';
import { warmupList, warmupOf, warmupSeriesOf } from '@rookery/warehouse/reports/warmup';

/** GET /v1/warmups…: a list, one, and one bucket by bucket. */
export const handler = readFunction(warmupEndpoints, {
  listWarmups: (session, ask) => warmupList(session, listed(ask, ask.query.mailbox_id)),
  getWarmup: (session, ask) => warmupOf(session, ask.params.mailbox_id, ranged(ask)),
  getWarmupSeries: (session, ask) => warmupSeriesOf(session, ask.params.mailbox_id, bucketed(ask)),
});
