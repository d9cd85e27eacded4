import type { Session } from '@rookery/db/pool';
import { foreignCursor, type Keys } from './cursor.ts';
import { freshRows } from './freshness.ts';
import { serviceHealth, systemHealth, type ServiceHealthAsk } from './health.sql.ts';
import { onlyRow } from './since.ts';

/** The services of a tenant by state; those that nobody checked for three of their intervals are counted as stale. */
export const systemHealthOf = async (
  session: Session,
  { tenantId, now }: { readonly tenantId: string; readonly now: Date },
) => {
  const fresh = await freshRows(session);
  const data = onlyRow(await session.query(systemHealth, { tenantId, now: now.toISOString() }));
  return { body: { data }, fresh };
};

const startOf = (after: Keys): ServiceHealthAsk['after'] => {
  if (after === null) return null;
  const [name, id, ...rest] = after;
  if (typeof name !== 'string' || typeof id !== 'string' || rest.length > 0) throw foreignCursor();
  return { name, id };
};

/** A page of services with their latest checks; null does not filter. */
export type ServicesAsk = {
  readonly tenantId: string;
  readonly query: {
    readonly status?: string | undefined;
    readonly checks: number;
    readonly limit: number;
  };
  readonly after: Keys;
};

type Check = {
  readonly status: string;
  readonly response_time: number | null;
  readonly checked_at: string;
};

/** A page of services by name, each with its latest checks; fails with `cursor-malformed` for keys of another list. */
export const servicesPage = async (session: Session, { tenantId, query, after }: ServicesAsk) => {
  const { status = null, checks, limit } = query;
  const start = startOf(after);
  const fresh = await freshRows(session);
  const ask = { tenantId, status, checks, limit, after: start };
  const rows = await session.query(serviceHealth, ask);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const data = shown.map((row) => ({
    ...row,
    last_check: row.last_check.toISOString(),
    changed_at: row.changed_at?.toISOString() ?? null,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the statement builds it out of these columns
    recent_checks: row.recent_checks as Check[],
  }));
  const next = rows.length > limit && last !== undefined ? [last.name, last.id] : null;
  return { body: { data }, fresh, next };
};
