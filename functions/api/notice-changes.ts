import { noticeChangeGroup } from '@rookery/http/endpoints/alerting';
import { newId, wayOf } from '@rookery/lambda/editor';
import { refuseAddress } from '@rookery/lambda/refuse-probe';
import { seal } from '@rookery/lambda/seal';
import { writeFunction } from '@rookery/lambda/write';
import { mark } from '@rookery/monitoring/notices/notice-list';
import {
  changeTargetOf,
  deleteTargetOf,
  makeTarget,
  rotateTargetOf,
} from '@rookery/monitoring/notices/target-change';

// The secret of slack is the address that we post to.
const refuseSecret = (secret: string): void => {
  if (/^https?:/i.test(secret)) refuseAddress(secret);
};

const told = <R>(data: R) => ({ body: { data } });

/** POST, PATCH and DELETE /v1/monitoring/notification-targets and …/inbox: where notices go, and which were read. */
export const handler = writeFunction(noticeChangeGroup, {
  createNotificationTarget: async ({ body, ...ask }) => {
    const { id = newId('target'), address = null, ...wish } = body;
    refuseAddress(address);
    refuseSecret(wish.secret);
    const { run, ...way } = wayOf(ask);
    const target = { ...way, ...wish, id, address };
    return told(await run((tx) => makeTarget(tx, { seal }, target)));
  },
  changeNotificationTarget: async ({ params, body: { revision, ...wish }, ...ask }) => {
    refuseAddress(wish.address);
    const { run, ...way } = wayOf(ask);
    const seen = { ...way, id: params.target_id, revision };
    return told(await run((tx) => changeTargetOf(tx, seen, wish)));
  },
  rotateNotificationTarget: async ({ params, body, ...ask }) => {
    refuseSecret(body.secret);
    const { run, ...way } = wayOf(ask);
    const { revision, secret, overlap_hours: overlapHours = 24 } = body;
    const wish = { ...way, id: params.target_id, revision, secret, overlapHours };
    return told(await run((tx) => rotateTargetOf(tx, { seal }, wish)));
  },
  deleteNotificationTarget: async ({ params, query, ...ask }) => {
    const { run, ...way } = wayOf(ask);
    const seen = { ...way, id: params.target_id, revision: query.revision };
    return told(await run((tx) => deleteTargetOf(tx, seen)));
  },
  changeInAppNotice: async ({ tenantId, identity, now, params, body, transaction }) => {
    const readAt = body.read ? now.toISOString() : null;
    const letter = { tenantId, id: params.notice_id, recipient: identity.subject, readAt };
    return told(await transaction('api', (tx) => mark(tx, letter)));
  },
});
