import { serviceChangeGroup } from '@rookery/http/endpoints/alerting';
import { newId, wayOf } from '@rookery/lambda/editor';
import { refuseProbe } from '@rookery/lambda/refuse-probe';
import { writeFunction } from '@rookery/lambda/write';
import { serviceKind, wholeService } from '@rookery/monitoring/health/service-change';
import { windowKind, wholeWindow, writtenWindow } from '@rookery/monitoring/health/window-change';
import { writerOf } from '@rookery/monitoring/settings/writer';

const told = <R>(data: R) => ({ body: { data } });

/** POST, PATCH and DELETE /v1/monitoring/services and …/maintenance-windows: what is probed, and when it may be down. */
export const handler = writeFunction(serviceChangeGroup, {
  createService: async ({ body: { id = newId('service'), ...wish }, ...ask }) => {
    refuseProbe(ask.tenantId, wish.probe);
    return told(await writerOf(wayOf(ask), serviceKind).create(id, () => wholeService(wish)));
  },
  changeService: async ({ params, body: { revision, ...wish }, ...ask }) => {
    refuseProbe(ask.tenantId, wish.probe);
    return told(await writerOf(wayOf(ask), serviceKind).change(params.service_id, revision, wish));
  },
  deleteService: async ({ params, query, ...ask }) =>
    told(await writerOf(wayOf(ask), serviceKind).remove(params.service_id, query.revision)),
  createMaintenanceWindow: async ({ body: { id = newId('window'), ...wish }, ...ask }) => {
    const fields = wholeWindow(wish, ask.now);
    return told(await writerOf(wayOf(ask), windowKind).create(id, () => fields));
  },
  changeMaintenanceWindow: async ({ params, body: { revision, ...wish }, ...ask }) => {
    const writer = writerOf(wayOf(ask), windowKind);
    return told(await writer.change(params.window_id, revision, writtenWindow(wish)));
  },
  deleteMaintenanceWindow: async ({ params, query, ...ask }) =>
    told(await writerOf(wayOf(ask), windowKind).remove(params.window_id, query.revision)),
});
