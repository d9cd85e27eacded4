import { codeOf } from '@rookery/db/fault';
import type { Session } from '@rookery/db/pool';
import type { Columns, Statement } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import { changed } from '../audit/change.ts';
import { record, userOf, type Deed, type Editor } from '../audit/record.ts';
import { foreignCursor, isOwnInstant, type Keys } from '../reports/cursor.ts';
import { freshRows } from '../reports/freshness.ts';
import { takePlace, type Crowd } from './crowd.ts';
import { merged, type Some } from './fields.ts';
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

/** A kind of things that people set up: where they are kept, and what must be right about one. */
export type Kind<R extends Setting, F extends object> = {
  /** As the audit calls it: `alert-rule`. */
  readonly type: string;
  readonly module: string;
  readonly row?: R;
  readonly statements: Shown<R>['statements'] & {
    readonly hold: Statement<SettingAsk, Columns>;
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

/** What somebody does to a thing of a kind. */
export type Act = { readonly editor: Editor };

const wordsOf = ({ type }: { readonly type: string }): string => type.replaceAll('-', ' ');

const missing = (kind: { readonly type: string }, id: string): Failure =>
  new Failure('missing', 'not-found', `there is no ${wordsOf(kind)} "${id}"`);

const refused = (reason: string): Failure => new Failure('invalid', 'change-refused', reason);

const read = async <R, P>(
  session: Session,
  statement: Statement<P, Columns>,
  params: P,
): Promise<readonly R[]> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- test/contracts/statements proves the columns of each
  (await session.query(statement, params)) as unknown as readonly R[];

const onlyOf = <R>(kind: { readonly type: string }, id: string, [row]: readonly R[]): R => {
  if (row === undefined) throw missing(kind, id);
  return row;
};

const held = async <R extends Setting, F extends object>(
  tx: Session,
  kind: Kind<R, F>,
  { tenantId, id, revision: seen }: SettingAsk & { readonly revision: number },
): Promise<R> => {
  const row = onlyOf(
    kind,
    id,
    await read<R, SettingAsk>(tx, kind.statements.hold, { tenantId, id }),
  );
  const { revision } = row;
  if (revision === seen) return row;
  throw new Failure(
    'conflict',
    'conflict',
    `the ${wordsOf(kind)} is at revision ${revision}, not ${seen}: read it again and decide anew`,
  );
};

// What a thing refers to, or what refers to it, may have been deleted or made after it was looked for.
// Up to Postgres 17 a foreign key refuses by 23503 whatever it says, from 18 on by 23001 where it says restrict.
const foreignKey: readonly (string | undefined)[] = ['23503', '23001'];
const referring = async <T>(kind: { readonly type: string }, work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (cause) {
    if (!foreignKey.includes(codeOf(cause))) throw cause;
    throw new Failure(
      'conflict',
      'conflict',
      `the ${wordsOf(kind)} is in use, or what it names is gone: read both again and decide anew`,
      { cause },
    );
  }
};

const deedOf = (
  { type, module }: { readonly type: string; readonly module: string },
  action: Deed['action'],
  id: string,
): Deed => {
  const did = { create: 'made', update: 'changed', delete: 'deleted' }[action];
  const description = `${did} the ${wordsOf({ type })} ${id}`;
  return { action, type, id, module, description };
};

/** A thing of a tenant; fails with `not-found`. */
export const settingOfId = async <R extends Setting>(
  session: Session,
  kind: Shown<R>,
  ask: SettingAsk,
): Promise<R> => onlyOf(kind, ask.id, await read<R, SettingAsk>(session, kind.statements.one, ask));

/** A thing as an answer, and how fresh it is; fails with `not-found`. */
export const settingAnswer = async <R extends Setting>(
  session: Session,
  kind: Shown<R>,
  ask: SettingAsk,
) => {
  const fresh = await freshRows(session);
  return { body: { data: await settingOfId(session, kind, ask) }, fresh };
};

/** What is asked of a list of things. */
export type PageAsk = Omit<SettingsAsk, 'after'> & { readonly after: Keys };

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
  const rows = await read<R, SettingsAsk>(session, statements.list, { ...ask, after: start });
  const data = rows.slice(0, ask.limit);
  const last = data.at(-1);
  const end = rows.length > ask.limit && last !== undefined ? last : null;
  return { body: { data }, fresh, next: end === null ? null : [end.created_at, end.id] };
};

/**
 * Makes a thing, if one was deleted under its id that one again, and records who did; fails with `change-refused`, and with
 * `conflict` when its id is taken or there are as many as a tenant may have.
 */
export const createSetting = async <R extends Setting, F extends object>(
  tx: Session,
  kind: Kind<R, F>,
  { tenantId, id, editor, ...asked }: SettingAsk & Act & { readonly fields: F },
): Promise<R> => {
  const { now } = editor;
  const fields = kind.settled?.(asked.fields, null) ?? asked.fields;
  const fault = await kind.fault(tx, { tenantId, id, fields, before: null, now });
  if (fault !== null) throw refused(fault);
  await takePlace(tx, tenantId, kind);
  const wish = { tenantId, id, fields, createdBy: userOf(editor), now };
  const [made] = await referring(kind, tx.query(kind.statements.make, wish));
  if (made === undefined)
    throw new Failure(
      'conflict',
      'conflict',
      `the ${wordsOf(kind)} "${id}" is there: change it, or choose another id`,
    );
  const deed = { ...deedOf(kind, 'create', id), after: fields };
  await record(tx, tenantId, { editor, deed });
  return settingOfId(tx, kind, { tenantId, id });
};

/**
 * Changes a thing and records who did, in the caller's transaction; returns it as it is then. Of people who saw the same
 * revision the first wins: fails with `conflict` for the others, with `change-refused`, and with `not-found`. A wish for
 * what is there writes nothing.
 */
export const changeSetting = async <R extends Setting, F extends object>(
  tx: Session,
  kind: Kind<R, F>,
  {
    tenantId,
    id,
    editor,
    ...asked
  }: SettingAsk & Act & { readonly revision: number; readonly wish: Some<F> },
): Promise<R> => {
  const row = await held(tx, kind, { tenantId, id, revision: asked.revision });
  const before = kind.fieldsOf(row);
  const wanted = merged(before, asked.wish);
  if (changed(before, wanted) === null) return row;
  const fields = kind.settled?.(wanted, before) ?? wanted;
  const { now } = editor;
  const fault = await kind.fault(tx, { tenantId, id, fields, before, now });
  if (fault !== null) throw refused(fault);
  await referring(kind, tx.query(kind.statements.put, { tenantId, id, fields, now }));
  const deed = { ...deedOf(kind, 'update', id), before, after: fields };
  await record(tx, tenantId, { editor, deed });
  return settingOfId(tx, kind, { tenantId, id });
};

/** Deletes a thing and records who did; returns it as it was. Fails with `conflict` and `not-found` as a change does. */
export const deleteSetting = async <R extends Setting, F extends object>(
  tx: Session,
  kind: Kind<R, F>,
  { tenantId, id, revision, editor }: SettingAsk & Act & { readonly revision: number },
): Promise<R> => {
  const row = await held(tx, kind, { tenantId, id, revision });
  const use = (await kind.inUse?.(tx, { tenantId, id })) ?? null;
  if (use !== null) throw new Failure('conflict', 'conflict', use);
  const ask = { tenantId, id, now: editor.now };
  await referring(kind, tx.query(kind.statements.drop, ask));
  const deed = { ...deedOf(kind, 'delete', id), before: kind.fieldsOf(row) };
  await record(tx, tenantId, { editor, deed });
  return row;
};
