import { metricOf, windowFault } from './catalogue.ts';
import { matcherFault, type Matcher } from './matcher.ts';

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

/** What a rule says that is allowed and probably not meant. */
export const ruleWarnings = (rule: RuleWords): string[] => {
  const { comparison_operator: operator, threshold, notification_channels: channels } = rule;
  const labels = new Set([...metricOf(rule.metric_name).labels, 'rule', 'severity']);
  const unknown = scopeOf(rule.scope).matchers.filter(({ label }) => !labels.has(label));
  const isReported = metricOf(rule.metric_name).source === 'reported';
  return [
    ...(['eq', 'ne'].includes(operator) && !Number.isInteger(threshold)
      ? [
          `${operator} with ${threshold}: a measured value is hardly ever exactly that; compare with gt or lt`,
        ]
      : []),
    ...(isReported ? [] : unknown).map(
      ({ label }) => `${rule.metric_name} has no label ${label}: it counts as empty`,
    ),
    ...(channels.length === 0 ? ['nobody is told: notification_channels is empty'] : []),
  ];
};
