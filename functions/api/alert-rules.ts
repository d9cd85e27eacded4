import { alertRuleEndpoints } from '@rookery/http/endpoints/alert-rules';
import { readFunction } from '@rookery/lambda/read';
import { metricsAnswer, ruleShown } from '@rookery/monitoring/alerts/rule-list';
import { listReader, thingReader } from '@rookery/monitoring/settings/reader';

/** GET /v1/monitoring/alert-rules and …/metrics: what is watched, and what may be. */
export const handler = readFunction(alertRuleEndpoints, {
  listAlertRules: listReader(ruleShown, ({ status, severity, metric_name: metric }) => ({
    status: status ?? null,
    severity: severity ?? null,
    metric_name: metric === undefined ? null : [metric],
  })),
  getAlertRule: thingReader(ruleShown, ({ alert_rule_id: id }) => id),
  listMetrics: (session, { tenantId }) => metricsAnswer(session, tenantId),
});
