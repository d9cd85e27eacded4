import { billingEndpoints } from '@rookery/http/endpoints/billing';
import { readFunction } from '@rookery/lambda/read';
import {
  adjustmentList,
  currentPeriod,
  periodList,
  periodWithId,
  quotasOf,
} from '@rookery/warehouse/reports/period';

/** GET /v1/billing/…: periods, the one that runs, and what changed after one closed. */
export const handler = readFunction(billingEndpoints, {
  listBillingPeriods: (session, { tenantId, query: { limit, state = null }, after }) =>
    periodList(session, { tenantId, state, limit, after }),
  getBillingPeriod: (session, { tenantId, params }) =>
    periodWithId(session, params.period_id, { tenantId }),
  getCurrentBilling: (session, { tenantId, query }) =>
    currentPeriod(session, { tenantId, quotas: quotasOf(query) }),
  listBillingAdjustments: (session, { tenantId, query, after }) => {
    const { limit, period_id: periodId = null, applied_to: appliedTo = null } = query;
    const { billable = null } = query;
    return adjustmentList(session, { tenantId, periodId, appliedTo, billable, limit, after });
  },
});
