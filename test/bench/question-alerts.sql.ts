/** The tenant whose alerts are evaluated. */
export const tenantId = 'alert-bench';

const mine = `tenant_id = '${tenantId}'`;
const tables = [
  'alert_state',
  'alert_evaluation',
  'alert_group',
  'notice',
  'tb_alert',
  'tb_alert_rule',
];

/** Scripts that take away every rule, and all that came of it. */
export const cleanScripts: readonly string[] = [
  // Without its trigger for every row: a million of them cascade for minutes.
  `set session_replication_role = replica;
   delete from monitoring.alert_transition where ${mine};
   ${tables.map((table) => `delete from monitoring.${table} where ${mine}`).join(';\n')};
   reset session_replication_role`,
  ...[...tables, 'alert_transition'].map((table) => `vacuum analyze monitoring.${table}`),
];

/** Rules as they are given to `rulesScript`; without a metric, each has one of its own. */
export type Rules = { readonly rules: number; readonly tells: boolean; readonly metric?: string };

/** A script that sets rules up which fire at once above 5, and repeat nothing for a month. */
export const rulesScript = ({ rules, metric, tells }: Rules): string => `
insert into monitoring.tb_alert_rule (tenant_id, id, name, metric_name, comparison_operator, threshold, duration_minutes,
  evaluation_interval, suppress_duration, repeat_interval_seconds, notification_channels, created_by)
select '${tenantId}', 'rule-' || n, 'Rule ' || n, ${metric === undefined ? "'bench_metric_' || n" : `'${metric}'`}, 'gt', 5, 0, 60, 0, 2592000,
  '${tells ? '{in-app}' : '{}'}'::monitoring.notification_channel[], 'bench'
from generate_series(0, ${rules - 1}) n`;

/** A script that forgets the series of all rules and the alerts that are open or began since, so that all begin anew. */
export const forgetScript = (since: Date): string => `
set session_replication_role = replica;
delete from monitoring.alert_transition where ${mine} and at >= '${since.toISOString()}';
delete from monitoring.tb_alert where ${mine} and triggered_at >= '${since.toISOString()}';
delete from monitoring.alert_state where ${mine};
reset session_replication_role;`;

/** Scripts that leave a place tidy, as autovacuum does between two minutes, and not while something is measured. */
export const tidyScripts: readonly string[] = [
  'tb_alert',
  'alert_transition',
  'alert_state',
  'alert_evaluation',
  'alert_group',
  'notice',
].map((table) => `vacuum monitoring.${table}`);

/** Scripts that give rules a history of 30 days: so many alerts that are over, two transitions of each. */
export const historyScripts = (alerts: number, rules: number): readonly string[] => [
  `set session_replication_role = replica;
insert into monitoring.tb_alert (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold,
  triggered_at, resolved_at, notified_at, evaluated_at, labels, explanation)
select '${tenantId}', 'old-' || n, 'rule-' || n % ${rules}, 'resolved', 'warning', 'bench_metric is above 5', 9, 5, t.at,
  t.at + interval '10 minutes', t.at, t.at + interval '10 minutes',
  jsonb_build_object('mailbox_id', 'mailbox-' || n / 100 % 100), '{"metric": "bench_metric", "value": 9}'
from generate_series(0, ${alerts - 1}) n
cross join lateral (select timestamptz '2026-03-02' - interval '30 days' + n * interval '30 days' / ${alerts + 1} as at) t;
insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, value)
select a.tenant_id, a.id, case k.kind when 'firing' then a.triggered_at else a.resolved_at end, k.kind, 9
from monitoring.tb_alert a cross join (values ('firing'), ('resolved')) k(kind) where a.${mine};
reset session_replication_role`,
  'vacuum analyze monitoring.tb_alert, monitoring.alert_transition',
];

/** Facts of 10,000 mailboxes on two days, of which every twentieth bounces too much. */
export const mailboxesScript = (day: string): string => `
select olap.ensure_partitions(date '${day}' - 1, date '${day}');
insert into olap.mailbox_analytics (tenant_id, day, mailbox_id, company_id, sent, delivered, bounced, hard_bounced)
select '${tenantId}', date '${day}' - d, 'mailbox-' || n, 'company', 100, 100, case when n % 20 = 0 then 9 else 1 end, 0
from generate_series(0, 1) d, generate_series(0, 9999) n order by 2, 3;
analyze olap.mailbox_analytics;`;

/** A script that takes those facts away. */
export const noMailboxesScript = `delete from olap.mailbox_analytics where ${mine}`;

/** An hour of minutes of 100 endpoints with the 28 log buckets that 30 requests fall into, the same each minute or others. */
export const minutesScript = (hour: string, isMoving: boolean): string => `
select monitoring.ensure_partitions('${hour}', '${hour}', 'tb_performance_metric');
delete from monitoring.tb_performance_metric where ${mine};
insert into monitoring.tb_performance_metric (tenant_id, time, metric_name, endpoint, method, status_code, request_count,
  error_count, error_rate, value_count, value_sum, mean, min, max, sketch, p50, p95, p99)
select '${tenantId}', timestamptz '${hour}' + m * interval '1 minute', 'http_request_duration_ms', '/v1/endpoint/' || e, 'GET', 200,
  28, 0, 0, 28, 28 * 120, 120, 50, 400, s.sketch, 120, 300, 390
from generate_series(0, 59) m, generate_series(1, 100) e
cross join lateral (
  select jsonb_object_agg(200 + k * 4 + (${isMoving ? 'm + ' : ''}e + k) % 4, 1) as sketch from generate_series(0, 27) k
) s;
analyze monitoring.tb_performance_metric;`;

/** A script that writes so many notices of nothing but themselves into the outbox, due at a moment. */
export const noticesScript = (notices: number, due: Date, content: object): string => `
delete from monitoring.notice where ${mine};
delete from monitoring.in_app_notice where ${mine};
insert into monitoring.notice (tenant_id, id, dedup_key, kind, channel, recipient, group_id, content, created_at, next_attempt_at)
select '${tenantId}', 'notice-' || n, 'notice-' || n, 'firing', 'in-app', '*', 'group-' || n, '${JSON.stringify(content)}',
  '${due.toISOString()}', '${due.toISOString()}'
from generate_series(1, ${notices}) n;
analyze monitoring.notice;`;
