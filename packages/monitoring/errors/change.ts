import { isMissingPartition } from '@rookery/db/fault';
import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { auditRow } from '../audit/item.ts';
import { writeEvents } from '../audit/write.sql.ts';
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

/** Who changes it, from where and when; the audit keeps the first 50 characters of the subject as its user. */
export type Editor = {
  readonly subject: string;
  readonly role: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly requestId: string;
  /** Of the entry in the audit, unique in the tenant. */
  readonly eventId: string;
  readonly now: Date;
};

type Work = {
  readonly status: string;
  readonly assigned_to: string | null;
  readonly resolution_note: string | null;
};

const longestUser = 50;
const longestAgent = 512;
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

const record = async (
  tx: Session,
  { tenantId, id }: { tenantId: string; id: string },
  { before, after, editor }: { before: Work; after: Work; editor: Editor },
): Promise<void> => {
  const event = auditRow(editor.eventId, {
    event_id: editor.eventId,
    time: editor.now.toISOString(),
    user_id: editor.subject.slice(0, longestUser),
    // The token names a subject and no address, and the seed wants one.
    user_email: editor.subject,
    user_role: editor.role,
    action_type: 'update',
    resource_type: 'error',
    resource_id: id,
    description: 'changed how work on a group of errors stands',
    before_data: before,
    after_data: after,
    outcome: 'success',
    ip_address: editor.sourceIp,
    user_agent: editor.userAgent === '' ? null : editor.userAgent.slice(0, longestAgent),
    request_id: editor.requestId.slice(0, 100),
    module: 'errors',
    severity: 'info',
  });
  try {
    const written = await tx.query(writeEvents, { tenantId, events: [{ ...event, place: 0 }] });
    if (written.length === 1) return;
  } catch (cause) {
    if (!isMissingPartition(cause)) throw cause;
    throw new Failure(
      'unavailable',
      'audit-partition-missing',
      'the audit has no partition for this month, so this change cannot be recorded and is refused: fire the schedule partitions',
      { cause },
    );
  }
  throw new Failure('conflict', 'conflict', `there is an audit event ${editor.eventId} already`);
};

/**
 * Changes how work on a group stands and records it in the audit, in the caller's transaction; returns the group as it is
 * then. Of people who saw the same revision the first wins: fails with `conflict` for the others, and with `change-refused` for a move that is not
 * allowed, with `not-found` without the group. A wish that changes nothing writes nothing.
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
  await record(tx, group, { before, after, editor });
  return groupWithInstances(tx, group);
};
