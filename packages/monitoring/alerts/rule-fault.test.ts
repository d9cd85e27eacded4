import { expect, test } from 'vitest';
import type { Matcher } from './matcher.ts';
import { ruleWarnings, type RuleWords } from './rule-fault.ts';

const rule: RuleWords = {
  metric_name: 'service.down',
  comparison_operator: 'gt',
  threshold: 0,
  recovery_threshold: null,
  window_minutes: null,
  scope: {},
  notification_channels: ['in-app'],
  notification_recipients: {},
  group_by: ['rule'],
  notification_template: null,
  escalation_policy_id: null,
  escalation_delay: null,
};
const scoped = (...matchers: readonly Matcher[]) => ruleWarnings({ ...rule, scope: { matchers } });
const grouped = (...group_by: readonly string[]) => ruleWarnings({ ...rule, group_by });

test('a scope that names a label which the metric does not have is told of, with the labels that there are', () => {
  const none =
    'scope.matchers: service.down has no label service, so the rule is for no series at all; it has service_id';
  expect(scoped({ label: 'service', op: '=', value: 'api' })).toEqual([none]);
  expect(scoped({ label: 'service', op: '=~', value: 'api.*' })).toEqual([none]);
  // Alerts have a severity; the series that a rule chooses among have none.
  expect(scoped({ label: 'severity', op: '=', value: 'fatal' })).toHaveLength(1);
  expect(
    ruleWarnings({
      ...rule,
      metric_name: 'queue.depth',
      scope: { matchers: [{ label: 'name', op: '=', value: 'jobs' }] },
    }),
  ).toEqual([expect.stringContaining('it has service_id and queue')]);
  expect(
    ruleWarnings({
      ...rule,
      metric_name: 'tenant.sent',
      scope: { matchers: [{ label: 'tenant_id', op: '=', value: 'acme' }] },
    }),
  ).toEqual([expect.stringContaining('it has none')]);
});

test('a condition that every series without the label meets leaves none out, and that is told', () => {
  const all =
    'scope.matchers: service.down has no label service, so this leaves no series out; it has service_id';
  for (const matcher of [
    { label: 'service', op: '!=', value: 'api' },
    { label: 'service', op: '!~', value: 'api' },
    { label: 'service', op: '=~', value: '.*' },
    { label: 'service', op: '=', value: '' },
  ] as const)
    expect(scoped(matcher)).toEqual([all]);
});

test('labels that there are, and those of metrics that somebody reports, are right', () => {
  expect(scoped({ label: 'service_id', op: '=', value: 'api' })).toEqual([]);
  expect(
    ruleWarnings({
      ...rule,
      metric_name: 'pool_size',
      group_by: ['pool'],
      scope: { matchers: [{ label: 'pool', op: '=', value: 'api' }] },
    }),
  ).toEqual([]);
});

test('notices are grouped by labels of the metric or of every alert; another sets nothing apart', () => {
  expect(grouped('service_id', 'rule', 'rule_name', 'severity', 'metric', 'tenant')).toEqual([]);
  expect(grouped()).toEqual([]);
  expect(grouped('rule', 'service')).toEqual([
    'group_by: service.down has no label service, so it sets no notices apart; it has service_id, and every alert rule, rule_name, severity, metric, tenant',
  ]);
});
