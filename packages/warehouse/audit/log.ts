import { codeOf, isMissingPartition } from '@rookery/db/fault';
import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { addEntry } from './log.sql.ts';

/** Who reads the audit of a tenant, and from where; empty where nothing is known. */
export type Reader = {
  readonly tenantId: string;
  readonly subject: string;
  readonly role: string;
  readonly sourceIp: string;
  readonly userAgent: string;
};

/** Runs work in a transaction of its own that may write as the reader, and commits it. */
export type Committing = <T>(work: (tx: Session) => Promise<T>) => Promise<T>;

const longestUserAgent = 512;

const lockTimeout = '55P03';

// The API may not make a partition; the reader waits for those who may, and reads nothing meanwhile.
const unrecorded = (cause: unknown): unknown => {
  if (isMissingPartition(cause))
    return new Failure(
      'unavailable',
      'audit-partition-missing',
      'the audit log has no partition for this month, so this read cannot be recorded and is refused: fire the schedule partitions, which makes them three months ahead',
      { cause },
    );
  if (codeOf(cause) === lockTimeout)
    return new Failure(
      'unavailable',
      'audit-busy',
      'somebody writes to the audit of this tenant for longer than a reader waits, so this read cannot be recorded and is refused: try again, and look for a long transaction in pg_stat_activity if it stays',
      { cause },
    );
  return cause;
};

/**
 * Commits an entry that tells who reads, or exports, the audit of a tenant and what was asked for. When that fails so must the
 * read: with `audit-partition-missing` where the log has no room, with `audit-busy` behind a slow writer.
 */
export const recordRead = async (
  commit: Committing,
  reader: Reader,
  asked: Readonly<Record<string, unknown>>,
  action: 'audit_log.read' | 'audit_log.exported' = 'audit_log.read',
): Promise<void> => {
  const entry = {
    tenantId: reader.tenantId,
    adminUserId: reader.subject,
    action,
    resourceType: 'admin_audit_log',
    resourceId: reader.tenantId,
    ipAddress: reader.sourceIp === '' ? null : reader.sourceIp,
    userAgent: reader.userAgent === '' ? null : reader.userAgent.slice(0, longestUserAgent),
    metadata: { role: reader.role, ...asked },
    dataClassification: 'restricted',
    retentionCategory: 'audit_access',
  };
  try {
    await commit((tx) => tx.query(addEntry, entry));
  } catch (error) {
    throw unrecorded(error);
  }
};
