import { leadEndpoints } from '@rookery/http/endpoints/leads';
import { readFunction } from '@rookery/lambda/read';
import { lastContact, leadList, leadOf } from '@rookery/warehouse/reports/lead';

/** GET /v1/leads…: a list, and one. */
export const handler = readFunction(leadEndpoints, {
  listLeads: (session, { tenantId, query, after }) =>
    leadList(session, {
      tenantId,
      range: lastContact(query),
      page: { sort: query.sort, limit: query.limit, after },
      campaignIds: query.campaign_id ?? null,
      leadIds: query.lead_id ?? null,
      statuses: query.status ?? null,
      engagement: query.engagement ?? null,
      totals: query.totals === 'true',
    }),
  getLead: (session, { tenantId, params }) => leadOf(session, tenantId, params.lead_id),
});
