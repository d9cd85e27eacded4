import type { Backtest, SeriesHistory, Stay } from '@rookery/monitoring/alerts/backtest';
import { metricOf } from '@rookery/monitoring/alerts/catalogue';
import type { RuleFields } from '@rookery/monitoring/alerts/rule-change';
import type { Labels } from '@rookery/monitoring/alerts/sample';
import type { Seen } from './replay.ts';
import { figure, lengthOf, minuteOf, operatorSign } from './figures.ts';
import { many, shown, table } from './table.ts';
import { wrapped } from './wrap.ts';

/** A replay to be told: of which rule, over which time, what came of it, and what there was to judge. */
export type Replayed = {
  readonly id: string;
  readonly fields: RuleFields;
  readonly from: Date;
  readonly to: Date;
  readonly result: Backtest;
  readonly seen: Seen;
};

const mostSpans = 20;
/** A condition as people write it: `mailbox.bounce_rate > 0.05 for 5 min`. */
export const conditionOf = (fields: RuleFields): string => {
  const { metric_name, comparison_operator: operator, threshold, scope, duration_minutes } = fields;
  const pattern = scope.pattern === undefined ? '' : ` "${scope.pattern}" more than`;
  const held = duration_minutes === 0 ? '' : ` for ${lengthOf(duration_minutes * 60)}`;
  return `${metric_name} ${operatorSign(operator)}${pattern} ${threshold}${held}`;
};

// Series differ in what their labels begin and end with, rarely in the middle.
const cut = (text: string, width: number): string => {
  if (text.length <= width) return text;
  const tail = Math.floor((width - 1) * 0.6);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(-tail)}`;
};

const labelled = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ') || 'all';

type Span = { readonly labels: Labels; readonly stay: Stay };

const spansOf = (series: readonly SeriesHistory[]): Span[] =>
  series
    .flatMap(({ labels, stays }) => stays.map((stay) => ({ labels, stay })))
    .filter(({ stay }) => stay.state === 'firing')
    .toSorted((a, b) => b.stay.from.getTime() - a.stay.from.getTime());

const spanTable = (spans: readonly Span[], to: Date, width: number): string => {
  // The other columns take 44 characters, the gaps included.
  const widest = Math.max(16, width - 44);
  return table(
    ['series', 'fired at (UTC)', 'for', 'peak'],
    spans.map(({ labels, stay }) => [
      cut(labelled(labels), widest),
      minuteOf(stay.from),
      `${lengthOf(((stay.to ?? to).getTime() - stay.from.getTime()) / 1_000)}${stay.to === null ? ' +' : ''}`,
      figure(stay.worst),
    ]),
  );
};

const historyLine = ({ slots, withValues, first, last }: Seen, metric: string): string => {
  if (first === null || last === null)
    return `There is no value of ${metric} in this time: it was not measured, or is not kept that long. That it did not fire says nothing.`;
  const all = `${shown(withValues)} of ${many(slots, 'evaluation')} had a value`;
  if (withValues === slots) return `${all}: the history is whole.`;
  return `${all}, from ${minuteOf(first)} to ${minuteOf(last)}: of the others nothing was measured, or is not kept.`;
};

const maturing = (metric: string): string[] =>
  metricOf(metric).source === 'facts'
    ? [
        'Judged by what is known now of those days: a bounce that came later counts as if known then.',
      ]
    : [];

const pendingLine = (series: number): string =>
  series === 0 ? 'no series was pending either' : `${shown(series)} series were pending at times`;

/** A replay as text of a width. */
export const replayText = (replayed: Replayed, width: number): string => {
  const { id, fields, from, to, result, seen } = replayed;
  const spans = spansOf(result.series);
  const shownSpans = spans.slice(0, mostSpans);
  const times = result.fired === 1 ? 'once' : many(result.fired, 'time');
  const head = [
    `${id}: ${conditionOf(fields)}`,
    `${minuteOf(from)} to ${minuteOf(to)} UTC, evaluated every ${lengthOf(fields.evaluation_interval)}`,
    historyLine(seen, fields.metric_name),
    ...maturing(fields.metric_name),
    result.fired === 0
      ? `Would not have fired; ${pendingLine(result.series.length)}.`
      : `Would have fired ${times}, on ${result.series.filter(({ fired }) => fired > 0).length} series.`,
  ].map((line) => wrapped(line, width));
  if (spans.length === 0) return head.join('\n');
  const notes = [
    ...(spans.some(({ stay }) => stay.to === null) ? ['+ still firing at the end'] : []),
    ...(spans.length > mostSpans
      ? [`and ${shown(spans.length - mostSpans)} more before: --json has them all`]
      : []),
  ];
  return [...head, '', spanTable(shownSpans, to, width), ...notes].join('\n');
};
