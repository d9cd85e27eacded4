import { alertGroup } from '@rookery/http/endpoints/alerting';
import { readFunction } from '@rookery/lambda/read';
import { alertAnswer } from '@rookery/monitoring/alerts/alert-change';
import { metricsAnswer, ruleKind } from '@rookery/monitoring/alerts/rule-change';
import { policyKind } from '@rookery/monitoring/notices/escalation-change';
import { inhibitionKind } from '@rookery/monitoring/notices/inhibition-change';
import { letterPages, noticePages } from '@rookery/monitoring/notices/notice-list';
import { silenceKind } from '@rookery/monitoring/notices/silence-change';
import { targetKind } from '@rookery/monitoring/notices/target-change';
import { listReader, thingReader } from '@rookery/monitoring/settings/reader';

const one = (value: string | undefined): string[] | null => (value === undefined ? null : [value]);
const all = () => ({});

/** GET /v1/monitoring/…: rules, alerts, what keeps people from being told, who is told, and who was. */
export const handler = readFunction(alertGroup, {
  listAlertRules: listReader(ruleKind, ({ status, severity, metric_name }) => ({
    status: status ?? null,
    severity: severity ?? null,
    metric_name: one(metric_name),
  })),
  getAlertRule: thingReader(ruleKind, ({ alert_rule_id: id }) => id),
  listMetrics: (session, { tenantId }) => metricsAnswer(session, tenantId),
  getAlert: (session, { tenantId, params, now }) =>
    alertAnswer(session, { tenantId, id: params.alert_id }, now),
  listSilences: listReader(silenceKind, ({ state }) => ({ state: state ?? null })),
  getSilence: thingReader(silenceKind, ({ silence_id: id }) => id),
  listInhibitions: listReader(inhibitionKind, all),
  getInhibition: thingReader(inhibitionKind, ({ inhibition_id: id }) => id),
  listEscalationPolicies: listReader(policyKind, all),
  getEscalationPolicy: thingReader(policyKind, ({ policy_id: id }) => id),
  listNotificationTargets: listReader(targetKind, ({ channel }) => ({ channel: channel ?? null })),
  getNotificationTarget: thingReader(targetKind, ({ target_id: id }) => id),
  listNotices: listReader(noticePages, ({ state, channel, alert_id }) => ({
    state: state ?? null,
    channel: channel ?? null,
    alert_id: one(alert_id),
  })),
  listInbox: listReader(letterPages, ({ state }, subject) => ({
    state: state ?? null,
    recipient: [subject],
  })),
});
