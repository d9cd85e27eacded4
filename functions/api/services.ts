import { serviceGroup } from '@rookery/http/endpoints/watching';
import { readFunction } from '@rookery/lambda/read';
import { serviceAnswer, windowShown } from '@rookery/monitoring/health/service-list';
import { listReader, thingReader } from '@rookery/monitoring/settings/reader';

/** GET /v1/monitoring/services/{service_id} and …/maintenance-windows: services, and when they may be down. */
export const handler = readFunction(serviceGroup, {
  getService: (session, { tenantId, params, query }) =>
    serviceAnswer(session, { tenantId, id: params.service_id, most: query.checks }),
  listMaintenanceWindows: listReader(windowShown, () => ({})),
  getMaintenanceWindow: thingReader(windowShown, ({ window_id: id }) => id),
});
