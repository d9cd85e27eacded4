import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { foreignCursor, isOwnInstant, type Keys } from '../reports/cursor.ts';
import { freshRows } from '../reports/freshness.ts';
import { groupOf, lastInstances, listGroups, type GroupAsk } from './read.sql.ts';

/** What a caller asks of the groups of errors. */
export type GroupsQuery = {
  readonly status?: readonly string[] | undefined;
  readonly severity?: readonly string[] | undefined;
  readonly environment?: string | undefined;
  readonly error_type?: string | undefined;
  readonly limit: number;
};

const mostInstances = 20;

const startOf = (after: Keys) => {
  if (after === null) return null;
  const [lastSeen, id, ...rest] = after;
  if (!isOwnInstant(lastSeen) || typeof id !== 'string' || rest.length > 0) throw foreignCursor();
  return { lastSeen, id };
};

/** A page of groups of errors, those that came last first; fails with `cursor-malformed`. */
export const groupsPage = async (
  session: Session,
  { tenantId, query, after }: { tenantId: string; query: GroupsQuery; after: Keys },
) => {
  const start = startOf(after);
  const fresh = await freshRows(session);
  const { status, severity, environment, error_type, limit } = query;
  const rows = await session.query(listGroups, {
    tenantId,
    statuses: status ?? null,
    severities: severity ?? null,
    environment: environment ?? null,
    errorType: error_type ?? null,
    after: start,
    limit,
  });
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const next = rows.length > limit && last !== undefined ? [last.last_seen, last.id] : null;
  return { body: { data }, fresh, next };
};

/** The failure of asking for a group that the tenant has not. */
export const noGroup = (id: string): Failure =>
  new Failure('missing', 'not-found', `there is no error "${id}"`);

/** A group of errors with the last 20 occurrences that were kept; fails with `not-found`. */
export const groupWithInstances = async (session: Session, ask: GroupAsk) => {
  const [group] = await session.query(groupOf, ask);
  if (group === undefined) throw noGroup(ask.id);
  const instances = await session.query(lastInstances, { ...ask, most: mostInstances });
  return { ...group, instances: [...instances] };
};

/** The same as an answer, and how fresh it is. */
export const groupAnswer = async (session: Session, ask: GroupAsk) => {
  const fresh = await freshRows(session);
  return { body: { data: await groupWithInstances(session, ask) }, fresh };
};
