import type { Session } from '@rookery/db/pool';
import { alertStatistics, listAlerts } from './alerts.sql.ts';
import { foreignCursor, isOwnInstant, type Keys } from './cursor.ts';
import { freshRows } from './freshness.ts';
import { daysBefore } from './since.ts';

const severities = ['debug', 'info', 'warning', 'error', 'fatal', 'critical'];

const startOf = (after: Keys) => {
  if (after === null) return null;
  const [severity, triggeredAt, id, ...rest] = after;
  if (
    typeof severity !== 'string' ||
    !severities.includes(severity) ||
    !isOwnInstant(triggeredAt) ||
    typeof id !== 'string' ||
    rest.length > 0
  )
    throw foreignCursor();
  return { severity, triggeredAt, id };
};

/** What a caller asks of the alerts that are going on. */
export type ActiveAlertsQuery = {
  readonly status: readonly string[];
  readonly alert_rule_id?: string | undefined;
  readonly limit: number;
};

/** A page of alerts in the states asked for, the worst first and of equals the newest; fails with `cursor-malformed`. */
export const activeAlerts = async (
  session: Session,
  { tenantId, query, after }: { tenantId: string; query: ActiveAlertsQuery; after: Keys },
) => {
  const start = startOf(after);
  const fresh = await freshRows(session);
  const { status: statuses, alert_rule_id, limit } = query;
  const ask = { tenantId, statuses, ruleId: alert_rule_id ?? null, after: start, limit };
  const rows = await session.query(listAlerts, ask);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next =
    rows.length > limit && last !== undefined ? [last.severity, last.triggered_at, last.id] : null;
  const data = shown.map((alert) => ({
    ...alert,
    // JSON knows neither NaN, which stands for no value, nor the infinities: the message says which.
    current_value: Number.isFinite(alert.current_value) ? alert.current_value : null,
    acknowledged_at: alert.acknowledged_at?.toISOString() ?? null,
    acknowledged_until: alert.acknowledged_until?.toISOString() ?? null,
    resolved_at: alert.resolved_at?.toISOString() ?? null,
  }));
  return { body: { data }, fresh, next };
};

/** Every rule with the alerts it raised in the last days, counted in times of 24 hours. */
export const ruleStatistics = async (
  session: Session,
  ask: { tenantId: string; now: Date; query: { days: number } },
) => {
  const { tenantId, now, query } = ask;
  const fresh = await freshRows(session);
  const from = daysBefore(now, query.days);
  const rows = await session.query(alertStatistics, { tenantId, from });
  const data = rows.map((rule) => ({
    ...rule,
    deleted_at: rule.deleted_at?.toISOString() ?? null,
    last_triggered: rule.last_triggered?.toISOString() ?? null,
  }));
  return { body: { data, since: from }, fresh };
};
