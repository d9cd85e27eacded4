import type { Session } from '@rookery/db/pool';
import { freshPerformance } from './freshness.ts';
import {
  apiPerformance,
  performanceTrend,
  slowestEndpoints,
  type SlowestAsk,
} from './performance.sql.ts';
import { lastDaysByHour, lastHours, told, wholeHours } from './window.ts';

/** A question of a tenant, and when it came: its window ends then. */
export type Asked<Q> = { readonly tenantId: string; readonly now: Date; readonly query: Q };

/** The last hours of all endpoints, or of what is named. */
export type HoursQuery = {
  readonly hours: number;
  readonly endpoint?: string | undefined;
  readonly metric_name?: string | undefined;
  readonly limit: number;
};

const spanOf = ({ tenantId, now, query }: Asked<HoursQuery>) => {
  const { hours, endpoint = null, metric_name: metricName = null, limit } = query;
  const range = lastHours(now, hours);
  const window = told(range);
  const { from: hoursFrom, to: hoursTo } = told(wholeHours(range));
  return { window, ask: { tenantId, ...window, hoursFrom, hoursTo, endpoint, metricName, limit } };
};

/** The endpoints with the most requests of the last hours. */
export const busiest = async (session: Session, asked: Asked<HoursQuery>) => {
  const { window, ask } = spanOf(asked);
  const fresh = await freshPerformance(session, ask);
  const data = await session.query(apiPerformance, ask);
  return { body: { data: [...data], window }, fresh };
};

/** As HoursQuery, and above which p95 an endpoint is slow. */
export type SlowestQuery = HoursQuery & {
  readonly p95_ms: number;
  readonly over: SlowestAsk['over'];
};

/** The endpoints whose p95 was above a threshold in the last hours, the slowest first. */
export const slowest = async (session: Session, asked: Asked<SlowestQuery>) => {
  const { window, ask } = spanOf(asked);
  const { p95_ms: aboveP95, over } = asked.query;
  const fresh = await freshPerformance(session, ask);
  const data = await session.query(slowestEndpoints, { ...ask, aboveP95, over });
  return { body: { data: [...data], window }, fresh };
};

/** The last days of one endpoint. */
export type TrendQuery = {
  readonly days: number;
  readonly endpoint: string;
  readonly metric_name?: string | undefined;
};

/** An endpoint hour by hour over the last days, without gaps, the latest first; empty when nothing was measured at all. */
export const trend = async (session: Session, { tenantId, now, query }: Asked<TrendQuery>) => {
  const { endpoint, metric_name: metricName = null } = query;
  const window = told(lastDaysByHour(now, query.days));
  const fresh = await freshPerformance(session, { tenantId, ...window });
  const ask = { tenantId, ...window, endpoint, metricName, now: now.toISOString() };
  const rows = await session.query(performanceTrend, ask);
  const data = rows.map((row) => ({ ...row, hour: row.hour.toISOString() }));
  return { body: { data, window }, fresh };
};
