import { serviceChangeGroup } from '@rookery/http/endpoints/watching';
import { newId, wayOf } from '@rookery/lambda/editor';
import { withProbe } from '@rookery/lambda/refuse-probe';
import { writeFunction } from '@rookery/lambda/write';
import { serviceKind, wholeService } from '@rookery/monitoring/health/service-change';
import { windowKind, wholeWindow, writtenWindow } from '@rookery/monitoring/health/window-change';
import { writerOf } from '@rookery/monitoring/settings/writer';

/** POST, PATCH and DELETE /v1/monitoring/services and …/maintenance-windows: what is probed, and when it may be down. */
export const handler = writeFunction(serviceChangeGroup, {
  createService: async ({ body: { id = newId('service'), ...wish }, ...ask }) =>
    writerOf(wayOf(ask), serviceKind).create(id, () => wholeService(withProbe(ask, wish))),
  changeService: async ({ params, body, ...ask }) =>
    writerOf(wayOf(ask), serviceKind).change(params.service_id, withProbe(ask, body)),
  deleteService: ({ params, query, ...ask }) =>
    writerOf(wayOf(ask), serviceKind).remove(params.service_id, query),
  createMaintenanceWindow: ({ body: { id = newId('window'), ...wish }, ...ask }) =>
    writerOf(wayOf(ask), windowKind).create(id, () => wholeWindow(wish, ask.now)),
  changeMaintenanceWindow: ({ params, body, ...ask }) =>
    writerOf(wayOf(ask), windowKind).change(params.window_id, writtenWindow(body)),
  deleteMaintenanceWindow: ({ params, query, ...ask }) =>
    writerOf(wayOf(ask), windowKind).remove(params.window_id, query),
});
