import { errorEndpoints } from '@rookery/http/endpoints/errors';
import { readFunction } from '@rookery/lambda/read';
import { groupAnswer, groupsPage } from '@rookery/monitoring/errors/read';

/** GET /v1/errors and /v1/errors/{error_id}: groups of equal errors. */
export const handler = readFunction(errorEndpoints, {
  listErrors: groupsPage,
  getError: (session, { tenantId, params }) =>
    groupAnswer(session, { tenantId, id: params.error_id }),
});
