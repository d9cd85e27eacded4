import { isMissingPartition } from '@rookery/db/fault';
import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { auditRow } from './item.ts';
import { writeEvents } from './write.sql.ts';

/** Who changes something, from where and when; the audit keeps the first 50 characters of the subject as its user. */
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

/** What somebody did to a thing: `before` is undefined for one that is made, `after` for one that is deleted. */
export type Deed = {
  readonly action: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly id: string;
  readonly module: string;
  readonly description: string;
  readonly before?: object;
  readonly after?: object;
};

const longestAgent = 512;

/** As much of a subject as columns that name a user hold. */
export const userOf = ({ subject }: Pick<Editor, 'subject'>): string => subject.slice(0, 50);

const eventOf = (editor: Editor, { action, type, id, module, before, after, ...deed }: Deed) =>
  auditRow(editor.eventId, {
    event_id: editor.eventId,
    time: editor.now.toISOString(),
    user_id: userOf(editor),
    // The token names a subject and no address, and the seed wants one.
    user_email: editor.subject,
    user_role: editor.role,
    action_type: action,
    resource_type: type,
    resource_id: id,
    description: deed.description,
    before_data: before,
    after_data: after,
    outcome: 'success',
    ip_address: editor.sourceIp,
    user_agent: editor.userAgent === '' ? null : editor.userAgent.slice(0, longestAgent),
    request_id: editor.requestId.slice(0, 100),
    module,
    severity: 'info',
  });

/**
 * Records what somebody did in the audit, in the transaction that does it: what cannot be recorded is not done. Fails with
 * `audit-partition-missing` when the month has no partition.
 */
export const record = async (
  tx: Session,
  tenantId: string,
  { editor, deed }: { readonly editor: Editor; readonly deed: Deed },
): Promise<void> => {
  try {
    const events = [{ ...eventOf(editor, deed), place: 0 }];
    const written = await tx.query(writeEvents, { tenantId, events });
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
