import { Failure } from '@rookery/kernel/failure';
import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { record, userOf, type Editor } from '../audit/record.ts';
import { listNotices } from '../notices/notice-list.sql.ts';
import { redactedText } from '../payload/payload.ts';
import { freshRows } from '../reports/freshness.ts';
import type { SettingAsk } from '../settings/setting.sql.ts';
import { written } from '../settings/setting.ts';
import { alertOfId, alertTransitions, changeAlertRow, holdAlert } from './alert-change.sql.ts';
import type { Labels } from './sample.ts';

/** What somebody wants to make of an alert that he saw at a revision. */
export type AlertWish = {
  readonly revision: number;
  readonly status: 'active' | 'acknowledged' | 'resolved';
  readonly note?: string | undefined;
  readonly until?: string | undefined;
  readonly minutes?: number | undefined;
};

type Held = RowOf<typeof holdAlert.columns>;

const longestNote = 4_000;
const minuteMs = 60_000;
const mostNotices = 100;

/** What people may make of an alert in each status; what the evaluation makes of it is another matter. */
export const alertMoves: Readonly<Record<string, readonly string[]>> = {
  active: ['active', 'acknowledged', 'resolved'],
  acknowledged: ['acknowledged', 'active', 'resolved'],
  suppressed: ['acknowledged', 'resolved'],
  resolved: [],
};

const missing = (id: string): Failure =>
  new Failure('missing', 'not-found', `there is no alert "${id}"`);

/** An alert with its explanation, what it went through and who was told; fails with `not-found`. */
export const alertDetail = async (session: Session, ask: SettingAsk) => {
  const [alert] = await session.query(alertOfId, ask);
  if (alert === undefined) throw missing(ask.id);
  const transitions = await session.query(alertTransitions, ask);
  const { tenantId, id } = ask;
  const page = { tenantId, filters: { alert_id: [id] }, after: null, limit: mostNotices };
  const notices = await session.query(listNotices, page);
  return {
    ...alert,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the evaluation writes texts by label
    labels: alert.labels as Labels,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a check of the table lets objects in only
    explanation: alert.explanation as Record<string, unknown>,
    transitions,
    notices: notices.slice(0, mostNotices),
  };
};

/** The same as an answer, and how fresh it is. */
export const alertAnswer = async (session: Session, ask: SettingAsk) => {
  const fresh = await freshRows(session);
  return { body: { data: await alertDetail(session, ask) }, fresh };
};

const refused = (reason: string): Failure => new Failure('invalid', 'change-refused', reason);

const refuse = (held: Held, { status, note, until, minutes }: AlertWish, now: Date): void => {
  const moves = held.is_over ? [] : (alertMoves[held.status] ?? []);
  if (!moves.includes(status))
    throw refused(
      moves.length === 0
        ? 'the alert has ended, and stays so: what breaches again raises another'
        : `an alert that is ${held.status} cannot become ${status}, but ${moves.join(', ')}`,
    );
  if (status === 'resolved' && note === undefined)
    throw refused('say in `note` how it was resolved');
  if (status !== 'acknowledged' && (until ?? minutes) !== undefined)
    throw refused('until and minutes are for acknowledged: leave them out');
  if (until !== undefined && minutes !== undefined)
    throw refused('name until or minutes, not both');
  if (until !== undefined && Date.parse(until) <= now.getTime()) throw refused('until is over');
};

const untilOf = (held: Held, wish: AlertWish, now: Date): string | null => {
  const { status, until, minutes } = wish;
  if (status !== 'acknowledged') return null;
  if (until !== undefined) return written(until);
  // Who says nothing about the time leaves it as it is.
  if (minutes === undefined && held.status === 'acknowledged') return held.acknowledged_until;
  const lasting = minutes ?? held.acknowledge_minutes;
  return lasting === null
    ? null
    : written(new Date(now.getTime() + lasting * minuteMs).toISOString());
};

const kinds = {
  active: 'unacknowledged',
  acknowledged: 'acknowledged',
  resolved: 'resolved',
} as const;

const toldOf = ({
  status,
  acknowledged_by,
  acknowledgment_note,
  ...held
}: Omit<Held, 'is_over' | 'revision' | 'acknowledge_minutes'>) => ({
  status,
  acknowledged_by,
  acknowledgment_note,
  acknowledged_until: held.acknowledged_until,
  resolution_note: held.resolution_note,
});

const noteOf = (held: Held, { status, note }: AlertWish): string | null => {
  if (note !== undefined) return redactedText(note, longestNote);
  return status === 'acknowledged' && held.status === 'acknowledged'
    ? held.acknowledgment_note
    : null;
};

// The same again, by whomever: who took it on stays.
const isSame = (held: Held, wish: AlertWish, note: string | null, until: string | null): boolean =>
  held.status === wish.status &&
  (wish.status === 'active' ||
    (note === held.acknowledgment_note &&
      (until === held.acknowledged_until ||
        (wish.until === undefined && wish.minutes === undefined))));

/**
 * Acknowledges, resolves or reopens an alert and records it, in the caller's transaction; returns the alert as it is then. Of
 * people who saw the same revision the first wins: fails with `conflict` for the others, with `change-refused` for a move that
 * is not allowed, with `not-found` without the alert. A wish for what is there writes nothing.
 */
export const changeAlert = async (
  tx: Session,
  alert: SettingAsk,
  { wish, editor }: { readonly wish: AlertWish; readonly editor: Editor },
) => {
  const [held] = await tx.query(holdAlert, alert);
  if (held === undefined) throw missing(alert.id);
  if (held.revision !== wish.revision)
    throw new Failure(
      'conflict',
      'conflict',
      `the alert is at revision ${held.revision}, not ${wish.revision}: read it again and decide anew`,
    );
  const { now } = editor;
  refuse(held, wish, now);
  const { status } = wish;
  const [note, until] = [noteOf(held, wish), untilOf(held, wish, now)];
  if (isSame(held, wish, note, until)) return alertDetail(tx, alert);
  const work = { ...alert, status, actor: userOf(editor), note, until, kind: kinds[status], now };
  await tx.query(changeAlertRow, work);
  const after = await alertDetail(tx, alert);
  const deed = {
    action: 'update',
    type: 'alert',
    id: alert.id,
    module: 'alerts',
    description: `made the alert ${status}`,
    before: toldOf(held),
    after: toldOf(after),
  } as const;
  await record(tx, alert.tenantId, { editor, deed });
  return after;
};
