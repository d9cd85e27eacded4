import type { Explained } from '@rookery/monitoring/alerts/explain';
import { figure, lengthOf, moment, operatorSign, utc, withMoments } from './figures.ts';
import { many } from './table.ts';
import { wrapped } from './wrap.ts';

const labelWidth = 16;

const entry = (label: string, value: string | null | undefined): string[] =>
  value === null || value === undefined || value === ''
    ? []
    : [`  ${label.padEnd(labelWidth)}${value}`];

const factsOf = (explanation: unknown): Readonly<Record<string, unknown>> =>
  typeof explanation === 'object' && explanation !== null ? { ...explanation } : {};

const worded = (value: unknown): string | null =>
  value === null || value === undefined
    ? null
    : typeof value === 'number'
      ? figure(value)
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);

const dateOf = (value: unknown): Date | null => {
  const at = typeof value === 'string' ? new Date(value) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at;
};

const momentOf = (value: unknown): string | null => {
  const at = dateOf(value);
  return at === null ? worded(value) : utc(at);
};

const between = (from: Date, to: Date): string =>
  lengthOf(Math.max(0, to.getTime() - from.getTime()) / 1_000);

const breachingSince = (value: unknown, fired: Date): string | null => {
  const at = dateOf(value);
  if (at === null || at >= fired) return momentOf(value);
  return `${utc(at)}, ${between(at, fired)} before it fired`;
};

const lasting = (value: unknown, unitSeconds: number): string | null =>
  typeof value === 'number' ? lengthOf(value * unitSeconds) : null;

// What the evaluator wrote down when it raised the alert; what it did not write is not shown.
const evidence = (alert: Explained): string[] => {
  const facts = factsOf(alert.explanation);
  const operator = worded(facts['operator']);
  const held = facts['for_seconds'] === 0 ? null : lasting(facts['for_seconds'], 1);
  const threshold = worded(facts['threshold']) ?? figure(alert.threshold);
  const { samples } = facts;
  return [
    ...entry('metric', worded(facts['metric']) ?? alert.metric_name),
    ...entry(
      'labels',
      Object.entries(alert.labels)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ),
    ...entry(
      'value',
      `${worded(facts['value']) ?? 'none'}${typeof samples === 'number' ? ` of ${many(samples, 'sample')}` : ''}`,
    ),
    ...entry('measured', momentOf(facts['measured_at'])),
    ...entry('window', lasting(facts['window_minutes'], 60)),
    ...entry(
      'fires when',
      `${operator === null ? '?' : operatorSign(operator)} ${threshold}${held === null ? '' : ` for ${held}`}`,
    ),
    ...entry('text', worded(facts['pattern'])),
    ...entry('recovers at', worded(facts['recovery_threshold'])),
    ...entry('breaching since', breachingSince(facts['active_at'], alert.triggered_at)),
    ...entry('last value', worded(facts['last_value'])),
  ];
};

const transitions = ({ transitions: all }: Explained): string[] =>
  all.map(({ at, kind, actor, note, value }) =>
    [`  ${moment(at)}  ${kind.padEnd(13)}`, value === null ? null : figure(value), actor, note]
      .filter((part) => part !== null)
      .join(' ')
      .trimEnd(),
  );

const delivery = (notice: Explained['notices'][number]): string => {
  const { state, attempts, problem, created_at, sent_at, next_attempt_at } = notice;
  const times = attempts > 1 ? ` after ${attempts} attempts` : '';
  if (state === 'sent' && sent_at !== null) {
    const isPrompt = sent_at.getTime() - created_at.getTime() < 1_000;
    return `sent ${isPrompt ? 'at once' : `${between(created_at, sent_at)} later`}${times}`;
  }
  const next = state === 'failed' ? '' : `, next attempt ${moment(next_attempt_at)}`;
  return `${state}${times}${next}${problem === null ? '' : `: ${problem}`}`;
};

const notices = ({ notices: all }: Explained): string[] =>
  all.map(
    (notice) =>
      `  ${moment(notice.created_at)}  ${notice.kind} by ${notice.channel} to ${notice.recipient}: ${delivery(notice)}`,
  );

const standing = (alert: Explained, now: Date): string[] => [
  ...entry(
    'rule',
    `${alert.rule_name} (${alert.rule_id}, ${alert.rule_deleted_at === null ? alert.rule_status : 'deleted'})`,
  ),
  ...entry(
    'fired',
    `${utc(alert.triggered_at)}, ${alert.resolved_at === null ? 'open ' : ''}for ${between(alert.triggered_at, alert.resolved_at ?? now)}`,
  ),
  ...entry(
    'acknowledged',
    alert.acknowledged_at === null
      ? null
      : `${utc(alert.acknowledged_at)} by ${alert.acknowledged_by ?? 'somebody'}`,
  ),
  ...entry('resolved', alert.resolved_at === null ? null : utc(alert.resolved_at)),
  ...entry('because', alert.resolution_note),
  ...entry(
    'the series now',
    `${alert.series_state ?? 'inactive'}, ${alert.current_value === null ? 'no value' : figure(alert.current_value)}`,
  ),
  ...entry('evaluated', alert.last_slot === null ? 'never' : utc(alert.last_slot)),
  ...entry('problem', alert.problem),
];

const block = (lines: readonly string[], hang: number, width: number): string[] =>
  lines.map((line) => wrapped(line, width, hang));

/** An explanation as it stands at a moment and what to do next, as text of a width; all times are UTC. */
export const explanationText = (
  alert: Explained,
  { steps, now, width }: { steps: readonly string[]; now: Date; width: number },
): string => {
  const { id, severity, status, shadow, message, silent_because: silent } = alert;
  const told = notices(alert);
  const reasons =
    silent.length === 0
      ? []
      : ['', 'Why it is silent now', ...silent.map((reason) => `  ${withMoments(reason)}`)];
  return [
    `${id}  ${severity}, ${status}${shadow ? ' (tested)' : ''}`,
    ...block([message], 0, width),
    ...block(
      [...standing(alert, now), '', 'Why it fired', ...evidence(alert)],
      labelWidth + 2,
      width,
    ),
    ...block(['', 'What it went through (UTC)', ...transitions(alert)], 4, width),
    ...block(['', told.length === 0 ? 'Nobody was told' : 'Who was told (UTC)', ...told], 4, width),
    ...block(reasons, 4, width),
    ...block(['', 'What to do next', ...steps.map((step) => `  ${step}`)], 4, width),
  ].join('\n');
};
