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
};

const ofTexts = new Set(['contains', 'not-contains']);

/** The channels whose recipients are notification targets. */
export const targetChannels: readonly string[] = ['slack', 'webhook', 'pagerduty'];

const forms: Readonly<Record<string, readonly [RegExp, string]>> = {
  email: [/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/, 'an e-mail address'],
  sms: [/^\+[1-9]\d{6,14}$/, 'a number as +4915112345678'],
};

/** Recipients by channel, as the column holds them. */
export const recipientsOf = (given: unknown): ReadonlyMap<string, readonly string[]> =>
  new Map(
    typeof given !== 'object' || given === null
      ? []
      : Object.entries(given).flatMap(([channel, names]): [string, string[]][] =>
          Array.isArray(names) ? [[channel, names.filter((name) => typeof name === 'string')]] : [],
        ),
  );

/** Why notices cannot go to recipients by channels, in words; null when they can. `targets` are those that there are, as `channel id`. */
export const recipientsFault = (
  channels: readonly string[],
  given: unknown,
  targets: readonly string[],
): string | null => {
  const recipients = recipientsOf(given);
  for (const [channel, names] of recipients) {
    if (names.length > 0 && !channels.includes(channel))
      return `somebody is named for ${channel}, which is not among the channels: add it, or leave them out`;
    const [form, wanted] = forms[channel] ?? [/./, ''];
    const odd = names.find((name) => !form.test(name));
    if (odd !== undefined) return `the ${channel} recipient ${odd} is not ${wanted}`;
    const absent = names.find((name) => !targets.includes(`${channel} ${name}`));
    if (targetChannels.includes(channel) && absent !== undefined)
      return `there is no notification target ${absent} for ${channel}: make it first`;
  }
  const empty = channels.find(
    (channel) => channel !== 'in-app' && (recipients.get(channel) ?? []).length === 0,
  );
  return empty === undefined
    ? null
    : `nobody would get the notices by ${empty}: name recipients for it`;
};

const scopeOf = (given: unknown): { matchers: readonly Matcher[]; pattern: unknown } => {
  const scope: { readonly matchers?: readonly Matcher[]; readonly pattern?: unknown } =
    typeof given === 'object' && given !== null ? given : {};
  return { matchers: scope.matchers ?? [], pattern: scope.pattern };
};

const thresholdFault = (rule: RuleWords): string | null => {
  const { comparison_operator: operator, threshold, recovery_threshold: recovery } = rule;
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
  ];
};
