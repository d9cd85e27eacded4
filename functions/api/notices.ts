import { noticeGroup } from '@rookery/http/endpoints/telling';
import { readFunction } from '@rookery/lambda/read';
import { policyKind } from '@rookery/monitoring/notices/escalation-change';
import { letterPages, noticePages } from '@rookery/monitoring/notices/notice-list';
import { targetKind } from '@rookery/monitoring/notices/target-change';
import { listReader, thingReader } from '@rookery/monitoring/settings/reader';

/** GET /v1/monitoring/notices, …/inbox, …/escalation-policies and …/notification-targets: who is told, and who was. */
export const handler = readFunction(noticeGroup, {
  listEscalationPolicies: listReader(policyKind, () => ({})),
  getEscalationPolicy: thingReader(policyKind, ({ policy_id: id }) => id),
  listNotificationTargets: listReader(targetKind, ({ channel }) => ({ channel: channel ?? null })),
  getNotificationTarget: thingReader(targetKind, ({ target_id: id }) => id),
  listNotices: listReader(noticePages, ({ state, channel, alert_id: alert }) => ({
    state: state ?? null,
    channel: channel ?? null,
    alert_id: alert === undefined ? null : [alert],
  })),
  listInbox: listReader(letterPages, ({ state }, subject) => ({
    state: state ?? null,
    recipient: [subject],
  })),
});
