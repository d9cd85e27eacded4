import { codeOf } from '@rookery/db/fault';
import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { changed } from '../audit/change.ts';
import { record, userOf, type Deed, type Editor } from '../audit/record.ts';
import { takePlace } from './crowd.ts';
import { merged, type Some } from './fields.ts';
import {
  onlyOf,
  rowsOf,
  settingOfId,
  wordsOf,
  type Held,
  type Kind,
  type Setting,
} from './setting.ts';
import type { SettingAsk } from './setting.sql.ts';

type Act = { readonly editor: Editor };

const refused = (reason: string): Failure => new Failure('invalid', 'change-refused', reason);

/** A thing that somebody saw at a revision, held; fails with `not-found`, and with `conflict` when it was changed since. */
export const held = async <R extends Setting>(
  tx: Session,
  kind: Held<R>,
  { tenantId, id, revision: seen }: SettingAsk & { readonly revision: number },
): Promise<R> => {
  const row = onlyOf(
    kind,
    id,
    await rowsOf<R, SettingAsk>(tx, kind.statements.hold, { tenantId, id }),
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

/** What somebody did to a thing, in words for the audit. */
export const deedOf = (
  { type, module }: { readonly type: string; readonly module: string },
  action: Deed['action'],
  id: string,
): Deed => {
  const did = { create: 'made', update: 'changed', delete: 'deleted' }[action];
  const description = `${did} the ${wordsOf({ type })} ${id}`;
  return { action, type, id, module, description };
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
