import { templates } from '../notices/template.ts';
import { metricOf, windowFault } from './catalogue.ts';
import { matcherFault, matches, type Matcher } from './matcher.ts';

/** What a rule says that may be wrong, by column. */
export type RuleWords = {
  readonly metric_name: string;
  readonly comparison_operator: string;
  readonly threshold: number;
  readonly recovery_threshold: number | null;
  readonly window_minutes: number | null;
  readonly scope: unknown;
  readonly notification_channels: readonly string[];
  readonly notification_recipients: unknown;
  readonly group_by: readonly string[];
  readonly notification_template: string | null;
  readonly escalation_policy_id: string | null;
  readonly escalation_delay: number | null;
};

const ofTexts = new Set(['contains', 'not-contains']);

const scopeOf = (given: unknown): { matchers: readonly Matcher[]; pattern: unknown } => {
  const scope: { readonly matchers?: readonly Matcher[]; readonly pattern?: unknown } =
    typeof given === 'object' && given !== null ? given : {};
  return { matchers: scope.matchers ?? [], pattern: scope.pattern };
};

// The columns keep four decimals: 0.00005 would be kept as 0.0001, and say nothing.
const isKept = (value: number): boolean => Number(value.toFixed(4)) === value;

const thresholdFault = (rule: RuleWords): string | null => {
  const { comparison_operator: operator, threshold, recovery_threshold: recovery } = rule;
  const fine = [threshold, recovery ?? 0].find((value) => !isKept(value));
  if (fine !== undefined)
    return `a threshold has at most four decimals, and ${fine} has more: round it`;
  if (recovery === null) return null;
  if (operator.startsWith('gt') && recovery <= threshold) return null;
  if (operator.startsWith('lt') && recovery >= threshold) return null;
  if (operator.startsWith('gt'))
    return `recovery_threshold ${recovery} is above the threshold ${threshold}: name one at or below it`;
  if (operator.startsWith('lt'))
    return `recovery_threshold ${recovery} is below the threshold ${threshold}: name one at or above it`;
  return `${operator} has no recovery_threshold: leave it out`;
};

/** Why a rule may not be so, as far as it says itself, in words; null when it may. */
export const ruleFault = (rule: RuleWords): string | null => {
  const { metric_name: name, comparison_operator: operator, window_minutes: window } = rule;
  const metric = metricOf(name);
  if ((metric.kind === 'text') !== ofTexts.has(operator))
    return metric.kind === 'text'
      ? `${name} is a metric of texts: compare it with contains or not-contains`
      : `${name} is a metric of numbers: contains and not-contains are for texts`;
  const { matchers, pattern } = scopeOf(rule.scope);
  if (ofTexts.has(operator) && pattern === undefined)
    return `say in scope.pattern what ${operator} looks for`;
  if (!ofTexts.has(operator) && pattern !== undefined)
    return `scope.pattern is for contains and not-contains: leave it out`;
  const unfit = matchers.map(matcherFault).find((fault) => fault !== null);
  if (unfit !== undefined) return unfit;
  const { notification_template: template } = rule;
  if (template !== null && !Object.hasOwn(templates, template))
    return `there is no notification_template ${template}: choose one of ${Object.keys(templates).join(', ')}`;
  const outside = window === null ? null : windowFault(name, window);
  return outside ?? thresholdFault(rule);
};

// What an alert has besides the labels of its series: notices see these (notices/mute.ts), the scope does not.
const ofEveryAlert = ['rule', 'rule_name', 'severity', 'metric', 'tenant'];

// "service" for "service_id": the rule is accepted, and never fires, or tells all in one notice.
const labelWarnings = ({ metric_name: name, scope, group_by: groupBy }: RuleWords): string[] => {
  const { labels, source } = metricOf(name);
  // What is reported has tags that nobody knows beforehand.
  if (source === 'reported') return [];
  const there = labels.length === 0 ? 'it has none' : `it has ${labels.join(' and ')}`;
  const wrong = scopeOf(scope).matchers.filter(
    (matcher) => !labels.includes(matcher.label) && matcherFault(matcher) === null,
  );
  const apart = new Set([...labels, ...ofEveryAlert]);
  return [
    ...wrong.map((matcher) =>
      matches([matcher], {})
        ? `scope.matchers: ${name} has no label ${matcher.label}, so this leaves no series out; ${there}`
        : `scope.matchers: ${name} has no label ${matcher.label}, so the rule is for no series at all; ${there}`,
    ),
    ...groupBy
      .filter((label) => !apart.has(label))
      .map(
        (label) =>
          `group_by: ${name} has no label ${label}, so it sets no notices apart; ${there}, and every alert ${ofEveryAlert.join(', ')}`,
      ),
  ];
};

/** What a rule says that is allowed and probably not meant. */
export const ruleWarnings = (rule: RuleWords): string[] => {
  const { comparison_operator: operator, threshold, notification_channels: channels } = rule;
  return [
    ...(['eq', 'ne'].includes(operator) && !Number.isInteger(threshold)
      ? [
          `${operator} with ${threshold}: a measured value is hardly ever exactly that; compare with gt or lt`,
        ]
      : []),
    ...labelWarnings(rule),
    ...(channels.length === 0 ? ['nobody is told: notification_channels is empty'] : []),
    ...(rule.escalation_delay !== null && rule.escalation_policy_id === null
      ? ['escalation_delay does nothing without a policy: name one in escalation_policy_id']
      : []),
  ];
};
