import { notificationTargetChangeEndpoints } from '@rookery/http/endpoints/notification-targets';
import { newId, wayOf } from '@rookery/lambda/editor';
import { withAddress } from '@rookery/lambda/refuse-probe';
import { seal } from '@rookery/lambda/seal';
import { writeFunction } from '@rookery/lambda/write';
import { targetWriter } from '@rookery/monitoring/notices/target-writer';

/** POST, PATCH and DELETE /v1/monitoring/notification-targets: where notices go, and the secrets of that. */
export const handler = writeFunction(notificationTargetChangeEndpoints, {
  createNotificationTarget: async ({ body: { id = newId('target'), ...wish }, ...ask }) =>
    targetWriter(wayOf(ask), seal).create(id, withAddress(wish)),
  changeNotificationTarget: async ({ params, body, ...ask }) =>
    targetWriter(wayOf(ask), seal).change(params.target_id, withAddress(body)),
  rotateNotificationTarget: async ({ params, body, ...ask }) =>
    targetWriter(wayOf(ask), seal).rotate(params.target_id, withAddress(body)),
  deleteNotificationTarget: ({ params, query, ...ask }) =>
    targetWriter(wayOf(ask), seal).remove(params.target_id, query),
});
