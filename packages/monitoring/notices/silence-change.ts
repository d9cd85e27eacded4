import { Failure } from '@rookery/kernel/failure';
import type { Session } from '@rookery/db/pool';
import { matcherFault, matches, type Matcher } from '../alerts/matcher.ts';
import { countSilences } from '../settings/crowd.sql.ts';
import { fieldsSet, written, type Some } from '../settings/fields.ts';
import type { Kind } from '../settings/setting.ts';
import type { RowWith, SetName } from '../settings/field.sql.ts';
import {
  alertToSilence,
  dropSilence,
  holdSilence,
  listSilences,
  makeSilence,
  putSilence,
  silenceFields,
  silenceOfId,
} from './silence-change.sql.ts';

type Row = RowWith<typeof silenceFields>;

/** What people set of a silence, by column. */
export type SilenceFields = Pick<Row, SetName<typeof silenceFields>>;

const dayMs = 86_400_000;
// Who made it has forgotten it by then: whoever still wants it prolongs it.
const longestDays = 366;

// Only what is still to come of it.
const lasting = ({ starts_at, ends_at }: SilenceFields, now: Date): number =>
  Date.parse(ends_at) - Math.max(Date.parse(starts_at), now.getTime());

/** Silences, as people set them up. */
export const silenceKind: Kind<Row, SilenceFields> = {
  type: 'silence',
  module: 'alerts',
  statements: {
    list: listSilences,
    one: silenceOfId,
    hold: holdSilence,
    make: makeSilence,
    put: putSilence,
    drop: dropSilence,
  },
  crowd: {
    count: countSilences,
    most: 1_000,
    instead: 'end one, or use matchers that agree with more alerts',
  },
  fieldsOf: fieldsSet(silenceFields),
  fault: async (_tx, { fields, before, now }) => {
    const { matchers, starts_at, ends_at } = fields;
    if (Date.parse(ends_at) <= Date.parse(starts_at))
      return 'ends_at is not after starts_at: name a later end, or delete the silence';
    if (ends_at !== before?.ends_at && lasting(fields, now) > longestDays * dayMs)
      return `a silence lasts at most ${longestDays} days from now: name an earlier end, or disable the rule`;
    if (before === null && Date.parse(ends_at) <= now.getTime())
      return 'ends_at is over: a silence hides what comes';
    const unfit = matchers.map(matcherFault).find((fault) => fault !== null);
    if (unfit !== undefined) return unfit;
    // As in Alertmanager: what agrees with an alert without any label hides nearly all there are.
    return matches(matchers, {})
      ? 'these matchers agree with alerts that have no labels at all: name a value that one must have'
      : null;
  },
};

/** What somebody wants to silence: by matchers, or like an alert. */
export type SilenceWish = {
  readonly matchers?: readonly Matcher[] | undefined;
  readonly alert_id?: string | undefined;
  readonly starts_at?: string | undefined;
  readonly ends_at: string;
  readonly comment: string;
};

/** Some fields of a silence, its instants as their columns are read. Whoever changes it is reminded anew. */
export const writtenSilence = <W extends Some<SilenceFields>>(wish: W): W => ({
  ...wish,
  ...(wish.starts_at === undefined ? {} : { starts_at: written(wish.starts_at) }),
  ...(wish.ends_at === undefined ? {} : { ends_at: written(wish.ends_at), reminded_at: null }),
});

const likeAlert = async (
  tx: Session,
  ask: { readonly tenantId: string; readonly id: string },
): Promise<Matcher[]> => {
  const [alert] = await tx.query(alertToSilence, ask);
  if (alert === undefined)
    throw new Failure('missing', 'not-found', `there is no alert "${ask.id}"`);
  const labels = Object.entries({ rule: alert.alert_rule_id, ...Object(alert.labels) });
  return labels.map(([label, value]) => ({ label, op: '=', value: String(value) }));
};

/** The fields of a new silence; fails with `not-found` for one like an alert that is not there. */
export const silenceOf = async (
  tx: Session,
  { tenantId, wish, now }: { tenantId: string; wish: SilenceWish; now: Date },
): Promise<SilenceFields> => {
  const { matchers, alert_id: id, starts_at = now.toISOString(), ends_at, comment } = wish;
  if ((matchers === undefined) === (id === undefined))
    throw new Failure('invalid', 'change-refused', 'name matchers, or an alert_id: one of them');
  return {
    matchers: id === undefined ? [...(matchers ?? [])] : await likeAlert(tx, { tenantId, id }),
    starts_at: written(starts_at),
    ends_at: written(ends_at),
    comment,
    reminded_at: null,
  };
};
