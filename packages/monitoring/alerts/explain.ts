import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import { mutesOf, seenLabels } from '../notices/mute.ts';
import { notedMaintenance } from '../notices/maintenance-noted.ts';
import { readMutings } from '../notices/muting.ts';
import {
  readAlert,
  readNotices,
  readOpenLabels,
  readTransitions,
  type AlertAsk,
} from './explain.sql.ts';
import { labelsOf } from './labels.ts';
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

// Silences and inhibitions by the same rules as the dispatcher goes by, and maintenance as that last saw it.
const mutes = async (tx: Session, ask: AlertAsk, now: Date): Promise<string[]> => {
  const noted = await notedMaintenance(tx, ask.tenantId, now);
  const { of } = await readMutings(tx, now, noted);
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
