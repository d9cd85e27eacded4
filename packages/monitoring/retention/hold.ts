import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import { record, userOf, type Deed, type Editor } from '../audit/record.ts';
import { foreignCursor } from '../reports/cursor.ts';
import { freshRows } from '../reports/freshness.ts';
import { listHolds, placeHold, releaseHold, takeHold } from './hold.sql.ts';
import { shelves } from './shelf.sql.ts';

/** A legal hold, in force or released. */
export type Hold = RowOf<typeof placeHold.columns>;

const timeOf = (time: Date | null): string | null => time?.toISOString() ?? null;

/** A hold as answers show it. */
export const holdShown = ({ held_from, held_until, placed_at, released_at, ...hold }: Hold) => ({
  ...hold,
  held_from: held_from.toISOString(),
  held_until: timeOf(held_until),
  placed_at: placed_at.toISOString(),
  released_at: timeOf(released_at),
});

/** What may be held: every table that retention looks after, and the compliance audit. */
export const holdable: readonly string[] = [
  'admin_audit_log',
  ...shelves.map(({ table }) => table),
].toSorted((one, other) => (one < other ? -1 : 1));

/** What somebody wants to be kept whatever the policies say, and why. */
export type Wish = {
  readonly table: string;
  readonly from: Date;
  readonly until: Date | null;
  readonly reason: string;
};

type Way = { readonly tenantId: string; readonly editor: Editor };

const refuse = ({ table, from, until }: Wish): void => {
  if (!holdable.includes(table))
    throw new Failure(
      'invalid',
      'change-refused',
      `nothing deletes or erases ${table}: name one of ${holdable.join(', ')}`,
    );
  if (until !== null && until <= from)
    throw new Failure(
      'invalid',
      'range-empty',
      'a hold ends after it begins: it is half-open, and without an end it holds what is still to come',
    );
};

const deedOf = (
  action: Deed['action'],
  { id, table_name: table }: Hold,
  description: string,
): Omit<Deed, 'before' | 'after'> => ({
  action,
  type: 'legal-hold',
  id: String(id),
  module: 'retention',
  description: `${description} of ${table}`,
});

const ending = ({ released_at, release_reason }: Hold) => ({
  released_at: timeOf(released_at),
  release_reason,
});

/**
 * Places a hold and records who did, in the caller's transaction. Once it is committed nothing that it names is deleted,
 * anonymised or erased until it is released; other holds may name the same.
 */
export const place = async (tx: Session, { tenantId, editor }: Way, wish: Wish): Promise<Hold> => {
  refuse(wish);
  const by = userOf(editor);
  const [hold] = await tx.query(placeHold, { ...wish, tenantId, by, now: editor.now });
  if (hold === undefined) throw new Error('a hold was placed and not returned');
  const { table_name, reason } = hold;
  const span = { held_from: timeOf(hold.held_from), held_until: timeOf(hold.held_until) };
  const after = { table_name, ...span, reason };
  const deed = { ...deedOf('create', hold, 'placed a legal hold on rows'), after };
  await record(tx, tenantId, { editor, deed });
  return hold;
};

/**
 * Releases a hold and records who did and why, in the caller's transaction. Of several at once one does, and `conflict` for
 * the others; fails with `not-found` where the tenant has no such hold.
 */
export const release = async (
  tx: Session,
  { tenantId, editor }: Way,
  { id, reason }: { readonly id: number; readonly reason: string },
): Promise<Hold> => {
  const [before] = await tx.query(takeHold, { tenantId, id });
  if (before === undefined)
    throw new Failure('missing', 'not-found', `there is no legal hold ${id}: list them`);
  if (before.released_at !== null)
    throw new Failure(
      'conflict',
      'conflict',
      `legal hold ${id} was released at ${before.released_at.toISOString()}: place a new one if it is needed`,
    );
  const by = userOf(editor);
  const [after] = await tx.query(releaseHold, { tenantId, id, by, reason, now: editor.now });
  if (after === undefined) throw new Error('a hold that was taken could not be released');
  const deed = {
    ...deedOf('update', after, 'released a legal hold on rows'),
    before: ending(before),
    after: ending(after),
  };
  await record(tx, tenantId, { editor, deed });
  return after;
};

type ListAsk = {
  readonly tenantId: string;
  readonly query: {
    readonly table_name?: string | undefined;
    readonly state?: 'in-force' | 'released' | undefined;
    readonly limit: number;
  };
  readonly after: readonly (string | number)[] | null;
};

const startOf = (after: ListAsk['after']): number | null => {
  if (after === null) return null;
  const [id, ...rest] = after;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || rest.length > 0) throw foreignCursor();
  return id;
};

/** A page of the holds of a tenant, the newest first; fails with `cursor-malformed`. */
export const holdsPage = async (session: Session, { tenantId, query, after }: ListAsk) => {
  const before = startOf(after);
  const fresh = await freshRows(session);
  const { table_name: table = null, state, limit } = query;
  const inForce = state === undefined ? null : state === 'in-force';
  const rows = await session.query(listHolds, {
    tenantId,
    table,
    inForce,
    before,
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? [last.id] : null;
  return { body: { data: shown.map(holdShown) }, fresh, next };
};
