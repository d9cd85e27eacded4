import { isMissingPartition } from '@rookery/db/fault';
import type { Session } from '@rookery/db/pool';
import { isDay } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import type { Keys } from '../reports/ask.ts';
import { freshNow } from '../reports/freshness.sql.ts';
import { firstOf } from '../reports/reading.ts';
import { addEntry, listEntries, type Edge, type EntryFilter } from './log.sql.ts';

/** What a caller asks of the audit; `from` and `to` are days or instants. */
export type LogQuery = {
  readonly action?: string | undefined;
  readonly admin_user_id?: string | undefined;
  readonly resource_type?: string | undefined;
  readonly resource_id?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
};

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

// An instant as this list answers it; keys of a cursor are given back by callers.
const ownInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
const longestUserAgent = 512;
// In CSV, within the answer of a Lambda, a quotation mark of JSON becomes four bytes; an answer may have 6 MB.
const mostBytes = 1_500_000;

const edgeOf = (text: string | undefined): Edge | null => {
  if (text === undefined) return null;
  return isDay(text) ? { day: text } : { instant: text };
};

const refuseEmpty = ({ from, to }: LogQuery): void => {
  if (from === undefined || to === undefined || isDay(from) !== isDay(to)) return;
  // Instants may differ by less than the milliseconds that Date.parse knows.
  if (from !== to && Date.parse(from) <= Date.parse(to)) return;
  throw new Failure(
    'invalid',
    'range-empty',
    `\`to\` (${to}) must be after \`from\` (${from}): the range is half-open`,
  );
};

const filterOf = (query: LogQuery): EntryFilter => ({
  action: query.action ?? null,
  adminUserId: query.admin_user_id ?? null,
  resourceType: query.resource_type ?? null,
  resourceId: query.resource_id ?? null,
  from: edgeOf(query.from),
  to: edgeOf(query.to),
});

const startOf = (after: Keys | null) => {
  if (after === null) return null;
  const [creationTime, id, ...rest] = after;
  if (
    typeof creationTime !== 'string' ||
    !ownInstant.test(creationTime) ||
    Number.isNaN(Date.parse(creationTime)) ||
    typeof id !== 'number' ||
    !Number.isSafeInteger(id) ||
    rest.length > 0
  )
    throw new Failure(
      'invalid',
      'cursor-malformed',
      'the cursor is not one of this list; start again without it',
    );
  return { creationTime, id };
};

// The API may not make a partition; the reader waits for those who may, and reads nothing meanwhile.
const withoutPartition = (cause: unknown): unknown =>
  isMissingPartition(cause)
    ? new Failure(
        'unavailable',
        'audit-partition-missing',
        'the audit log has no partition for this month, so this read cannot be recorded and is refused: fire the schedule partitions, which makes them three months ahead',
        { cause },
      )
    : cause;

const recordRead = async (
  commit: Committing,
  reader: Reader,
  query: LogQuery,
  isContinued: boolean,
): Promise<void> => {
  const { limit, ...filters } = query;
  const entry = {
    tenantId: reader.tenantId,
    adminUserId: reader.subject,
    action: 'audit_log.read',
    resourceType: 'admin_audit_log',
    resourceId: reader.tenantId,
    ipAddress: reader.sourceIp === '' ? null : reader.sourceIp,
    userAgent: reader.userAgent === '' ? null : reader.userAgent.slice(0, longestUserAgent),
    metadata: { role: reader.role, filters, limit, continued: isContinued },
    dataClassification: 'restricted',
    retentionCategory: 'audit_access',
  };
  try {
    await commit((tx) => tx.query(addEntry, entry));
  } catch (error) {
    throw withoutPartition(error);
  }
};

/**
 * A page of the compliance audit of a tenant, the newest first; it ends early where its entries are large. That it was read is committed as an entry of it before
 * anything is looked at; when that fails, so does the read: with `audit-partition-missing` where the log has no room.
 */
export const auditLog = async (
  session: Session,
  commit: Committing,
  reader: Reader,
  { query, after }: { readonly query: LogQuery; readonly after: Keys | null },
) => {
  refuseEmpty(query);
  const start = startOf(after);
  await recordRead(commit, reader, query, start !== null);
  const { tenantId } = reader;
  const { as_of, complete_through } = firstOf(await session.query(freshNow, { tenantId }));
  const rows = await session.query(listEntries, {
    tenantId,
    filter: filterOf(query),
    after: start,
    limit: query.limit,
    bytes: mostBytes,
  });
  const last = rows.at(-1);
  const next = last?.followed === true ? [last.creation_time, last.id] : null;
  const data = rows.map(({ followed: _followed, ...entry }) => entry);
  return { body: { data }, fresh: { as_of, complete_through }, next };
};
