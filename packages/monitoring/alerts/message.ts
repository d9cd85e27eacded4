import { metricOf, type Unit } from './catalogue.ts';
import type { Operator, Rule } from './rule.ts';
import type { Labels, Sample } from './sample.ts';

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const rough = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const plain = (value: number): string =>
  Number.isNaN(value) ? 'NaN' : Math.abs(value) < 1 ? rough.format(value) : number.format(value);

const suffixes: Readonly<Record<Unit, string>> = {
  fraction: ' %',
  percent: ' %',
  ms: ' ms',
  seconds: ' s',
  count: '',
  'per second': ' a second',
  score: '',
  matches: '',
  unknown: '',
};

/** A value in words, as its unit is written. */
export const valueText = (value: number, unit: Unit): string =>
  `${plain(unit === 'fraction' ? value * 100 : value)}${suffixes[unit]}`;

const relations: Readonly<Record<Exclude<Operator, 'contains' | 'not-contains'>, string>> = {
  gt: 'above',
  gte: 'at or above',
  lt: 'below',
  lte: 'at or below',
  eq: 'equal to',
  ne: 'other than',
};

// A title ends in what a label names: `Messages in queue` mails, where another says of which service.
const isNamedBy = (title: string, label: string): boolean => {
  const last = title.slice(title.lastIndexOf(' ') + 1).toLowerCase();
  return label === last || label === `${last}_id` || label.endsWith(`_${last}`);
};

const subject = (title: string, labels: Labels): string => {
  const entries = Object.entries(labels);
  const [only] = entries;
  if (only === undefined) return '';
  if (entries.length === 1) return ` ${only[1]}`;
  const named = entries.find(([name]) => isNamedBy(title, name));
  const others = entries
    .filter((entry) => entry !== named)
    .map(([name, value]) => `${name.replace(/_id$/, '')} ${value}`);
  return ` ${[...(named === undefined ? [] : [named[1]]), ...others].join(', ')}`;
};

const made = (unit: Unit, value: number, sample: Sample | null): string => {
  if (sample === null || unit !== 'fraction' || sample.samples === 0) return '';
  return ` (${number.format(Math.round(value * sample.samples))} of ${number.format(sample.samples)})`;
};

const held = (seconds: number): string => {
  if (seconds <= 0) return '';
  const minutes = Math.round(seconds / 60);
  return minutes < 1
    ? ` for ${seconds} seconds`
    : ` for ${minutes} minute${minutes === 1 ? '' : 's'}`;
};

/** What a series is about, as a sentence begins: `Bounce rate of mailbox m1`. */
export const seriesText = (metric: string, labels: Labels): string => {
  const { title } = metricOf(metric);
  return `${title}${subject(title, labels)}`;
};

// Of several texts one says by how many; that one is found goes without saying.
const searched = (rule: Rule, value: number): string => {
  const has = value === 1 ? 'contains' : 'contain';
  const lacks = value === 1 ? 'does not contain' : 'do not contain';
  const least = Math.max(1, rule.threshold);
  return [
    `${plain(value)} ${rule.operator === 'contains' ? has : lacks} "${rule.scope.pattern ?? ''}"`,
    least > 1 ? `, at least ${plain(least)}` : '',
  ].join('');
};

/** What is wrong with a series, as one sentence without its full stop. */
export const sentence = (
  rule: Rule,
  labels: Labels,
  { value, sample, activeAt, slot }: Told,
): string => {
  const { unit, flag } = metricOf(rule.metric);
  const about = seriesText(rule.metric, labels);
  const lasting = held((slot.getTime() - activeAt.getTime()) / 1_000);
  const flagged = flag === undefined ? null : `${flag.subject}${subject(flag.subject, labels)}`;
  if (value === null)
    return flagged === null
      ? `${about} has no value${lasting}`
      : `${flagged} has no known state${lasting}`;
  if (flag !== undefined && (value === 0 || value === 1))
    return `${flagged} is ${value === 1 ? flag.yes : flag.no}${lasting}`;
  if (rule.operator === 'contains' || rule.operator === 'not-contains')
    return `${about}: ${searched(rule, value)}${lasting === '' ? '' : `,${lasting}`}`;
  const bound = valueText(rule.threshold, unit);
  const now = `${about} is ${valueText(value, unit)}${made(unit, value, sample)}`;
  return `${now}, ${relations[rule.operator]} ${bound}${lasting}`;
};

/** By which value, since when and at which slot a series is told. */
export type Told = {
  readonly value: number | null;
  readonly sample: Sample | null;
  readonly activeAt: Date;
  readonly slot: Date;
};

// JSON knows neither NaN nor the infinities.
const jsonNumber = (value: number | null): number | string | null =>
  value === null || Number.isFinite(value) ? value : String(value);

/** Why an alert fires, as it is kept with it. */
export const explanationOf = (rule: Rule, labels: Labels, told: Told, windowMinutes: number) => ({
  metric: rule.metric,
  labels,
  value: jsonNumber(told.value),
  samples: told.sample?.samples ?? null,
  measured_at: told.sample?.at.toISOString() ?? null,
  window_minutes: windowMinutes,
  lookback_seconds: rule.lookbackSeconds,
  operator: rule.operator,
  threshold: rule.threshold,
  recovery_threshold: rule.recoveryThreshold,
  pattern: rule.scope.pattern ?? null,
  for_seconds: rule.forSeconds,
  keep_firing_seconds: rule.keepFiringSeconds,
  active_at: told.activeAt.toISOString(),
  fired_at: told.slot.toISOString(),
  rule_revision: rule.revision,
  sentence: sentence(rule, labels, told),
});
