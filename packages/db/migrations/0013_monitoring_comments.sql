-- What every table and column of monitoring means; the data dictionary is made from these. No lock matters.
set local role rookery_owner;

do $$
declare
  given record;
begin
  -- Columns that mean the same wherever they appear.
  for given in
    select c.relname, a.attname, v.meaning
    from (values
      ('id', 'Identifies the row among those of its tenant.'),
      ('tenant_id', 'Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.'),
      ('name', 'Name that people read.'),
      ('description', 'What it is, in words. Null when nobody said.'),
      ('created_at', 'When the row was made.'),
      ('updated_at', 'When somebody last changed the row.'),
      ('updated', 'When a value of the row last changed. A recompute that changes nothing leaves it.'),
      ('metric_name', 'Name of the metric; metric_catalogue says of which type it is.'),
      ('endpoint', 'Endpoint concerned, as a route and not as an address with its identifiers. Null when it concerns none.'),
      ('method', 'HTTP method. Null when there was none.'),
      ('status_code', 'HTTP status. Null when there was none.'),
      ('user_id', 'User concerned; a pseudonym once anonymised. Null when nobody was signed in.'),
      ('session_id', 'Session concerned; a pseudonym once anonymised. Null when there was none.'),
      ('request_id', 'Request concerned, as the logs call it. Null when there was none.'),
      ('user_agent', 'Client that asked. Null when unknown or anonymised.'),
      ('ip_address', 'Address that asked. Null when unknown or anonymised.'),
      ('device_type', 'desktop, mobile or tablet. Null when unknown.'),
      ('browser', 'Browser of the user. Null when unknown.'),
      ('os', 'Operating system of the user. Null when unknown.'),
      ('severity', 'How bad it is.'),
      ('metadata', 'Further facts, by name.'),
      ('tags', 'Names and values to find it by.'),
      ('context', 'What was going on, by name; redacted when written.'),
      ('stack_trace', 'Stack at the time. Null when none was sent.'),
      ('breadcrumbs', 'What happened just before, oldest first.'),
      ('error_id', 'Group of errors (tb_error_log) it belongs to.'),
      ('response_time', 'Time until the answer, in milliseconds. Null when there was no answer.'),
      ('error_message', 'What went wrong. Null when nothing did.'),
      ('bucket', 'Start of the span of time that the row covers, in UTC.'),
      ('min', 'Smallest value, in the unit of the metric (milliseconds for latencies). Null when unknown.'),
      ('max', 'Greatest value, in the unit of the metric. Null when unknown.'),
      ('p50', 'Median of the values, in the unit of the metric. Null when no distribution is known.'),
      ('p95', '95th percentile of the values. Null when no distribution is known.'),
      ('p99', '99th percentile of the values. Null when no distribution is known.'),
      ('sketch', 'How many values lie in each log bucket: key k counts the values in (1.02^(k-1), 1.02^k], key zero those that are 0. Sketches add; percentiles are read from the sum. Null when no distribution is known.'),
      ('table_name', 'Table of monitoring concerned, without the schema.'),
      ('mark', 'Tells marks of one bucket apart; gaps are normal.'),
      ('marked_at', 'When the bucket was written into.'),
      ('user_key', 'The user as a keyed 64-bit hash (pseudonym_key, purpose count).'),
      ('cohort_month', 'First day of the month in which the user was first active, in UTC.'),
      ('archived_at', 'When the row was moved here.'),
      ('status', 'Where it stands.')
    ) v (attname, meaning)
    join pg_attribute a on a.attname = v.attname and a.attnum > 0
    join pg_class c on c.oid = a.attrelid
      and c.relnamespace = 'monitoring'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  loop
    execute format('comment on column monitoring.%I.%I is %L', given.relname, given.attname, given.meaning);
  end loop;

  -- What belongs to one table, or means something else there than elsewhere. No column: the table itself.
  for given in
    select * from (values
      ('tb_service_health', null, 'A service that is probed, with its state now (seed 004 §3.1).'),
      ('tb_service_health', 'service_type', 'database, cache, email, storage, api or another kind.'),
      ('tb_service_health', 'status', 'State by the last checks; unknown before the first.'),
      ('tb_service_health', 'last_check', 'When the service was last checked.'),
      ('tb_service_health', 'health_check_url', 'Address to probe. Null when something else reports the state.'),
      ('tb_service_health', 'check_interval', 'Seconds between checks.'),
      ('tb_service_health', 'timeout', 'Seconds after which a check has failed.'),
      ('tb_service_health', 'retry_count', 'Failures in a row after which the service is down.'),
      ('tb_service_health', 'metrics', 'What the service says of itself, by name.'),
      ('tb_service_health', 'uptime_24h', 'Share of the known time of the last 24 hours in which the service was up, in percent. Null when no time is known.'),
      ('tb_service_health', 'uptime_7d', 'The same over 7 days.'),
      ('tb_service_health', 'uptime_30d', 'The same over 30 days.'),

      ('tb_health_check_log', null, 'Every check of a service (seed 004 §3.2), in weekly partitions.'),
      ('tb_health_check_log', 'id', 'Number of the row; gaps are normal.'),
      ('tb_health_check_log', 'service_id', 'Service that was checked.'),
      ('tb_health_check_log', 'status', 'What this check found.'),
      ('tb_health_check_log', 'details', 'What the check saw, by name; never the body of an answer. Null when nothing more is known.'),
      ('tb_health_check_log', 'checked_at', 'When it was checked; decides the partition.'),

      ('metric_catalogue', null, 'What each metric measures: type and unit by its name.'),
      ('metric_catalogue', 'metric_type', 'How its values add up.'),
      ('metric_catalogue', 'unit', 'Unit of its values. Null when they have none.'),

      ('tb_performance_metric', null, 'Raw performance metrics, one sample a minute and series (seed 004 §3.3), in daily partitions. The series with its time is the key, so a sample delivered twice is one.'),
      ('tb_performance_metric', 'id', 'Number of the row; gaps are normal.'),
      ('tb_performance_metric', 'time', 'Start of the sampled minute; decides the partition.'),
      ('tb_performance_metric', 'mean', 'Mean of the values, in the unit of the metric. Null when unknown.'),
      ('tb_performance_metric', 'request_count', 'Requests that the sample covers; 0 for metrics that are not of requests.'),
      ('tb_performance_metric', 'error_count', 'Of request_count: failed.'),
      ('tb_performance_metric', 'error_rate', 'error_count as a percentage of request_count. Null without requests.'),
      ('tb_performance_metric', 'throughput', 'Requests a second. Null when it is not of requests.'),
      ('tb_performance_metric', 'tags', 'Names and values that tell series apart.'),
      ('tb_performance_metric', 'tags_hash', 'Hash of tags, which are too long for a key.'),

      ('tb_performance_metric_5min', null, 'Performance metrics of each five minutes, made from the raw ones (seed 004 §3.3).'),
      ('tb_performance_metric_hourly', null, 'Performance metrics of each hour, made from the five minutes (seed 004 §3.3).'),

      ('tb_error_log', null, 'Groups of equal errors (seed 004 §3.4): one row for each tenant, environment and hash. What is told of one error is that of the latest occurrence.'),
      ('tb_error_log', 'time', 'last_seen under the seed''s name; retention counts from it.'),
      ('tb_error_log', 'error_hash', 'Fingerprint of the group: SHA-256 in hex of what makes errors equal.'),
      ('tb_error_log', 'message', 'Message of the error.'),
      ('tb_error_log', 'error_type', 'Type of the error, such as its class.'),
      ('tb_error_log', 'file_path', 'File it came from. Null when unknown.'),
      ('tb_error_log', 'line_number', 'Line it came from. Null when unknown.'),
      ('tb_error_log', 'function_name', 'Function it came from. Null when unknown.'),
      ('tb_error_log', 'environment', 'Environment it happened in.'),
      ('tb_error_log', 'first_seen', 'First occurrence.'),
      ('tb_error_log', 'last_seen', 'Latest occurrence.'),
      ('tb_error_log', 'occurrence_count', 'Occurrences so far.'),
      ('tb_error_log', 'affected_users', 'Distinct users it happened to (error_user); 0 when nobody was signed in.'),
      ('tb_error_log', 'status', 'Where the work on it stands; unresolved ones are never deleted.'),
      ('tb_error_log', 'assigned_to', 'Who works on it. Null when nobody does.'),
      ('tb_error_log', 'resolution_note', 'How it was resolved. Null when nobody said.'),
      ('tb_error_log', 'resolved_at', 'When it was resolved. Null when it never was.'),

      ('error_user', null, 'Users that a group of errors has met, one row each.'),
      ('error_user', 'user_id', 'User it happened to; a pseudonym once anonymised.'),
      ('error_user', 'first_seen', 'When it first happened to the user.'),

      ('tb_error_instance', null, 'Single occurrences of errors (seed 004 §3.5), in weekly partitions.'),
      ('tb_error_instance', 'id', 'Number of the row; gaps are normal.'),
      ('tb_error_instance', 'occurred_at', 'When it happened; decides the partition.'),

      ('audit_event_key', null, 'The identifiers of audit events with the time of each: they are unique here, and an event needs its own.'),
      ('audit_event_key', 'event_id', 'Identifier that the writer chose.'),
      ('audit_event_key', 'time', 'Time of the event; tells its partition.'),

      ('tb_audit_event', null, 'Every audited action, reads and sign-ins included (seed 004 §3.6), in monthly partitions. What compliance must prove is also in olap.admin_audit_log.'),
      ('tb_audit_event', 'id', 'Number of the row; gaps are normal.'),
      ('tb_audit_event', 'time', 'When it happened; decides the partition.'),
      ('tb_audit_event', 'event_id', 'Identifier that the writer chose; delivered twice it is one event.'),
      ('tb_audit_event', 'user_id', 'Who acted; kept when the event is anonymised.'),
      ('tb_audit_event', 'user_email', 'Address of who acted; anonymized@example.com once anonymised.'),
      ('tb_audit_event', 'user_role', 'Role of who acted.'),
      ('tb_audit_event', 'action_type', 'What was done.'),
      ('tb_audit_event', 'resource_type', 'Kind of the thing it was done to.'),
      ('tb_audit_event', 'resource_id', 'The thing it was done to. Null when there was none.'),
      ('tb_audit_event', 'resource_name', 'Its name at the time. Null when it had none.'),
      ('tb_audit_event', 'description', 'What was done, as a sentence.'),
      ('tb_audit_event', 'before_data', 'The thing before the action. Null when there was none.'),
      ('tb_audit_event', 'after_data', 'The thing after the action. Null when there is none.'),
      ('tb_audit_event', 'changes', 'The fields that changed. Null when none did.'),
      ('tb_audit_event', 'outcome', 'success or failure.'),
      ('tb_audit_event', 'failure_reason', 'Why it failed. Null when it did not.'),
      ('tb_audit_event', 'ip_address', 'Address it was done from. Null only once anonymised.'),
      ('tb_audit_event', 'module', 'Part of the product. Null when unknown.'),

      ('tb_audit_event_archive', null, 'Audit events that have left tb_audit_event, as they were (seed 004 §6.2).'),
      ('tb_error_log_archive', null, 'Groups of errors that have left tb_error_log, as they were (seed 004 §6.2).'),

      ('tb_escalation_policy', null, 'Whom to tell next when nobody acknowledges an alert.'),
      ('tb_escalation_policy', 'levels', 'Whom to tell, level by level: an array of objects.'),

      ('tb_alert_rule', null, 'When to raise an alert, and whom to tell (seed 004 §3.7). Rules are marked deleted, because their alerts stay.'),
      ('tb_alert_rule', 'severity', 'How bad its alerts are.'),
      ('tb_alert_rule', 'status', 'Whether it is evaluated.'),
      ('tb_alert_rule', 'metric_name', 'Metric that it watches.'),
      ('tb_alert_rule', 'comparison_operator', 'How the value is compared with the threshold.'),
      ('tb_alert_rule', 'threshold', 'What the value is compared with; for contains and not-contains, how many samples must match.'),
      ('tb_alert_rule', 'duration_minutes', 'Minutes for which it must hold before the alert.'),
      ('tb_alert_rule', 'evaluation_interval', 'Seconds between evaluations.'),
      ('tb_alert_rule', 'scope', 'Which series it watches, by label; pattern for contains and not-contains.'),
      ('tb_alert_rule', 'notification_channels', 'Ways to tell people.'),
      ('tb_alert_rule', 'notification_recipients', 'Whom to tell, by channel.'),
      ('tb_alert_rule', 'notification_template', 'Name of the text to send. Null: the usual one.'),
      ('tb_alert_rule', 'auto_resolve', 'Whether the alert resolves by itself when the rule no longer holds.'),
      ('tb_alert_rule', 'suppress_duration', 'Seconds after a notification during which a new alert stays silent. Null: none.'),
      ('tb_alert_rule', 'max_alerts_per_hour', 'Most notifications in an hour. Null: any number.'),
      ('tb_alert_rule', 'escalation_policy_id', 'Whom to tell next. Null: nobody.'),
      ('tb_alert_rule', 'escalation_delay', 'Minutes without an acknowledgment until then. Null: as the policy says.'),
      ('tb_alert_rule', 'created_by', 'Who made the rule.'),
      ('tb_alert_rule', 'last_triggered', 'When it last raised an alert. Null when it never did.'),
      ('tb_alert_rule', 'deleted_at', 'When it was deleted. Null while it is in force.'),

      ('tb_alert', null, 'Alerts that rules have raised (seed 004 §3.8): at most one open for each rule and set of labels.'),
      ('tb_alert', 'alert_rule_id', 'Rule that raised it.'),
      ('tb_alert', 'message', 'What is wrong, as a sentence.'),
      ('tb_alert', 'current_value', 'Value at the last evaluation while it was open.'),
      ('tb_alert', 'threshold', 'Threshold of the rule when it was raised.'),
      ('tb_alert', 'triggered_at', 'When it was raised.'),
      ('tb_alert', 'acknowledged_at', 'When somebody took it on. Null when nobody did.'),
      ('tb_alert', 'acknowledged_by', 'Who took it on. Null when nobody did.'),
      ('tb_alert', 'acknowledgment_note', 'What they said. Null when nothing.'),
      ('tb_alert', 'resolved_at', 'When it ended. Null while it is open.'),
      ('tb_alert', 'resolution_note', 'How it ended. Null when nobody said.'),
      ('tb_alert', 'notifications_sent', 'What was sent to whom, oldest first.'),
      ('tb_alert', 'labels', 'The series it is about, by label.'),
      ('tb_alert', 'fingerprint', 'Hash of labels.'),

      ('tb_dashboard', null, 'Dashboards (seed 004 §3.9).'),
      ('tb_dashboard', 'visibility', 'Who may see it.'),
      ('tb_dashboard', 'owner_id', 'Who made it.'),
      ('tb_dashboard', 'team_id', 'Team that sees it, as the token names teams. Null: none.'),
      ('tb_dashboard', 'layout', 'How the widgets are arranged: an array of objects.'),
      ('tb_dashboard', 'variables', 'Variables of its widgets, by name.'),
      ('tb_dashboard', 'auto_refresh', 'Whether it refreshes by itself.'),
      ('tb_dashboard', 'refresh_interval', 'Seconds between refreshes.'),
      ('tb_dashboard', 'default_time_range', 'Span shown at first, such as 24h.'),
      ('tb_dashboard', 'theme', 'light or dark.'),
      ('tb_dashboard', 'tags', 'Words to find it by.'),
      ('tb_dashboard', 'is_template', 'Whether others are made from it.'),

      ('tb_widget', null, 'Widgets of dashboards (seed 004 §3.10).'),
      ('tb_widget', 'dashboard_id', 'Dashboard that shows it.'),
      ('tb_widget', 'title', 'Title that people read.'),
      ('tb_widget', 'widget_type', 'How it shows its data.'),
      ('tb_widget', 'position', 'Place and size on the grid: x, y, w, h.'),
      ('tb_widget', 'data_source', 'Where its data comes from.'),
      ('tb_widget', 'metric_name', 'Metric that it shows. Null when it shows none.'),
      ('tb_widget', 'query', 'Question of a custom-query widget. Null otherwise.'),
      ('tb_widget', 'aggregation', 'sum, avg, min, max or count. Null: none.'),
      ('tb_widget', 'time_range', 'Span it shows. Null: that of the dashboard.'),
      ('tb_widget', 'filters', 'What it is narrowed to, by name.'),
      ('tb_widget', 'visualization', 'How the chart looks, by name.'),
      ('tb_widget', 'refresh_interval', 'Seconds between refreshes. Null: as the dashboard.'),

      ('tb_integration_health', null, 'External services that the product depends on, with their settings and state now (seed 004 §3.11).'),
      ('tb_integration_health', 'integration_type', 'Kind of service.'),
      ('tb_integration_health', 'status', 'State by the last checks; unknown before the first.'),
      ('tb_integration_health', 'endpoint_url', 'Address of the service. Null when it has none.'),
      ('tb_integration_health', 'api_version', 'Version of its interface. Null when unknown.'),
      ('tb_integration_health', 'last_check', 'When it was last checked.'),
      ('tb_integration_health', 'last_success', 'When a call last succeeded. Null when none did.'),
      ('tb_integration_health', 'configured_at', 'When it was set up.'),
      ('tb_integration_health', 'success_rate_24h', 'Successful calls of the last 24 hours, in percent. Null without calls.'),
      ('tb_integration_health', 'avg_response_time', 'Mean time until the answer over the last 24 hours, in milliseconds. Null without answers.'),
      ('tb_integration_health', 'rate_limit_quota', 'Calls that the service allows. Null when it does not say.'),
      ('tb_integration_health', 'rate_limit_remaining', 'Calls that are left. Null when it does not say.'),
      ('tb_integration_health', 'rate_limit_reset', 'When the allowance is whole again. Null when it does not say.'),
      ('tb_integration_health', 'error_count_24h', 'Failed calls of the last 24 hours.'),
      ('tb_integration_health', 'webhook_url', 'Where the service calls us. Null when it does not.'),
      ('tb_integration_health', 'webhook_secret', 'Ciphertext: the secret that signs webhooks. The API cannot read it. Null when there is none.'),
      ('tb_integration_health', 'authentication', 'Ciphertext: how we authenticate to the service. The API cannot read it. Null when we need not.'),
      ('tb_integration_health', 'settings', 'Settings that are no secret, by name.'),
      ('tb_integration_health', 'is_active', 'Whether it is in use.'),

      ('tb_integration_event', null, 'Calls to and from external services (seed 004 §3.12), in weekly partitions.'),
      ('tb_integration_event', 'id', 'Number of the row; gaps are normal.'),
      ('tb_integration_event', 'integration_id', 'Service concerned.'),
      ('tb_integration_event', 'event_type', 'api-call, webhook-delivery or error.'),
      ('tb_integration_event', 'direction', 'outbound or inbound.'),
      ('tb_integration_event', 'success', 'Whether it succeeded.'),
      ('tb_integration_event', 'request_payload', 'What was sent, redacted and cut to size when written. Null when not kept.'),
      ('tb_integration_event', 'response_payload', 'What came back, redacted and cut to size when written. Null when not kept.'),
      ('tb_integration_event', 'retry_count', 'Attempts after the first.'),
      ('tb_integration_event', 'occurred_at', 'When it happened; decides the partition.'),

      ('tb_user_activity', null, 'What users do in the modules of the product (seed 004 §3.13), in weekly partitions. Clickstream goes to product analytics instead.'),
      ('tb_user_activity', 'id', 'Number of the row; gaps are normal.'),
      ('tb_user_activity', 'time', 'When it happened; decides the partition.'),
      ('tb_user_activity', 'user_id', 'User who acted; a pseudonym once anonymised.'),
      ('tb_user_activity', 'session_id', 'Session of the user; a pseudonym once anonymised. No foreign key: activity may come before its session.'),
      ('tb_user_activity', 'activity_type', 'page-view, action or feature-use.'),
      ('tb_user_activity', 'module', 'Part of the product. Null when unknown.'),
      ('tb_user_activity', 'feature', 'Feature of the module. Null when unknown.'),
      ('tb_user_activity', 'page_url', 'Page. Null when unknown or anonymised.'),
      ('tb_user_activity', 'action', 'What was done. Null when it was only looked at.'),
      ('tb_user_activity', 'duration', 'Seconds spent. Null when unknown.'),

      ('tb_user_activity_hourly', null, 'Activity of each hour by module, feature and type (seed 004 §3.13). The users of any hours are counted by uniting their sets.'),
      ('tb_user_activity_hourly', 'module', 'Part of the product. Null when unknown.'),
      ('tb_user_activity_hourly', 'feature', 'Feature of the module. Null when unknown.'),
      ('tb_user_activity_hourly', 'activity_type', 'page-view, action or feature-use.'),
      ('tb_user_activity_hourly', 'unique_users', 'Distinct users of the hour: the size of users. Not to be added up.'),
      ('tb_user_activity_hourly', 'total_activities', 'Activities of the hour.'),
      ('tb_user_activity_hourly', 'avg_duration', 'Mean seconds spent, of the activities that say it. Null when none does.'),
      ('tb_user_activity_hourly', 'duration_sum', 'Seconds spent, of the activities that say it.'),
      ('tb_user_activity_hourly', 'duration_count', 'Activities that say how long they took.'),
      ('tb_user_activity_hourly', 'users', 'The distinct users in ascending order, as keyed 64-bit hashes (pseudonym_key, purpose count).'),

      ('user_activity_daily', null, 'Who was active on each day, written before the activity is anonymised.'),
      ('user_activity_daily', 'day', 'Day in UTC.'),
      ('user_cohort', null, 'The month in which each user was first active.'),
      ('user_cohort_month', null, 'How many users of each cohort were active in each month; no user can be told from it.'),
      ('user_cohort_month', 'month', 'First day of the month, in UTC.'),
      ('user_cohort_month', 'active_users', 'Users of the cohort who were active in the month; in the cohort''s own month, its size.'),

      ('tb_user_session', null, 'Sessions of users (seed 004 §3.14).'),
      ('tb_user_session', 'user_id', 'User of the session; a pseudonym once anonymised.'),
      ('tb_user_session', 'started_at', 'When it began.'),
      ('tb_user_session', 'ended_at', 'When it ended. Null while it lasts; retention then counts from started_at.'),
      ('tb_user_session', 'duration', 'Seconds it took. Null while it lasts.'),
      ('tb_user_session', 'page_views', 'Pages seen.'),
      ('tb_user_session', 'actions', 'Things done.'),

      ('retention_policy', null, 'How long each table is kept: for platform, what holds for everybody; for a tenant, what differs. A table without a row is kept for good.'),
      ('retention_policy', 'keep_days', 'Rows are deleted when they are older than so many days, at the latest a partition and a run of the job later.'),
      ('retention_policy', 'keep_days_least', 'Shortest time that may be chosen. Null: any.'),
      ('retention_policy', 'keep_days_most', 'Longest time that may be chosen. Null: any.'),
      ('retention_policy', 'archive', 'Whether rows are moved to the archive of the table before they are deleted.'),
      ('retention_policy', 'anonymise_after_days', 'Age in days at which personal fields are anonymised. Null: never.'),

      ('legal_hold', null, 'Rows that must not be deleted, whatever the policies say.'),
      ('legal_hold', 'id', 'Number of the hold; gaps are normal.'),
      ('legal_hold', 'held_from', 'First instant of the rows that are held.'),
      ('legal_hold', 'held_until', 'First instant after them. Null: all that follow.'),
      ('legal_hold', 'reason', 'Why they are held.'),
      ('legal_hold', 'placed_by', 'Who placed the hold.'),
      ('legal_hold', 'placed_at', 'When the hold was placed.'),
      ('legal_hold', 'released_at', 'When the hold ended. Null while it is in force.'),

      ('retention_run', null, 'What retention has done, step by step: the proof that something was deleted, and where to go on after an interruption. Each step of a slot is one row.'),
      ('retention_run', 'id', 'Number of the row; gaps are normal.'),
      ('retention_run', 'action', 'rollup, archive, anonymise, delete or drop.'),
      ('retention_run', 'scheduled_time', 'Slot that the schedule gave, not the time it ran.'),
      ('retention_run', 'partition_name', 'Partition it was done to. Null when it was done to rows of the table.'),
      ('retention_run', 'covers_until', 'First instant whose rows were left alone.'),
      ('retention_run', 'dry_run', 'True when it was only counted what would be done.'),
      ('retention_run', 'rows', 'Rows it was done to. Null until it is finished.'),
      ('retention_run', 'checksum', 'Digest of those rows, to compare with the archive. Null when none was made.'),
      ('retention_run', 'detail', 'Further facts, by name.'),
      ('retention_run', 'started_at', 'When it began.'),
      ('retention_run', 'finished_at', 'When it ended. Null while it runs, or when it died.'),

      ('pseudonym_key', null, 'Secret keys of pseudonyms, for each tenant and period. A destroyed key makes its pseudonyms anonymous.'),
      ('pseudonym_key', 'purpose', 'anonymise: pseudonyms of one period in the streams. count: the hashes by which users are counted, across periods.'),
      ('pseudonym_key', 'period_start', 'First day of the period, in UTC.'),
      ('pseudonym_key', 'period_end', 'First day after the period. Null: no end yet.'),
      ('pseudonym_key', 'key', 'The key. Null once destroyed.'),
      ('pseudonym_key', 'destroyed_at', 'When the key was destroyed. Null while it exists.'),

      ('performance_metric_5min_dirty', null, 'Five minutes to recompute in tb_performance_metric_5min, a row for each time one was written into.'),
      ('performance_metric_hourly_dirty', null, 'Hours to recompute in tb_performance_metric_hourly.'),
      ('user_activity_hourly_dirty', null, 'Hours to recompute in tb_user_activity_hourly.'),
      ('user_activity_daily_dirty', null, 'Days to recompute in user_activity_daily.'),
      ('user_cohort_month_dirty', null, 'Months to recompute in user_cohort_month.')
    ) v (relation, attname, meaning)
  loop
    execute format('comment on %s is %L',
      case
        when given.attname is not null then format('column monitoring.%I.%I', given.relation, given.attname)
        else format('table monitoring.%I', given.relation)
      end, given.meaning);
  end loop;

  -- Both rollups of metrics have the same columns.
  for given in
    select t.relation, v.attname, v.meaning from (values ('tb_performance_metric_5min'), ('tb_performance_metric_hourly')) t (relation)
    cross join (values
      ('avg_p50', 'p50 under the seed''s name; merged, never an average.'),
      ('avg_p95', 'p95 under the seed''s name; merged, never an average.'),
      ('avg_p99', 'p99 under the seed''s name; merged, never an average.'),
      ('total_requests', 'Requests of the span.'),
      ('total_errors', 'Of total_requests: failed.'),
      ('avg_error_rate', 'total_errors as a percentage of total_requests. Null without requests.'),
      ('value_sum', 'Sum of all values of the span; the mean is value_sum / value_count.'),
      ('value_count', 'How many values that sum has: requests, or samples of what is not of requests.'),
      ('samples', 'Raw samples that the row is made of.')
    ) v (attname, meaning)
  loop
    execute format('comment on column monitoring.%I.%I is %L', given.relation, given.attname, given.meaning);
  end loop;

  -- An archived row means what it meant before.
  for given in
    select archive.relname, a.attname, col_description(source.oid, s.attnum) as meaning
    from pg_class archive
    join pg_class source on source.relnamespace = archive.relnamespace and archive.relname = source.relname || '_archive'
    join pg_attribute s on s.attrelid = source.oid and s.attnum > 0
    join pg_attribute a on a.attrelid = archive.oid and a.attname = s.attname
    where archive.relnamespace = 'monitoring'::regnamespace
  loop
    execute format('comment on column monitoring.%I.%I is %L', given.relname, given.attname, given.meaning);
  end loop;
end $$;

comment on function monitoring.streams() is
  'The partitioned streams of monitoring: the column that decides the partition, and the span of one in UTC.';
comment on function monitoring.ensure_partitions(timestamptz, timestamptz, text) is
  'Makes the partitions that hold the instants first_time to last_time, both inclusive, of one stream or, without only_stream, of all; returns how many it made.';
comment on function monitoring.drop_partition(text, timestamptz) is
  'Drops one partition of a stream that ended by the instant before, and returns its name and how many rows it had. Refuses when it ended later, when a policy of any tenant or a legal hold keeps a row of it, when a rollup still needs it, and when an audit event of it is not archived.';

reset role;
set local role rookery_ops;
comment on function monitoring.partition_obstacle(text, timestamptz, timestamptz) is
  'Why the rows of a stream between two instants may not be dropped, as words; null when they may. Runs as rookery_ops, because the owner sees no tenant''s rows.';

reset role;
