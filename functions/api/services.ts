import { serviceGroup } from '@rookery/http/endpoints/alerting';
import { readFunction } from '@rookery/lambda/read';
import { serviceAnswer } from '@rookery/monitoring/health/service-change';
import { windowKind } from '@rookery/monitoring/health/window-change';
import { listReader, thingReader } from '@rookery/monitoring/settings/reader';

/** GET /v1/monitoring/services/{service_id} and …/maintenance-windows: services, and when they may be down. */
export const handler = readFunction(serviceGroup, {
  getService: (session, { tenantId, params, query }) =>
    serviceAnswer(session, { tenantId, id: params.service_id, most: query.checks }),
  listMaintenanceWindows: listReader(windowKind, () => ({})),
  getMaintenanceWindow: thingReader(windowKind, ({ window_id: id }) => id),
});
