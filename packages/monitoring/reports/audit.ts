import type { Session } from '@rookery/db/pool';
import { isDay } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { auditUsers } from './audit-users.sql.ts';
import { eventOf, searchEvents, type AuditFilter } from './audit.sql.ts';
import { foreignCursor, isOwnInstant, type Keys } from './cursor.ts';
import { freshRows } from './freshness.ts';
import { daysBefore } from './since.ts';

/** What a caller asks of the audit events; `from` and `to` are UTC days or instants, half-open. */
export type AuditQuery = {
  readonly user_id?: string | undefined;
  readonly action_type?: readonly string[] | undefined;
  readonly resource_type?: string | undefined;
  readonly resource_id?: string | undefined;
  readonly outcome?: string | undefined;
  readonly module?: string | undefined;
  readonly session_id?: string | undefined;
  readonly text?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
};

// In CSV, within the answer of a Lambda, a quotation mark of JSON becomes four bytes; an answer may have 6 MB.
const mostBytes = 1_500_000;

const edgeOf = (text: string | undefined): string | null => {
  if (text === undefined) return null;
  return isDay(text) ? `${text}T00:00:00Z` : text;
};

const refuseEmpty = (from: string | null, to: string | null): void => {
  if (from === null || to === null) return;
  // Instants may differ by less than the milliseconds that Date.parse knows.
  if (from !== to && Date.parse(from) <= Date.parse(to)) return;
  throw new Failure(
    'invalid',
    'range-empty',
    `\`to\` (${to}) must be after \`from\` (${from}): the range is half-open`,
  );
};

const filterOf = (query: AuditQuery): AuditFilter => {
  const [from, to] = [edgeOf(query.from), edgeOf(query.to)];
  refuseEmpty(from, to);
  return {
    userId: query.user_id ?? null,
    actionTypes: query.action_type ?? null,
    resourceType: query.resource_type ?? null,
    resourceId: query.resource_id ?? null,
    outcome: query.outcome ?? null,
    module: query.module ?? null,
    sessionId: query.session_id ?? null,
    text: query.text ?? null,
    from,
    to,
  };
};

const startOf = (after: Keys) => {
  if (after === null) return null;
  const [time, eventId, ...rest] = after;
  if (!isOwnInstant(time) || typeof eventId !== 'string' || rest.length > 0) throw foreignCursor();
  return { time, eventId };
};

/**
 * A page of the audit events that match, the newest first, of the stream and its archive; it ends early where its events
 * are large. Fails with `range-empty` and `cursor-malformed`.
 */
export const auditSearch = async (
  session: Session,
  { tenantId, query, after }: { tenantId: string; query: AuditQuery; after: Keys },
) => {
  const filter = filterOf(query);
  const start = startOf(after);
  const fresh = await freshRows(session);
  const { limit } = query;
  const ask = { tenantId, filter, after: start, limit, bytes: mostBytes };
  const rows = await session.query(searchEvents, ask);
  const last = rows.at(-1);
  const next = last?.followed === true ? [last.time, last.event_id] : null;
  return { body: { data: rows.map(({ followed: _followed, ...event }) => event) }, fresh, next };
};

/** One audit event with what it changed, wherever it is; fails with `not-found`. */
export const auditEventOf = async (session: Session, tenantId: string, eventId: string) => {
  const fresh = await freshRows(session);
  const [event] = await session.query(eventOf, { tenantId, eventId });
  if (event === undefined)
    throw new Failure('missing', 'not-found', `there is no audit event "${eventId}"`);
  return { body: { data: event }, fresh };
};

/** The users with the most audited actions of the last days, counted in times of 24 hours. */
export const auditUserSummary = async (
  session: Session,
  ask: { tenantId: string; now: Date; query: { days: number; limit: number } },
) => {
  const { tenantId, now, query } = ask;
  const fresh = await freshRows(session);
  const from = daysBefore(now, query.days);
  const rows = await session.query(auditUsers, { tenantId, from, limit: query.limit });
  const data = rows.map(({ first_action, last_action, ...user }) => ({
    ...user,
    first_action: first_action.toISOString(),
    last_action: last_action.toISOString(),
  }));
  return { body: { data, since: from }, fresh };
};
