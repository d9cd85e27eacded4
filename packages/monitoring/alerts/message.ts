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

const relations: Readonly<Record<Operator, string>> = {
  gt: 'above',
  gte: 'at or above',
  lt: 'below',
  lte: 'at or below',
  eq: 'equal to',
  ne: 'other than',
  contains: 'at least',
  'not-contains': 'at least',
};

const subject = (labels: Labels): string => {
  const entries = Object.entries(labels);
  const [only] = entries;
  if (only === undefined) return '';
  // The title ends in what the label names: `Bounce rate of mailbox` m1.
  if (entries.length === 1) return ` ${only[1]}`;
  return ` ${entries.map(([name, value]) => `${name} ${value}`).join(', ')}`;
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
export const seriesText = (metric: string, labels: Labels): string =>
  `${metricOf(metric).title}${subject(labels)}`;

/** What is wrong with a series, as one sentence without its full stop. */
export const sentence = (
  rule: Rule,
  labels: Labels,
  { value, sample, activeAt, slot }: Told,
): string => {
  const { unit } = metricOf(rule.metric);
  const about = seriesText(rule.metric, labels);
  const lasting = held((slot.getTime() - activeAt.getTime()) / 1_000);
  if (value === null) return `${about} has no value${lasting}`;
  const { pattern } = rule.scope;
  const bound = valueText(rule.threshold, unit);
  if (rule.operator === 'contains' || rule.operator === 'not-contains') {
    const least = plain(Math.max(1, rule.threshold));
    const has = rule.operator === 'contains' ? 'with' : 'without';
    return `${about}: ${plain(value)} ${has} "${pattern ?? ''}", at least ${least}${lasting}`;
  }
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
