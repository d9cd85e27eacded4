import { Failure } from '@rookery/kernel/failure';
import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { record, userOf, type Editor } from '../audit/record.ts';
import { redactedText } from '../payload/payload.ts';
import type { SettingAsk } from '../settings/setting.sql.ts';
import { written } from '../settings/fields.ts';
import { changeAlertRow, holdAlert } from './alert-change.sql.ts';
import { alertDetail } from './alert-detail.ts';

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

/** What people may make of an alert in each status; what the evaluation makes of it is another matter. */
const alertMoves: Readonly<Record<string, readonly string[]>> = {
  active: ['active', 'acknowledged', 'resolved'],
  acknowledged: ['acknowledged', 'active', 'resolved'],
  suppressed: ['acknowledged', 'resolved'],
  resolved: [],
};

const missing = (id: string): Failure =>
  new Failure('missing', 'not-found', `there is no alert "${id}"`);

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
  if (status === 'active' && held.status === 'active' && note !== undefined)
    throw refused('the alert is active already: say your note as you acknowledge or resolve it');
  if (status !== 'acknowledged' && (until ?? minutes) !== undefined)
    throw refused('until and minutes are for acknowledged: leave them out');
  if (until !== undefined && minutes !== undefined)
    throw refused('name until or minutes, not both');
  if (until !== undefined && Date.parse(until) <= now.getTime())
    throw refused('until is over: name a later moment, or minutes');
};

const untilOf = (held: Held, wish: AlertWish, now: Date): string | null => {
  const { status, until, minutes } = wish;
  if (status !== 'acknowledged') return null;
  if (until !== undefined) return written(until);
  const { acknowledged_until: before } = held;
  const isLapsed = before !== null && Date.parse(before) <= now.getTime();
  // Who says nothing about the time leaves it as it is, unless it is over and only the dispatch has not seen it yet.
  if (minutes === undefined && held.status === 'acknowledged' && !isLapsed) return before;
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
    (note === held.acknowledgment_note && until === held.acknowledged_until));

/**
 * Acknowledges, resolves or reopens an alert and records it, in the caller's transaction; returns the alert as it is then.
 * Of people who saw the same revision the first wins: fails with `conflict` for the others, with `change-refused` for a move
 * that is not allowed, with `not-found` without the alert. A wish for what is there writes nothing.
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
  if (isSame(held, wish, note, until)) return alertDetail(tx, alert, now);
  const work = { ...alert, status, actor: userOf(editor), note, until, kind: kinds[status], now };
  await tx.query(changeAlertRow, work);
  const after = await alertDetail(tx, alert, now);
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
