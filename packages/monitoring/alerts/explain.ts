import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import { mutesOf, seenLabels } from '../notices/mute.ts';
import { readMutings } from '../notices/muting.ts';
import {
  readAlert,
  readNotices,
  readOpenLabels,
  readTransitions,
  type AlertAsk,
} from './explain.sql.ts';
import { labelsOf } from './load.ts';
import type { Labels } from './sample.ts';

type AlertRow = RowOf<(typeof readAlert)['columns']>;

/** Everything that is known of one alert; a value that is none is null. */
export type Explained = Omit<AlertRow, 'labels' | 'current_value'> & {
  readonly labels: Labels;
  readonly current_value: number | null;
  readonly transitions: readonly RowOf<(typeof readTransitions)['columns']>[];
  readonly notices: readonly RowOf<(typeof readNotices)['columns']>[];
  /** Why nobody is told at this moment, in words; empty when nothing holds it back. */
  readonly silent_because: readonly string[];
};

const ownReasons = (alert: AlertRow, now: Date): string[] => {
  const reasons: string[] = [];
  if (alert.shadow) reasons.push('its rule was tested when it was raised');
  if (!alert.has_channels) reasons.push('its rule names no channel');
  if (alert.suppressed_reason === 'rate-limit' && alert.status === 'suppressed')
    reasons.push('its rule told as much as it may in an hour; a digest follows');
  if (alert.suppressed_reason === 'cool-down' && alert.status === 'suppressed') {
    const until = alert.suppressed_until?.toISOString() ?? 'its end';
    reasons.push(`its series was told of shortly before: it is told at ${until} if it still fires`);
  }
  const { acknowledged_until: until } = alert;
  if (alert.status === 'acknowledged' && (until === null || until > now))
    reasons.push(
      `${alert.acknowledged_by ?? 'somebody'} acknowledged it${until === null ? '' : ` until ${until.toISOString()}`}`,
    );
  return reasons;
};

const isOver = (alert: AlertRow): boolean => alert.resolved_at !== null;

// Silences, inhibitions and maintenance, by the same rules as the dispatcher goes by.
const mutes = async (tx: Session, ask: AlertAsk, now: Date): Promise<string[]> => {
  const { of } = await readMutings(tx, now);
  const open = (await tx.query(readOpenLabels, { tenantId: ask.tenantId })).map((row) => ({
    id: row.id,
    labels: seenLabels({ ...row, labels: labelsOf(row.labels) }),
  }));
  const self = open.find(({ id }) => id === ask.id);
  return self === undefined
    ? []
    : mutesOf(of(ask.tenantId), open)(self).map(({ reason }) => reason);
};

/** Explains an alert as it stands at a moment; fails with `not-found` without it. */
export const explainAlert = async (tx: Session, ask: AlertAsk, now: Date): Promise<Explained> => {
  const [alert] = await tx.query(readAlert, ask);
  if (alert === undefined)
    throw new Failure('missing', 'not-found', `there is no alert ${ask.id}: list those there are`);
  return {
    ...alert,
    labels: labelsOf(alert.labels),
    current_value: Number.isNaN(alert.current_value) ? null : alert.current_value,
    transitions: await tx.query(readTransitions, ask),
    notices: await tx.query(readNotices, ask),
    silent_because: isOver(alert)
      ? []
      : [...ownReasons(alert, now), ...(await mutes(tx, ask, now))],
  };
};

const optional = (label: string, value: string | null | undefined): string[] =>
  value === null || value === undefined || value === '' ? [] : [`  ${label.padEnd(14)}${value}`];

const text = (value: unknown): string | null =>
  value === null || value === undefined
    ? null
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

const seconds = (value: unknown): string | null =>
  typeof value === 'number' ? `${value} s` : null;

const evidence = (explanation: unknown): string[] => {
  const facts: Record<string, unknown> =
    typeof explanation === 'object' && explanation !== null ? { ...explanation } : {};
  const window = facts['window_minutes'];
  return [
    ...optional('metric', text(facts['metric'])),
    ...optional('value', text(facts['value']) ?? 'none'),
    ...optional('made of', text(facts['samples'])),
    ...optional('measured', text(facts['measured_at'])),
    ...optional('window', typeof window === 'number' ? `${window} min` : null),
    ...optional(
      'condition',
      `${text(facts['operator']) ?? '?'} ${text(facts['threshold']) ?? '?'}`,
    ),
    ...optional('pattern', text(facts['pattern'])),
    ...optional('recovers at', text(facts['recovery_threshold'])),
    ...optional('for', seconds(facts['for_seconds'])),
    ...optional('breaching since', text(facts['active_at'])),
    ...optional('last value', text(facts['last_value'])),
  ];
};

/** An explanation as lines for a terminal. */
export const explanationLines = (alert: Explained): string[] => [
  `${alert.id}  ${alert.severity}  ${alert.status}${alert.shadow ? ' (tested)' : ''}`,
  alert.message,
  `Rule ${alert.rule_name} (${alert.rule_id}, ${alert.rule_deleted_at === null ? alert.rule_status : 'deleted'})`,
  ...optional('fired', alert.triggered_at.toISOString()),
  ...optional('now', `${alert.series_state ?? 'inactive'}, ${alert.current_value ?? 'no value'}`),
  ...optional('evaluated', alert.last_slot?.toISOString()),
  ...optional('problem', alert.problem),
  ...optional('resolved', alert.resolved_at?.toISOString()),
  ...optional('because', alert.resolution_note),
  'Why it fired',
  ...evidence(alert.explanation),
  'What it went through',
  ...alert.transitions.map(({ at, kind, actor, note, value }) =>
    [`  ${at.toISOString()}  ${kind.padEnd(13)}`, value, actor, note]
      .filter((part) => part !== null)
      .join(' '),
  ),
  alert.notices.length === 0 ? 'Nobody was told' : 'Who was told',
  ...alert.notices.map(
    ({ created_at, kind, channel, recipient, state, problem }) =>
      `  ${created_at.toISOString()}  ${kind} by ${channel} to ${recipient}: ${state}${problem === null ? '' : `, ${problem}`}`,
  ),
  ...alert.silent_because.map((reason) => `Nobody is told now: ${reason}`),
];
