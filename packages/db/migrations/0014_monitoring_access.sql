-- Row-level security on every table of monitoring, as in 0006, and grants on parents only. rookery_etl has none of them (C45):
-- the policies name it so that it would be confined even if it had.
set local role rookery_owner;

do $$
declare
  table_name text;
begin
  for table_name in
    select relname from pg_class
    where relnamespace = 'monitoring'::regnamespace and relkind in ('r', 'p') and not relispartition
  loop
    execute format('alter table monitoring.%I enable row level security', table_name);
    execute format('alter table monitoring.%I force row level security', table_name);
    execute format(
      'create policy one_tenant on monitoring.%I to rookery_etl, rookery_api, rookery_ingest'
      ' using (tenant_id = (select current_setting(''app.tenant_id'', true)))'
      ' with check (tenant_id = (select current_setting(''app.tenant_id'', true)))', table_name);
    execute format('create policy every_tenant on monitoring.%I to rookery_ops using (true) with check (true)', table_name);
    execute format('grant select on monitoring.%I to rookery_ops', table_name);
  end loop;
end $$;

grant usage on schema monitoring to rookery_api, rookery_ingest;

-- Ingestion: one tenant at a time. Streams get rows added, groups and states get them changed.
grant select, insert on
  monitoring.tb_health_check_log, monitoring.tb_performance_metric, monitoring.tb_error_instance, monitoring.error_user,
  monitoring.tb_audit_event, monitoring.audit_event_key, monitoring.tb_integration_event, monitoring.tb_user_activity
  to rookery_ingest;
grant select, insert, update on
  monitoring.tb_service_health, monitoring.tb_error_log, monitoring.tb_user_session, monitoring.metric_catalogue
  to rookery_ingest;
grant insert on
  monitoring.performance_metric_5min_dirty, monitoring.user_activity_hourly_dirty, monitoring.user_activity_daily_dirty
  to rookery_ingest;
grant update (
  status, last_check, last_success, success_rate_24h, avg_response_time, rate_limit_quota, rate_limit_remaining,
  rate_limit_reset, error_count_24h, updated_at
) on monitoring.tb_integration_health to rookery_ingest;

-- The API: reads. Keys, marks and whom an error met stay inside.
grant select on
  monitoring.tb_service_health, monitoring.tb_health_check_log, monitoring.metric_catalogue, monitoring.tb_performance_metric,
  monitoring.tb_performance_metric_5min, monitoring.tb_performance_metric_hourly, monitoring.tb_error_log,
  monitoring.tb_error_log_archive, monitoring.tb_error_instance, monitoring.tb_audit_event,
  monitoring.tb_audit_event_archive, monitoring.audit_event_key, monitoring.tb_escalation_policy, monitoring.tb_alert_rule,
  monitoring.tb_alert, monitoring.tb_dashboard, monitoring.tb_widget, monitoring.tb_integration_event,
  monitoring.tb_user_activity, monitoring.tb_user_activity_hourly, monitoring.tb_user_session,
  monitoring.user_activity_daily, monitoring.user_cohort_month, monitoring.retention_policy, monitoring.legal_hold,
  monitoring.retention_run
  to rookery_api;

-- Everything of an integration but its two secrets.
grant select (
  id, tenant_id, name, integration_type, status, endpoint_url, api_version, last_check, last_success, configured_at,
  success_rate_24h, avg_response_time, rate_limit_quota, rate_limit_remaining, rate_limit_reset, error_count_24h,
  webhook_url, settings, is_active, created_at, updated_at
) on monitoring.tb_integration_health to rookery_api, rookery_ingest;

-- Operations across tenants: states and configuration, rollups, retention.
grant insert, update, delete on
  monitoring.tb_service_health, monitoring.metric_catalogue, monitoring.tb_error_log, monitoring.tb_escalation_policy,
  monitoring.tb_alert, monitoring.tb_dashboard, monitoring.tb_widget, monitoring.tb_integration_health,
  monitoring.tb_user_session, monitoring.tb_performance_metric_5min, monitoring.tb_performance_metric_hourly,
  monitoring.tb_user_activity_hourly, monitoring.user_activity_daily, monitoring.user_cohort, monitoring.user_cohort_month,
  monitoring.retention_policy
  to rookery_ops;
-- Rules are marked deleted, never deleted (C31).
grant insert, update on monitoring.tb_alert_rule to rookery_ops;
grant insert, delete on
  monitoring.performance_metric_5min_dirty, monitoring.performance_metric_hourly_dirty,
  monitoring.user_activity_hourly_dirty, monitoring.user_activity_daily_dirty, monitoring.user_cohort_month_dirty
  to rookery_ops;

-- Streams: operations add what they do themselves, delete what one tenant keeps shorter than the partition stands, and change
-- only what anonymising may change.
grant insert, delete on
  monitoring.tb_health_check_log, monitoring.tb_performance_metric, monitoring.tb_error_instance, monitoring.error_user,
  monitoring.tb_audit_event, monitoring.audit_event_key, monitoring.tb_integration_event, monitoring.tb_user_activity
  to rookery_ops;
grant update (user_id, session_id, request_id, context, stack_trace, breadcrumbs) on monitoring.tb_error_instance to rookery_ops;
grant update (user_id) on monitoring.error_user to rookery_ops;
grant update (
  user_email, description, before_data, after_data, changes, failure_reason, ip_address, user_agent, session_id, metadata
) on monitoring.tb_audit_event, monitoring.tb_audit_event_archive to rookery_ops;
grant update (error_message, request_payload, response_payload) on monitoring.tb_integration_event to rookery_ops;
grant update (user_id, session_id, page_url, metadata, device_type, browser, os, ip_address)
  on monitoring.tb_user_activity to rookery_ops;
grant insert, delete on monitoring.tb_audit_event_archive, monitoring.tb_error_log_archive to rookery_ops;
grant update (
  message, stack_trace, user_id, session_id, request_id, user_agent, ip_address, context, breadcrumbs
) on monitoring.tb_error_log_archive to rookery_ops;

-- A hold is released and a key destroyed, and both leave their row; a run is finished, and nothing else of it changes.
grant insert on monitoring.legal_hold, monitoring.retention_run, monitoring.pseudonym_key to rookery_ops;
grant update (released_at, held_until) on monitoring.legal_hold to rookery_ops;
grant update (rows, checksum, detail, finished_at) on monitoring.retention_run to rookery_ops;
grant update (key, destroyed_at, period_end) on monitoring.pseudonym_key to rookery_ops;

grant usage on
  sequence monitoring.tb_health_check_log_id_seq, monitoring.tb_performance_metric_id_seq,
  monitoring.tb_error_instance_id_seq, monitoring.tb_audit_event_id_seq, monitoring.tb_integration_event_id_seq,
  monitoring.tb_user_activity_id_seq
  to rookery_ingest, rookery_ops;

-- Room to write from the first moment: what each stream keeps behind, so much of it as a first collector may bring, and ahead
-- what lasts until the maintenance schedule has run.
select monitoring.ensure_partitions(now() - interval '7 days', now() + interval '7 days', 'tb_performance_metric');
select monitoring.ensure_partitions(now() - interval '1 month', now() + interval '2 weeks', stream)
from monitoring.streams() where period = 'week';
select monitoring.ensure_partitions(now() - interval '1 month', now() + interval '3 months', 'tb_audit_event');

reset role;
