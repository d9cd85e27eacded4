import { campaignEndpoints } from '@rookery/http/endpoints/campaigns';
import { readFunction } from '@rookery/lambda/read';
import { compared } from '@rookery/warehouse/reports/ask';
import { campaignList, campaignOf, campaignSeriesOf } from '@rookery/warehouse/reports/campaign';

/** GET /v1/campaigns…: a list, one, and one bucket by bucket. */
export const handler = readFunction(campaignEndpoints, {
  listCampaigns: (session, { tenantId, query, after }) =>
    campaignList(session, {
      tenantId,
      page: { sort: query.sort, limit: query.limit, after },
      only: query.campaign_id ?? null,
      companyIds: query.company_id ?? null,
      statuses: query.status ?? null,
      ...compared(query),
    }),
  getCampaign: (session, { tenantId, params, query }) =>
    campaignOf(session, params.campaign_id, { tenantId, ...compared(query) }),
  getCampaignSeries: (session, { tenantId, params, query }) =>
    campaignSeriesOf(session, params.campaign_id, {
      tenantId,
      interval: query.interval,
      ...compared(query, query.interval),
    }),
});
