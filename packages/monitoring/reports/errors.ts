import type { Session } from '@rookery/db/pool';
import { dayAt } from '@rookery/kernel/day';
import {
  errorTrend,
  topErrors,
  unresolvedErrors,
  type ErrorTrendAsk,
  type TopErrorsAsk,
} from './errors.sql.ts';
import { freshRows } from './freshness.ts';
import type { Asked } from './performance.ts';
import { lastDays, told } from './window.ts';

/** The last days, in UTC, of all environments or of one. */
export type DaysQuery = { readonly days: number; readonly environment?: string | undefined };

const rangeOf = ({ tenantId, now, query }: Asked<DaysQuery>) => {
  const range = lastDays(now, query.days);
  return {
    window: told(range),
    ask: { tenantId, from: dayAt(range.from, 'UTC'), environment: query.environment ?? null },
  };
};

/** The groups of errors that occurred most in the last days, by their occurrences there or over their lives. */
export const mostFrequent = async (
  session: Session,
  asked: Asked<DaysQuery & Pick<TopErrorsAsk, 'by' | 'limit'>>,
) => {
  const { window, ask } = rangeOf(asked);
  const { by, limit } = asked.query;
  const fresh = await freshRows(session);
  const rows = await session.query(topErrors, { ...ask, by, limit });
  const data = rows.map((row) => ({
    ...row,
    first_seen: row.first_seen.toISOString(),
    last_seen: row.last_seen.toISOString(),
  }));
  return { body: { data, window }, fresh };
};

/** What a trend of errors counts, and of which type. */
export type TypesQuery = DaysQuery &
  Pick<ErrorTrendAsk, 'of' | 'limit'> & { readonly error_type?: string | undefined };

/** Errors by type and day of UTC over the last days, the latest first. */
export const typesByDay = async (session: Session, asked: Asked<TypesQuery>) => {
  const { window, ask } = rangeOf(asked);
  const { of, error_type: errorType = null, limit } = asked.query;
  const fresh = await freshRows(session);
  const data = await session.query(errorTrend, { ...ask, of, errorType, limit });
  return { body: { data: [...data], window }, fresh };
};

/** Unresolved groups of errors seen in the last days, by severity, the worst first. */
export const unresolved = async (session: Session, asked: Asked<DaysQuery>) => {
  const { window, ask } = rangeOf(asked);
  const fresh = await freshRows(session);
  const data = await session.query(unresolvedErrors, ask);
  return { body: { data: [...data], window }, fresh };
};
