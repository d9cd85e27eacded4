import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { record, type Editor } from '../audit/record.ts';
import { redactedText } from '../payload/payload.ts';
import { changeGroup, holdGroup } from './change.sql.ts';
import { groupWithInstances, noGroup } from './read.ts';
import { isStatus, obstacle } from './status.ts';

/** What somebody wants to change of a group that he saw at a revision; what is left out stays, null unassigns. */
export type Wish = {
  readonly revision: number;
  readonly status?: string | undefined;
  readonly assigned_to?: string | null | undefined;
  readonly note?: string | undefined;
};

type Work = {
  readonly status: string;
  readonly assigned_to: string | null;
  readonly resolution_note: string | null;
};

const longestNote = 20_000;

const wanted = (before: Work, wish: Wish): Work => ({
  status: wish.status ?? before.status,
  assigned_to: wish.assigned_to === undefined ? before.assigned_to : wish.assigned_to,
  // Retention cannot tell that a note of somebody's address is left in a group that is anonymous otherwise.
  resolution_note:
    wish.note === undefined ? before.resolution_note : redactedText(wish.note, longestNote),
});

const refuse = (before: Work, after: Work, wish: Wish): void => {
  if (before.status === after.status) return;
  if (!isStatus(before.status) || !isStatus(after.status))
    throw new Failure('invalid', 'request-malformed', `there is no status ${after.status}`);
  const reason = obstacle(before.status, after.status, wish.note !== undefined);
  if (reason !== null) throw new Failure('invalid', 'change-refused', reason);
};

/**
 * Changes how work on a group stands and records it in the audit, in the caller's transaction; returns the group as it is
 * then. Of people who saw the same revision the first wins: fails with `conflict` for the others, and with `change-refused`
 * for a move that is not allowed, with `not-found` without the group. A wish that changes nothing writes nothing.
 */
export const changeError = async (
  tx: Session,
  group: { readonly tenantId: string; readonly id: string },
  { wish, editor }: { readonly wish: Wish; readonly editor: Editor },
) => {
  const [held] = await tx.query(holdGroup, group);
  if (held === undefined) throw noGroup(group.id);
  const { revision, ...before } = held;
  if (revision !== wish.revision)
    throw new Failure(
      'conflict',
      'conflict',
      `the error is at revision ${revision}, not ${wish.revision}: read it again and decide anew`,
    );
  const after = wanted(before, wish);
  refuse(before, after, wish);
  if (JSON.stringify(before) === JSON.stringify(after)) return groupWithInstances(tx, group);
  const { status, assigned_to: assignedTo, resolution_note: note } = after;
  await tx.query(changeGroup, { ...group, status, assignedTo, note, now: editor.now });
  const deed = {
    action: 'update',
    type: 'error',
    id: group.id,
    module: 'errors',
    description: 'changed how work on a group of errors stands',
    before,
    after,
  } as const;
  await record(tx, group.tenantId, { editor, deed });
  return groupWithInstances(tx, group);
};
