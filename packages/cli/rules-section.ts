import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import type { Editor } from '@rookery/monitoring/audit/record';
import { settingsPage, type Kind, type Setting } from '@rookery/monitoring/settings/setting';
import {
  changeSetting,
  createSetting,
  deleteSetting,
} from '@rookery/monitoring/settings/setting-change';
import { changesOf, type FieldChange } from './rules-difference.ts';

/** One thing that an apply makes, changes or removes; `run` does it in the transaction that planned it. */
export type Step = {
  readonly type: string;
  readonly id: string;
  readonly action: 'make' | 'change' | 'remove';
  readonly changes: readonly FieldChange[];
  readonly run: (tx: Session, editor: Editor) => Promise<unknown>;
};

/** A thing that is there under an id of the file and not the file's; `owner` null: nobody's. */
export type Clash = { readonly type: string; readonly id: string; readonly owner: string | null };

/** A thing that the file owns and says no more. */
export type Orphan = { readonly type: string; readonly id: string; readonly remove: Step };

/** What would become of the things of one kind. */
export type SectionPlan = {
  readonly steps: readonly Step[];
  readonly clashes: readonly Clash[];
  readonly orphans: readonly Orphan[];
};

/** Whose a file is, and whether it may take over what is not its own. */
export type Claim = {
  readonly tenantId: string;
  readonly name: string;
  readonly isAdopting: boolean;
  readonly now: Date;
};

type Item = { readonly id: string };

/** Who a thing belongs to: the name of a file, or null. */
type Owned = { readonly managed_by: string | null };

/** A kind of things, and the fields that an item of a file stands for; `before` are those that are there. */
export type Section<R extends Setting, F extends Owned, I extends Item> = {
  readonly kind: Kind<R, F>;
  readonly fieldsOf: (said: Omit<I, 'id'>, before: F | null, now: Date) => F;
  /** Fields that follow from others, or from the moment, and are not compared. */
  readonly derived?: readonly string[];
};

const mostThings = 10_000;

const removal = <R extends Setting, F extends object>(
  kind: Kind<R, F>,
  tenantId: string,
  { id, revision }: R,
): Step => ({
  type: kind.type,
  id,
  action: 'remove',
  changes: [],
  run: (tx, editor) => deleteSetting(tx, kind, { tenantId, id, revision, editor }),
});

const change = <R extends Setting, F extends object>(
  kind: Kind<R, F>,
  tenantId: string,
  { id, revision }: R,
  { fields, changes }: { readonly fields: F; readonly changes: readonly FieldChange[] },
): Step => {
  // Only what differs is wished for, so that a file writes no field twice.
  const differing = new Set(changes.map(({ field }) => field));
  const wish = Object.fromEntries(Object.entries(fields).filter(([field]) => differing.has(field)));
  return {
    type: kind.type,
    id,
    action: 'change',
    changes,
    run: (tx, editor) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- some of the fields of F, by name
      changeSetting(tx, kind, { tenantId, id, revision, wish: wish as Partial<F>, editor }),
  };
};

const rowsOf = async <R extends Setting, F extends object>(
  tx: Session,
  kind: Kind<R, F>,
  tenantId: string,
): Promise<readonly R[]> => {
  const ask = { tenantId, filters: {}, after: null, limit: mostThings };
  const { body, next } = await settingsPage<R>(tx, kind, ask);
  if (next === null) return body.data;
  throw new Failure(
    'invalid',
    'rules-too-many',
    `there are more than ${mostThings} of ${kind.type}: files of rules are not made for so many`,
  );
};

/** Compares the items of a file with what is there. */
export const planSection = async <R extends Setting, F extends Owned, I extends Item>(
  tx: Session,
  { kind, fieldsOf, derived = [] }: Section<R, F, I>,
  items: readonly I[],
  { tenantId, name, isAdopting, now }: Claim,
): Promise<SectionPlan> => {
  const rows = new Map((await rowsOf(tx, kind, tenantId)).map((row) => [row.id, row]));
  const steps: Step[] = [];
  const clashes: Clash[] = [];
  for (const item of items) {
    const { id, ...said } = item;
    const row = rows.get(id);
    const before = row === undefined ? null : kind.fieldsOf(row);
    const fields = fieldsOf(said, before, now);
    if (row === undefined || before === null) {
      const run = (inside: Session, editor: Editor) =>
        createSetting(inside, kind, { tenantId, id, fields, editor });
      steps.push({
        type: kind.type,
        id,
        action: 'make',
        changes: changesOf({}, fields, derived),
        run,
      });
      continue;
    }
    const changes = changesOf(before, fields, derived);
    const { managed_by: owner } = before;
    if (changes.length === 0) continue;
    if (owner !== name && !isAdopting) clashes.push({ type: kind.type, id, owner });
    else steps.push(change(kind, tenantId, row, { fields, changes }));
  }
  const named = new Set(items.map(({ id }) => id));
  const orphans = [...rows.values()]
    .filter((row) => !named.has(row.id) && kind.fieldsOf(row).managed_by === name)
    .map((row) => ({ type: kind.type, id: row.id, remove: removal(kind, tenantId, row) }));
  return { steps, clashes, orphans };
};
