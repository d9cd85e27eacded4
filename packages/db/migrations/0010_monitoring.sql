-- The schema of the monitoring tier and its twelve types (seed 004 §2), in a schema of its own: the aggregation has no grant
-- in it (C45). No lock matters: nothing uses them yet.
create schema monitoring authorization rookery_owner;
comment on schema monitoring is
  'The monitoring tier: health, performance, errors, audit, alerts, dashboards, integrations, activity, and how long each is kept. Not part of the warehouse.';

set local role rookery_owner;

create type monitoring.service_status as enum ('healthy', 'degraded', 'down', 'unknown');
create type monitoring.severity_level as enum ('debug', 'info', 'warning', 'error', 'fatal', 'critical');
create type monitoring.alert_status as enum ('active', 'acknowledged', 'resolved', 'suppressed');
create type monitoring.alert_rule_status as enum ('enabled', 'disabled', 'testing');
create type monitoring.error_status as enum ('new', 'acknowledged', 'in-progress', 'resolved', 'ignored');
create type monitoring.notification_channel as enum ('email', 'slack', 'sms', 'webhook', 'pagerduty', 'in-app');
create type monitoring.audit_action_type as enum (
  'create', 'read', 'update', 'delete', 'execute', 'export', 'login', 'logout', 'access-denied'
);
create type monitoring.metric_type as enum ('counter', 'gauge', 'histogram', 'summary');
create type monitoring.widget_type as enum (
  'time-series', 'counter', 'gauge', 'table', 'pie-chart', 'bar-chart', 'heatmap', 'alert-list', 'custom-query'
);
create type monitoring.integration_type as enum (
  'payment-gateway', 'email-service', 'cloud-storage', 'auth-provider', 'analytics', 'erp-system', 'sms-service', 'webhook'
);
create type monitoring.dashboard_visibility as enum ('private', 'team', 'organization', 'public');
create type monitoring.comparison_operator as enum (
  'gt', 'gte', 'lt', 'lte', 'eq', 'ne', 'contains', 'not-contains'
);

comment on type monitoring.service_status is 'State of a service or an integration; unknown without fresh checks.';
comment on type monitoring.severity_level is 'How bad, in ascending order: order by severity desc puts the worst first (C22).';
comment on type monitoring.alert_status is 'State of an alert. Pending is no state of an alert: it lives with the evaluator (C33).';
comment on type monitoring.alert_rule_status is 'Whether a rule is evaluated; testing is evaluated and never notifies (C39).';
comment on type monitoring.error_status is 'Where work on a group of errors stands; new, acknowledged and in-progress are unresolved.';
comment on type monitoring.notification_channel is 'Ways to tell people about an alert.';
comment on type monitoring.audit_action_type is 'What an audited action did.';
comment on type monitoring.metric_type is 'How the values of a metric add up.';
comment on type monitoring.widget_type is 'How a widget shows its data.';
comment on type monitoring.integration_type is 'Kinds of external services.';
comment on type monitoring.dashboard_visibility is 'Who may see a dashboard.';
comment on type monitoring.comparison_operator is
  'How a rule compares a value with its threshold; contains and not-contains search texts for scope.pattern (C36).';

reset role;
