import type { Session } from '@rookery/db/pool';
import { freshRows } from '../reports/freshness.ts';
import type { SettingAsk } from '../settings/setting.sql.ts';
import { evidenceOf } from './evidence.ts';
import { explainAlert, type Explained } from './explain.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const shown = (alert: Explained) => ({
  id: alert.id,
  alert_rule_id: alert.rule_id,
  rule_name: alert.rule_name,
  metric_name: alert.metric_name,
  status: alert.status,
  severity: alert.severity,
  message: alert.message,
  labels: alert.labels,
  current_value: alert.current_value,
  threshold: alert.threshold,
  triggered_at: alert.triggered_at.toISOString(),
  evaluated_at: iso(alert.evaluated_at),
  acknowledged_at: iso(alert.acknowledged_at),
  acknowledged_by: alert.acknowledged_by,
  acknowledgment_note: alert.acknowledgment_note,
  acknowledged_until: iso(alert.acknowledged_until),
  resolved_at: iso(alert.resolved_at),
  resolution_note: alert.resolution_note,
  suppressed_reason: alert.suppressed_reason,
  suppressed_until: iso(alert.suppressed_until),
  notified_at: iso(alert.notified_at),
  silent_because: [...alert.silent_because],
  shadow: alert.shadow,
  revision: alert.revision,
  series_state: alert.series_state,
  last_slot: iso(alert.last_slot),
  problem: alert.problem,
  explanation: evidenceOf(alert),
  transitions: alert.transitions.map((one) => ({ ...one, at: one.at.toISOString() })),
  notices: alert.notices.map((one) => ({
    ...one,
    created_at: one.created_at.toISOString(),
    next_attempt_at: one.next_attempt_at.toISOString(),
    sent_at: iso(one.sent_at),
  })),
});

/** An alert with its explanation, what it went through and who was told, as of a moment; fails with `not-found`. */
export const alertDetail = async (session: Session, { tenantId, id }: SettingAsk, now: Date) =>
  shown(await explainAlert(session, { tenantId, id }, now));

/** The same as an answer, and how fresh it is. */
export const alertAnswer = async (session: Session, ask: SettingAsk, now: Date) => {
  const fresh = await freshRows(session);
  return { body: { data: await alertDetail(session, ask, now) }, fresh };
};
