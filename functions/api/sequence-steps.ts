import { sequenceStepEndpoints } from '@rookery/http/endpoints/sequence-steps';
import { readFunction } from '@rookery/lambda/read';
import { asked, bucketed, listed } from '@rookery/warehouse/reports/ask';
import { campaignStepsOf, stepList, stepSeriesOf } from '@rookery/warehouse/reports/step';

/** GET /v1/sequence-steps and /v1/campaigns/{campaign_id}/steps…: a list, a comparison, and one bucket by bucket. */
export const handler = readFunction(sequenceStepEndpoints, {
  listSequenceSteps: (session, ask) =>
    stepList(session, listed(ask, ask.query.campaign_id, { variant: ask.query.variant })),
  compareCampaignSteps: (session, ask) =>
    campaignStepsOf(session, {
      tenantId: ask.tenantId,
      campaignId: ask.params.campaign_id,
      range: asked(ask),
      metric: ask.query.metric,
    }),
  getSequenceStepSeries: (session, ask) =>
    stepSeriesOf(session, ask.params.campaign_id, ask.params.step_id, bucketed(ask)),
});
