-- The fourteen tables of seed 004 §3, and the small ones without which their keys cannot hold. Column names, types and index
-- names are the seed's; every table has a tenant, and every key and index leads with it: the policies ask for one tenant, and
-- an error about a key says nothing about another tenant's. Empty tables: no lock matters.
set local role rookery_owner;

create table monitoring.tb_service_health (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  name varchar(100) not null,
  description text,
  service_type varchar(50) not null,
  status monitoring.service_status not null default 'unknown',
  last_check timestamptz not null default now(),
  health_check_url varchar(500),
  check_interval integer not null default 300 check (check_interval > 0),
  timeout integer not null default 30 check (timeout > 0),
  retry_count integer not null default 3 check (retry_count >= 0),
  metrics jsonb not null default '{}',
  -- DECIMAL(5,2) in the seed, which cannot hold 99.999.
  uptime_24h numeric(9,6) check (uptime_24h between 0 and 100),
  uptime_7d numeric(9,6) check (uptime_7d between 0 and 100),
  uptime_30d numeric(9,6) check (uptime_30d between 0 and 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index idx_service_health_status on monitoring.tb_service_health (tenant_id, status);
create index idx_service_health_type on monitoring.tb_service_health (tenant_id, service_type);
create index idx_service_health_last_check on monitoring.tb_service_health (tenant_id, last_check desc);

-- Identity columns on partitioned tables need Postgres 17; the sequences cache because nobody reads an order into them.
create sequence monitoring.tb_health_check_log_id_seq cache 100;
create table monitoring.tb_health_check_log (
  id bigint not null default nextval('monitoring.tb_health_check_log_id_seq'),
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  service_id varchar(50) not null,
  status monitoring.service_status not null,
  response_time integer check (response_time >= 0),
  error_message text,
  details jsonb,
  checked_at timestamptz not null default now(),
  primary key (tenant_id, checked_at, id),
  foreign key (tenant_id, service_id) references monitoring.tb_service_health (tenant_id, id) on delete cascade
) partition by range (checked_at);
create index idx_health_check_service on monitoring.tb_health_check_log (tenant_id, service_id, checked_at desc);
create index idx_health_check_status on monitoring.tb_health_check_log (tenant_id, status, checked_at desc);
-- The seed's retention indexes say now() in their predicate, which cannot run (C15): plain ones, for sweeps over all tenants.
create index idx_health_check_retention on monitoring.tb_health_check_log using brin (checked_at);

create table monitoring.metric_catalogue (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  metric_name varchar(100) not null,
  metric_type monitoring.metric_type not null,
  unit varchar(20),
  description text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, metric_name)
);

create sequence monitoring.tb_performance_metric_id_seq cache 100;
create table monitoring.tb_performance_metric (
  id bigint not null default nextval('monitoring.tb_performance_metric_id_seq'),
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  time timestamptz not null,
  metric_name varchar(100) not null,
  endpoint varchar(500),
  method varchar(10),
  status_code integer,
  p50 numeric(10,2),
  p95 numeric(10,2),
  p99 numeric(10,2),
  mean numeric(10,2),
  min numeric(10,2),
  max numeric(10,2),
  request_count integer not null default 0 check (request_count >= 0),
  error_count integer not null default 0,
  -- DECIMAL(5,2) in the seed, which cannot hold 0.004.
  error_rate numeric(9,6) check (error_rate between 0 and 100),
  throughput numeric(10,2) check (throughput >= 0),
  tags jsonb default '{}',
  -- jsonb keeps its keys in one order, so equal tags have equal hashes; an index over the tags themselves has a size limit.
  tags_hash uuid not null generated always as (md5(coalesce(tags, '{}')::text)::uuid) stored,
  sketch jsonb check (jsonb_typeof(sketch) = 'object'),
  primary key (tenant_id, time, id),
  -- The seed's key lacks the method and makes endpoint required, though infrastructure has none (C14).
  constraint tb_performance_metric_series unique nulls not distinct
    (tenant_id, time, metric_name, endpoint, method, status_code, tags_hash),
  check (error_count between 0 and request_count)
) partition by range (time);
create index idx_performance_metric_endpoint on monitoring.tb_performance_metric (tenant_id, endpoint, time desc);
create index idx_performance_metric_name on monitoring.tb_performance_metric (tenant_id, metric_name, time desc);
create index idx_performance_metric_tags on monitoring.tb_performance_metric using gin (tags);

-- One row per group of equal errors, so neither partitioned nor a log (C16, C17); its occurrences are tb_error_instance.
create table monitoring.tb_error_log (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  -- Retention counts from the last occurrence, not the first (C18).
  time timestamptz not null generated always as (last_seen) stored,
  error_hash varchar(64) not null check (error_hash ~ '^[0-9a-f]{64}$'),
  message text not null,
  error_type varchar(100) not null,
  severity monitoring.severity_level not null default 'error',
  stack_trace text,
  file_path varchar(500),
  line_number integer,
  function_name varchar(200),
  user_id varchar(50),
  session_id varchar(100),
  request_id varchar(100),
  endpoint varchar(500),
  method varchar(10),
  status_code integer,
  user_agent text,
  ip_address inet,
  environment varchar(50) not null default 'production',
  context jsonb default '{}',
  breadcrumbs jsonb default '[]',
  first_seen timestamptz not null default now(),
  last_seen timestamptz not null default now(),
  occurrence_count integer not null default 1 check (occurrence_count > 0),
  affected_users integer not null default 0 check (affected_users >= 0),
  status monitoring.error_status not null default 'new',
  assigned_to varchar(50),
  resolution_note text,
  resolved_at timestamptz,
  primary key (tenant_id, id),
  constraint tb_error_log_group unique (tenant_id, environment, error_hash),
  check (first_seen <= last_seen),
  constraint tb_error_log_resolved_has_time check (status <> 'resolved' or resolved_at is not null)
);
create index idx_error_log_hash on monitoring.tb_error_log (tenant_id, error_hash, time desc);
create index idx_error_log_severity on monitoring.tb_error_log (tenant_id, severity, time desc);
create index idx_error_log_status on monitoring.tb_error_log (tenant_id, status, time desc);
create index idx_error_log_user on monitoring.tb_error_log (tenant_id, user_id, time desc);
create index idx_error_log_endpoint on monitoring.tb_error_log (tenant_id, endpoint, time desc);
create index idx_error_log_type on monitoring.tb_error_log (tenant_id, error_type, time desc);
create index idx_error_log_context on monitoring.tb_error_log using gin (context);

-- Whom a group has met: what affected_users counts, however often an occurrence is delivered (C20).
create table monitoring.error_user (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  error_id varchar(50) not null,
  user_id varchar(50) not null,
  first_seen timestamptz not null default now(),
  primary key (tenant_id, error_id, user_id),
  foreign key (tenant_id, error_id) references monitoring.tb_error_log (tenant_id, id) on delete cascade
);

create sequence monitoring.tb_error_instance_id_seq cache 100;
create table monitoring.tb_error_instance (
  id bigint not null default nextval('monitoring.tb_error_instance_id_seq'),
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  error_id varchar(50) not null,
  occurred_at timestamptz not null default now(),
  user_id varchar(50),
  session_id varchar(100),
  request_id varchar(100),
  context jsonb default '{}',
  stack_trace text,
  breadcrumbs jsonb default '[]',
  primary key (tenant_id, occurred_at, id),
  foreign key (tenant_id, error_id) references monitoring.tb_error_log (tenant_id, id) on delete cascade
) partition by range (occurred_at);
create index idx_error_instance_error on monitoring.tb_error_instance (tenant_id, error_id, occurred_at desc);
create index idx_error_instance_user on monitoring.tb_error_instance (tenant_id, user_id, occurred_at desc);
create index idx_error_instance_retention on monitoring.tb_error_instance using brin (occurred_at);

-- A key of a partitioned table must hold its time, so event_id alone cannot be unique there (C16). It is unique here, with one
-- time, and an event must have its key: therefore no event_id has two events.
create table monitoring.audit_event_key (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  event_id varchar(50) not null,
  time timestamptz not null default now(),
  primary key (tenant_id, event_id),
  unique (tenant_id, event_id, time)
);
create index audit_event_key_time on monitoring.audit_event_key using brin (time);

create sequence monitoring.tb_audit_event_id_seq cache 100;
create table monitoring.tb_audit_event (
  id bigint not null default nextval('monitoring.tb_audit_event_id_seq'),
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  time timestamptz not null default now(),
  event_id varchar(50) not null,
  user_id varchar(50) not null,
  user_email varchar(255) not null,
  user_role varchar(50) not null,
  action_type monitoring.audit_action_type not null,
  resource_type varchar(100) not null,
  resource_id varchar(100),
  resource_name varchar(255),
  description text not null,
  before_data jsonb,
  after_data jsonb,
  changes jsonb,
  outcome varchar(20) not null default 'success' check (outcome in ('success', 'failure')),
  failure_reason text,
  ip_address inet,
  user_agent text,
  session_id varchar(100),
  request_id varchar(100),
  module varchar(100),
  severity monitoring.severity_level not null default 'info',
  metadata jsonb default '{}',
  primary key (tenant_id, time, id),
  foreign key (tenant_id, event_id, time) references monitoring.audit_event_key (tenant_id, event_id, time),
  -- NOT NULL in the seed, whose anonymisation then cannot run (C23).
  constraint tb_audit_event_address check (ip_address is not null or user_email = 'anonymized@example.com')
) partition by range (time);
create index idx_audit_event_user on monitoring.tb_audit_event (tenant_id, user_id, time desc);
create index idx_audit_event_action on monitoring.tb_audit_event (tenant_id, action_type, time desc);
create index idx_audit_event_resource on monitoring.tb_audit_event (tenant_id, resource_type, resource_id, time desc);
create index idx_audit_event_outcome on monitoring.tb_audit_event (tenant_id, outcome, time desc);
create index idx_audit_event_module on monitoring.tb_audit_event (tenant_id, module, time desc);
-- In the seed this index repeats the unique key of event_id; here it is that key.
create unique index idx_audit_event_event_id on monitoring.tb_audit_event (tenant_id, event_id, time);
create index idx_audit_event_session on monitoring.tb_audit_event (tenant_id, session_id, time desc);
create index idx_audit_event_changes on monitoring.tb_audit_event using gin (changes);

create table monitoring.tb_escalation_policy (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  name varchar(200) not null,
  description text,
  levels jsonb not null default '[]' check (jsonb_typeof(levels) = 'array'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

create table monitoring.tb_alert_rule (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  name varchar(200) not null,
  description text,
  severity monitoring.severity_level not null default 'warning',
  status monitoring.alert_rule_status not null default 'enabled',
  metric_name varchar(100) not null,
  comparison_operator monitoring.comparison_operator not null,
  threshold numeric(15,4) not null,
  duration_minutes integer not null default 5 check (duration_minutes >= 0),
  evaluation_interval integer not null default 60 check (evaluation_interval > 0),
  scope jsonb default '{}',
  -- TEXT[] in the seed, which takes any word (C37).
  notification_channels monitoring.notification_channel[] not null default '{}',
  notification_recipients jsonb not null default '{}',
  notification_template varchar(50),
  auto_resolve boolean not null default true,
  suppress_duration integer default 300 check (suppress_duration >= 0),
  max_alerts_per_hour integer default 10 check (max_alerts_per_hour >= 0),
  escalation_policy_id varchar(50),
  escalation_delay integer check (escalation_delay >= 0),
  tags jsonb default '{}',
  created_by varchar(50) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_triggered timestamptz,
  deleted_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, escalation_policy_id) references monitoring.tb_escalation_policy (tenant_id, id) on delete restrict,
  constraint tb_alert_rule_pattern check (
    comparison_operator not in ('contains', 'not-contains') or coalesce(scope ? 'pattern', false)
  )
);
create index idx_alert_rule_status on monitoring.tb_alert_rule (tenant_id, status);
create index idx_alert_rule_metric on monitoring.tb_alert_rule (tenant_id, metric_name);
create index idx_alert_rule_severity on monitoring.tb_alert_rule (tenant_id, severity);
create index idx_alert_rule_created_by on monitoring.tb_alert_rule (tenant_id, created_by);
create index idx_alert_rule_tags on monitoring.tb_alert_rule using gin (tags);

create table monitoring.tb_alert (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  alert_rule_id varchar(50) not null,
  status monitoring.alert_status not null default 'active',
  severity monitoring.severity_level not null,
  message text not null,
  current_value numeric(15,4) not null,
  threshold numeric(15,4) not null,
  triggered_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  acknowledged_by varchar(50),
  acknowledgment_note text,
  resolved_at timestamptz,
  resolution_note text,
  notifications_sent jsonb default '[]',
  metadata jsonb default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  labels jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),
  fingerprint text not null generated always as (md5(labels::text)) stored,
  primary key (tenant_id, id),
  -- A cascade would erase the history with the rule (C31): rules are marked deleted instead.
  foreign key (tenant_id, alert_rule_id) references monitoring.tb_alert_rule (tenant_id, id) on delete restrict
);
create index idx_alert_rule on monitoring.tb_alert (tenant_id, alert_rule_id, triggered_at desc);
create index idx_alert_status on monitoring.tb_alert (tenant_id, status, triggered_at desc);
create index idx_alert_severity on monitoring.tb_alert (tenant_id, severity, triggered_at desc);
create index idx_alert_acknowledged_by on monitoring.tb_alert (tenant_id, acknowledged_by);
-- A rule has one open alert per set of labels, however many evaluators run (C32).
create unique index tb_alert_open on monitoring.tb_alert (tenant_id, alert_rule_id, fingerprint)
  where status in ('active', 'acknowledged');

create table monitoring.tb_dashboard (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  name varchar(200) not null,
  description text,
  visibility monitoring.dashboard_visibility not null default 'private',
  owner_id varchar(50) not null,
  team_id varchar(50),
  layout jsonb not null default '[]',
  variables jsonb default '{}',
  auto_refresh boolean not null default true,
  refresh_interval integer default 30 check (refresh_interval > 0),
  default_time_range varchar(20) default '24h',
  theme varchar(20) default 'light',
  tags text[] default '{}',
  is_template boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index idx_dashboard_owner on monitoring.tb_dashboard (tenant_id, owner_id);
create index idx_dashboard_team on monitoring.tb_dashboard (tenant_id, team_id);
create index idx_dashboard_visibility on monitoring.tb_dashboard (tenant_id, visibility);
create index idx_dashboard_template on monitoring.tb_dashboard (tenant_id, is_template);

create table monitoring.tb_widget (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  dashboard_id varchar(50) not null,
  title varchar(200) not null,
  widget_type monitoring.widget_type not null,
  position jsonb not null,
  data_source varchar(100) not null,
  metric_name varchar(100),
  query text,
  aggregation varchar(50),
  time_range varchar(20),
  filters jsonb default '{}',
  visualization jsonb not null default '{}',
  refresh_interval integer check (refresh_interval > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, dashboard_id) references monitoring.tb_dashboard (tenant_id, id) on delete cascade
);
create index idx_widget_dashboard on monitoring.tb_widget (tenant_id, dashboard_id);
create index idx_widget_type on monitoring.tb_widget (tenant_id, widget_type);

create table monitoring.tb_integration_health (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  name varchar(100) not null,
  integration_type monitoring.integration_type not null,
  status monitoring.service_status not null default 'unknown',
  endpoint_url varchar(500),
  api_version varchar(20),
  last_check timestamptz not null default now(),
  last_success timestamptz,
  configured_at timestamptz not null,
  success_rate_24h numeric(9,6) check (success_rate_24h between 0 and 100),
  avg_response_time integer check (avg_response_time >= 0),
  rate_limit_quota integer,
  rate_limit_remaining integer,
  rate_limit_reset timestamptz,
  error_count_24h integer default 0 check (error_count_24h >= 0),
  webhook_url varchar(500),
  -- VARCHAR(255) and JSONB in the seed, which calls both encrypted: an envelope with its data key is longer, and no JSON.
  webhook_secret bytea,
  authentication bytea,
  settings jsonb default '{}',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index idx_integration_type on monitoring.tb_integration_health (tenant_id, integration_type);
create index idx_integration_status on monitoring.tb_integration_health (tenant_id, status);
create index idx_integration_active on monitoring.tb_integration_health (tenant_id, is_active);

create sequence monitoring.tb_integration_event_id_seq cache 100;
create table monitoring.tb_integration_event (
  id bigint not null default nextval('monitoring.tb_integration_event_id_seq'),
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  integration_id varchar(50) not null,
  event_type varchar(50) not null,
  direction varchar(10) not null,
  endpoint varchar(500),
  method varchar(10),
  status_code integer,
  success boolean not null,
  response_time integer check (response_time >= 0),
  request_payload jsonb,
  response_payload jsonb,
  error_message text,
  retry_count integer default 0 check (retry_count >= 0),
  occurred_at timestamptz not null default now(),
  primary key (tenant_id, occurred_at, id),
  foreign key (tenant_id, integration_id) references monitoring.tb_integration_health (tenant_id, id) on delete cascade
) partition by range (occurred_at);
create index idx_integration_event_integration
  on monitoring.tb_integration_event (tenant_id, integration_id, occurred_at desc);
create index idx_integration_event_success on monitoring.tb_integration_event (tenant_id, success, occurred_at desc);
create index idx_integration_event_type on monitoring.tb_integration_event (tenant_id, event_type, occurred_at desc);
create index idx_integration_event_retention on monitoring.tb_integration_event using brin (occurred_at);

-- No foreign key to the session, as in the seed's DDL: activity may arrive before its session, and is anonymised apart from it.
create sequence monitoring.tb_user_activity_id_seq cache 100;
create table monitoring.tb_user_activity (
  id bigint not null default nextval('monitoring.tb_user_activity_id_seq'),
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  time timestamptz not null default now(),
  user_id varchar(50) not null,
  session_id varchar(100) not null,
  activity_type varchar(50) not null,
  module varchar(100),
  feature varchar(100),
  page_url varchar(500),
  action varchar(100),
  duration integer check (duration >= 0),
  metadata jsonb default '{}',
  device_type varchar(50),
  browser varchar(100),
  os varchar(100),
  ip_address inet,
  primary key (tenant_id, time, id)
) partition by range (time);
create index idx_user_activity_user on monitoring.tb_user_activity (tenant_id, user_id, time desc);
create index idx_user_activity_session on monitoring.tb_user_activity (tenant_id, session_id, time desc);
create index idx_user_activity_type on monitoring.tb_user_activity (tenant_id, activity_type, time desc);
create index idx_user_activity_module on monitoring.tb_user_activity (tenant_id, module, time desc);
create index idx_user_activity_feature on monitoring.tb_user_activity (tenant_id, feature, time desc);

create table monitoring.tb_user_session (
  id varchar(100) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  user_id varchar(50) not null,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  duration integer check (duration >= 0),
  page_views integer default 0 check (page_views >= 0),
  actions integer default 0 check (actions >= 0),
  device_type varchar(50),
  browser varchar(100),
  os varchar(100),
  ip_address inet,
  metadata jsonb default '{}',
  primary key (tenant_id, id),
  check (started_at <= ended_at)
);
create index idx_user_session_user on monitoring.tb_user_session (tenant_id, user_id, started_at desc);
create index idx_user_session_started on monitoring.tb_user_session (tenant_id, started_at desc);
-- The seed's covers ended_at alone: a session that never ended would be kept for ever (C29).
create index idx_user_session_retention on monitoring.tb_user_session ((coalesce(ended_at, started_at)));

do $$
declare
  stream text;
begin
  foreach stream in array array[
    'tb_health_check_log', 'tb_performance_metric', 'tb_error_instance', 'tb_audit_event', 'tb_integration_event',
    'tb_user_activity'
  ] loop
    execute format('alter sequence monitoring.%I owned by monitoring.%I.id', stream || '_id_seq', stream);
  end loop;
end $$;

-- What is made of the streams: rollups and archives. The seed's three continuous aggregates are tables that a job fills,
-- because Neon has no such views (C48). Their column names show the merged percentiles and the weighted rate: nothing can
-- store an average of percentiles here (C13).
create table monitoring.tb_performance_metric_5min (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  bucket timestamptz not null,
  metric_name varchar(100) not null,
  endpoint varchar(500),
  avg_p50 numeric(10,2) generated always as (p50) stored,
  avg_p95 numeric(10,2) generated always as (p95) stored,
  avg_p99 numeric(10,2) generated always as (p99) stored,
  total_requests bigint not null default 0 check (total_requests >= 0),
  total_errors bigint not null default 0,
  avg_error_rate numeric(9,6) generated always as (100.0 * total_errors / nullif(total_requests, 0)) stored,
  p50 numeric(10,2),
  p95 numeric(10,2),
  p99 numeric(10,2),
  min numeric(10,2),
  max numeric(10,2),
  value_sum numeric not null default 0,
  value_count bigint not null default 0 check (value_count >= 0),
  samples integer not null default 0 check (samples >= 0),
  sketch jsonb check (jsonb_typeof(sketch) = 'object'),
  updated timestamptz not null default now(),
  constraint tb_performance_metric_5min_series unique nulls not distinct (tenant_id, bucket, metric_name, endpoint),
  check (total_errors between 0 and total_requests)
);
create table monitoring.tb_performance_metric_hourly (
  like monitoring.tb_performance_metric_5min including defaults including constraints including generated,
  constraint tb_performance_metric_hourly_series unique nulls not distinct (tenant_id, bucket, metric_name, endpoint)
);
create index tb_performance_metric_5min_line
  on monitoring.tb_performance_metric_5min (tenant_id, metric_name, endpoint, bucket);
create index tb_performance_metric_hourly_line
  on monitoring.tb_performance_metric_hourly (tenant_id, metric_name, endpoint, bucket);
create index tb_performance_metric_5min_retention on monitoring.tb_performance_metric_5min using brin (bucket);
create index tb_performance_metric_hourly_retention on monitoring.tb_performance_metric_hourly using brin (bucket);

-- Distinct users of two hours cannot be added, so each hour keeps its users, as sorted 64-bit keyed hashes within the row: the
-- row stays one thing that a recompute replaces whole, 8 bytes a user, and unnesting the rows of any span counts distinct users
-- exactly (two of a million users share a hash once in 37 million spans). A side table would cost some 70 bytes a user and hour.
create table monitoring.tb_user_activity_hourly (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  bucket timestamptz not null,
  module varchar(100),
  feature varchar(100),
  activity_type varchar(50) not null,
  unique_users integer not null generated always as (cardinality(users)) stored,
  total_activities bigint not null default 0 check (total_activities >= 0),
  avg_duration numeric generated always as (duration_sum::numeric / nullif(duration_count, 0)) stored,
  duration_sum bigint not null default 0 check (duration_sum >= 0),
  duration_count bigint not null default 0 check (duration_count >= 0),
  users bigint[] not null default '{}',
  updated timestamptz not null default now(),
  constraint tb_user_activity_hourly_series unique nulls not distinct (tenant_id, bucket, module, feature, activity_type),
  check (cardinality(users) <= total_activities),
  check (duration_count <= total_activities)
);
create index tb_user_activity_hourly_retention on monitoring.tb_user_activity_hourly using brin (bucket);

-- Written before the activity is anonymised, or 50 users would become one (C25). A day has one row for each user, so that
-- repeating an hour changes nothing.
create table monitoring.user_activity_daily (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  day date not null,
  user_key bigint not null,
  primary key (tenant_id, day, user_key)
);
create index user_activity_daily_retention on monitoring.user_activity_daily using brin (day);

create table monitoring.user_cohort (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  user_key bigint not null,
  cohort_month date not null check (extract(day from cohort_month) = 1),
  primary key (tenant_id, user_key)
);
create index user_cohort_month_of on monitoring.user_cohort (tenant_id, cohort_month);

-- Keeps its months for good: counts alone, nobody's key (C28).
create table monitoring.user_cohort_month (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  cohort_month date not null check (extract(day from cohort_month) = 1),
  month date not null check (extract(day from month) = 1),
  active_users integer not null default 0 check (active_users >= 0),
  updated timestamptz not null default now(),
  primary key (tenant_id, cohort_month, month),
  check (cohort_month <= month)
);

-- What each rollup has to do again: whoever writes into a bucket adds a mark in the same transaction. The job deletes marks and
-- recomputes their buckets in one transaction: it sees all that was committed with a mark it deletes, and a mark it does not see
-- stays. Marks only ever get added, so writers into one bucket never wait for each other, as they would for a row to update.
do $$
declare
  rollup text;
begin
  foreach rollup in array array[
    'performance_metric_5min', 'performance_metric_hourly', 'user_activity_hourly', 'user_activity_daily',
    'user_cohort_month'
  ] loop
    execute format(
      'create table monitoring.%I (tenant_id text not null default ''platform'' check (tenant_id <> ''''),'
      ' bucket timestamptz not null, mark bigint generated always as identity (cache 100),'
      ' marked_at timestamptz not null default now(), primary key (tenant_id, bucket, mark))', rollup || '_dirty');
  end loop;
end $$;

-- Archives take the rows as they are; unlike the seed's (like … including all) they share no sequence, and repeating the
-- archiving adds nothing (C30).
create table monitoring.tb_audit_event_archive (
  like monitoring.tb_audit_event including constraints,
  archived_at timestamptz not null default now(),
  primary key (tenant_id, event_id)
);
alter table monitoring.tb_audit_event_archive alter column tenant_id set default 'platform';
create index tb_audit_event_archive_time on monitoring.tb_audit_event_archive (tenant_id, time desc);
create table monitoring.tb_error_log_archive (
  like monitoring.tb_error_log including constraints,
  archived_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
alter table monitoring.tb_error_log_archive alter column tenant_id set default 'platform';
create index tb_error_log_archive_time on monitoring.tb_error_log_archive (tenant_id, time desc);

reset role;
