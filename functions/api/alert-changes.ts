import { alertChangeGroup } from '@rookery/http/endpoints/alerting';
import { newId, wayOf } from '@rookery/lambda/editor';
import { writeFunction } from '@rookery/lambda/write';
import { changeAlert } from '@rookery/monitoring/alerts/alert-change';
import { ruleKind, warned, wholeRule } from '@rookery/monitoring/alerts/rule-change';
import { writerOf } from '@rookery/monitoring/settings/writer';

/** POST, PATCH and DELETE /v1/monitoring/alert-rules, PATCH …/alerts: what is watched, and what is done about it. */
export const handler = writeFunction(alertChangeGroup, {
  createAlertRule: async ({ body: { id = newId('rule'), ...wish }, ...ask }) =>
    warned(await writerOf(wayOf(ask), ruleKind).create(id, () => wholeRule(wish))),
  changeAlertRule: async ({ params, body, ...ask }) =>
    warned(await writerOf(wayOf(ask), ruleKind).change(params.alert_rule_id, body)),
  deleteAlertRule: ({ params, query, ...ask }) =>
    writerOf(wayOf(ask), ruleKind).remove(params.alert_rule_id, query),
  changeAlert: async ({ params, body: wish, ...ask }) => {
    const { editor, run, tenantId } = wayOf(ask);
    const alert = { tenantId, id: params.alert_id };
    return { body: { data: await run((tx) => changeAlert(tx, alert, { wish, editor })) } };
  },
});
