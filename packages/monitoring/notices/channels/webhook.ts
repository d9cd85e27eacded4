import type { Outgoing, Parcel } from './outgoing.ts';

/**
 * A notice as JSON in the manner of Standard Webhooks, for the address of its target; signed with each of the target's
 * secrets. The id of the notice is the webhook-id: whoever gets it twice may drop the second.
 */
export const webhook = (parcel: Parcel): Outgoing => {
  const { noticeId, tenantId, content, decidedAt, address, secrets } = parcel;
  const { kind, severity, group_labels, alerts, more, note } = content;
  const body = JSON.stringify({
    type: `alert.${kind}`,
    timestamp: decidedAt.toISOString(),
    data: {
      notice_id: noticeId,
      tenant_id: tenantId,
      severity,
      group_labels,
      alerts,
      more,
      note,
    },
  });
  return { by: 'http', call: { url: address ?? '', body, sign: { id: noticeId, secrets } } };
};
