import { sequenceStepEndpoints } from '@rookery/http/endpoints/sequence-steps';
import { readFunction } from '@rookery/lambda/read';
import { asked, compared } from '@rookery/warehouse/reports/ask';
import { campaignStepsOf, stepList, stepSeriesOf } from '@rookery/warehouse/reports/step';

/** GET /v1/sequence-steps and /v1/campaigns/{campaign_id}/steps…: a list, a comparison, and one bucket by bucket. */
export const handler = readFunction(sequenceStepEndpoints, {
  listSequenceSteps: (session, { tenantId, query, after }) =>
    stepList(session, {
      tenantId,
      page: { sort: query.sort, limit: query.limit, after },
      only: query.campaign_id ?? null,
      companyIds: query.company_id ?? null,
      statuses: null,
      variants: query.variant ?? null,
      ...compared(query),
    }),
  compareCampaignSteps: (session, { tenantId, params: { campaign_id: campaignId }, query }) =>
    campaignStepsOf(session, { tenantId, campaignId, range: asked(query), metric: query.metric }),
  getSequenceStepSeries: (session, { tenantId, params, query }) =>
    stepSeriesOf(
      session,
      { campaignId: params.campaign_id, stepId: params.step_id },
      { tenantId, interval: query.interval, ...compared(query, query.interval) },
    ),
});
