import { alertEndpoints } from '@rookery/http/endpoints/alerts';
import { readFunction } from '@rookery/lambda/read';
import { alertAnswer } from '@rookery/monitoring/alerts/alert-detail';

/** GET /v1/monitoring/alerts/{alert_id}: one alert, explained. */
export const handler = readFunction(alertEndpoints, {
  getAlert: (session, { tenantId, params, now }) =>
    alertAnswer(session, { tenantId, id: params.alert_id }, now),
});
