import type { Session } from '@rookery/db/pool';
import { integrationHealth, integrationMetrics } from './integrations.sql.ts';
import { freshRows } from './freshness.ts';
import { hoursBefore } from './since.ts';

/** Every integration as it was last checked, and its failed calls of the hour before `now`. */
export const integrationSummary = async (
  session: Session,
  { tenantId, now }: { tenantId: string; now: Date },
) => {
  const fresh = await freshRows(session);
  const rows = await session.query(integrationHealth, { tenantId, from: hoursBefore(now, 1) });
  const data = rows.map((row) => ({
    ...row,
    last_check: row.last_check.toISOString(),
    last_success: row.last_success?.toISOString() ?? null,
    rate_limit_reset: row.rate_limit_reset?.toISOString() ?? null,
  }));
  return { body: { data }, fresh };
};

/** The calls of the last hours, by integration and kind. */
export const integrationCalls = async (
  session: Session,
  ask: { tenantId: string; now: Date; query: { hours: number } },
) => {
  const { tenantId, now, query } = ask;
  const fresh = await freshRows(session);
  const since = hoursBefore(now, query.hours);
  const data = await session.query(integrationMetrics, { tenantId, from: since });
  return { body: { data, since }, fresh };
};
