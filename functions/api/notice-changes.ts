import { noticeChangeGroup } from '@rookery/http/endpoints/telling';
import { newId, wayOf } from '@rookery/lambda/editor';
import { writeFunction } from '@rookery/lambda/write';
import { policyKind } from '@rookery/monitoring/notices/escalation-change';
import { mark } from '@rookery/monitoring/notices/notice-list';
import { writerOf } from '@rookery/monitoring/settings/writer';

/** POST, PATCH and DELETE /v1/monitoring/escalation-policies, PATCH …/inbox: who is told when, and what he has read. */
export const handler = writeFunction(noticeChangeGroup, {
  createEscalationPolicy: ({ body, ...ask }) => {
    const { id = newId('policy'), description = null, ...wish } = body;
    const policy = { ...wish, description, managed_by: null };
    return writerOf(wayOf(ask), policyKind).create(id, () => policy);
  },
  changeEscalationPolicy: ({ params, body, ...ask }) =>
    writerOf(wayOf(ask), policyKind).change(params.policy_id, body),
  deleteEscalationPolicy: ({ params, query, ...ask }) =>
    writerOf(wayOf(ask), policyKind).remove(params.policy_id, query),
  changeInAppNotice: async ({ tenantId, identity, now, params, body, transaction }) => {
    const readAt = body.read ? now.toISOString() : null;
    const letter = { tenantId, id: params.notice_id, recipient: identity.subject, readAt };
    return { body: { data: await transaction('api', (tx) => mark(tx, letter)) } };
  },
});
