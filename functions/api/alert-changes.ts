import { alertChangeGroup } from '@rookery/http/endpoints/alerting';
import { newId, wayOf } from '@rookery/lambda/editor';
import { writeFunction } from '@rookery/lambda/write';
import { changeAlert } from '@rookery/monitoring/alerts/alert-change';
import { ruleKind, wholeRule, type RuleFields } from '@rookery/monitoring/alerts/rule-change';
import { ruleWarnings } from '@rookery/monitoring/alerts/rule-fault';
import { policyKind } from '@rookery/monitoring/notices/escalation-change';
import { inhibitionKind } from '@rookery/monitoring/notices/inhibition-change';
import { silenceKind, silenceOf, writtenSilence } from '@rookery/monitoring/notices/silence-change';
import { writerOf } from '@rookery/monitoring/settings/writer';

const warned = <R extends RuleFields>(data: R) => ({
  body: { data, warnings: ruleWarnings(data) },
});
const told = <R>(data: R) => ({ body: { data } });

/** POST, PATCH and DELETE /v1/monitoring/…: rules, alerts, silences, inhibitions and escalation policies. */
export const handler = writeFunction(alertChangeGroup, {
  createAlertRule: async ({ body: { id = newId('rule'), ...wish }, ...ask }) =>
    warned(await writerOf(wayOf(ask), ruleKind).create(id, () => wholeRule(wish))),
  changeAlertRule: async ({ params, body: { revision, ...wish }, ...ask }) =>
    warned(await writerOf(wayOf(ask), ruleKind).change(params.alert_rule_id, revision, wish)),
  deleteAlertRule: async ({ params, query, ...ask }) =>
    told(await writerOf(wayOf(ask), ruleKind).remove(params.alert_rule_id, query.revision)),
  changeAlert: async ({ params, body: wish, tenantId, ...ask }) => {
    const { editor, run } = wayOf({ tenantId, ...ask });
    const alert = { tenantId, id: params.alert_id };
    return told(await run((tx) => changeAlert(tx, alert, { wish, editor })));
  },
  createSilence: async ({ body: { id = newId('silence'), ...wish }, ...ask }) => {
    const { tenantId, now } = ask;
    const fieldsOf = (tx: Parameters<typeof silenceOf>[0]) =>
      silenceOf(tx, { tenantId, wish, now });
    return told(await writerOf(wayOf(ask), silenceKind).create(id, fieldsOf));
  },
  changeSilence: async ({ params, body: { revision, ...wish }, ...ask }) => {
    const writer = writerOf(wayOf(ask), silenceKind);
    return told(await writer.change(params.silence_id, revision, writtenSilence(wish)));
  },
  deleteSilence: async ({ params, query, ...ask }) =>
    told(await writerOf(wayOf(ask), silenceKind).remove(params.silence_id, query.revision)),
  createInhibition: async ({ body: { id = newId('inhibition'), equal = [], ...wish }, ...ask }) =>
    told(await writerOf(wayOf(ask), inhibitionKind).create(id, () => ({ ...wish, equal }))),
  changeInhibition: async ({ params, body: { revision, ...wish }, ...ask }) => {
    const writer = writerOf(wayOf(ask), inhibitionKind);
    return told(await writer.change(params.inhibition_id, revision, wish));
  },
  deleteInhibition: async ({ params, query, ...ask }) =>
    told(await writerOf(wayOf(ask), inhibitionKind).remove(params.inhibition_id, query.revision)),
  createEscalationPolicy: async (asked) => {
    const { body, ...ask } = asked;
    const { id = newId('policy'), description = null, ...wish } = body;
    return told(
      await writerOf(wayOf(ask), policyKind).create(id, () => ({ ...wish, description })),
    );
  },
  changeEscalationPolicy: async ({ params, body: { revision, ...wish }, ...ask }) =>
    told(await writerOf(wayOf(ask), policyKind).change(params.policy_id, revision, wish)),
  deleteEscalationPolicy: async ({ params, query, ...ask }) =>
    told(await writerOf(wayOf(ask), policyKind).remove(params.policy_id, query.revision)),
});
