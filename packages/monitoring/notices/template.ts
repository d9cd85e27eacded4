import { metricOf } from '../alerts/catalogue.ts';
import { seriesText } from '../alerts/message.ts';
import type { Content, ToldAlert } from './content.ts';
import { told, when } from './template-value.ts';

/** A fact about an alert: what it is called, and what it is. */
export type Fact = readonly [name: string, value: string];

/** An alert in words. */
export type Item = {
  readonly heading: string;
  readonly isFiring: boolean;
  readonly facts: readonly Fact[];
  readonly link: string | null;
};

/** A notice in words, before a channel gives them its form. Every text is one line. */
export type Words = {
  readonly title: string;
  readonly intro: readonly string[];
  readonly items: readonly Item[];
  readonly closing: readonly string[];
};

const opening: Record<Content['kind'], string> = {
  firing: 'Firing',
  resolved: 'Resolved',
  repeat: 'Still firing',
  digest: 'Held back until now',
  escalation: 'Nobody has acknowledged',
  reminder: 'A silence ends soon',
  acknowledged: 'Acknowledged',
};

const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();

const titleOf = ({ kind, severity, alerts, more }: Content): string => {
  const rules = [...new Set(alerts.map(({ rule_name }) => rule_name))];
  const others = rules.length > 1 ? ` and ${rules.length - 1} more` : '';
  const count = alerts.length + more;
  const many = count > 1 ? ` (${count} alerts)` : '';
  const about = rules[0] === undefined ? '' : `: ${rules[0]}${others}${many}`;
  return oneLine(`[${severity}] ${opening[kind]}${about}`);
};

const linkOf = (dashboardUrl: string | null, alertId: string): string | null => {
  if (dashboardUrl === null) return null;
  const url = new URL(dashboardUrl);
  url.searchParams.set('alert', alertId);
  return url.href;
};

const labelled = (labels: ToldAlert['labels']): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

const valueFact = ({ metric_name, value, threshold }: ToldAlert): Fact => {
  const { title, flag } = metricOf(metric_name);
  if (flag !== undefined && (value === 0 || value === 1))
    return ['State', value === 1 ? flag.yes : flag.no];
  return [title, `${told(value, metric_name)}, threshold ${told(threshold, metric_name)}`];
};

const basicFacts = (alert: ToldAlert): Fact[] => [
  valueFact(alert),
  ...(alert.state === 'resolved' ? [['When it fired', alert.message] as const] : []),
  ['Since', when(alert.triggered_at)],
  ...(alert.resolved_at === null ? [] : [['Until', when(alert.resolved_at)] as const]),
  ...(Object.keys(alert.labels).length === 0 ? [] : [['Where', labelled(alert.labels)] as const]),
];

/** What each template tells of an alert. */
export const templates = {
  default: basicFacts,
  brief: (alert: ToldAlert): Fact[] => [valueFact(alert)],
  detailed: (alert: ToldAlert): Fact[] => [
    ...basicFacts(alert),
    ['Metric', alert.metric_name],
    ['Severity', alert.severity],
    ['Rule', `${alert.rule_name} (${alert.rule_id})`],
    ['Alert', alert.id],
  ],
} as const;

/** Name of a template, as a rule chooses it. */
export type TemplateName = keyof typeof templates;

const isTemplate = (name: string): name is TemplateName => Object.hasOwn(templates, name);

// The message says how it was when it fired; an alert that is over has to say how it is. The last value is no promise that all
// is well: somebody may have resolved it by hand.
const headingOf = (alert: ToldAlert): string => {
  const { rule_name: rule, message, metric_name: metric, labels, value } = alert;
  if (alert.state === 'firing') return `Firing: ${rule}: ${message}`;
  const now = value === null ? 'has no value now' : `is ${told(value, metric)} now`;
  return `Resolved: ${rule}: ${seriesText(metric, labels)} ${now}`;
};

const nextOf = ({ kind, alerts }: Content, hasLink: boolean): string => {
  if (alerts.every(({ state }) => state === 'resolved')) return 'Nothing is left to do.';
  if (kind === 'reminder')
    return 'What to do: look after them, or extend the silence before it ends.';
  const firing = alerts.filter(({ state }) => state === 'firing').map(({ id }) => id);
  const which = hasLink ? 'follow the link' : `look at ${firing.slice(0, 3).join(', ')}`;
  return `What to do: ${which}, and acknowledge, so that nobody else is called.`;
};

/** Puts a notice into words by its template; one that does not exist is said to be missing, and the default is used. */
export const wordsOf = (content: Content, dashboardUrl: string | null): Words => {
  const name = content.template ?? 'default';
  const facts = isTemplate(name) ? templates[name] : templates.default;
  const missing = `The rule asks for the template ${name}, which there is not: choose one of ${Object.keys(templates).join(', ')}.`;
  return {
    title: titleOf(content),
    intro: content.note === null ? [] : [oneLine(content.note)],
    items: content.alerts.map((alert) => ({
      heading: oneLine(headingOf(alert)),
      isFiring: alert.state === 'firing',
      facts: facts(alert).map(([fact, value]) => [fact, oneLine(value)]),
      link: linkOf(dashboardUrl, alert.id),
    })),
    closing: [
      ...(content.more === 0 ? [] : [`And ${content.more} more.`]),
      nextOf(content, dashboardUrl !== null),
      ...(isTemplate(name) ? [] : [oneLine(missing)]),
    ],
  };
};

/** The words as plain text, a line each. */
export const plainOf = ({ intro, items, closing }: Words): string =>
  [
    ...intro,
    ...items.flatMap(({ heading, facts, link }) => [
      '',
      heading,
      ...facts.map(([name, value]) => `  ${name}: ${value}`),
      ...(link === null ? [] : [`  ${link}`]),
    ]),
    '',
    ...closing,
  ]
    .join('\n')
    .trim();
