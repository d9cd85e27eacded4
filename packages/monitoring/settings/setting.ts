import type { Session } from '@rookery/db/pool';
import type { Columns, Statement } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import { foreignCursor, isOwnInstant, type Keys } from '../reports/cursor.ts';
import { freshRows } from '../reports/freshness.ts';
import type { Crowd } from './crowd.ts';
import type { NewSetting, SettingAsk, SettingsAsk } from './setting.sql.ts';

/** What every thing that people set up has. */
export type Setting = {
  readonly id: string;
  readonly revision: number;
  readonly created_at: string;
};

type Revision = { revision: 'int4' };
type Kept = { readonly now: Date };

/** Things of which there are pages. */
export type Paged<R> = {
  readonly statements: { readonly list: Statement<SettingsAsk, Columns> };
  /** Never there: it carries the type. */
  readonly row?: R;
};

/** Things that are shown. */
export type Shown<R> = {
  readonly type: string;
  readonly statements: Paged<R>['statements'] & { readonly one: Statement<SettingAsk, Columns> };
  readonly row?: R;
};

/** Things that can be held while they are changed. */
export type Held<R> = {
  readonly type: string;
  readonly statements: { readonly hold: Statement<SettingAsk, Columns> };
  readonly row?: R;
};

/** A kind of things that people set up: where they are kept, and what must be right about one. */
export type Kind<R extends Setting, F extends object> = {
  /** As the audit calls it: `alert-rule`. */
  readonly type: string;
  readonly module: string;
  readonly row?: R;
  readonly statements: Shown<R>['statements'] &
    Held<R>['statements'] & {
      readonly make: Statement<NewSetting, Revision>;
      readonly put: Statement<SettingAsk & { readonly fields: object } & Kept, Revision>;
      readonly drop: Statement<SettingAsk & Kept, Revision>;
    };
  readonly crowd: Crowd;
  readonly fieldsOf: (row: R) => F;
  /** Fields with those that follow from others. */
  readonly settled?: (fields: F, before: F | null) => F;
  /** Why a thing may not be so, in words for who wants it; null when it may. `before` is null for a new one. */
  readonly fault: (
    tx: Session,
    thing: SettingAsk & { readonly fields: F; readonly before: F | null; readonly now: Date },
  ) => Promise<string | null>;
  /** Why a thing cannot be deleted now, in words; null when it can. */
  readonly inUse?: (tx: Session, thing: SettingAsk) => Promise<string | null>;
};

/** A type as people read it: `alert rule`. */
export const wordsOf = ({ type }: { readonly type: string }): string => type.replaceAll('-', ' ');

const missing = (kind: { readonly type: string }, id: string): Failure =>
  new Failure('missing', 'not-found', `there is no ${wordsOf(kind)} "${id}"`);

/** The rows of a statement of a kind, of the type that the kind carries. */
export const rowsOf = async <R, P>(
  session: Session,
  statement: Statement<P, Columns>,
  params: P,
): Promise<readonly R[]> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- test/contracts/statements proves the columns of each
  (await session.query(statement, params)) as unknown as readonly R[];

/** The one thing that was asked for; fails with `not-found`. */
export const onlyOf = <R>(kind: { readonly type: string }, id: string, [row]: readonly R[]): R => {
  if (row === undefined) throw missing(kind, id);
  return row;
};

/** A thing of a tenant; fails with `not-found`. */
export const settingOfId = async <R extends Setting>(
  session: Session,
  kind: Shown<R>,
  ask: SettingAsk,
): Promise<R> =>
  onlyOf(kind, ask.id, await rowsOf<R, SettingAsk>(session, kind.statements.one, ask));

/** A thing as an answer, and how fresh it is; fails with `not-found`. */
export const settingAnswer = async <R extends Setting>(
  session: Session,
  kind: Shown<R>,
  ask: SettingAsk,
) => {
  const fresh = await freshRows(session);
  return { body: { data: await settingOfId(session, kind, ask) }, fresh };
};

type PageAsk = Omit<SettingsAsk, 'after'> & { readonly after: Keys };

/** A page of things, the newest first; fails with `cursor-malformed`. */
export const settingsPage = async <R extends Omit<Setting, 'revision'>>(
  session: Session,
  { statements }: Paged<R>,
  { after, ...ask }: PageAsk,
) => {
  const [createdAt, id, ...rest] = after ?? [];
  if (after !== null && (!isOwnInstant(createdAt) || typeof id !== 'string' || rest.length > 0))
    throw foreignCursor();
  const start = isOwnInstant(createdAt) && typeof id === 'string' ? { createdAt, id } : null;
  const fresh = await freshRows(session);
  const rows = await rowsOf<R, SettingsAsk>(session, statements.list, { ...ask, after: start });
  const data = rows.slice(0, ask.limit);
  const last = data.at(-1);
  const end = rows.length > ask.limit && last !== undefined ? last : null;
  return { body: { data }, fresh, next: end === null ? null : [end.created_at, end.id] };
};
