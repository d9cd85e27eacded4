import { campaignEndpoints } from '@rookery/http/endpoints/campaigns';
import { readFunction } from '@rookery/lambda/read';
import { bucketed, listed, ranged } from '@rookery/warehouse/reports/ask';
import { campaignList, campaignOf, campaignSeriesOf } from '@rookery/warehouse/reports/campaign';

/** GET /v1/campaigns…: a list, one, and one bucket by bucket. */
export const handler = readFunction(campaignEndpoints, {
  listCampaigns: (session, ask) =>
    campaignList(session, listed(ask, ask.query.campaign_id, { status: ask.query.status })),
  getCampaign: (session, ask) => campaignOf(session, ask.params.campaign_id, ranged(ask)),
  getCampaignSeries: (session, ask) =>
    campaignSeriesOf(session, ask.params.campaign_id, bucketed(ask)),
});
