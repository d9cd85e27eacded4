-- The whole schema, generated from the migrations by `npm run docs`: read it, do not edit it.
-- The text after a column is its comment in the database. Partitions are made by ensure_partitions of the schema, by the
-- month in olap and as streams() says in monitoring; they are not listed, because their names follow the calendar. Each has
-- row-level security enabled and forced, and no grant: rows are reached through the parent and its policies only.

-- Roles
create role rookery_api login;
alter role rookery_api set TimeZone = UTC;
alter role rookery_api set idle_in_transaction_session_timeout = 110s;
alter role rookery_api set jit = off;
alter role rookery_api set lock_timeout = 30s;
alter role rookery_api set statement_timeout = 100s;
create role rookery_etl login;
alter role rookery_etl set TimeZone = UTC;
alter role rookery_etl set idle_in_transaction_session_timeout = 110s;
alter role rookery_etl set jit = off;
alter role rookery_etl set lock_timeout = 30s;
alter role rookery_etl set statement_timeout = 100s;
create role rookery_ingest login;
alter role rookery_ingest set TimeZone = UTC;
alter role rookery_ingest set idle_in_transaction_session_timeout = 110s;
alter role rookery_ingest set jit = off;
alter role rookery_ingest set lock_timeout = 30s;
alter role rookery_ingest set statement_timeout = 100s;
create role rookery_ops login;
alter role rookery_ops set TimeZone = UTC;
alter role rookery_ops set idle_in_transaction_session_timeout = 110s;
alter role rookery_ops set jit = off;
alter role rookery_ops set lock_timeout = 30s;
alter role rookery_ops set statement_timeout = 100s;
create role rookery_owner nologin;

-- Schemas
create extension btree_gist;
create schema monitoring authorization rookery_owner;
comment on schema monitoring is 'The monitoring tier: health, performance, errors, audit, alerts, dashboards, integrations, activity, and how long each is kept. Not part of the warehouse.';
grant usage on schema monitoring to rookery_api;
grant usage on schema monitoring to rookery_ingest;
grant usage on schema monitoring to rookery_ops;
create schema olap authorization rookery_owner;
comment on schema olap is 'The warehouse: durable per-tenant aggregates, billing and the compliance audit. No raw events.';
grant usage on schema olap to rookery_api;
grant usage on schema olap to rookery_etl;
grant usage on schema olap to rookery_ops;

-- Types
create type monitoring.alert_rule_status as enum ('enabled', 'disabled', 'testing'); -- Whether a rule is evaluated; testing is evaluated and never notifies (C39).
create type monitoring.alert_status as enum ('active', 'acknowledged', 'resolved', 'suppressed'); -- State of an alert. Pending is no state of an alert: it lives with the evaluator (C33).
create type monitoring.audit_action_type as enum ('create', 'read', 'update', 'delete', 'execute', 'export', 'login', 'logout', 'access-denied'); -- What an audited action did.
create type monitoring.comparison_operator as enum ('gt', 'gte', 'lt', 'lte', 'eq', 'ne', 'contains', 'not-contains'); -- How a rule compares a value with its threshold; contains and not-contains search texts for scope.pattern (C36).
create type monitoring.dashboard_visibility as enum ('private', 'team', 'organization', 'public'); -- Who may see a dashboard.
create type monitoring.error_status as enum ('new', 'acknowledged', 'in-progress', 'resolved', 'ignored'); -- Where work on a group of errors stands; new, acknowledged and in-progress are unresolved.
create type monitoring.integration_type as enum ('payment-gateway', 'email-service', 'cloud-storage', 'auth-provider', 'analytics', 'erp-system', 'sms-service', 'webhook'); -- Kinds of external services.
create type monitoring.metric_type as enum ('counter', 'gauge', 'histogram', 'summary'); -- How the values of a metric add up.
create type monitoring.notification_channel as enum ('email', 'slack', 'sms', 'webhook', 'pagerduty', 'in-app'); -- Ways to tell people about an alert.
create type monitoring.service_status as enum ('healthy', 'degraded', 'down', 'unknown'); -- State of a service or an integration; unknown without fresh checks.
create type monitoring.severity_level as enum ('debug', 'info', 'warning', 'error', 'fatal', 'critical'); -- How bad, in ascending order: order by severity desc puts the worst first (C22).
create type monitoring.widget_type as enum ('time-series', 'counter', 'gauge', 'table', 'pie-chart', 'bar-chart', 'heatmap', 'alert-list', 'custom-query'); -- How a widget shows its data.

-- Sequences
create sequence monitoring.tb_audit_event_id_seq cache 100 owned by monitoring.tb_audit_event.id;
grant usage on sequence monitoring.tb_audit_event_id_seq to rookery_api;
grant usage on sequence monitoring.tb_audit_event_id_seq to rookery_ingest;
grant usage on sequence monitoring.tb_audit_event_id_seq to rookery_ops;
create sequence monitoring.tb_error_instance_id_seq cache 100 owned by monitoring.tb_error_instance.id;
grant usage on sequence monitoring.tb_error_instance_id_seq to rookery_ingest;
grant usage on sequence monitoring.tb_error_instance_id_seq to rookery_ops;
create sequence monitoring.tb_health_check_log_id_seq cache 100 owned by monitoring.tb_health_check_log.id;
grant usage on sequence monitoring.tb_health_check_log_id_seq to rookery_ingest;
grant usage on sequence monitoring.tb_health_check_log_id_seq to rookery_ops;
create sequence monitoring.tb_integration_event_id_seq cache 100 owned by monitoring.tb_integration_event.id;
grant usage on sequence monitoring.tb_integration_event_id_seq to rookery_ingest;
grant usage on sequence monitoring.tb_integration_event_id_seq to rookery_ops;
create sequence monitoring.tb_performance_metric_id_seq cache 100 owned by monitoring.tb_performance_metric.id;
grant usage on sequence monitoring.tb_performance_metric_id_seq to rookery_ingest;
grant usage on sequence monitoring.tb_performance_metric_id_seq to rookery_ops;
create sequence monitoring.tb_user_activity_id_seq cache 100 owned by monitoring.tb_user_activity.id;
grant usage on sequence monitoring.tb_user_activity_id_seq to rookery_ingest;
grant usage on sequence monitoring.tb_user_activity_id_seq to rookery_ops;
create sequence olap.admin_audit_log_id_seq owned by olap.admin_audit_log.id;
grant usage on sequence olap.admin_audit_log_id_seq to rookery_api;
grant usage on sequence olap.admin_audit_log_id_seq to rookery_ops;
create sequence olap.campaign_analytics_id_seq cache 100 owned by olap.campaign_analytics.id;
grant usage on sequence olap.campaign_analytics_id_seq to rookery_etl;
create sequence olap.lead_analytics_id_seq cache 100 owned by olap.lead_analytics.id;
grant usage on sequence olap.lead_analytics_id_seq to rookery_etl;
create sequence olap.mailbox_analytics_id_seq cache 100 owned by olap.mailbox_analytics.id;
grant usage on sequence olap.mailbox_analytics_id_seq to rookery_etl;
create sequence olap.sequence_step_analytics_id_seq cache 100 owned by olap.sequence_step_analytics.id;
grant usage on sequence olap.sequence_step_analytics_id_seq to rookery_etl;
create sequence olap.warmup_analytics_id_seq cache 100 owned by olap.warmup_analytics.id;
grant usage on sequence olap.warmup_analytics_id_seq to rookery_etl;

-- monitoring.alert_escalation: Levels of its policy that an alert reached: each once, and anew when an acknowledgement lapsed, which takes the place of the round before.
create table monitoring.alert_escalation (
  tenant_id text not null default 'platform'::text, -- Tenant of the alert; row-level security compares it with app.tenant_id.
  alert_id varchar(50) not null, -- The alert.
  level integer not null, -- Level, from 1.
  round integer not null default 1, -- How often its acknowledgement lapsed, and one.
  escalated_at timestamptz not null, -- When it was told.
  destinations jsonb not null default '[]'::jsonb, -- Whom the level told, {channel, recipient}, in all rounds. Empty in rows from before this column: these hear of no end.
  end_told_at timestamptz, -- When they were told that the alert is over. Null: they were not.
  constraint alert_escalation_pkey primary key (tenant_id, alert_id, level, round),
  constraint alert_escalation_tenant_id_alert_id_fkey foreign key (tenant_id, alert_id) references monitoring.tb_alert(tenant_id, id) on delete cascade,
  constraint alert_escalation_destinations_check check ((jsonb_typeof(destinations) = 'array'::text)),
  constraint alert_escalation_level_check check ((level >= 1)),
  constraint alert_escalation_round_check check ((round >= 1)),
  constraint alert_escalation_tenant_id_check check ((tenant_id <> ''::text))
);
create index alert_escalation_owed on monitoring.alert_escalation using btree (tenant_id, alert_id) where (end_told_at is null);
alter table monitoring.alert_escalation enable row level security;
alter table monitoring.alert_escalation force row level security;
create policy every_tenant on monitoring.alert_escalation for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.alert_escalation for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.alert_escalation to rookery_api;
grant delete, insert, select, update on table monitoring.alert_escalation to rookery_ops;

-- monitoring.alert_evaluation: Up to which slot each rule was evaluated: a slot counts once, and none that is older than the last.
create table monitoring.alert_evaluation (
  tenant_id text not null default 'platform'::text, -- Tenant of the rule; row-level security compares it with app.tenant_id.
  alert_rule_id varchar(50) not null, -- The rule.
  last_slot timestamptz, -- Last slot that was evaluated. Null: none was.
  rule_revision integer not null, -- Revision of the rule then: a changed rule starts its series afresh.
  series integer not null default 0, -- How many series the last slot had a value for.
  problem text, -- Why the newest slot could not be evaluated, in words; it is tried again. Null: it was.
  updated_at timestamptz not null default now(), -- When the row was last written.
  constraint alert_evaluation_pkey primary key (tenant_id, alert_rule_id),
  constraint alert_evaluation_tenant_id_alert_rule_id_fkey foreign key (tenant_id, alert_rule_id) references monitoring.tb_alert_rule(tenant_id, id) on delete restrict,
  constraint alert_evaluation_series_check check ((series >= 0)),
  constraint alert_evaluation_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.alert_evaluation enable row level security;
alter table monitoring.alert_evaluation force row level security;
create policy every_tenant on monitoring.alert_evaluation for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.alert_evaluation for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.alert_evaluation to rookery_api;
grant delete, insert, select, update on table monitoring.alert_evaluation to rookery_ops;

-- monitoring.alert_group: Alerts that are told together, and what was last told of them: who knows it, tells nothing twice. Gone at the first look that finds nothing open or owed.
create table monitoring.alert_group (
  id text not null, -- Hash of whom it tells and of its labels.
  tenant_id text not null default 'platform'::text, -- Tenant of its alerts; row-level security compares it with app.tenant_id.
  labels jsonb not null default '{}'::jsonb, -- Values that its alerts have in common, by which they were grouped.
  opened_at timestamptz not null, -- When its first alert came.
  next_flush_at timestamptz not null, -- When it is next looked at.
  sent_at timestamptz, -- When it last told something. Null: never.
  firing text[] not null default '{}'::text[], -- Series that it told to fire, and that they ended not yet: hash of the labels, a colon, rule.
  stale text[] not null default '{}'::text[], -- Series as in firing that are told again once they may: they were muted since, or their acknowledgement lapsed.
  destinations jsonb not null default '[]'::jsonb, -- Whom it tells, {channel, recipient}: they hear of the end of its series even if the rule tells others by then.
  constraint alert_group_pkey primary key (tenant_id, id),
  constraint alert_group_destinations_check check ((jsonb_typeof(destinations) = 'array'::text)),
  constraint alert_group_labels_check check ((jsonb_typeof(labels) = 'object'::text)),
  constraint alert_group_tenant_id_check check ((tenant_id <> ''::text))
);
create index alert_group_due on monitoring.alert_group using btree (next_flush_at);
alter table monitoring.alert_group enable row level security;
alter table monitoring.alert_group force row level security;
create policy every_tenant on monitoring.alert_group for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.alert_group for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.alert_group to rookery_api;
grant delete, insert, select, update on table monitoring.alert_group to rookery_ops;

-- monitoring.alert_inhibition: While an alert that the source matches fires, nobody is told of those that the target matches.
create table monitoring.alert_inhibition (
  id varchar(50) not null, -- Identifier.
  tenant_id text not null default 'platform'::text, -- Tenant whose alerts it is about; row-level security compares it with app.tenant_id.
  name varchar(200) not null, -- What it is called.
  source_matchers jsonb not null, -- Alerts that inhibit; matchers as of a silence.
  target_matchers jsonb not null, -- Alerts that are inhibited.
  equal text[] not null default '{}'::text[], -- Labels that must have the same value on both sides, or be on neither.
  created_by varchar(50) not null, -- Who made it.
  created_at timestamptz not null default now(), -- When it was made.
  updated_at timestamptz not null default now(), -- When it was last changed.
  revision integer not null default 0, -- Grows with every change; who changes it names the one he saw.
  managed_by text, -- Name of the file of rules that it comes from. Null: made by hand.
  constraint alert_inhibition_pkey primary key (tenant_id, id),
  constraint alert_inhibition_revision_check check ((revision >= 0)),
  constraint alert_inhibition_source_matchers_check check (((jsonb_typeof(source_matchers) = 'array'::text) and (jsonb_array_length(source_matchers) > 0))),
  constraint alert_inhibition_target_matchers_check check (((jsonb_typeof(target_matchers) = 'array'::text) and (jsonb_array_length(target_matchers) > 0))),
  constraint alert_inhibition_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.alert_inhibition enable row level security;
alter table monitoring.alert_inhibition force row level security;
create policy every_tenant on monitoring.alert_inhibition for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.alert_inhibition for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant delete, insert, select, update on table monitoring.alert_inhibition to rookery_api;
grant delete, insert, select, update on table monitoring.alert_inhibition to rookery_ops;

-- monitoring.alert_state: Series of rules that are pending or firing; an inactive one has no row. Prometheus keeps the same in memory.
create table monitoring.alert_state (
  tenant_id text not null default 'platform'::text, -- Tenant of the rule; row-level security compares it with app.tenant_id.
  alert_rule_id varchar(50) not null, -- The rule.
  labels jsonb not null, -- What tells the series from the others of its rule.
  fingerprint text not null generated always as (md5((labels)::text)) stored, -- Hash of the labels, as in tb_alert.
  state text not null, -- pending: breaching, not yet for as long as the rule wants. firing: for that long.
  active_at timestamptz not null, -- Slot at which this breach began.
  keep_since timestamptz, -- First slot without a breach since it fires. Null: the last one breached.
  last_slot timestamptz not null, -- Slot at which it last changed where it stands; alert_evaluation.last_slot says up to when that holds.
  last_value double precision, -- Value then. Null: there was none.
  constraint alert_state_pkey primary key (tenant_id, alert_rule_id, fingerprint),
  constraint alert_state_labels_check check ((jsonb_typeof(labels) = 'object'::text)),
  constraint alert_state_state_check check ((state = any (array['pending'::text, 'firing'::text]))),
  constraint alert_state_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.alert_state enable row level security;
alter table monitoring.alert_state force row level security;
create policy every_tenant on monitoring.alert_state for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.alert_state for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.alert_state to rookery_api;
grant delete, insert, select, update on table monitoring.alert_state to rookery_ops;

-- monitoring.alert_transition: What each alert went through, in order.
create table monitoring.alert_transition (
  id bigint not null generated always as identity, -- Identifier; later ones are larger.
  tenant_id text not null default 'platform'::text, -- Tenant of the alert; row-level security compares it with app.tenant_id.
  alert_id varchar(50) not null, -- The alert.
  at timestamptz not null, -- When: the slot of an evaluation, or the moment of a change.
  kind text not null, -- What happened; pending is when the breach began, lapsed an acknowledgement that timed out.
  actor text, -- Who did it. Null: the evaluation.
  note text, -- Why, in words.
  value double precision, -- Value of the metric then. Null: there was none, or it does not matter.
  constraint alert_transition_pkey primary key (tenant_id, id),
  constraint alert_transition_tenant_id_alert_id_fkey foreign key (tenant_id, alert_id) references monitoring.tb_alert(tenant_id, id) on delete cascade,
  constraint alert_transition_kind_check check ((kind = any (array['pending'::text, 'firing'::text, 'suppressed'::text, 'activated'::text, 'acknowledged'::text, 'unacknowledged'::text, 'lapsed'::text, 'escalated'::text, 'notified'::text, 'resolved'::text]))),
  constraint alert_transition_tenant_id_check check ((tenant_id <> ''::text))
);
create index alert_transition_alert on monitoring.alert_transition using btree (tenant_id, alert_id, id);
alter table monitoring.alert_transition enable row level security;
alter table monitoring.alert_transition force row level security;
create policy every_tenant on monitoring.alert_transition for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.alert_transition for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert, select on table monitoring.alert_transition to rookery_api;
grant delete, insert, select, update on table monitoring.alert_transition to rookery_ops;

-- monitoring.api_key: Keys with which machines of a tenant send data in, instead of a token. The keys themselves are nowhere: only their hashes are.
create table monitoring.api_key (
  tenant_id text not null default 'platform'::text, -- Tenant for which the key sends; row-level security compares it with app.tenant_id.
  id text not null, -- Names the key; it is a part of the text of the key.
  name text not null, -- What the key is for, in the words of who made it.
  key_hash text not null, -- SHA-256 in hex of the whole text of the key, its checksum included.
  scopes text[] not null, -- What the key is for: streams by their names, heartbeats, or one of these as heartbeat: and its id.
  created_by text not null, -- Who made the key.
  created_at timestamptz not null default now(), -- When the key was made.
  last_used_at timestamptz, -- When the key was last used, to the hour. Null: never.
  expires_at timestamptz, -- From when on the key is refused. Null: it does not expire.
  revoked_at timestamptz, -- When the key was revoked, for ever. Null: it is not.
  constraint api_key_pkey primary key (tenant_id, id),
  constraint api_key_key_hash_check check ((key_hash <> ''::text)),
  constraint api_key_name_check check ((name <> ''::text)),
  constraint api_key_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.api_key enable row level security;
alter table monitoring.api_key force row level security;
create policy every_tenant on monitoring.api_key for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.api_key for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select, update (last_used_at) on table monitoring.api_key to rookery_api;
grant insert, select, update (revoked_at) on table monitoring.api_key to rookery_ops;

-- monitoring.audit_event_key: The identifiers of audit events with the time of each: they are unique here, and an event needs its own.
create table monitoring.audit_event_key (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  event_id varchar(50) not null, -- Identifier that the writer chose.
  time timestamptz not null default now(), -- Time of the event; tells its partition.
  constraint audit_event_key_pkey primary key (tenant_id, event_id),
  constraint audit_event_key_tenant_id_event_id_time_key unique (tenant_id, event_id, "time"),
  constraint audit_event_key_tenant_id_check check ((tenant_id <> ''::text))
);
create index audit_event_key_time on monitoring.audit_event_key using brin ("time");
alter table monitoring.audit_event_key enable row level security;
alter table monitoring.audit_event_key force row level security;
create policy every_tenant on monitoring.audit_event_key for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.audit_event_key for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert, select on table monitoring.audit_event_key to rookery_api;
grant insert, select on table monitoring.audit_event_key to rookery_ingest;
grant delete, insert, select, update (time) on table monitoring.audit_event_key to rookery_ops;

-- monitoring.error_day: Occurrences of a group of errors on a day of UTC: exact, whatever share of the instances is kept.
create table monitoring.error_day (
  tenant_id text not null default 'platform'::text, -- Owner of the row; platform for our own services.
  day date not null, -- Day of UTC.
  error_id varchar(50) not null, -- Group of errors.
  occurrences bigint not null, -- Occurrences on the day.
  constraint error_day_pkey primary key (tenant_id, day, error_id),
  constraint error_day_tenant_id_error_id_fkey foreign key (tenant_id, error_id) references monitoring.tb_error_log(tenant_id, id) on delete cascade,
  constraint error_day_occurrences_check check ((occurrences > 0)),
  constraint error_day_tenant_id_check check ((tenant_id <> ''::text))
);
create index error_day_group on monitoring.error_day using btree (tenant_id, error_id, day);
alter table monitoring.error_day enable row level security;
alter table monitoring.error_day force row level security;
create policy every_tenant on monitoring.error_day for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.error_day for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.error_day to rookery_api;
grant insert, select, update (occurrences) on table monitoring.error_day to rookery_ingest;
grant delete, insert, select, update (occurrences) on table monitoring.error_day to rookery_ops;

-- monitoring.error_user: Users that a group of errors has met, one row each.
create table monitoring.error_user (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  error_id varchar(50) not null, -- Group of errors (tb_error_log) it belongs to.
  user_id varchar(50) not null, -- User it happened to; a pseudonym once anonymised.
  first_seen timestamptz not null default now(), -- When it first happened to the user.
  constraint error_user_pkey primary key (tenant_id, error_id, user_id),
  constraint error_user_tenant_id_error_id_fkey foreign key (tenant_id, error_id) references monitoring.tb_error_log(tenant_id, id) on delete cascade,
  constraint error_user_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.error_user enable row level security;
alter table monitoring.error_user force row level security;
create policy every_tenant on monitoring.error_user for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.error_user for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert, select on table monitoring.error_user to rookery_ingest;
grant delete, insert, select, update (user_id) on table monitoring.error_user to rookery_ops;

-- monitoring.error_user_day: Users that a group of errors met on a day of UTC, one row each.
create table monitoring.error_user_day (
  tenant_id text not null default 'platform'::text, -- Owner of the row; platform for our own services.
  day date not null, -- Day of UTC.
  error_id varchar(50) not null, -- Group of errors.
  user_id varchar(50) not null, -- User it happened to; a pseudonym once anonymised.
  constraint error_user_day_pkey primary key (tenant_id, day, error_id, user_id),
  constraint error_user_day_tenant_id_error_id_fkey foreign key (tenant_id, error_id) references monitoring.tb_error_log(tenant_id, id) on delete cascade,
  constraint error_user_day_tenant_id_check check ((tenant_id <> ''::text))
);
create index error_user_day_group on monitoring.error_user_day using btree (tenant_id, error_id, day);
alter table monitoring.error_user_day enable row level security;
alter table monitoring.error_user_day force row level security;
create policy every_tenant on monitoring.error_user_day for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.error_user_day for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.error_user_day to rookery_api;
grant insert, select on table monitoring.error_user_day to rookery_ingest;
grant delete, insert, select, update (user_id) on table monitoring.error_user_day to rookery_ops;

-- monitoring.idempotency_key: Requests that came under an Idempotency-Key, and what they were answered: a repeat gets the same answer. Kept for 25 hours.
create table monitoring.idempotency_key (
  tenant_id text not null default 'platform'::text, -- Tenant that asked; row-level security compares it with app.tenant_id.
  operation text not null, -- What was asked for: the operation of the API.
  key text not null, -- The key that the caller gave.
  request_hash text not null, -- SHA-256 in hex of path, query and body: another request under the same key is refused.
  state text not null default 'running'::text, -- running: someone works on it. done: the answer is there. A request that failed leaves no row.
  attempt text not null, -- Names the try that works on it; only that one may finish it.
  status integer, -- HTTP status of the answer. Null while it is running.
  body text, -- Body of the answer: as it was sent, or packed with Brotli and in base64 after br:. Null while it is running.
  created_at timestamptz not null default now(), -- When the key was first seen; 25 hours later it may be used anew.
  attempted_at timestamptz not null default now(), -- When the try began; after 60 s a try that did not end is taken to be dead, and a repeat takes over.
  constraint idempotency_key_pkey primary key (tenant_id, operation, key),
  constraint done_with_answer check (((state = 'running'::text) or ((status is not null) and (body is not null)))),
  constraint idempotency_key_state_check check ((state = any (array['running'::text, 'done'::text]))),
  constraint idempotency_key_tenant_id_check check ((tenant_id <> ''::text))
);
create index idempotency_key_created on monitoring.idempotency_key using btree (created_at);
alter table monitoring.idempotency_key enable row level security;
alter table monitoring.idempotency_key force row level security;
create policy every_tenant on monitoring.idempotency_key for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.idempotency_key for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant delete, insert, select, update on table monitoring.idempotency_key to rookery_api;
grant delete, select, update on table monitoring.idempotency_key to rookery_ops;

-- monitoring.in_app_notice: Notices of the channel in-app: what people find in the product.
create table monitoring.in_app_notice (
  id text not null, -- Identifier of its notice.
  tenant_id text not null default 'platform'::text, -- Tenant; row-level security compares it with app.tenant_id.
  recipient text not null, -- User that it is for; * is everybody of the tenant.
  title text not null, -- What it says, in one line.
  body text not null, -- What it says.
  severity monitoring.severity_level not null, -- The worst of its alerts.
  alert_ids text[] not null default '{}'::text[], -- Alerts it tells of.
  created_at timestamptz not null default now(), -- When it came.
  constraint in_app_notice_pkey primary key (tenant_id, id),
  constraint in_app_notice_tenant_id_check check ((tenant_id <> ''::text))
);
create index in_app_notice_inbox on monitoring.in_app_notice using btree (tenant_id, recipient, created_at desc, id desc);
alter table monitoring.in_app_notice enable row level security;
alter table monitoring.in_app_notice force row level security;
create policy every_tenant on monitoring.in_app_notice for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.in_app_notice for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.in_app_notice to rookery_api;
grant delete, insert, select, update on table monitoring.in_app_notice to rookery_ops;

-- monitoring.in_app_read: Who has read an in-app notice; it goes with its notice.
create table monitoring.in_app_read (
  tenant_id text not null default 'platform'::text, -- Tenant; row-level security compares it with app.tenant_id.
  notice_id text not null, -- The notice.
  reader text not null, -- User who read it.
  read_at timestamptz not null, -- When he first read it. Without a row he has not, or marked it as unread.
  constraint in_app_read_pkey primary key (tenant_id, notice_id, reader),
  constraint in_app_read_tenant_id_notice_id_fkey foreign key (tenant_id, notice_id) references monitoring.in_app_notice(tenant_id, id) on delete cascade,
  constraint in_app_read_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.in_app_read enable row level security;
alter table monitoring.in_app_read force row level security;
create policy every_tenant on monitoring.in_app_read for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.in_app_read for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant delete, insert, select, update on table monitoring.in_app_read to rookery_api;
grant delete, insert, select, update on table monitoring.in_app_read to rookery_ops;

-- monitoring.ingest_item: Items that were written already, by the key under which each counts once. Swept after 30 days: an item is taken until it is 29 days old.
create table monitoring.ingest_item (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  stream varchar(30) not null, -- Stream of the item, as the ingestion door names it.
  key varchar(500) not null, -- Key of the item: id: and what its sender calls it, at: and what the door made up, or what a producer on the queue chose.
  received_at timestamptz not null default now(), -- When the door took the item.
  constraint ingest_item_pkey primary key (tenant_id, stream, key),
  constraint ingest_item_tenant_id_check check ((tenant_id <> ''::text))
);
create index ingest_item_received on monitoring.ingest_item using btree (received_at);
alter table monitoring.ingest_item enable row level security;
alter table monitoring.ingest_item force row level security;
create policy every_tenant on monitoring.ingest_item for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.ingest_item for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant delete, insert, select on table monitoring.ingest_item to rookery_ingest;
grant delete, select on table monitoring.ingest_item to rookery_ops;

-- monitoring.legal_hold: Rows that must not be deleted, whatever the policies say.
create table monitoring.legal_hold (
  id bigint not null generated always as identity, -- Number of the hold; gaps are normal.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  table_name varchar(63) not null, -- Table of monitoring concerned, without the schema.
  held_from timestamptz not null, -- First instant of the rows that are held.
  held_until timestamptz, -- First instant after them. Null: all that follow.
  reason text not null, -- Why they are held.
  placed_by varchar(50) not null, -- Who placed the hold.
  placed_at timestamptz not null default now(), -- When the hold was placed.
  released_at timestamptz, -- When the hold ended. Null while it is in force.
  released_by varchar(50), -- Who released it. Null while it is in force, and where SQL released it.
  release_reason text, -- Why it was released, in words.
  constraint legal_hold_pkey primary key (tenant_id, id),
  constraint legal_hold_check check ((held_from < held_until)),
  constraint legal_hold_reason_check check ((reason <> ''::text)),
  constraint legal_hold_released_by check (((released_at is not null) or ((released_by is null) and (release_reason is null)))),
  constraint legal_hold_tenant_id_check check ((tenant_id <> ''::text))
);
create trigger legal_hold_turn before insert or update on monitoring.legal_hold for each row execute function monitoring.legal_hold_turn();
alter table monitoring.legal_hold enable row level security;
alter table monitoring.legal_hold force row level security;
create policy every_tenant on monitoring.legal_hold for all to rookery_ops
  using (true)
  with check (true);
create policy hold_keepers on monitoring.legal_hold as restrictive for all to rookery_api
  using ((( select current_setting('app.role'::text, true) as current_setting) = any (array['auditor'::text, 'operator'::text])))
  with check ((( select current_setting('app.role'::text, true) as current_setting) = 'operator'::text));
create policy one_tenant on monitoring.legal_hold for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert, select, update (released_at, released_by, release_reason) on table monitoring.legal_hold to rookery_api;
grant insert, select, update (held_until, released_at, released_by, release_reason) on table monitoring.legal_hold to rookery_ops;

-- monitoring.maintenance_window: Times at which a service may be down: it is not probed, its state is unknown, it counts for no uptime, and nobody is told.
create table monitoring.maintenance_window (
  id varchar(50) not null, -- Identifier.
  tenant_id text not null default 'platform'::text, -- Tenant; row-level security compares it with app.tenant_id.
  name varchar(200) not null, -- What it is called.
  services text[] not null default '{}'::text[], -- Services it is for, with all that depend on them. Empty: every one of the tenant.
  cron varchar(100), -- When each begins: five fields, in its zone. Null: once, at starts_at.
  timezone varchar(64) not null default 'UTC'::character varying, -- IANA zone of the cron expression.
  duration_minutes integer not null, -- How long each lasts, in minutes that pass: a change of the clock does not stretch it.
  starts_at timestamptz not null, -- No window begins before.
  ends_at timestamptz not null, -- No window lasts longer: every one expires.
  created_by varchar(50) not null, -- Who made it.
  created_at timestamptz not null default now(), -- When it was made.
  updated_at timestamptz not null default now(), -- When it was last changed.
  revision integer not null default 0, -- Grows with every change; who changes it names the one he saw.
  managed_by text, -- Name of the file of rules that it comes from. Null: made by hand.
  open_since timestamptz, -- Since when the dispatch of notices sees it open, and mutes alerts for it. Null: it does not.
  constraint maintenance_window_pkey primary key (tenant_id, id),
  constraint maintenance_window_check check ((starts_at < ends_at)),
  constraint maintenance_window_duration_minutes_check check (((duration_minutes >= 1) and (duration_minutes <= 10080))),
  constraint maintenance_window_revision_check check ((revision >= 0)),
  constraint maintenance_window_tenant_id_check check ((tenant_id <> ''::text))
);
create index maintenance_window_end on monitoring.maintenance_window using btree (tenant_id, ends_at);
alter table monitoring.maintenance_window enable row level security;
alter table monitoring.maintenance_window force row level security;
create policy every_tenant on monitoring.maintenance_window for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.maintenance_window for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant delete, insert, select, update on table monitoring.maintenance_window to rookery_api;
grant delete, insert, select, update on table monitoring.maintenance_window to rookery_ops;

-- monitoring.metric_catalogue: What each metric measures: type and unit by its name. Senders choose names: at most about 10,000 of a tenant are noted, and metrics beyond them count without being noted.
create table monitoring.metric_catalogue (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  metric_name varchar(100) not null, -- Name of the metric; metric_catalogue says of which type it is.
  metric_type monitoring.metric_type not null, -- How its values add up.
  unit varchar(20), -- Unit of its values. Null when they have none.
  description text, -- What it is, in words. Null when nobody said.
  created_at timestamptz not null default now(), -- When the row was made.
  constraint metric_catalogue_pkey primary key (tenant_id, metric_name),
  constraint metric_catalogue_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.metric_catalogue enable row level security;
alter table monitoring.metric_catalogue force row level security;
create policy every_tenant on monitoring.metric_catalogue for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.metric_catalogue for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.metric_catalogue to rookery_api;
grant insert, select, update on table monitoring.metric_catalogue to rookery_ingest;
grant delete, insert, select, update on table monitoring.metric_catalogue to rookery_ops;

-- monitoring.notice: Outbox and delivery record of notices: written in the transaction that decides to tell, sent after it, once.
create table monitoring.notice (
  id text not null, -- Identifier; receivers of webhooks get it as webhook-id and may drop what they had. No dot in it.
  tenant_id text not null default 'platform'::text, -- Tenant of the alerts; row-level security compares it with app.tenant_id.
  dedup_key text not null, -- What the notice is about and to whom: a second one of the same key is not written.
  kind text not null, -- firing, resolved, repeat: a group. digest: alerts over the rule's rate. escalation: nobody acknowledged. reminder: a silence ends. acknowledged: somebody took it on; only pagers are told.
  channel monitoring.notification_channel not null, -- By which channel.
  recipient text not null, -- Address, number or user; of slack, webhook and pagerduty the notification_target.
  group_id text, -- Group it tells of, or line of the escalations of a rule: those of one group to one recipient go one after the other. Null: it goes by itself.
  alert_ids text[] not null default '{}'::text[], -- Alerts it tells of.
  rule_ids text[] not null default '{}'::text[], -- Rules whose alerts newly fire in it: their rate is counted by these.
  content jsonb not null, -- What is told, before it is put into the words of its channel.
  state text not null default 'pending'::text, -- pending: to be sent at next_attempt_at. sending: someone is at it until lease_until. sent, or failed for good.
  attempts integer not null default 0, -- How often it was tried.
  created_at timestamptz not null default now(), -- When it was decided.
  next_attempt_at timestamptz not null default now(), -- When it is tried next.
  lease_until timestamptz, -- Until when whoever sends it has it to himself.
  sent_at timestamptz, -- When the channel took it. Null: it has not.
  provider_id text, -- What the channel calls it.
  problem text, -- Why the last attempt failed, without secrets. Null: it did not.
  constraint notice_pkey primary key (tenant_id, id),
  constraint notice_once unique (tenant_id, dedup_key),
  constraint notice_attempts_check check ((attempts >= 0)),
  constraint notice_content_check check ((jsonb_typeof(content) = 'object'::text)),
  constraint notice_kind_check check ((kind = any (array['firing'::text, 'resolved'::text, 'repeat'::text, 'digest'::text, 'escalation'::text, 'reminder'::text, 'acknowledged'::text]))),
  constraint notice_recipient_check check ((recipient <> ''::text)),
  constraint notice_state_check check ((state = any (array['pending'::text, 'sending'::text, 'sent'::text, 'failed'::text]))),
  constraint notice_tenant_id_check check ((tenant_id <> ''::text))
);
create index notice_alerts on monitoring.notice using gin (alert_ids);
create index notice_created on monitoring.notice using btree (tenant_id, created_at desc, id desc);
create index notice_due on monitoring.notice using btree (next_attempt_at) where (state = any (array['pending'::text, 'sending'::text]));
create index notice_order on monitoring.notice using btree (tenant_id, group_id, channel, recipient, created_at, id) where ((state = any (array['pending'::text, 'sending'::text])) and (group_id is not null));
create index notice_rate on monitoring.notice using btree (created_at) where (rule_ids <> '{}'::text[]);
alter table monitoring.notice enable row level security;
alter table monitoring.notice force row level security;
create policy every_tenant on monitoring.notice for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.notice for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.notice to rookery_api;
grant delete, insert, select, update on table monitoring.notice to rookery_ops;

-- monitoring.notification_target: Where notices of slack, webhook and pagerduty go: rules name them in notification_recipients. E-mail addresses, numbers and users stand there themselves.
create table monitoring.notification_target (
  id varchar(50) not null, -- Identifier, as rules name it.
  tenant_id text not null default 'platform'::text, -- Tenant that set it up; row-level security compares it with app.tenant_id.
  channel monitoring.notification_channel not null, -- By which channel it is reached.
  name varchar(200) not null, -- What it is called.
  address text, -- URL of a webhook. Null where the address is the secret itself, as with slack, or fixed.
  settings jsonb not null default '{}'::jsonb, -- What the channel lets one choose.
  secret bytea, -- Sealed: signing secret of a webhook, URL of slack, routing key of pagerduty. Bound to this row.
  previous_secret bytea, -- Sealed: the secret before the last rotation; webhooks are signed with both until previous_until.
  previous_until timestamptz, -- Until when the previous secret counts.
  is_active boolean not null default true, -- False: notices for it fail, saying so.
  created_by varchar(50) not null, -- Who set it up.
  created_at timestamptz not null default now(), -- When it was set up.
  updated_at timestamptz not null default now(), -- When it was last changed.
  deleted_at timestamptz, -- When it was deleted; its secrets are gone then. Null: it is not.
  revision integer not null default 0, -- Grows with every change; who changes it names the one he saw.
  constraint notification_target_pkey primary key (tenant_id, id),
  constraint notification_target_check check (((previous_secret is null) = (previous_until is null))),
  constraint notification_target_revision_check check ((revision >= 0)),
  constraint notification_target_settings_check check ((jsonb_typeof(settings) = 'object'::text)),
  constraint notification_target_tenant_id_check check ((tenant_id <> ''::text))
);
create trigger keep_previous_secret before update of secret on monitoring.notification_target for each row when ((new.secret is distinct from old.secret)) execute function monitoring.keep_previous_secret();
alter table monitoring.notification_target enable row level security;
alter table monitoring.notification_target force row level security;
create policy every_tenant on monitoring.notification_target for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.notification_target for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert, select (id, tenant_id, channel, name, address, settings, previous_until, is_active, created_by, created_at, updated_at, deleted_at, revision), update on table monitoring.notification_target to rookery_api;
grant delete, insert, select, update on table monitoring.notification_target to rookery_ops;

-- monitoring.performance_metric_5min_dirty: Five minutes to recompute in tb_performance_metric_5min, a row for each time one was written into.
create table monitoring.performance_metric_5min_dirty (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  bucket timestamptz not null, -- Start of the span of time that the row covers, in UTC.
  mark bigint not null generated always as identity, -- Tells marks of one bucket apart; gaps are normal.
  marked_at timestamptz not null default now(), -- When the bucket was written into.
  constraint performance_metric_5min_dirty_pkey primary key (tenant_id, bucket, mark),
  constraint performance_metric_5min_dirty_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.performance_metric_5min_dirty enable row level security;
alter table monitoring.performance_metric_5min_dirty force row level security;
create policy every_tenant on monitoring.performance_metric_5min_dirty for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.performance_metric_5min_dirty for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select (tenant_id, bucket, marked_at) on table monitoring.performance_metric_5min_dirty to rookery_api;
grant insert on table monitoring.performance_metric_5min_dirty to rookery_ingest;
grant delete, insert, select on table monitoring.performance_metric_5min_dirty to rookery_ops;

-- monitoring.performance_metric_hourly_dirty: Hours to recompute in tb_performance_metric_hourly.
create table monitoring.performance_metric_hourly_dirty (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  bucket timestamptz not null, -- Start of the span of time that the row covers, in UTC.
  mark bigint not null generated always as identity, -- Tells marks of one bucket apart; gaps are normal.
  marked_at timestamptz not null default now(), -- When the bucket was written into.
  constraint performance_metric_hourly_dirty_pkey primary key (tenant_id, bucket, mark),
  constraint performance_metric_hourly_dirty_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.performance_metric_hourly_dirty enable row level security;
alter table monitoring.performance_metric_hourly_dirty force row level security;
create policy every_tenant on monitoring.performance_metric_hourly_dirty for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.performance_metric_hourly_dirty for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select (tenant_id, bucket, marked_at) on table monitoring.performance_metric_hourly_dirty to rookery_api;
grant delete, insert, select on table monitoring.performance_metric_hourly_dirty to rookery_ops;

-- monitoring.pseudonym_key: Secret keys of pseudonyms, for each tenant and period. A destroyed key makes its pseudonyms anonymous.
create table monitoring.pseudonym_key (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  purpose varchar(20) not null, -- anonymise: pseudonyms of one period in the streams. rollup: the hashes by which users are counted, across periods.
  period_start date not null, -- First day of the period, in UTC.
  period_end date, -- First day after the period. Null: no end yet.
  key bytea, -- The key. Null once destroyed.
  created_at timestamptz not null default now(), -- When the row was made.
  destroyed_at timestamptz, -- When the key was destroyed. Null while it exists.
  constraint pseudonym_key_pkey primary key (tenant_id, purpose, period_start),
  constraint pseudonym_key_check check ((period_start < period_end)),
  constraint pseudonym_key_gone_when_destroyed check (((key is null) = (destroyed_at is not null))),
  constraint pseudonym_key_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.pseudonym_key enable row level security;
alter table monitoring.pseudonym_key force row level security;
create policy every_tenant on monitoring.pseudonym_key for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.pseudonym_key for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert, select, update (period_end, key, destroyed_at) on table monitoring.pseudonym_key to rookery_ops;

-- monitoring.rejected_event: Events that the tracking plan refused, each counted once for every reason, however often it came. What they held is in the dead letters of the queue events. Swept after 30 days.
create table monitoring.rejected_event (
  tenant_id text not null default 'platform'::text, -- Tenant that the event is of, platform where it names none that can be one; row-level security compares it with app.tenant_id.
  id uuid not null, -- UUID that follows from the tenant and the event as it was sent.
  code varchar(50) not null, -- Why it was refused, as a stable word.
  event varchar(200), -- Name of the event as it was sent, 200 characters of it. Null: it had none.
  door varchar(10) not null, -- By which way it came: http or bus.
  reason varchar(500) not null, -- Why it was refused, in words: what to change before it is sent again.
  received_at timestamptz not null, -- When the door took it.
  rejected_at timestamptz not null default now(), -- When it was counted first.
  constraint rejected_event_pkey primary key (tenant_id, id, code),
  constraint rejected_event_code_check check (((code)::text <> ''::text)),
  constraint rejected_event_door_check check (((door)::text = any ((array['http'::character varying, 'bus'::character varying])::text[]))),
  constraint rejected_event_tenant_id_check check ((tenant_id <> ''::text))
);
create index rejected_event_of_tenant on monitoring.rejected_event using btree (tenant_id, rejected_at);
create index rejected_event_rejected on monitoring.rejected_event using btree (rejected_at);
alter table monitoring.rejected_event enable row level security;
alter table monitoring.rejected_event force row level security;
create policy every_tenant on monitoring.rejected_event for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.rejected_event for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.rejected_event to rookery_api;
grant insert on table monitoring.rejected_event to rookery_ingest;
grant delete, select on table monitoring.rejected_event to rookery_ops;

-- monitoring.retention_category: How long audit events of a category (metadata.retention_category) are kept, live and archived together. A tenant's row can only keep them longer than that of platform. Events of no category here follow retention_policy.
create table monitoring.retention_category (
  tenant_id text not null default 'platform'::text, -- Owner of the row; platform for what holds for everybody.
  category varchar(50) not null, -- Value of metadata.retention_category.
  keep_days integer, -- Days that events are kept in all. Null: as long as they have the category.
  anonymise boolean not null default true, -- Whether events are anonymised like others; false where the whole record is needed.
  constraint retention_category_pkey primary key (tenant_id, category),
  constraint retention_category_category_check check (((category)::text <> ''::text)),
  constraint retention_category_keep_days_check check (((keep_days >= 366) and (keep_days <= 2557))),
  constraint retention_category_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.retention_category enable row level security;
alter table monitoring.retention_category force row level security;
create policy every_tenant on monitoring.retention_category for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.retention_category for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.retention_category to rookery_api;
grant delete, insert, select, update on table monitoring.retention_category to rookery_ops;

-- monitoring.retention_policy: How long each table is kept: for platform, what holds for everybody; for a tenant, what differs. A table without a row is kept for good.
create table monitoring.retention_policy (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  table_name varchar(63) not null, -- Table of monitoring concerned, without the schema.
  keep_days integer not null, -- Rows are deleted when they are older than so many days, at the latest a partition and a run of the job later.
  keep_days_least integer, -- Shortest time that may be chosen. Null: any.
  keep_days_most integer, -- Longest time that may be chosen. Null: any.
  archive boolean not null default false, -- Whether rows are moved to the archive of the table before they are deleted.
  anonymise_after_days integer, -- Age in days at which personal fields are anonymised. Null: never.
  updated_at timestamptz not null default now(), -- When somebody last changed the row.
  constraint retention_policy_pkey primary key (tenant_id, table_name),
  constraint retention_policy_anonymise_after_days_check check ((anonymise_after_days > 0)),
  constraint retention_policy_keep_days_check check ((keep_days > 0)),
  constraint retention_policy_tenant_id_check check ((tenant_id <> ''::text)),
  constraint retention_policy_within_range check (((keep_days >= coalesce(keep_days_least, keep_days)) and (keep_days <= coalesce(keep_days_most, keep_days))))
);
create trigger policy_within_platform before insert or update on monitoring.retention_policy for each row execute function monitoring.policy_within_platform();
alter table monitoring.retention_policy enable row level security;
alter table monitoring.retention_policy force row level security;
create policy every_tenant on monitoring.retention_policy for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.retention_policy for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.retention_policy to rookery_api;
grant delete, insert, select, update on table monitoring.retention_policy to rookery_ops;

-- monitoring.retention_run: What retention has done, step by step: the proof that something was deleted, and where to go on after an interruption. Each step of a slot is one row.
create table monitoring.retention_run (
  id bigint not null generated always as identity, -- Number of the row; gaps are normal.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  table_name varchar(63) not null, -- Table of monitoring concerned, without the schema.
  action varchar(20) not null, -- rollup, archive, anonymise, delete or drop.
  scheduled_time timestamptz not null, -- Slot that the schedule gave, not the time it ran.
  partition_name varchar(63), -- Partition it was done to. Null when it was done to rows of the table.
  covers_until timestamptz not null, -- First instant whose rows were left alone.
  dry_run boolean not null default false, -- True when it was only counted what would be done.
  rows bigint, -- Rows it was done to. Null until it is finished.
  checksum text, -- Digest of those rows, to compare with the archive. Null when none was made.
  detail jsonb not null default '{}'::jsonb, -- Further facts, by name.
  started_at timestamptz not null default now(), -- When it began.
  finished_at timestamptz, -- When it ended. Null while it runs, or when it died.
  constraint retention_run_pkey primary key (tenant_id, id),
  constraint retention_run_once unique nulls not distinct (tenant_id, scheduled_time, table_name, action, partition_name, dry_run),
  constraint retention_run_finished_has_rows check (((finished_at is null) = (rows is null))),
  constraint retention_run_rows_check check ((rows >= 0)),
  constraint retention_run_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.retention_run enable row level security;
alter table monitoring.retention_run force row level security;
create policy every_tenant on monitoring.retention_run for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.retention_run for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.retention_run to rookery_api;
grant insert, select, update (rows, checksum, detail, finished_at) on table monitoring.retention_run to rookery_ops;

-- monitoring.service_uptime_hour: Seconds of each hour that a service was in a state; what is missing to 3600 is unknown. Uptime over days is made of it.
create table monitoring.service_uptime_hour (
  tenant_id text not null default 'platform'::text, -- Tenant; row-level security compares it with app.tenant_id.
  service_id varchar(50) not null, -- The service.
  hour timestamptz not null, -- Beginning of the hour, in UTC.
  healthy_seconds integer not null default 0, -- Seconds healthy.
  degraded_seconds integer not null default 0, -- Seconds degraded; they count as up.
  down_seconds integer not null default 0, -- Seconds down.
  maintenance_seconds integer not null default 0, -- Seconds under maintenance; they count for nothing.
  constraint service_uptime_hour_pkey primary key (tenant_id, service_id, hour),
  constraint service_uptime_hour_tenant_id_service_id_fkey foreign key (tenant_id, service_id) references monitoring.tb_service_health(tenant_id, id) on delete cascade,
  constraint service_uptime_hour_check check (((((healthy_seconds + degraded_seconds) + down_seconds) + maintenance_seconds) <= 3600)),
  constraint service_uptime_hour_degraded_seconds_check check ((degraded_seconds >= 0)),
  constraint service_uptime_hour_down_seconds_check check ((down_seconds >= 0)),
  constraint service_uptime_hour_healthy_seconds_check check ((healthy_seconds >= 0)),
  constraint service_uptime_hour_maintenance_seconds_check check ((maintenance_seconds >= 0)),
  constraint service_uptime_hour_tenant_id_check check ((tenant_id <> ''::text))
);
create index service_uptime_hour_retention on monitoring.service_uptime_hour using brin (hour);
alter table monitoring.service_uptime_hour enable row level security;
alter table monitoring.service_uptime_hour force row level security;
create policy every_tenant on monitoring.service_uptime_hour for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.service_uptime_hour for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.service_uptime_hour to rookery_api;
grant delete, insert, select, update on table monitoring.service_uptime_hour to rookery_ops;

-- monitoring.silence: Alerts that nobody is told of for a while. One that still fires when its silence ends is told then.
create table monitoring.silence (
  id varchar(50) not null, -- Identifier.
  tenant_id text not null default 'platform'::text, -- Tenant whose alerts it silences; row-level security compares it with app.tenant_id.
  matchers jsonb not null, -- All of them must match: {label, op, value} with op =, !=, =~ or !~; rule and severity are labels, too.
  starts_at timestamptz not null, -- From when on.
  ends_at timestamptz not null, -- Until when; every silence ends.
  comment text not null, -- Why.
  created_by varchar(50) not null, -- Who silenced them.
  created_at timestamptz not null default now(), -- When it was made.
  updated_at timestamptz not null default now(), -- When it was last changed.
  reminded_at timestamptz, -- When it was told that it is about to end while alerts under it fire. Null: not yet.
  revision integer not null default 0, -- Grows with every change; who changes it names the one he saw.
  constraint silence_pkey primary key (tenant_id, id),
  constraint silence_check check ((starts_at < ends_at)),
  constraint silence_comment_check check ((comment <> ''::text)),
  constraint silence_matchers_check check (((jsonb_typeof(matchers) = 'array'::text) and (jsonb_array_length(matchers) > 0))),
  constraint silence_revision_check check ((revision >= 0)),
  constraint silence_tenant_id_check check ((tenant_id <> ''::text))
);
create index silence_end on monitoring.silence using btree (tenant_id, ends_at);
alter table monitoring.silence enable row level security;
alter table monitoring.silence force row level security;
create policy every_tenant on monitoring.silence for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.silence for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant delete, insert, select, update on table monitoring.silence to rookery_api;
grant delete, insert, select, update on table monitoring.silence to rookery_ops;

-- monitoring.tb_alert: Alerts that rules have raised (seed 004 §3.8): at most one open for each rule and set of labels.
create table monitoring.tb_alert (
  id varchar(50) not null, -- Identifies the row among those of its tenant.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  alert_rule_id varchar(50) not null, -- Rule that raised it.
  status monitoring.alert_status not null default 'active'::monitoring.alert_status, -- Where it stands.
  severity monitoring.severity_level not null, -- How bad it is.
  message text not null, -- What is wrong, as a sentence.
  current_value numeric not null, -- Value at the last evaluation; NaN when there is none.
  threshold numeric(15,4) not null, -- Threshold of the rule when it was raised.
  triggered_at timestamptz not null default now(), -- When it was raised.
  acknowledged_at timestamptz, -- When somebody took it on. Null when nobody did.
  acknowledged_by varchar(50), -- Who took it on. Null when nobody did.
  acknowledgment_note text, -- What they said. Null when nothing.
  resolved_at timestamptz, -- When it ended. Null while it is open.
  resolution_note text, -- How it ended. Null when nobody said.
  notifications_sent jsonb default '[]'::jsonb, -- What was sent to whom, oldest first.
  metadata jsonb default '{}'::jsonb, -- Further facts, by name.
  created_at timestamptz not null default now(), -- When the row was made.
  updated_at timestamptz not null default now(), -- When somebody last changed the row.
  labels jsonb not null default '{}'::jsonb, -- The series it is about, by label.
  fingerprint text not null generated always as (md5((labels)::text)) stored, -- Hash of labels.
  evaluated_at timestamptz, -- Slot at which it got its current value.
  suppressed_reason text, -- Why nobody was told: cool-down after the notice before, or rate-limit of the rule. Null: it was never held back.
  suppressed_until timestamptz, -- When the cool-down ends. Null while it is not suppressed, or is for the rate.
  acknowledged_until timestamptz, -- When the acknowledgement lapses. Null: it does not.
  notified_at timestamptz, -- When a notice that tells it fires was last written. Null: never.
  group_id text, -- Group of notices it belongs to. Null: of none, as in a rule that is tested.
  explanation jsonb not null default '{}'::jsonb, -- Why it fires, as the evaluation saw it: value, samples, window, threshold, operator.
  revision integer not null default 0, -- Grows when somebody changes it; who changes it names the one he saw.
  lapses integer not null default 0, -- How often its acknowledgement lapsed: its round of escalation is one more.
  lapsed_at timestamptz, -- When it last did. Null: never.
  constraint tb_alert_pkey primary key (tenant_id, id),
  constraint tb_alert_tenant_id_alert_rule_id_fkey foreign key (tenant_id, alert_rule_id) references monitoring.tb_alert_rule(tenant_id, id) on delete restrict,
  constraint tb_alert_explanation_check check ((jsonb_typeof(explanation) = 'object'::text)),
  constraint tb_alert_labels_check check ((jsonb_typeof(labels) = 'object'::text)),
  constraint tb_alert_lapses_check check ((lapses >= 0)),
  constraint tb_alert_revision_check check ((revision >= 0)),
  constraint tb_alert_suppressed_reason_check check ((suppressed_reason = any (array['cool-down'::text, 'rate-limit'::text]))),
  constraint tb_alert_tenant_id_check check ((tenant_id <> ''::text))
);
create index idx_alert_acknowledged_by on monitoring.tb_alert using btree (tenant_id, acknowledged_by);
create index idx_alert_rule on monitoring.tb_alert using btree (tenant_id, alert_rule_id, triggered_at desc);
create index idx_alert_severity on monitoring.tb_alert using btree (tenant_id, severity, triggered_at desc);
create index idx_alert_status on monitoring.tb_alert using btree (tenant_id, status, triggered_at desc);
create index tb_alert_held on monitoring.tb_alert using btree (tenant_id, alert_rule_id) where ((status = 'suppressed'::monitoring.alert_status) and (suppressed_reason = 'rate-limit'::text) and (suppressed_until is null));
create index tb_alert_last on monitoring.tb_alert using btree (tenant_id, alert_rule_id, fingerprint, triggered_at desc);
create unique index tb_alert_open on monitoring.tb_alert using btree (tenant_id, alert_rule_id, fingerprint) where ((status = any (array['active'::monitoring.alert_status, 'acknowledged'::monitoring.alert_status])) or ((status = 'suppressed'::monitoring.alert_status) and (resolved_at is null)));
create index tb_alert_told on monitoring.tb_alert using btree (tenant_id, alert_rule_id, fingerprint, notified_at desc) where (notified_at is not null);
alter table monitoring.tb_alert enable row level security;
alter table monitoring.tb_alert force row level security;
create policy every_tenant on monitoring.tb_alert for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_alert for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select, update (status, acknowledged_at, acknowledged_by, acknowledgment_note, resolved_at, resolution_note, updated_at, suppressed_until, acknowledged_until, revision) on table monitoring.tb_alert to rookery_api;
grant delete, insert, select, update on table monitoring.tb_alert to rookery_ops;

-- monitoring.tb_alert_rule: When to raise an alert, and whom to tell (seed 004 §3.7). Rules are marked deleted, because their alerts stay.
create table monitoring.tb_alert_rule (
  id varchar(50) not null, -- Identifies the row among those of its tenant.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  name varchar(200) not null, -- Name that people read.
  description text, -- What it is, in words. Null when nobody said.
  severity monitoring.severity_level not null default 'warning'::monitoring.severity_level, -- How bad its alerts are.
  status monitoring.alert_rule_status not null default 'enabled'::monitoring.alert_rule_status, -- Whether it is evaluated.
  metric_name varchar(100) not null, -- Metric that it watches.
  comparison_operator monitoring.comparison_operator not null, -- How the value is compared with the threshold.
  threshold numeric(15,4) not null, -- What the value is compared with; for contains and not-contains, how many samples must match.
  duration_minutes integer not null default 5, -- Minutes for which it must hold before the alert.
  evaluation_interval integer not null default 60, -- Seconds between evaluations.
  scope jsonb default '{}'::jsonb, -- Which series it watches, by label; pattern for contains and not-contains.
  notification_channels monitoring.notification_channel[] not null default '{}'::monitoring.notification_channel[], -- Ways to tell people.
  notification_recipients jsonb not null default '{}'::jsonb, -- Whom to tell, by channel.
  notification_template varchar(50), -- Name of the text to send. Null: the usual one.
  auto_resolve boolean not null default true, -- Whether the alert resolves by itself when the rule no longer holds.
  suppress_duration integer default 300, -- Seconds after a notification during which a new alert stays silent. Null: none.
  max_alerts_per_hour integer default 10, -- Most notifications in an hour. Null: any number.
  escalation_policy_id varchar(50), -- Whom to tell next. Null: nobody.
  escalation_delay integer, -- Minutes without an acknowledgment until then. Null: as the policy says.
  tags jsonb default '{}'::jsonb, -- Names and values to find it by.
  created_by varchar(50) not null, -- Who made the rule.
  created_at timestamptz not null default now(), -- When the row was made.
  updated_at timestamptz not null default now(), -- When somebody last changed the row.
  last_triggered timestamptz, -- When it last raised an alert. Null when it never did.
  deleted_at timestamptz, -- When it was deleted. Null while it is in force.
  window_minutes integer, -- Over how many minutes the metric is measured. Null: the metric's own window.
  min_samples integer not null default 0, -- A value made of fewer samples counts as no value.
  keep_firing_minutes integer not null default 0, -- Minutes for which an alert goes on firing after the last breach.
  recovery_threshold numeric(15,4), -- A firing series goes on breaching until it is back behind this value. Null: the threshold itself.
  no_data_state text not null default 'ok'::text, -- What a series without a value counts as: ok, alerting, or keep for what it was.
  lookback_seconds integer not null default 300, -- A value up to this old is still the value of its series.
  acknowledge_minutes integer, -- An acknowledged alert that still fires after this long is active again. Null: it stays acknowledged.
  group_by text[] not null default '{rule}'::text[], -- Labels whose values put alerts into one notice; rule stands for the rule itself, severity for its severity.
  group_wait_seconds integer not null default 30, -- How long the first notice of a group waits for others.
  group_interval_seconds integer not null default 300, -- How long after a notice of a group the next may follow.
  repeat_interval_seconds integer not null default 14400, -- After how long an unchanged group is told again.
  managed_by text, -- Name of the file of rules that the rule comes from; rookery rules apply changes those alone. Null: made by hand.
  revision integer not null default 0, -- Grows with every change; who changes a rule names the one he saw.
  constraint tb_alert_rule_pkey primary key (tenant_id, id),
  constraint tb_alert_rule_tenant_id_escalation_policy_id_fkey foreign key (tenant_id, escalation_policy_id) references monitoring.tb_escalation_policy(tenant_id, id) on delete restrict,
  constraint tb_alert_rule_acknowledge_minutes_check check ((acknowledge_minutes > 0)),
  constraint tb_alert_rule_duration_minutes_check check ((duration_minutes >= 0)),
  constraint tb_alert_rule_escalation_delay_check check ((escalation_delay >= 0)),
  constraint tb_alert_rule_evaluation_interval_check check ((evaluation_interval > 0)),
  constraint tb_alert_rule_group_interval_seconds_check check ((group_interval_seconds > 0)),
  constraint tb_alert_rule_group_wait_seconds_check check ((group_wait_seconds >= 0)),
  constraint tb_alert_rule_keep_firing_minutes_check check ((keep_firing_minutes >= 0)),
  constraint tb_alert_rule_lookback_seconds_check check ((lookback_seconds > 0)),
  constraint tb_alert_rule_max_alerts_per_hour_check check ((max_alerts_per_hour >= 0)),
  constraint tb_alert_rule_min_samples_check check ((min_samples >= 0)),
  constraint tb_alert_rule_no_data_state_check check ((no_data_state = any (array['ok'::text, 'alerting'::text, 'keep'::text]))),
  constraint tb_alert_rule_pattern check (((comparison_operator <> all (array['contains'::monitoring.comparison_operator, 'not-contains'::monitoring.comparison_operator])) or coalesce((scope ? 'pattern'::text), false))),
  constraint tb_alert_rule_repeat_interval_seconds_check check ((repeat_interval_seconds > 0)),
  constraint tb_alert_rule_revision_check check ((revision >= 0)),
  constraint tb_alert_rule_suppress_duration_check check ((suppress_duration >= 0)),
  constraint tb_alert_rule_tenant_id_check check ((tenant_id <> ''::text)),
  constraint tb_alert_rule_window_minutes_check check ((window_minutes > 0))
);
create index idx_alert_rule_created_by on monitoring.tb_alert_rule using btree (tenant_id, created_by);
create index idx_alert_rule_metric on monitoring.tb_alert_rule using btree (tenant_id, metric_name);
create index idx_alert_rule_severity on monitoring.tb_alert_rule using btree (tenant_id, severity);
create index idx_alert_rule_status on monitoring.tb_alert_rule using btree (tenant_id, status);
create index idx_alert_rule_tags on monitoring.tb_alert_rule using gin (tags);
alter table monitoring.tb_alert_rule enable row level security;
alter table monitoring.tb_alert_rule force row level security;
create policy every_tenant on monitoring.tb_alert_rule for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_alert_rule for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert, select, update on table monitoring.tb_alert_rule to rookery_api;
grant insert, select, update on table monitoring.tb_alert_rule to rookery_ops;

-- monitoring.tb_audit_event: Every audited action, reads and sign-ins included (seed 004 §3.6), in monthly partitions. What compliance must prove is also in olap.admin_audit_log.
create table monitoring.tb_audit_event (
  id bigint not null default nextval('monitoring.tb_audit_event_id_seq'::regclass), -- Number of the row; gaps are normal.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  time timestamptz not null default now(), -- When it happened; decides the partition.
  event_id varchar(50) not null, -- Identifier that the writer chose; delivered twice it is one event.
  user_id varchar(50) not null, -- Who acted; kept when the event is anonymised.
  user_email varchar(255) not null, -- Address of who acted; anonymized@example.com once anonymised.
  user_role varchar(50) not null, -- Role of who acted.
  action_type monitoring.audit_action_type not null, -- What was done.
  resource_type varchar(100) not null, -- Kind of the thing it was done to.
  resource_id varchar(100), -- The thing it was done to. Null when there was none.
  resource_name varchar(255), -- Its name at the time. Null when it had none.
  description text not null, -- What was done, as a sentence.
  before_data jsonb, -- The thing before the action. Null when there was none.
  after_data jsonb, -- The thing after the action. Null when there is none.
  changes jsonb, -- The fields that changed. Null when none did.
  outcome varchar(20) not null default 'success'::character varying, -- success or failure.
  failure_reason text, -- Why it failed. Null when it did not.
  ip_address inet, -- Address it was done from. Null only once anonymised.
  user_agent text, -- Client that asked. Null when unknown or anonymised.
  session_id varchar(100), -- Session concerned; a pseudonym once anonymised. Null when there was none.
  request_id varchar(100), -- Request concerned, as the logs call it. Null when there was none.
  module varchar(100), -- Part of the product. Null when unknown.
  severity monitoring.severity_level not null default 'info'::monitoring.severity_level, -- How bad it is.
  metadata jsonb default '{}'::jsonb, -- Further facts, by name.
  constraint tb_audit_event_pkey primary key (tenant_id, "time", id),
  constraint tb_audit_event_tenant_id_event_id_time_fkey foreign key (tenant_id, event_id, "time") references monitoring.audit_event_key(tenant_id, event_id, "time"),
  constraint tb_audit_event_address check (((ip_address is not null) or ((user_email)::text = 'anonymized@example.com'::text))),
  constraint tb_audit_event_outcome_check check (((outcome)::text = any ((array['success'::character varying, 'failure'::character varying])::text[]))),
  constraint tb_audit_event_tenant_id_check check ((tenant_id <> ''::text))
) partition by range ("time");
create index idx_audit_event_action on monitoring.tb_audit_event using btree (tenant_id, action_type, "time" desc);
create index idx_audit_event_changes on monitoring.tb_audit_event using gin (changes);
create unique index idx_audit_event_event_id on monitoring.tb_audit_event using btree (tenant_id, event_id, "time");
create index idx_audit_event_module on monitoring.tb_audit_event using btree (tenant_id, module, "time" desc);
create index idx_audit_event_outcome on monitoring.tb_audit_event using btree (tenant_id, outcome, "time" desc);
create index idx_audit_event_resource on monitoring.tb_audit_event using btree (tenant_id, resource_type, resource_id, "time" desc);
create index idx_audit_event_session on monitoring.tb_audit_event using btree (tenant_id, session_id, "time" desc);
create index idx_audit_event_user on monitoring.tb_audit_event using btree (tenant_id, user_id, "time" desc);
create trigger promote after insert on monitoring.tb_audit_event referencing new table as written for each statement execute function olap.promote_audit_events();
alter table monitoring.tb_audit_event enable row level security;
alter table monitoring.tb_audit_event force row level security;
create policy audit_readers on monitoring.tb_audit_event as restrictive for select to rookery_api
  using ((( select current_setting('app.role'::text, true) as current_setting) = any (array['tenant-admin'::text, 'operator'::text, 'auditor'::text])));
create policy every_tenant on monitoring.tb_audit_event for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_audit_event for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert, select on table monitoring.tb_audit_event to rookery_api;
grant insert, select on table monitoring.tb_audit_event to rookery_ingest;
grant delete, insert, select, update (user_email, resource_name, description, before_data, after_data, changes, failure_reason, ip_address, user_agent, session_id, request_id, metadata) on table monitoring.tb_audit_event to rookery_ops;

-- monitoring.tb_audit_event_archive: Audit events that have left tb_audit_event, as they were (seed 004 §6.2).
create table monitoring.tb_audit_event_archive (
  id bigint not null, -- Number of the row; gaps are normal.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  time timestamptz not null, -- When it happened; decides the partition.
  event_id varchar(50) not null, -- Identifier that the writer chose; delivered twice it is one event.
  user_id varchar(50) not null, -- Who acted; kept when the event is anonymised.
  user_email varchar(255) not null, -- Address of who acted; anonymized@example.com once anonymised.
  user_role varchar(50) not null, -- Role of who acted.
  action_type monitoring.audit_action_type not null, -- What was done.
  resource_type varchar(100) not null, -- Kind of the thing it was done to.
  resource_id varchar(100), -- The thing it was done to. Null when there was none.
  resource_name varchar(255), -- Its name at the time. Null when it had none.
  description text not null, -- What was done, as a sentence.
  before_data jsonb, -- The thing before the action. Null when there was none.
  after_data jsonb, -- The thing after the action. Null when there is none.
  changes jsonb, -- The fields that changed. Null when none did.
  outcome varchar(20) not null, -- success or failure.
  failure_reason text, -- Why it failed. Null when it did not.
  ip_address inet, -- Address it was done from. Null only once anonymised.
  user_agent text, -- Client that asked. Null when unknown or anonymised.
  session_id varchar(100), -- Session concerned; a pseudonym once anonymised. Null when there was none.
  request_id varchar(100), -- Request concerned, as the logs call it. Null when there was none.
  module varchar(100), -- Part of the product. Null when unknown.
  severity monitoring.severity_level not null, -- How bad it is.
  metadata jsonb, -- Further facts, by name.
  archived_at timestamptz not null default now(), -- When the row was moved here.
  constraint tb_audit_event_archive_pkey primary key (tenant_id, event_id),
  constraint tb_audit_event_address check (((ip_address is not null) or ((user_email)::text = 'anonymized@example.com'::text))),
  constraint tb_audit_event_outcome_check check (((outcome)::text = any ((array['success'::character varying, 'failure'::character varying])::text[]))),
  constraint tb_audit_event_tenant_id_check check ((tenant_id <> ''::text))
);
create index tb_audit_event_archive_resource on monitoring.tb_audit_event_archive using btree (tenant_id, resource_type, resource_id, "time" desc);
create index tb_audit_event_archive_time on monitoring.tb_audit_event_archive using btree (tenant_id, "time" desc);
create index tb_audit_event_archive_user on monitoring.tb_audit_event_archive using btree (tenant_id, user_id, "time" desc);
alter table monitoring.tb_audit_event_archive enable row level security;
alter table monitoring.tb_audit_event_archive force row level security;
create policy audit_readers on monitoring.tb_audit_event_archive as restrictive for select to rookery_api
  using ((( select current_setting('app.role'::text, true) as current_setting) = any (array['tenant-admin'::text, 'operator'::text, 'auditor'::text])));
create policy every_tenant on monitoring.tb_audit_event_archive for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_audit_event_archive for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_audit_event_archive to rookery_api;
grant delete, insert, select, update (user_email, resource_name, description, before_data, after_data, changes, failure_reason, ip_address, user_agent, session_id, request_id, metadata) on table monitoring.tb_audit_event_archive to rookery_ops;

-- monitoring.tb_dashboard: Dashboards (seed 004 §3.9).
create table monitoring.tb_dashboard (
  id varchar(50) not null, -- Identifies the row among those of its tenant.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  name varchar(200) not null, -- Name that people read.
  description text, -- What it is, in words. Null when nobody said.
  visibility monitoring.dashboard_visibility not null default 'private'::monitoring.dashboard_visibility, -- Who may see it.
  owner_id varchar(50) not null, -- Who made it.
  team_id varchar(50), -- Team that sees it, as the token names teams. Null: none.
  layout jsonb not null default '[]'::jsonb, -- How the widgets are arranged: an array of objects.
  variables jsonb default '{}'::jsonb, -- Variables of its widgets, by name.
  auto_refresh boolean not null default true, -- Whether it refreshes by itself.
  refresh_interval integer default 30, -- Seconds between refreshes.
  default_time_range varchar(20) default '24h'::character varying, -- Span shown at first, such as 24h.
  theme varchar(20) default 'light'::character varying, -- light or dark.
  tags text[] default '{}'::text[], -- Words to find it by.
  is_template boolean not null default false, -- Whether others are made from it.
  created_at timestamptz not null default now(), -- When the row was made.
  updated_at timestamptz not null default now(), -- When somebody last changed the row.
  constraint tb_dashboard_pkey primary key (tenant_id, id),
  constraint tb_dashboard_refresh_interval_check check ((refresh_interval > 0)),
  constraint tb_dashboard_tenant_id_check check ((tenant_id <> ''::text))
);
create index idx_dashboard_owner on monitoring.tb_dashboard using btree (tenant_id, owner_id);
create index idx_dashboard_team on monitoring.tb_dashboard using btree (tenant_id, team_id);
create index idx_dashboard_template on monitoring.tb_dashboard using btree (tenant_id, is_template);
create index idx_dashboard_visibility on monitoring.tb_dashboard using btree (tenant_id, visibility);
alter table monitoring.tb_dashboard enable row level security;
alter table monitoring.tb_dashboard force row level security;
create policy every_tenant on monitoring.tb_dashboard for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_dashboard for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_dashboard to rookery_api;
grant delete, insert, select, update on table monitoring.tb_dashboard to rookery_ops;

-- monitoring.tb_error_instance: Single occurrences of errors (seed 004 §3.5), in weekly partitions.
create table monitoring.tb_error_instance (
  id bigint not null default nextval('monitoring.tb_error_instance_id_seq'::regclass), -- Number of the row; gaps are normal.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  error_id varchar(50) not null, -- Group of errors (tb_error_log) it belongs to.
  occurred_at timestamptz not null default now(), -- When it happened; decides the partition.
  user_id varchar(50), -- User concerned; a pseudonym once anonymised. Null when nobody was signed in.
  session_id varchar(100), -- Session concerned; a pseudonym once anonymised. Null when there was none.
  request_id varchar(100), -- Request concerned, as the logs call it. Null when there was none.
  context jsonb default '{}'::jsonb, -- What was going on, by name; redacted when written.
  stack_trace text, -- Stack at the time. Null when none was sent.
  breadcrumbs jsonb default '[]'::jsonb, -- What happened just before, oldest first.
  constraint tb_error_instance_pkey primary key (tenant_id, occurred_at, id),
  constraint tb_error_instance_tenant_id_error_id_fkey foreign key (tenant_id, error_id) references monitoring.tb_error_log(tenant_id, id) on delete cascade,
  constraint tb_error_instance_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (occurred_at);
create index idx_error_instance_error on monitoring.tb_error_instance using btree (tenant_id, error_id, occurred_at desc);
create index idx_error_instance_retention on monitoring.tb_error_instance using brin (occurred_at);
create index idx_error_instance_user on monitoring.tb_error_instance using btree (tenant_id, user_id, occurred_at desc);
alter table monitoring.tb_error_instance enable row level security;
alter table monitoring.tb_error_instance force row level security;
create policy every_tenant on monitoring.tb_error_instance for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_error_instance for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_error_instance to rookery_api;
grant insert, select on table monitoring.tb_error_instance to rookery_ingest;
grant delete, insert, select, update (user_id, session_id, request_id, context, stack_trace, breadcrumbs) on table monitoring.tb_error_instance to rookery_ops;

-- monitoring.tb_error_log: Groups of equal errors (seed 004 §3.4): one row for each tenant, environment and hash. What is told of one error is that of the latest occurrence.
create table monitoring.tb_error_log (
  id varchar(50) not null, -- Identifies the row among those of its tenant.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  time timestamptz not null generated always as (last_seen) stored, -- last_seen under the seed's name; retention counts from it.
  error_hash varchar(64) not null, -- Fingerprint of the group: SHA-256 in hex of what makes errors equal.
  message text not null, -- Message of the error.
  error_type varchar(100) not null, -- Type of the error, such as its class.
  severity monitoring.severity_level not null default 'error'::monitoring.severity_level, -- How bad it is.
  stack_trace text, -- Stack at the time. Null when none was sent.
  file_path varchar(500), -- File it came from. Null when unknown.
  line_number integer, -- Line it came from. Null when unknown.
  function_name varchar(200), -- Function it came from. Null when unknown.
  user_id varchar(50), -- User concerned; a pseudonym once anonymised. Null when nobody was signed in.
  session_id varchar(100), -- Session concerned; a pseudonym once anonymised. Null when there was none.
  request_id varchar(100), -- Request concerned, as the logs call it. Null when there was none.
  endpoint varchar(500), -- Endpoint concerned, as a route and not as an address with its identifiers. Null when it concerns none.
  method varchar(10), -- HTTP method. Null when there was none.
  status_code integer, -- HTTP status. Null when there was none.
  user_agent text, -- Client that asked. Null when unknown or anonymised.
  ip_address inet, -- Address that asked. Null when unknown or anonymised.
  environment varchar(50) not null default 'production'::character varying, -- Environment it happened in.
  context jsonb default '{}'::jsonb, -- What was going on, by name; redacted when written.
  breadcrumbs jsonb default '[]'::jsonb, -- What happened just before, oldest first.
  first_seen timestamptz not null default now(), -- First occurrence.
  last_seen timestamptz not null default now(), -- Latest occurrence.
  occurrence_count integer not null default 1, -- Occurrences so far.
  affected_users integer not null default 0, -- Distinct users it happened to (error_user); 0 when nobody was signed in.
  status monitoring.error_status not null default 'new'::monitoring.error_status, -- Where the work on it stands; unresolved ones are never deleted.
  assigned_to varchar(50), -- Who works on it. Null when nobody does.
  resolution_note text, -- How it was resolved. Null when nobody said.
  resolved_at timestamptz, -- When it was resolved. Null when it never was.
  regressions integer not null default 0, -- How often it came back after it was resolved.
  regressed_at timestamptz, -- Occurrence with which it last came back. Null when it never did.
  revision integer not null default 0, -- Counts changes of its status, assignment and note; who changes it names the one he saw.
  constraint tb_error_log_pkey primary key (tenant_id, id),
  constraint tb_error_log_group unique (tenant_id, environment, error_hash),
  constraint tb_error_log_affected_users_check check ((affected_users >= 0)),
  constraint tb_error_log_check check ((first_seen <= last_seen)),
  constraint tb_error_log_error_hash_check check (((error_hash)::text ~ '^[0-9a-f]{64}$'::text)),
  constraint tb_error_log_occurrence_count_check check ((occurrence_count > 0)),
  constraint tb_error_log_regressions_check check ((regressions >= 0)),
  constraint tb_error_log_resolved_has_time check (((status <> 'resolved'::monitoring.error_status) or (resolved_at is not null))),
  constraint tb_error_log_tenant_id_check check ((tenant_id <> ''::text))
);
create index idx_error_log_context on monitoring.tb_error_log using gin (context);
create index idx_error_log_endpoint on monitoring.tb_error_log using btree (tenant_id, endpoint, "time" desc);
create index idx_error_log_hash on monitoring.tb_error_log using btree (tenant_id, error_hash, "time" desc);
create index idx_error_log_severity on monitoring.tb_error_log using btree (tenant_id, severity, "time" desc);
create index idx_error_log_status on monitoring.tb_error_log using btree (tenant_id, status, "time" desc);
create index idx_error_log_type on monitoring.tb_error_log using btree (tenant_id, error_type, "time" desc);
create index idx_error_log_user on monitoring.tb_error_log using btree (tenant_id, user_id, "time" desc);
create index tb_error_log_latest on monitoring.tb_error_log using btree (tenant_id, "time" desc, id desc);
alter table monitoring.tb_error_log enable row level security;
alter table monitoring.tb_error_log force row level security;
create policy every_tenant on monitoring.tb_error_log for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_error_log for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select, update (status, assigned_to, resolution_note, resolved_at, revision) on table monitoring.tb_error_log to rookery_api;
grant insert, select, update on table monitoring.tb_error_log to rookery_ingest;
grant delete, insert, select, update on table monitoring.tb_error_log to rookery_ops;

-- monitoring.tb_error_log_archive: Groups of errors that have left tb_error_log, as they were (seed 004 §6.2).
create table monitoring.tb_error_log_archive (
  id varchar(50) not null, -- Identifies the row among those of its tenant.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  time timestamptz not null, -- last_seen under the seed's name; retention counts from it.
  error_hash varchar(64) not null, -- Fingerprint of the group: SHA-256 in hex of what makes errors equal.
  message text not null, -- Message of the error.
  error_type varchar(100) not null, -- Type of the error, such as its class.
  severity monitoring.severity_level not null, -- How bad it is.
  stack_trace text, -- Stack at the time. Null when none was sent.
  file_path varchar(500), -- File it came from. Null when unknown.
  line_number integer, -- Line it came from. Null when unknown.
  function_name varchar(200), -- Function it came from. Null when unknown.
  user_id varchar(50), -- User concerned; a pseudonym once anonymised. Null when nobody was signed in.
  session_id varchar(100), -- Session concerned; a pseudonym once anonymised. Null when there was none.
  request_id varchar(100), -- Request concerned, as the logs call it. Null when there was none.
  endpoint varchar(500), -- Endpoint concerned, as a route and not as an address with its identifiers. Null when it concerns none.
  method varchar(10), -- HTTP method. Null when there was none.
  status_code integer, -- HTTP status. Null when there was none.
  user_agent text, -- Client that asked. Null when unknown or anonymised.
  ip_address inet, -- Address that asked. Null when unknown or anonymised.
  environment varchar(50) not null, -- Environment it happened in.
  context jsonb, -- What was going on, by name; redacted when written.
  breadcrumbs jsonb, -- What happened just before, oldest first.
  first_seen timestamptz not null, -- First occurrence.
  last_seen timestamptz not null, -- Latest occurrence.
  occurrence_count integer not null, -- Occurrences so far.
  affected_users integer not null, -- Distinct users it happened to (error_user); 0 when nobody was signed in.
  status monitoring.error_status not null, -- Where the work on it stands; unresolved ones are never deleted.
  assigned_to varchar(50), -- Who works on it. Null when nobody does.
  resolution_note text, -- How it was resolved. Null when nobody said.
  resolved_at timestamptz, -- When it was resolved. Null when it never was.
  archived_at timestamptz not null default now(), -- When the row was moved here.
  regressions integer not null default 0, -- How often it came back after it was resolved.
  regressed_at timestamptz, -- Occurrence with which it last came back. Null when it never did.
  revision integer not null default 0, -- Counts changes of its status, assignment and note.
  constraint tb_error_log_archive_pkey primary key (tenant_id, id),
  constraint tb_error_log_affected_users_check check ((affected_users >= 0)),
  constraint tb_error_log_archive_regressions_check check ((regressions >= 0)),
  constraint tb_error_log_check check ((first_seen <= last_seen)),
  constraint tb_error_log_error_hash_check check (((error_hash)::text ~ '^[0-9a-f]{64}$'::text)),
  constraint tb_error_log_occurrence_count_check check ((occurrence_count > 0)),
  constraint tb_error_log_resolved_has_time check (((status <> 'resolved'::monitoring.error_status) or (resolved_at is not null))),
  constraint tb_error_log_tenant_id_check check ((tenant_id <> ''::text))
);
create index tb_error_log_archive_time on monitoring.tb_error_log_archive using btree (tenant_id, "time" desc);
alter table monitoring.tb_error_log_archive enable row level security;
alter table monitoring.tb_error_log_archive force row level security;
create policy every_tenant on monitoring.tb_error_log_archive for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_error_log_archive for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_error_log_archive to rookery_api;
grant delete, insert, select, update, update (message, stack_trace, user_id, session_id, request_id, user_agent, ip_address, context, breadcrumbs) on table monitoring.tb_error_log_archive to rookery_ops;

-- monitoring.tb_escalation_policy: Whom to tell next when nobody acknowledges an alert.
create table monitoring.tb_escalation_policy (
  id varchar(50) not null, -- Identifies the row among those of its tenant.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  name varchar(200) not null, -- Name that people read.
  description text, -- What it is, in words. Null when nobody said.
  levels jsonb not null default '[]'::jsonb, -- Whom to tell, level by level: an array of objects.
  created_at timestamptz not null default now(), -- When the row was made.
  updated_at timestamptz not null default now(), -- When somebody last changed the row.
  revision integer not null default 0, -- Grows with every change; who changes it names the one he saw.
  managed_by text, -- Name of the file of rules that it comes from. Null: made by hand.
  constraint tb_escalation_policy_pkey primary key (tenant_id, id),
  constraint tb_escalation_policy_levels_check check ((jsonb_typeof(levels) = 'array'::text)),
  constraint tb_escalation_policy_revision_check check ((revision >= 0)),
  constraint tb_escalation_policy_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.tb_escalation_policy enable row level security;
alter table monitoring.tb_escalation_policy force row level security;
create policy every_tenant on monitoring.tb_escalation_policy for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_escalation_policy for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant delete, insert, select, update on table monitoring.tb_escalation_policy to rookery_api;
grant delete, insert, select, update on table monitoring.tb_escalation_policy to rookery_ops;

-- monitoring.tb_health_check_log: Every check of a service (seed 004 §3.2), in weekly partitions.
create table monitoring.tb_health_check_log (
  id bigint not null default nextval('monitoring.tb_health_check_log_id_seq'::regclass), -- Number of the row; gaps are normal.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  service_id varchar(50) not null, -- Service that was checked.
  status monitoring.service_status not null, -- What this check found.
  response_time integer, -- Time until the answer, in milliseconds. Null when there was no answer.
  error_message text, -- What went wrong. Null when nothing did.
  details jsonb, -- What the check saw, by name; never the body of an answer. Null when nothing more is known.
  checked_at timestamptz not null default now(), -- When it was checked; decides the partition.
  constraint tb_health_check_log_pkey primary key (tenant_id, checked_at, id),
  constraint tb_health_check_log_tenant_id_service_id_fkey foreign key (tenant_id, service_id) references monitoring.tb_service_health(tenant_id, id) on delete cascade,
  constraint tb_health_check_log_response_time_check check ((response_time >= 0)),
  constraint tb_health_check_log_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (checked_at);
create index idx_health_check_retention on monitoring.tb_health_check_log using brin (checked_at);
create index idx_health_check_service on monitoring.tb_health_check_log using btree (tenant_id, service_id, checked_at desc);
create index idx_health_check_status on monitoring.tb_health_check_log using btree (tenant_id, status, checked_at desc);
alter table monitoring.tb_health_check_log enable row level security;
alter table monitoring.tb_health_check_log force row level security;
create policy every_tenant on monitoring.tb_health_check_log for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_health_check_log for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_health_check_log to rookery_api;
grant insert, select on table monitoring.tb_health_check_log to rookery_ingest;
grant delete, insert, select, update (error_message) on table monitoring.tb_health_check_log to rookery_ops;

-- monitoring.tb_integration_event: Calls to and from external services (seed 004 §3.12), in weekly partitions.
create table monitoring.tb_integration_event (
  id bigint not null default nextval('monitoring.tb_integration_event_id_seq'::regclass), -- Number of the row; gaps are normal.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  integration_id varchar(50) not null, -- Service concerned.
  event_type varchar(50) not null, -- api-call, webhook-delivery or error.
  direction varchar(10) not null, -- outbound or inbound.
  endpoint varchar(500), -- Endpoint concerned, as a route and not as an address with its identifiers. Null when it concerns none.
  method varchar(10), -- HTTP method. Null when there was none.
  status_code integer, -- HTTP status. Null when there was none.
  success boolean not null, -- Whether it succeeded.
  response_time integer, -- Time until the answer, in milliseconds. Null when there was no answer.
  request_payload jsonb, -- What was sent, redacted and cut to size when written. Null when not kept.
  response_payload jsonb, -- What came back, redacted and cut to size when written. Null when not kept.
  error_message text, -- What went wrong. Null when nothing did.
  retry_count integer default 0, -- Attempts after the first.
  occurred_at timestamptz not null default now(), -- When it happened; decides the partition.
  constraint tb_integration_event_pkey primary key (tenant_id, occurred_at, id),
  constraint tb_integration_event_tenant_id_integration_id_fkey foreign key (tenant_id, integration_id) references monitoring.tb_integration_health(tenant_id, id) on delete cascade,
  constraint tb_integration_event_response_time_check check ((response_time >= 0)),
  constraint tb_integration_event_retry_count_check check ((retry_count >= 0)),
  constraint tb_integration_event_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (occurred_at);
create index idx_integration_event_integration on monitoring.tb_integration_event using btree (tenant_id, integration_id, occurred_at desc);
create index idx_integration_event_retention on monitoring.tb_integration_event using brin (occurred_at);
create index idx_integration_event_success on monitoring.tb_integration_event using btree (tenant_id, success, occurred_at desc);
create index idx_integration_event_type on monitoring.tb_integration_event using btree (tenant_id, event_type, occurred_at desc);
alter table monitoring.tb_integration_event enable row level security;
alter table monitoring.tb_integration_event force row level security;
create policy every_tenant on monitoring.tb_integration_event for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_integration_event for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_integration_event to rookery_api;
grant insert, select on table monitoring.tb_integration_event to rookery_ingest;
grant delete, insert, select, update (request_payload, response_payload, error_message) on table monitoring.tb_integration_event to rookery_ops;

-- monitoring.tb_integration_health: External services that the product depends on, with their settings and state now (seed 004 §3.11).
create table monitoring.tb_integration_health (
  id varchar(50) not null, -- Identifies the row among those of its tenant.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  name varchar(100) not null, -- Name that people read.
  integration_type monitoring.integration_type not null, -- Kind of service.
  status monitoring.service_status not null default 'unknown'::monitoring.service_status, -- State by the calls of the last hour, without any by those of 24 hours: down when fewer than half succeeded, degraded when fewer than 95 % did or the allowance is used up, unknown without calls.
  endpoint_url varchar(500), -- Address of the service. Null when it has none.
  api_version varchar(20), -- Version of its interface. Null when unknown.
  last_check timestamptz not null default now(), -- When it was last checked.
  last_success timestamptz, -- When a call last succeeded. Null when none did.
  configured_at timestamptz not null, -- When it was set up.
  success_rate_24h numeric(9,6), -- Successful calls of the last 24 hours, in percent. Null without calls.
  avg_response_time integer, -- Mean time until the answer over the last 24 hours, in milliseconds. Null without answers.
  rate_limit_quota integer, -- Calls that the service allows. Null when it does not say.
  rate_limit_remaining integer, -- Calls that are left. Null when it does not say.
  rate_limit_reset timestamptz, -- When the allowance is whole again. Null when it does not say.
  error_count_24h integer default 0, -- Failed calls of the last 24 hours.
  webhook_url varchar(500), -- Where the service calls us. Null when it does not.
  webhook_secret bytea, -- Ciphertext: the secret that signs webhooks. The API cannot read it. Null when there is none.
  authentication bytea, -- Ciphertext: how we authenticate to the service. The API cannot read it. Null when we need not.
  settings jsonb default '{}'::jsonb, -- Settings that are no secret, by name.
  is_active boolean not null default true, -- Whether it is in use.
  created_at timestamptz not null default now(), -- When the row was made.
  updated_at timestamptz not null default now(), -- When somebody last changed the row.
  rate_limit_at timestamptz, -- When the service last said what it allows; an older event changes nothing of that. Null when it never did.
  counted_until timestamptz, -- End of the 24 hours that the figures were counted over; an earlier count changes nothing. Null before the first.
  constraint tb_integration_health_pkey primary key (tenant_id, id),
  constraint tb_integration_health_avg_response_time_check check ((avg_response_time >= 0)),
  constraint tb_integration_health_error_count_24h_check check ((error_count_24h >= 0)),
  constraint tb_integration_health_success_rate_24h_check check (((success_rate_24h >= (0)::numeric) and (success_rate_24h <= (100)::numeric))),
  constraint tb_integration_health_tenant_id_check check ((tenant_id <> ''::text))
);
create index idx_integration_active on monitoring.tb_integration_health using btree (tenant_id, is_active);
create index idx_integration_status on monitoring.tb_integration_health using btree (tenant_id, status);
create index idx_integration_type on monitoring.tb_integration_health using btree (tenant_id, integration_type);
alter table monitoring.tb_integration_health enable row level security;
alter table monitoring.tb_integration_health force row level security;
create policy every_tenant on monitoring.tb_integration_health for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_integration_health for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select (id, tenant_id, name, integration_type, status, endpoint_url, api_version, last_check, last_success, configured_at, success_rate_24h, avg_response_time, rate_limit_quota, rate_limit_remaining, rate_limit_reset, error_count_24h, webhook_url, settings, is_active, created_at, updated_at, rate_limit_at, counted_until) on table monitoring.tb_integration_health to rookery_api;
grant select (id, tenant_id, name, integration_type, status, endpoint_url, api_version, last_check, last_success, configured_at, success_rate_24h, avg_response_time, rate_limit_quota, rate_limit_remaining, rate_limit_reset, error_count_24h, webhook_url, settings, is_active, created_at, updated_at, rate_limit_at, counted_until), update (status, last_check, last_success, success_rate_24h, avg_response_time, rate_limit_quota, rate_limit_remaining, rate_limit_reset, error_count_24h, updated_at, rate_limit_at) on table monitoring.tb_integration_health to rookery_ingest;
grant delete, insert, select, update on table monitoring.tb_integration_health to rookery_ops;

-- monitoring.tb_performance_metric: Raw performance metrics, one sample a minute and series (seed 004 §3.3), in daily partitions. The series with its time is the key, so a sample delivered twice is one.
create table monitoring.tb_performance_metric (
  id bigint not null default nextval('monitoring.tb_performance_metric_id_seq'::regclass), -- Number of the row; gaps are normal.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  time timestamptz not null, -- Start of the sampled minute; decides the partition.
  metric_name varchar(100) not null, -- Name of the metric; metric_catalogue says of which type it is.
  endpoint varchar(500), -- Endpoint concerned, as a route and not as an address with its identifiers. Null when it concerns none.
  method varchar(10), -- HTTP method. Null when there was none.
  status_code integer, -- HTTP status. Null when there was none.
  p50 numeric(10,2), -- Median of the values, in the unit of the metric. Null when no distribution is known.
  p95 numeric(10,2), -- 95th percentile of the values. Null when no distribution is known.
  p99 numeric(10,2), -- 99th percentile of the values. Null when no distribution is known.
  mean numeric(10,2), -- Mean of the values, in the unit of the metric. Null when unknown.
  min numeric(10,2), -- Smallest value, in the unit of the metric (milliseconds for latencies). Null when unknown.
  max numeric(10,2), -- Greatest value, in the unit of the metric. Null when unknown.
  request_count integer not null default 0, -- Requests that the sample covers; 0 for metrics that are not of requests.
  error_count integer not null default 0, -- Of request_count: failed.
  error_rate numeric(9,6), -- error_count as a percentage of request_count. Null without requests.
  throughput numeric(10,2), -- Requests a second. Null when it is not of requests.
  tags jsonb default '{}'::jsonb, -- Names and values that tell series apart.
  tags_hash uuid not null generated always as ((md5((COALESCE(tags, '{}'::jsonb))::text))::uuid) stored, -- Hash of tags, which are too long for a key.
  sketch jsonb, -- How many values lie in each log bucket: key k counts the values in (1.02^(k-1), 1.02^k], key zero those that are 0. Sketches add; percentiles are read from the sum. Null when no distribution is known.
  value_sum numeric(30,6), -- Sum of all values, to a millionth; the mean is value_sum / value_count. Null when unknown.
  value_count bigint not null default 0, -- How many values there are: those of the sketch, else the requests, and 1 for a sample of what is not of requests. 0 when there are none.
  constraint tb_performance_metric_pkey primary key (tenant_id, "time", id),
  constraint tb_performance_metric_series unique nulls not distinct (tenant_id, "time", metric_name, endpoint, method, status_code, tags_hash),
  constraint tb_performance_metric_check check (((error_count >= 0) and (error_count <= request_count))),
  constraint tb_performance_metric_error_rate_check check (((error_rate >= (0)::numeric) and (error_rate <= (100)::numeric))),
  constraint tb_performance_metric_request_count_check check ((request_count >= 0)),
  constraint tb_performance_metric_sketch_check check ((jsonb_typeof(sketch) = 'object'::text)),
  constraint tb_performance_metric_tenant_id_check check ((tenant_id <> ''::text)),
  constraint tb_performance_metric_throughput_check check ((throughput >= (0)::numeric)),
  constraint tb_performance_metric_value_count_check check ((value_count >= 0))
) partition by range ("time");
create index idx_performance_metric_endpoint on monitoring.tb_performance_metric using btree (tenant_id, endpoint, "time" desc);
create index idx_performance_metric_name on monitoring.tb_performance_metric using btree (tenant_id, metric_name, "time" desc);
create index idx_performance_metric_tags on monitoring.tb_performance_metric using gin (tags);
alter table monitoring.tb_performance_metric enable row level security;
alter table monitoring.tb_performance_metric force row level security;
create policy every_tenant on monitoring.tb_performance_metric for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_performance_metric for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_performance_metric to rookery_api;
grant insert, select, update (p50, p95, p99, mean, min, max, request_count, error_count, error_rate, throughput, sketch, value_sum, value_count) on table monitoring.tb_performance_metric to rookery_ingest;
grant delete, insert, select, update (tags) on table monitoring.tb_performance_metric to rookery_ops;

-- monitoring.tb_performance_metric_5min: Performance metrics of each five minutes, made from the raw ones (seed 004 §3.3).
create table monitoring.tb_performance_metric_5min (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  bucket timestamptz not null, -- Start of the span of time that the row covers, in UTC.
  metric_name varchar(100) not null, -- Name of the metric; metric_catalogue says of which type it is.
  endpoint varchar(500), -- Endpoint concerned, as a route and not as an address with its identifiers. Null when it concerns none.
  avg_p50 numeric(10,2) generated always as (p50) stored, -- p50 under the seed's name; merged, never an average.
  avg_p95 numeric(10,2) generated always as (p95) stored, -- p95 under the seed's name; merged, never an average.
  avg_p99 numeric(10,2) generated always as (p99) stored, -- p99 under the seed's name; merged, never an average.
  total_requests bigint not null default 0, -- Requests of the span.
  total_errors bigint not null default 0, -- Of total_requests: failed.
  avg_error_rate numeric(9,6) generated always as (((100.0 * (total_errors)::numeric) / (NULLIF(total_requests, 0))::numeric)) stored, -- total_errors as a percentage of total_requests. Null without requests.
  p50 numeric(10,2), -- Median of the values, in the unit of the metric. Null when no distribution is known.
  p95 numeric(10,2), -- 95th percentile of the values. Null when no distribution is known.
  p99 numeric(10,2), -- 99th percentile of the values. Null when no distribution is known.
  min numeric(10,2), -- Smallest value, in the unit of the metric (milliseconds for latencies). Null when unknown.
  max numeric(10,2), -- Greatest value, in the unit of the metric. Null when unknown.
  value_sum numeric not null default 0, -- Sum of all values of the span; the mean is value_sum / value_count.
  value_count bigint not null default 0, -- How many values that sum has: requests, or samples of what is not of requests.
  samples integer not null default 0, -- Raw samples that the row is made of.
  sketch jsonb, -- How many values lie in each log bucket: key k counts the values in (1.02^(k-1), 1.02^k], key zero those that are 0. Sketches add; percentiles are read from the sum. Null when no distribution is known.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  constraint tb_performance_metric_5min_series unique nulls not distinct (tenant_id, bucket, metric_name, endpoint),
  constraint tb_performance_metric_5min_check check (((total_errors >= 0) and (total_errors <= total_requests))),
  constraint tb_performance_metric_5min_samples_check check ((samples >= 0)),
  constraint tb_performance_metric_5min_sketch_check check ((jsonb_typeof(sketch) = 'object'::text)),
  constraint tb_performance_metric_5min_tenant_id_check check ((tenant_id <> ''::text)),
  constraint tb_performance_metric_5min_total_requests_check check ((total_requests >= 0)),
  constraint tb_performance_metric_5min_value_count_check check ((value_count >= 0))
);
create index tb_performance_metric_5min_line on monitoring.tb_performance_metric_5min using btree (tenant_id, metric_name, endpoint, bucket);
create index tb_performance_metric_5min_retention on monitoring.tb_performance_metric_5min using brin (bucket);
alter table monitoring.tb_performance_metric_5min enable row level security;
alter table monitoring.tb_performance_metric_5min force row level security;
create policy every_tenant on monitoring.tb_performance_metric_5min for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_performance_metric_5min for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_performance_metric_5min to rookery_api;
grant delete, insert, select, update on table monitoring.tb_performance_metric_5min to rookery_ops;

-- monitoring.tb_performance_metric_hourly: Performance metrics of each hour, made from the five minutes (seed 004 §3.3).
create table monitoring.tb_performance_metric_hourly (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  bucket timestamptz not null, -- Start of the span of time that the row covers, in UTC.
  metric_name varchar(100) not null, -- Name of the metric; metric_catalogue says of which type it is.
  endpoint varchar(500), -- Endpoint concerned, as a route and not as an address with its identifiers. Null when it concerns none.
  avg_p50 numeric(10,2) generated always as (p50) stored, -- p50 under the seed's name; merged, never an average.
  avg_p95 numeric(10,2) generated always as (p95) stored, -- p95 under the seed's name; merged, never an average.
  avg_p99 numeric(10,2) generated always as (p99) stored, -- p99 under the seed's name; merged, never an average.
  total_requests bigint not null default 0, -- Requests of the span.
  total_errors bigint not null default 0, -- Of total_requests: failed.
  avg_error_rate numeric(9,6) generated always as (((100.0 * (total_errors)::numeric) / (NULLIF(total_requests, 0))::numeric)) stored, -- total_errors as a percentage of total_requests. Null without requests.
  p50 numeric(10,2), -- Median of the values, in the unit of the metric. Null when no distribution is known.
  p95 numeric(10,2), -- 95th percentile of the values. Null when no distribution is known.
  p99 numeric(10,2), -- 99th percentile of the values. Null when no distribution is known.
  min numeric(10,2), -- Smallest value, in the unit of the metric (milliseconds for latencies). Null when unknown.
  max numeric(10,2), -- Greatest value, in the unit of the metric. Null when unknown.
  value_sum numeric not null default 0, -- Sum of all values of the span; the mean is value_sum / value_count.
  value_count bigint not null default 0, -- How many values that sum has: requests, or samples of what is not of requests.
  samples integer not null default 0, -- Raw samples that the row is made of.
  sketch jsonb, -- How many values lie in each log bucket: key k counts the values in (1.02^(k-1), 1.02^k], key zero those that are 0. Sketches add; percentiles are read from the sum. Null when no distribution is known.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  constraint tb_performance_metric_hourly_series unique nulls not distinct (tenant_id, bucket, metric_name, endpoint),
  constraint tb_performance_metric_5min_check check (((total_errors >= 0) and (total_errors <= total_requests))),
  constraint tb_performance_metric_5min_samples_check check ((samples >= 0)),
  constraint tb_performance_metric_5min_sketch_check check ((jsonb_typeof(sketch) = 'object'::text)),
  constraint tb_performance_metric_5min_tenant_id_check check ((tenant_id <> ''::text)),
  constraint tb_performance_metric_5min_total_requests_check check ((total_requests >= 0)),
  constraint tb_performance_metric_5min_value_count_check check ((value_count >= 0))
);
create index tb_performance_metric_hourly_line on monitoring.tb_performance_metric_hourly using btree (tenant_id, metric_name, endpoint, bucket);
create index tb_performance_metric_hourly_retention on monitoring.tb_performance_metric_hourly using brin (bucket);
alter table monitoring.tb_performance_metric_hourly enable row level security;
alter table monitoring.tb_performance_metric_hourly force row level security;
create policy every_tenant on monitoring.tb_performance_metric_hourly for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_performance_metric_hourly for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_performance_metric_hourly to rookery_api;
grant delete, insert, select, update on table monitoring.tb_performance_metric_hourly to rookery_ops;

-- monitoring.tb_service_health: A service that is probed, with its state now (seed 004 §3.1).
create table monitoring.tb_service_health (
  id varchar(50) not null, -- Identifies the row among those of its tenant.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  name varchar(100) not null, -- Name that people read.
  description text, -- What it is, in words. Null when nobody said.
  service_type varchar(50) not null, -- database, cache, email, storage, api or another kind.
  status monitoring.service_status not null default 'unknown'::monitoring.service_status, -- State by the last checks; unknown before the first.
  last_check timestamptz not null default now(), -- When the service was last checked.
  health_check_url varchar(500), -- Address to probe. Null when something else reports the state.
  check_interval integer not null default 300, -- Seconds between checks.
  timeout integer not null default 30, -- Seconds after which a check has failed.
  retry_count integer not null default 3, -- Failures in a row after which the service is down.
  metrics jsonb not null default '{}'::jsonb, -- What the service says of itself, by name.
  uptime_24h numeric(9,6), -- Share of the known time of the last 24 hours in which the service was up, in percent. Null when no time is known.
  uptime_7d numeric(9,6), -- The same over 7 days.
  uptime_30d numeric(9,6), -- The same over 30 days.
  created_at timestamptz not null default now(), -- When the row was made.
  updated_at timestamptz not null default now(), -- When somebody last changed the row.
  probe jsonb, -- What is asked of the service: kind and its settings. Null: nothing probes it, others report its state.
  parent_id varchar(50), -- Service that it depends on: while that is down, this one is unknown, and silent.
  failure_threshold integer not null default 1, -- Failed checks in a row after which it is down; a check has failed when retry_count attempts more did not help.
  success_threshold integer not null default 2, -- Good checks in a row after which one that was down is up.
  degraded_ms integer, -- A good check that took longer is degraded, in milliseconds. Null: none is.
  is_active boolean not null default true, -- False: it is not probed, and unknown.
  is_public boolean not null default false, -- Whether its state is on the public status page of the tenant.
  failures integer not null default 0, -- Failed checks in a row; one that is down keeps them until it is up.
  successes integer not null default 0, -- Good checks in a row.
  next_check_at timestamptz, -- When it is due. Null: at once.
  checked_slot timestamptz, -- Slot of its last check that counted: an older one changes nothing any more.
  changed_at timestamptz, -- Since when it has its state.
  reason text, -- Why it has its state, in words.
  heartbeat_at timestamptz, -- When its last ping came, of a heartbeat.
  heartbeat_status text, -- What the last ping said of the job.
  heartbeat_message text, -- What the last ping said beside that, without secrets.
  blocked_by varchar(50), -- Service above it that is down, for which it is unknown. Null: it is not for that.
  uptime_until timestamptz, -- Its hours of uptime are counted up to here; a check that comes in late sets it back. Null: none are.
  integration_id varchar(50), -- Integration whose events its checks are, too.
  created_by varchar(50), -- Who set it up. Null: whoever reports its state.
  managed_by text, -- Name of the file of rules that it comes from. Null: made by hand.
  deleted_at timestamptz, -- When it was deleted; it is not probed any more, and its checks go with time. Null: it is not.
  revision integer not null default 0, -- Grows with every change of what is asked of it.
  constraint tb_service_health_pkey primary key (tenant_id, id),
  constraint tb_service_health_tenant_id_parent_id_fkey foreign key (tenant_id, parent_id) references monitoring.tb_service_health(tenant_id, id) on delete restrict,
  constraint tb_service_health_check_interval_check check ((check_interval > 0)),
  constraint tb_service_health_degraded_ms_check check ((degraded_ms > 0)),
  constraint tb_service_health_failure_threshold_check check ((failure_threshold > 0)),
  constraint tb_service_health_failures_check check ((failures >= 0)),
  constraint tb_service_health_heartbeat_status_check check ((heartbeat_status = any (array['ok'::text, 'fail'::text]))),
  constraint tb_service_health_no_own_parent check (((parent_id)::text <> (id)::text)),
  constraint tb_service_health_probe_check check ((jsonb_typeof(probe) = 'object'::text)),
  constraint tb_service_health_retry_count_check check ((retry_count >= 0)),
  constraint tb_service_health_revision_check check ((revision >= 0)),
  constraint tb_service_health_success_threshold_check check ((success_threshold > 0)),
  constraint tb_service_health_successes_check check ((successes >= 0)),
  constraint tb_service_health_tenant_id_check check ((tenant_id <> ''::text)),
  constraint tb_service_health_timeout_check check ((timeout > 0)),
  constraint tb_service_health_uptime_24h_check check (((uptime_24h >= (0)::numeric) and (uptime_24h <= (100)::numeric))),
  constraint tb_service_health_uptime_30d_check check (((uptime_30d >= (0)::numeric) and (uptime_30d <= (100)::numeric))),
  constraint tb_service_health_uptime_7d_check check (((uptime_7d >= (0)::numeric) and (uptime_7d <= (100)::numeric)))
);
create index idx_service_health_last_check on monitoring.tb_service_health using btree (tenant_id, last_check desc);
create index idx_service_health_status on monitoring.tb_service_health using btree (tenant_id, status);
create index idx_service_health_type on monitoring.tb_service_health using btree (tenant_id, service_type);
create index tb_service_health_due on monitoring.tb_service_health using btree (next_check_at) where ((probe is not null) and is_active and (deleted_at is null));
create index tb_service_health_parent on monitoring.tb_service_health using btree (tenant_id, parent_id) where (parent_id is not null);
alter table monitoring.tb_service_health enable row level security;
alter table monitoring.tb_service_health force row level security;
create policy every_tenant on monitoring.tb_service_health for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_service_health for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert (id, tenant_id, name, description, service_type, health_check_url, check_interval, timeout, retry_count, probe, parent_id, failure_threshold, success_threshold, degraded_ms, is_active, is_public, integration_id, created_by, managed_by), select, update (name, description, service_type, health_check_url, check_interval, timeout, retry_count, updated_at, probe, parent_id, failure_threshold, success_threshold, degraded_ms, is_active, is_public, next_check_at, heartbeat_at, heartbeat_status, heartbeat_message, integration_id, managed_by, deleted_at, revision) on table monitoring.tb_service_health to rookery_api;
grant insert, select, update on table monitoring.tb_service_health to rookery_ingest;
grant delete, insert, select, update on table monitoring.tb_service_health to rookery_ops;

-- monitoring.tb_user_activity: What users do in the modules of the product (seed 004 §3.13), in weekly partitions. Clickstream goes to product analytics instead.
create table monitoring.tb_user_activity (
  id bigint not null default nextval('monitoring.tb_user_activity_id_seq'::regclass), -- Number of the row; gaps are normal.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  time timestamptz not null default now(), -- When it happened; decides the partition.
  user_id varchar(50) not null, -- User who acted; a pseudonym once anonymised.
  session_id varchar(100) not null, -- Session of the user; a pseudonym once anonymised. No foreign key: activity may come before its session.
  activity_type varchar(50) not null, -- page-view, action or feature-use.
  module varchar(100), -- Part of the product. Null when unknown.
  feature varchar(100), -- Feature of the module. Null when unknown.
  page_url varchar(500), -- Page. Null when unknown or anonymised.
  action varchar(100), -- What was done. Null when it was only looked at.
  duration integer, -- Seconds spent. Null when unknown.
  metadata jsonb default '{}'::jsonb, -- Further facts, by name.
  device_type varchar(50), -- desktop, mobile or tablet. Null when unknown.
  browser varchar(100), -- Browser of the user. Null when unknown.
  os varchar(100), -- Operating system of the user. Null when unknown.
  ip_address inet, -- Address that asked. Null when unknown or anonymised.
  constraint tb_user_activity_pkey primary key (tenant_id, "time", id),
  constraint tb_user_activity_duration_check check ((duration >= 0)),
  constraint tb_user_activity_tenant_id_check check ((tenant_id <> ''::text))
) partition by range ("time");
create index idx_user_activity_feature on monitoring.tb_user_activity using btree (tenant_id, feature, "time" desc);
create index idx_user_activity_module on monitoring.tb_user_activity using btree (tenant_id, module, "time" desc);
create index idx_user_activity_session on monitoring.tb_user_activity using btree (tenant_id, session_id, "time" desc);
create index idx_user_activity_type on monitoring.tb_user_activity using btree (tenant_id, activity_type, "time" desc);
create index idx_user_activity_user on monitoring.tb_user_activity using btree (tenant_id, user_id, "time" desc);
alter table monitoring.tb_user_activity enable row level security;
alter table monitoring.tb_user_activity force row level security;
create policy every_tenant on monitoring.tb_user_activity for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_user_activity for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_user_activity to rookery_api;
grant insert, select on table monitoring.tb_user_activity to rookery_ingest;
grant delete, insert, select, update (user_id, session_id, page_url, metadata, device_type, browser, os, ip_address) on table monitoring.tb_user_activity to rookery_ops;

-- monitoring.tb_user_activity_hourly: Activity of each hour by module, feature and type (seed 004 §3.13). The users of any hours are counted by uniting their sets.
create table monitoring.tb_user_activity_hourly (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  bucket timestamptz not null, -- Start of the span of time that the row covers, in UTC.
  module varchar(100), -- Part of the product. Null when unknown.
  feature varchar(100), -- Feature of the module. Null when unknown.
  activity_type varchar(50) not null, -- page-view, action or feature-use.
  unique_users integer not null generated always as (cardinality(users)) stored, -- Distinct users of the hour: the size of users. Not to be added up.
  total_activities bigint not null default 0, -- Activities of the hour.
  avg_duration numeric generated always as (((duration_sum)::numeric / (NULLIF(duration_count, 0))::numeric)) stored, -- Mean seconds spent, of the activities that say it. Null when none does.
  duration_sum bigint not null default 0, -- Seconds spent, of the activities that say it.
  duration_count bigint not null default 0, -- Activities that say how long they took.
  users bigint[] not null default '{}'::bigint[], -- The distinct users in ascending order, as keyed 64-bit hashes (pseudonym_key, purpose rollup).
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  constraint tb_user_activity_hourly_series unique nulls not distinct (tenant_id, bucket, module, feature, activity_type),
  constraint tb_user_activity_hourly_check check ((cardinality(users) <= total_activities)),
  constraint tb_user_activity_hourly_check1 check ((duration_count <= total_activities)),
  constraint tb_user_activity_hourly_duration_count_check check ((duration_count >= 0)),
  constraint tb_user_activity_hourly_duration_sum_check check ((duration_sum >= 0)),
  constraint tb_user_activity_hourly_tenant_id_check check ((tenant_id <> ''::text)),
  constraint tb_user_activity_hourly_total_activities_check check ((total_activities >= 0))
);
create index tb_user_activity_hourly_retention on monitoring.tb_user_activity_hourly using brin (bucket);
alter table monitoring.tb_user_activity_hourly enable row level security;
alter table monitoring.tb_user_activity_hourly force row level security;
create policy every_tenant on monitoring.tb_user_activity_hourly for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_user_activity_hourly for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_user_activity_hourly to rookery_api;
grant delete, insert, select, update on table monitoring.tb_user_activity_hourly to rookery_ops;

-- monitoring.tb_user_session: Sessions of users (seed 004 §3.14).
create table monitoring.tb_user_session (
  id varchar(100) not null, -- Identifies the row among those of its tenant.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  user_id varchar(50) not null, -- User of the session; a pseudonym once anonymised.
  started_at timestamptz not null default now(), -- When it began.
  ended_at timestamptz, -- When it ended. Null while it lasts; retention then counts from started_at.
  duration integer, -- Seconds it took. Null while it lasts.
  page_views integer default 0, -- Pages seen.
  actions integer default 0, -- Things done.
  device_type varchar(50), -- desktop, mobile or tablet. Null when unknown.
  browser varchar(100), -- Browser of the user. Null when unknown.
  os varchar(100), -- Operating system of the user. Null when unknown.
  ip_address inet, -- Address that asked. Null when unknown or anonymised.
  metadata jsonb default '{}'::jsonb, -- Further facts, by name.
  last_seen timestamptz not null default now(), -- Latest time of its start, its end and its activity. A session not seen for 30 minutes is ended by the sessions schedule.
  ended_by varchar(10), -- Who ended it: user, or idle for the schedule. Null while it lasts.
  constraint tb_user_session_pkey primary key (tenant_id, id),
  constraint tb_user_session_actions_check check ((actions >= 0)),
  constraint tb_user_session_check check ((started_at <= ended_at)),
  constraint tb_user_session_duration_check check ((duration >= 0)),
  constraint tb_user_session_ended_by check (((ended_by)::text = any ((array['user'::character varying, 'idle'::character varying])::text[]))),
  constraint tb_user_session_ended_by_has_time check (((ended_by is null) or (ended_at is not null))),
  constraint tb_user_session_page_views_check check ((page_views >= 0)),
  constraint tb_user_session_tenant_id_check check ((tenant_id <> ''::text))
);
create index idx_user_session_retention on monitoring.tb_user_session using btree (coalesce(ended_at, started_at));
create index idx_user_session_started on monitoring.tb_user_session using btree (tenant_id, started_at desc);
create index idx_user_session_user on monitoring.tb_user_session using btree (tenant_id, user_id, started_at desc);
create index tb_user_session_open on monitoring.tb_user_session using btree (started_at) where (ended_at is null);
alter table monitoring.tb_user_session enable row level security;
alter table monitoring.tb_user_session force row level security;
create policy every_tenant on monitoring.tb_user_session for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_user_session for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_user_session to rookery_api;
grant insert, select, update on table monitoring.tb_user_session to rookery_ingest;
grant delete, insert, select, update on table monitoring.tb_user_session to rookery_ops;

-- monitoring.tb_widget: Widgets of dashboards (seed 004 §3.10).
create table monitoring.tb_widget (
  id varchar(50) not null, -- Identifies the row among those of its tenant.
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  dashboard_id varchar(50) not null, -- Dashboard that shows it.
  title varchar(200) not null, -- Title that people read.
  widget_type monitoring.widget_type not null, -- How it shows its data.
  position jsonb not null, -- Place and size on the grid: x, y, w, h.
  data_source varchar(100) not null, -- Where its data comes from.
  metric_name varchar(100), -- Metric that it shows. Null when it shows none.
  query text, -- Question of a custom-query widget. Null otherwise.
  aggregation varchar(50), -- sum, avg, min, max or count. Null: none.
  time_range varchar(20), -- Span it shows. Null: that of the dashboard.
  filters jsonb default '{}'::jsonb, -- What it is narrowed to, by name.
  visualization jsonb not null default '{}'::jsonb, -- How the chart looks, by name.
  refresh_interval integer, -- Seconds between refreshes. Null: as the dashboard.
  created_at timestamptz not null default now(), -- When the row was made.
  updated_at timestamptz not null default now(), -- When somebody last changed the row.
  constraint tb_widget_pkey primary key (tenant_id, id),
  constraint tb_widget_tenant_id_dashboard_id_fkey foreign key (tenant_id, dashboard_id) references monitoring.tb_dashboard(tenant_id, id) on delete cascade,
  constraint tb_widget_refresh_interval_check check ((refresh_interval > 0)),
  constraint tb_widget_tenant_id_check check ((tenant_id <> ''::text))
);
create index idx_widget_dashboard on monitoring.tb_widget using btree (tenant_id, dashboard_id);
create index idx_widget_type on monitoring.tb_widget using btree (tenant_id, widget_type);
alter table monitoring.tb_widget enable row level security;
alter table monitoring.tb_widget force row level security;
create policy every_tenant on monitoring.tb_widget for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.tb_widget for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.tb_widget to rookery_api;
grant delete, insert, select, update on table monitoring.tb_widget to rookery_ops;

-- monitoring.user_activity_daily: Who was active on each day, written before the activity is anonymised.
create table monitoring.user_activity_daily (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  day date not null, -- Day in UTC.
  user_key bigint not null, -- The user as a keyed 64-bit hash (pseudonym_key, purpose rollup).
  constraint user_activity_daily_pkey primary key (tenant_id, day, user_key),
  constraint user_activity_daily_tenant_id_check check ((tenant_id <> ''::text))
);
create index user_activity_daily_retention on monitoring.user_activity_daily using brin (day);
alter table monitoring.user_activity_daily enable row level security;
alter table monitoring.user_activity_daily force row level security;
create policy every_tenant on monitoring.user_activity_daily for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.user_activity_daily for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.user_activity_daily to rookery_api;
grant delete, insert, select, update on table monitoring.user_activity_daily to rookery_ops;

-- monitoring.user_activity_daily_dirty: Days to recompute in user_activity_daily.
create table monitoring.user_activity_daily_dirty (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  bucket timestamptz not null, -- Start of the span of time that the row covers, in UTC.
  mark bigint not null generated always as identity, -- Tells marks of one bucket apart; gaps are normal.
  marked_at timestamptz not null default now(), -- When the bucket was written into.
  constraint user_activity_daily_dirty_pkey primary key (tenant_id, bucket, mark),
  constraint user_activity_daily_dirty_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.user_activity_daily_dirty enable row level security;
alter table monitoring.user_activity_daily_dirty force row level security;
create policy every_tenant on monitoring.user_activity_daily_dirty for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.user_activity_daily_dirty for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select (tenant_id, marked_at) on table monitoring.user_activity_daily_dirty to rookery_api;
grant insert on table monitoring.user_activity_daily_dirty to rookery_ingest;
grant delete, insert, select on table monitoring.user_activity_daily_dirty to rookery_ops;

-- monitoring.user_activity_hourly_dirty: Hours to recompute in tb_user_activity_hourly.
create table monitoring.user_activity_hourly_dirty (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  bucket timestamptz not null, -- Start of the span of time that the row covers, in UTC.
  mark bigint not null generated always as identity, -- Tells marks of one bucket apart; gaps are normal.
  marked_at timestamptz not null default now(), -- When the bucket was written into.
  constraint user_activity_hourly_dirty_pkey primary key (tenant_id, bucket, mark),
  constraint user_activity_hourly_dirty_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.user_activity_hourly_dirty enable row level security;
alter table monitoring.user_activity_hourly_dirty force row level security;
create policy every_tenant on monitoring.user_activity_hourly_dirty for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.user_activity_hourly_dirty for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select (tenant_id, marked_at) on table monitoring.user_activity_hourly_dirty to rookery_api;
grant insert on table monitoring.user_activity_hourly_dirty to rookery_ingest;
grant delete, insert, select on table monitoring.user_activity_hourly_dirty to rookery_ops;

-- monitoring.user_cohort: The month in which each user was first active.
create table monitoring.user_cohort (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  user_key bigint not null, -- The user as a keyed 64-bit hash (pseudonym_key, purpose rollup).
  cohort_month date not null, -- First day of the month in which the user was first active, in UTC.
  constraint user_cohort_pkey primary key (tenant_id, user_key),
  constraint user_cohort_cohort_month_check check ((extract(day from cohort_month) = (1)::numeric)),
  constraint user_cohort_tenant_id_check check ((tenant_id <> ''::text))
);
create index user_cohort_month_of on monitoring.user_cohort using btree (tenant_id, cohort_month);
alter table monitoring.user_cohort enable row level security;
alter table monitoring.user_cohort force row level security;
create policy every_tenant on monitoring.user_cohort for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.user_cohort for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant delete, insert, select, update on table monitoring.user_cohort to rookery_ops;

-- monitoring.user_cohort_month: How many users of each cohort were active in each month; no user can be told from it.
create table monitoring.user_cohort_month (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  cohort_month date not null, -- First day of the month in which the user was first active, in UTC.
  month date not null, -- First day of the month, in UTC.
  active_users integer not null default 0, -- Users of the cohort who were active in the month; in the cohort's own month, its size.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  constraint user_cohort_month_pkey primary key (tenant_id, cohort_month, month),
  constraint user_cohort_month_active_users_check check ((active_users >= 0)),
  constraint user_cohort_month_check check ((cohort_month <= month)),
  constraint user_cohort_month_cohort_month_check check ((extract(day from cohort_month) = (1)::numeric)),
  constraint user_cohort_month_month_check check ((extract(day from month) = (1)::numeric)),
  constraint user_cohort_month_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.user_cohort_month enable row level security;
alter table monitoring.user_cohort_month force row level security;
create policy every_tenant on monitoring.user_cohort_month for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.user_cohort_month for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table monitoring.user_cohort_month to rookery_api;
grant delete, insert, select, update on table monitoring.user_cohort_month to rookery_ops;

-- monitoring.user_cohort_month_dirty: Months to recompute in user_cohort_month.
create table monitoring.user_cohort_month_dirty (
  tenant_id text not null default 'platform'::text, -- Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.
  bucket timestamptz not null, -- Start of the span of time that the row covers, in UTC.
  mark bigint not null generated always as identity, -- Tells marks of one bucket apart; gaps are normal.
  marked_at timestamptz not null default now(), -- When the bucket was written into.
  constraint user_cohort_month_dirty_pkey primary key (tenant_id, bucket, mark),
  constraint user_cohort_month_dirty_tenant_id_check check ((tenant_id <> ''::text))
);
alter table monitoring.user_cohort_month_dirty enable row level security;
alter table monitoring.user_cohort_month_dirty force row level security;
create policy every_tenant on monitoring.user_cohort_month_dirty for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on monitoring.user_cohort_month_dirty for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select (tenant_id, marked_at) on table monitoring.user_cohort_month_dirty to rookery_api;
grant delete, insert, select on table monitoring.user_cohort_month_dirty to rookery_ops;

-- olap.admin_audit_log: Compliance audit of high-risk administrative actions (seed 000 §2.1), append-only and chained per tenant: each entry holds the hash of the one before. No metrics, no interface events, no request or response bodies.
create table olap.admin_audit_log (
  id bigint not null, -- Number of the entry, given by the log whatever its writer says; gaps are normal.
  creation_time timestamptz not null default now(), -- When the action happened.
  admin_user_id text not null, -- Administrator who acted; the word erased once erased.
  action text not null, -- What was done.
  resource_type text not null, -- Kind of the thing it was done to.
  resource_id text not null, -- The thing it was done to.
  tenant_id text not null, -- Tenant concerned; row-level security compares it with app.tenant_id.
  old_values jsonb, -- The changed values before the action. Null when there were none.
  new_values jsonb, -- The changed values after the action. Null when there are none.
  ip_address text, -- Address the administrator acted from. Null when unknown.
  user_agent text, -- Client the administrator acted with. Null when unknown.
  notes text, -- The administrator's reason, in words; without one, what the audit event said was done. Null when neither was given.
  metadata jsonb, -- Further facts that the audit must prove, such as the approval. Null when there are none.
  data_classification varchar(20), -- Class of the data concerned; decides how personal fields age. Null: not classified.
  retention_category varchar(20), -- Reason to keep the entry beyond the usual time, such as a legal hold. Null: the usual time.
  seq bigint not null, -- Place in the chain of the tenant: 1, 2, 3 and so on, without a gap.
  prev_hash text not null, -- Hash of the entry before; 64 zeros in the first.
  hash text not null, -- SHA-256, as hex, over the previous hash, the columns that are never erased and the commitments.
  commitments jsonb not null, -- SHA-256, as hex, of each column that may have to be erased, by its name: it proves the value and, without the salt, tells nothing of it.
  salts jsonb not null, -- Salt of each commitment, by the name of its column; taken away together with the value when the column is erased.
  constraint admin_audit_log_pkey primary key (creation_time, id),
  constraint admin_audit_log_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (creation_time);
create index admin_audit_log_action on olap.admin_audit_log using btree (tenant_id, action, creation_time, id);
create unique index admin_audit_log_chain on olap.admin_audit_log using btree (tenant_id, seq, creation_time);
create index admin_audit_log_personal on olap.admin_audit_log using btree (tenant_id, creation_time, id) where ((salts ? 'ip_address'::text) and ((data_classification)::text is distinct from 'restricted'::text));
create index admin_audit_log_resource on olap.admin_audit_log using btree (tenant_id, resource_id, creation_time, id);
create index admin_audit_log_tenant on olap.admin_audit_log using btree (tenant_id, creation_time);
create index admin_audit_log_user on olap.admin_audit_log using btree (tenant_id, admin_user_id, creation_time, id);
create index admin_audit_log_whole on olap.admin_audit_log using btree (tenant_id, creation_time, id) where (salts ? 'admin_user_id'::text);
create trigger append_only before delete or truncate on olap.admin_audit_log for each statement execute function olap.refuse_audit_change();
create trigger brought before insert on olap.admin_audit_log for each row when (((new.seq is not null) or (new.hash is not null))) execute function olap.refuse_sealed_entry();
create trigger chain before insert on olap.admin_audit_log for each row execute function olap.chain_audit_entry();
create trigger erase_only before update on olap.admin_audit_log for each row execute function olap.check_audit_erasure();
create trigger held after update on olap.admin_audit_log referencing old table as erased for each statement execute function olap.refuse_held_erasure();
create trigger record_stays before update on olap.admin_audit_log for each row when ((old.action = 'audit_log.erased'::text)) execute function olap.refuse_audit_change();
create trigger unlisted before insert on olap.admin_audit_log for each row when ((CURRENT_USER = any (array['rookery_api'::name, 'rookery_ops'::name]))) execute function olap.refuse_unlisted_action();
alter table olap.admin_audit_log enable row level security;
alter table olap.admin_audit_log force row level security;
create policy audit_readers on olap.admin_audit_log as restrictive for all to rookery_api
  using ((( select current_setting('app.role'::text, true) as current_setting) = any (array['auditor'::text, 'operator'::text])))
  with check ((( select current_setting('app.role'::text, true) as current_setting) = any (array['auditor'::text, 'operator'::text])));
create policy every_tenant on olap.admin_audit_log for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.admin_audit_log for all to rookery_api, rookery_etl, rookery_ingest, rookery_owner
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
revoke delete, truncate, update on table olap.admin_audit_log from rookery_owner;
grant insert, select on table olap.admin_audit_log to rookery_api;
grant insert, select, update (admin_user_id, old_values, new_values, ip_address, user_agent, notes, metadata, salts) on table olap.admin_audit_log to rookery_ops;

-- olap.audit_action: The allow-list of the compliance audit: which audit events are promoted into admin_audit_log, and as what. The same for every tenant; made from packages/telemetry/audit/actions.ts.
create table olap.audit_action (
  action text not null, -- Name of the action in admin_audit_log.
  deeds text[] not null, -- Values of action_type of the events that tell of it. Empty: no event does, the log writes it itself.
  things text[] not null, -- Values of resource_type of the events that tell of it.
  named boolean not null, -- Whether metadata.action of the event must name it too, because others share its deeds and things.
  data_classification varchar(20) not null, -- Class of its entries; decides which columns age.
  retention_category varchar(20) not null, -- Why its entries are kept; decides for how long.
  description text not null, -- What was done, after "somebody".
  constraint audit_action_pkey primary key (action),
  constraint audit_action_action_check check ((action ~ '^[a-z_]+[.][a-z_]+$'::text)),
  constraint audit_action_check check ((named or ((deeds <> '{}'::text[]) and (things <> '{}'::text[]))))
);
grant select on table olap.audit_action to rookery_api;
grant select on table olap.audit_action to rookery_etl;
grant select on table olap.audit_action to rookery_ingest;
grant select on table olap.audit_action to rookery_ops;

-- olap.audit_chain: The head of each tenant's audit chain: its last entry. Whoever writes an entry waits here for the tenant's others; only the trigger of admin_audit_log writes it.
create table olap.audit_chain (
  tenant_id text not null, -- Tenant of the chain; row-level security compares it with app.tenant_id.
  seq bigint not null, -- Place of the last entry, which is how many there are.
  hash text not null, -- Hash of the last entry; 64 zeros before the first.
  updated timestamptz not null default now(), -- When the last entry was written.
  constraint audit_chain_pkey primary key (tenant_id),
  constraint audit_chain_hash_check check ((hash ~ '^[0-9a-f]{64}$'::text)),
  constraint audit_chain_seq_check check ((seq >= 0)),
  constraint audit_chain_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.audit_chain enable row level security;
alter table olap.audit_chain force row level security;
create policy every_tenant on olap.audit_chain for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.audit_chain for all to rookery_api, rookery_etl, rookery_ingest, rookery_owner
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
revoke delete, truncate on table olap.audit_chain from rookery_owner;
grant select on table olap.audit_chain to rookery_api;
grant select on table olap.audit_chain to rookery_ops;

-- olap.audit_class: Which columns of an entry of the compliance audit are personal, by data_classification; without one, or of one that is not here, as personal.
create table olap.audit_class (
  data_classification varchar(20) not null, -- Value of admin_audit_log.data_classification.
  personal_columns text[] not null, -- Columns that are erased after personal_days of the category; none where the proof needs the whole entry.
  constraint audit_class_pkey primary key (data_classification),
  constraint audit_class_data_classification_check check (((data_classification)::text <> ''::text)),
  constraint audit_class_personal_columns_check check ((personal_columns <@ array['ip_address'::text, 'user_agent'::text, 'notes'::text, 'old_values'::text, 'new_values'::text]))
);
grant select on table olap.audit_class to rookery_api;
grant select on table olap.audit_class to rookery_ops;

-- olap.audit_retention: How long entries of the compliance audit keep their values, by retention_category; without one, or of one that is not here, as security. What happened when, and the hashes, are kept for ever.
create table olap.audit_retention (
  category varchar(20) not null, -- Value of admin_audit_log.retention_category.
  keep_days integer, -- Days after which every committed column is erased. Null: never.
  personal_days integer not null, -- Days after which the columns that its class calls personal are erased.
  constraint audit_retention_pkey primary key (category),
  constraint audit_retention_category_check check (((category)::text <> ''::text)),
  constraint audit_retention_check check ((personal_days <= keep_days)),
  constraint audit_retention_keep_days_check check ((keep_days > 0)),
  constraint audit_retention_personal_days_check check ((personal_days > 0))
);
grant select on table olap.audit_retention to rookery_api;
grant select on table olap.audit_retention to rookery_ops;

-- olap.billing_adjustment: Changes that reached a closed billing period: each row is a difference to add to the period it is applied to.
create table olap.billing_adjustment (
  id bigint not null generated always as identity, -- Number of the adjustment.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  billing_id bigint not null, -- Closed period whose usage changed.
  applied_to bigint not null, -- Open period that carries the difference.
  emails_sent integer not null, -- Difference of emails_sent; may be negative.
  mailboxes_used integer not null, -- Difference of mailboxes_used; may be negative.
  domains_used integer, -- Difference of domains_used; may be negative. Null when either side is unknown.
  campaigns_used integer not null, -- Difference of campaigns_used; may be negative.
  leads_used integer not null, -- Difference of leads_used; may be negative.
  warmups_active integer not null, -- Difference of warmups_active; may be negative.
  billable boolean not null, -- False when the change came too long after the period to be charged.
  created timestamptz not null default now(), -- When the change was found.
  constraint billing_adjustment_pkey primary key (id),
  constraint billing_adjustment_tenant_id_applied_to_fkey foreign key (tenant_id, applied_to) references olap.billing_analytics(tenant_id, id),
  constraint billing_adjustment_tenant_id_billing_id_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint billing_adjustment_tenant_id_check check ((tenant_id <> ''::text))
);
create index billing_adjustment_of on olap.billing_adjustment using btree (tenant_id, billing_id);
alter table olap.billing_adjustment enable row level security;
alter table olap.billing_adjustment force row level security;
create policy every_tenant on olap.billing_adjustment for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.billing_adjustment for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.billing_adjustment to rookery_api;
grant insert, select on table olap.billing_adjustment to rookery_etl;
grant select on table olap.billing_adjustment to rookery_ops;

-- olap.billing_analytics: Usage of a tenant in one billing period (seed 000 §1.1): the base of invoices and quotas. Periods of a tenant never overlap.
create table olap.billing_analytics (
  id bigint not null generated always as identity, -- Number of the period; the facts' billing_id refers to it.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  subscription_id text, -- Subscription in force at the start of the period. Null when the source knows none.
  emails_sent integer not null default 0, -- Campaign e-mails sent in the period; warm-up messages are not billed.
  mailboxes_used integer not null default 0, -- Distinct mailboxes that sent a campaign e-mail in the period.
  domains_used integer default 0, -- Distinct domains of those mailboxes. Null when the domain of any of them is unknown.
  campaigns_used integer not null default 0, -- Distinct campaigns that sent in the period.
  leads_used integer not null default 0, -- Distinct leads that were written to in the period.
  warmups_active integer not null default 0, -- Most mailboxes that warmed up on any one day of the period.
  period_start timestamptz not null, -- First instant of the period: midnight of first_day in the tenant's time zone.
  period_end timestamptz not null, -- First instant after the period: midnight of end_day in the tenant's time zone.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  first_day date not null, -- First day of the period.
  end_day date not null, -- First day after the period.
  timezone text not null default 'UTC'::text, -- Time zone in which the bounds of the period were cut.
  state text not null default 'open'::text, -- open: follows the facts. closed: fixed for ever; later changes become rows of billing_adjustment.
  closed_at timestamptz, -- When the period was closed. Null while it is open.
  constraint billing_analytics_pkey primary key (id),
  constraint billing_analytics_tenant_id_id_key unique (tenant_id, id),
  constraint billing_periods_do_not_overlap exclude using gist (tenant_id with =, tstzrange(period_start, period_end) with &&) deferrable initially deferred,
  constraint billing_analytics_campaigns_used_check check ((campaigns_used >= 0)),
  constraint billing_analytics_check check ((period_start < period_end)),
  constraint billing_analytics_check1 check ((first_day < end_day)),
  constraint billing_analytics_domains_used_check check ((domains_used >= 0)),
  constraint billing_analytics_emails_sent_check check ((emails_sent >= 0)),
  constraint billing_analytics_leads_used_check check ((leads_used >= 0)),
  constraint billing_analytics_mailboxes_used_check check ((mailboxes_used >= 0)),
  constraint billing_analytics_state_check check ((state = any (array['open'::text, 'closed'::text]))),
  constraint billing_analytics_tenant_id_check check ((tenant_id <> ''::text)),
  constraint billing_analytics_warmups_active_check check ((warmups_active >= 0)),
  constraint billing_closed_has_time check (((state = 'closed'::text) = (closed_at is not null)))
);
create unique index billing_analytics_tenant_first_day on olap.billing_analytics using btree (tenant_id, first_day);
create unique index idx_billing_analytics_tenant_period on olap.billing_analytics using btree (tenant_id, period_start, period_end);
alter table olap.billing_analytics enable row level security;
alter table olap.billing_analytics force row level security;
create policy every_tenant on olap.billing_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.billing_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.billing_analytics to rookery_api;
grant insert, select, update on table olap.billing_analytics to rookery_etl;
grant select on table olap.billing_analytics to rookery_ops;

-- olap.campaign_analytics: One campaign on one day (seed 000 §1.2). Lifetime totals: campaign_analytics_total.
create table olap.campaign_analytics (
  id bigint not null default nextval('olap.campaign_analytics_id_seq'::regclass), -- Number of the row (seed 000). Never part of a key; gaps are normal.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  day date not null, -- Calendar day in the tenant's time zone on which the e-mails were sent. Later opens, replies and bounces count on this day.
  campaign_id text not null, -- Campaign in the OLTP database; no foreign key by design (seed 000 §4).
  company_id text not null, -- Company within the tenant that the e-mails were sent for; the smallest when one day mixes several.
  sent integer not null default 0, -- E-mails sent. Every counter counts e-mails, each at most once.
  delivered integer not null default 0, -- Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
  opened_tracked integer not null default 0, -- Of sent: opened at least once, machine opens included.
  clicked_tracked integer not null default 0, -- Of sent: a link was clicked at least once.
  replied integer not null default 0, -- Of sent: answered at least once, automatic answers included.
  bounced integer not null default 0, -- Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.
  unsubscribed integer not null default 0, -- Of sent: the recipient unsubscribed.
  spam_complaints integer not null default 0, -- Of sent: the recipient reported spam.
  hard_bounced integer not null default 0, -- Of bounced: permanent failures. Rates and scores use these.
  opened_human integer, -- Of opened_tracked: opened by a person. Null when the source tells no open from another.
  replied_human integer, -- Of replied: written by a person. Null when the source tells no reply from another.
  status text, -- Status of the campaign at the end of the day. Null when unknown.
  completed_leads integer, -- Leads of the campaign that had finished its sequence by the end of the day. Null when the source knows no lead of it.
  billing_id bigint, -- Billing period that holds the day. Null until the billing step has run.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  constraint campaign_analytics_pkey primary key (tenant_id, day, campaign_id),
  constraint campaign_analytics_billing_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint campaign_analytics_completed_leads_check check ((completed_leads >= 0)),
  constraint campaign_analytics_counters check (((least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0) and (greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent))),
  constraint campaign_analytics_split check ((((hard_bounced >= 0) and (hard_bounced <= bounced)) and ((opened_human >= 0) and (opened_human <= opened_tracked)) and ((replied_human >= 0) and (replied_human <= replied)))),
  constraint campaign_analytics_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (day);
create index campaign_analytics_series on olap.campaign_analytics using btree (tenant_id, campaign_id, day);
alter table olap.campaign_analytics enable row level security;
alter table olap.campaign_analytics force row level security;
create policy every_tenant on olap.campaign_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.campaign_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.campaign_analytics to rookery_api;
grant delete, insert, select, update on table olap.campaign_analytics to rookery_etl;
grant select on table olap.campaign_analytics to rookery_ops;

-- olap.campaign_analytics_total: Lifetime totals of each campaign, over all its days.
--   tenant_id text: Tenant that owns the row; row-level security compares it with app.tenant_id.
--   campaign_id text: Campaign in the OLTP database; no foreign key by design (seed 000 §4).
--   company_id text: Company within the tenant; the smallest when the campaign mixes several.
--   sent bigint: E-mails sent. Every counter counts e-mails, each at most once.
--   delivered bigint: Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
--   opened_tracked bigint: Of sent: opened at least once, machine opens included.
--   clicked_tracked bigint: Of sent: a link was clicked at least once.
--   replied bigint: Of sent: answered at least once, automatic answers included.
--   bounced bigint: Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.
--   unsubscribed bigint: Of sent: the recipient unsubscribed.
--   spam_complaints bigint: Of sent: the recipient reported spam.
--   hard_bounced bigint: Of bounced: permanent failures. Rates and scores use these.
--   first_day date: First day with an e-mail.
--   last_day date: Last day with an e-mail.
--   updated timestamptz: When any day of the campaign last changed.
create view olap.campaign_analytics_total with (security_invoker=true) as
select tenant_id,
    campaign_id,
    min(company_id) as company_id,
    sum(sent) as sent,
    sum(delivered) as delivered,
    sum(opened_tracked) as opened_tracked,
    sum(clicked_tracked) as clicked_tracked,
    sum(replied) as replied,
    sum(bounced) as bounced,
    sum(unsubscribed) as unsubscribed,
    sum(spam_complaints) as spam_complaints,
    sum(hard_bounced) as hard_bounced,
    min(day) as first_day,
    max(day) as last_day,
    max(updated) as updated
   from olap.campaign_analytics
  group by tenant_id, campaign_id;
grant select on table olap.campaign_analytics_total to rookery_api;
grant select on table olap.campaign_analytics_total to rookery_ops;

-- olap.cell: Ledger: the last aggregation of each tenant and day.
create table olap.cell (
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  day date not null, -- Day in the tenant's time zone that was aggregated.
  timezone text not null, -- Time zone in which the day was cut.
  source_epoch integer not null, -- Fence: the life of the source in which the row was computed (source.epoch).
  source_xmax xid8 not null, -- Fence: first transaction that the row's snapshot could not see.
  source_in_progress integer not null, -- Fence: transactions in progress in that snapshot; fewer is later when xmax is equal.
  source_emails integer not null default 0, -- Sent e-mails that the source had for the day.
  source_warmups integer not null default 0, -- Warm-up messages that the source had for the day.
  checksum text, -- Digest of what the source had for the day; reconciliation compares it. Null before the first digest.
  fact_rows integer not null default 0, -- Fact rows of the day after the aggregation.
  lead_rows integer not null default 0, -- Leads recomputed with the day.
  milliseconds integer not null default 0, -- Wall time of the aggregation, in milliseconds.
  reason text not null, -- Why it was aggregated: what made it dirty.
  aggregated_at timestamptz not null default now(), -- When it was aggregated.
  constraint cell_pkey primary key (tenant_id, day),
  constraint cell_fact_rows_check check ((fact_rows >= 0)),
  constraint cell_lead_rows_check check ((lead_rows >= 0)),
  constraint cell_milliseconds_check check ((milliseconds >= 0)),
  constraint cell_source_emails_check check ((source_emails >= 0)),
  constraint cell_source_in_progress_check check ((source_in_progress >= 0)),
  constraint cell_source_warmups_check check ((source_warmups >= 0)),
  constraint cell_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.cell enable row level security;
alter table olap.cell force row level security;
create policy every_tenant on olap.cell for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.cell for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.cell to rookery_api;
grant delete, insert, select, update on table olap.cell to rookery_etl;
grant select on table olap.cell to rookery_ops;

-- olap.external_daily: Stable aggregates read back from external analytics, those of a short list only; nothing is here unless the pull was turned on.
create table olap.external_daily (
  tenant_id text not null, -- Tenant counted; row-level security compares it with app.tenant_id.
  day date not null, -- The UTC day counted: external analytics knows no zone of a tenant.
  metric varchar(60) not null, -- What is counted; the list is packages/telemetry/aggregates/aggregate.ts.
  value bigint not null, -- How many. A day without a row was not counted, or had none.
  source varchar(30) not null, -- System that it was read from, such as posthog.
  updated timestamptz not null default now(), -- When the value last changed; read again to the same does not count.
  constraint external_daily_pkey primary key (tenant_id, metric, day),
  constraint external_daily_metric_check check (((metric)::text <> ''::text)),
  constraint external_daily_tenant_id_check check ((tenant_id <> ''::text)),
  constraint external_daily_value_check check ((value >= 0))
);
create index external_daily_metric on olap.external_daily using btree (metric, day);
alter table olap.external_daily enable row level security;
alter table olap.external_daily force row level security;
create policy every_tenant on olap.external_daily for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.external_daily for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.external_daily to rookery_api;
grant delete, insert, select, update on table olap.external_daily to rookery_ops;

-- olap.job_run: Runs of the scheduled jobs; job and scheduled time are the idempotency key.
create table olap.job_run (
  job text not null, -- Name of the job.
  scheduled_time timestamptz not null, -- Slot that the schedule gave, not the time it ran.
  started_at timestamptz not null default now(), -- When the run began.
  finished_at timestamptz, -- When the run ended. Null while it runs, or when it died.
  cells integer not null default 0, -- Dirty tenant days that the run found.
  messages integer not null default 0, -- Queue messages that the run sent.
  problems jsonb not null default '[]'::jsonb, -- What went wrong without stopping the run: an array of objects.
  constraint job_run_pkey primary key (job, scheduled_time)
);
grant insert, select, update on table olap.job_run to rookery_ops;

-- olap.lead_analytics: One lead in one campaign over its whole life (seed 000 §1.4). A row with sent = 0 is a tombstone: its e-mails are gone, the fence stays.
create table olap.lead_analytics (
  id bigint not null default nextval('olap.lead_analytics_id_seq'::regclass), -- Number of the row (seed 000). Never part of a key; gaps are normal.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  campaign_id text not null, -- Campaign in the OLTP database; no foreign key by design (seed 000 §4).
  lead_id text not null, -- Lead in the OLTP database; no foreign key by design (seed 000 §4).
  sent integer not null default 0, -- E-mails sent. Every counter counts e-mails, each at most once.
  delivered integer not null default 0, -- Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
  opened_tracked integer not null default 0, -- Of sent: opened at least once, machine opens included.
  clicked_tracked integer not null default 0, -- Of sent: a link was clicked at least once.
  replied integer not null default 0, -- Of sent: answered at least once, automatic answers included.
  bounced integer not null default 0, -- Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.
  unsubscribed integer not null default 0, -- Of sent: the recipient unsubscribed.
  spam_complaints integer not null default 0, -- Of sent: the recipient reported spam.
  hard_bounced integer not null default 0, -- Of bounced: permanent failures. Rates and scores use these.
  opened_human integer, -- Of opened_tracked: opened by a person. Null when the source tells no open from another.
  replied_human integer, -- Of replied: written by a person. Null when the source tells no reply from another.
  status text, -- Status of the lead in the campaign when the row was computed. Null when unknown.
  first_day date, -- First day on which the lead was written to. Null in a tombstone.
  last_day date, -- Last day on which the lead was written to. Null in a tombstone.
  sent_days date[] not null default '{}'::date[], -- Every day on which the lead was written to, in order; billing counts distinct leads with it. Empty in a tombstone.
  billing_id bigint, -- Billing period that holds last_day. Null until the billing step has run.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  source_epoch integer not null, -- Fence: the life of the source in which the row was computed (source.epoch).
  source_xmax xid8 not null, -- Fence: first transaction that the row's snapshot could not see.
  source_in_progress integer not null, -- Fence: transactions in progress in that snapshot; fewer is later when xmax is equal.
  constraint lead_analytics_pkey primary key (tenant_id, campaign_id, lead_id),
  constraint lead_analytics_billing_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint lead_analytics_check check (((sent = 0) = (last_day is null))),
  constraint lead_analytics_check1 check (((last_day is null) = (first_day is null))),
  constraint lead_analytics_check2 check ((cardinality(sent_days) <= sent)),
  constraint lead_analytics_counters check (((least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0) and (greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent))),
  constraint lead_analytics_split check ((((hard_bounced >= 0) and (hard_bounced <= bounced)) and ((opened_human >= 0) and (opened_human <= opened_tracked)) and ((replied_human >= 0) and (replied_human <= replied)))),
  constraint lead_analytics_tenant_id_check check ((tenant_id <> ''::text))
);
create index lead_analytics_lead on olap.lead_analytics using btree (tenant_id, lead_id);
create index lead_analytics_recent on olap.lead_analytics using btree (tenant_id, last_day, campaign_id, lead_id);
alter table olap.lead_analytics enable row level security;
alter table olap.lead_analytics force row level security;
create policy every_tenant on olap.lead_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.lead_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.lead_analytics to rookery_api;
grant delete, insert, select, update on table olap.lead_analytics to rookery_etl;
grant select on table olap.lead_analytics to rookery_ops;

-- olap.mailbox_analytics: One sending mailbox on one day (seed 000 §1.3): deliverability, health and volume.
create table olap.mailbox_analytics (
  id bigint not null default nextval('olap.mailbox_analytics_id_seq'::regclass), -- Number of the row (seed 000). Never part of a key; gaps are normal.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  day date not null, -- Calendar day in the tenant's time zone on which the e-mails were sent. Later opens, replies and bounces count on this day.
  mailbox_id text not null, -- Sending mailbox in the OLTP database; no foreign key by design (seed 000 §4).
  company_id text not null, -- Company within the tenant that the e-mails were sent for; the smallest when one day mixes several.
  sent integer not null default 0, -- E-mails sent. Every counter counts e-mails, each at most once.
  delivered integer not null default 0, -- Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
  opened_tracked integer not null default 0, -- Of sent: opened at least once, machine opens included.
  clicked_tracked integer not null default 0, -- Of sent: a link was clicked at least once.
  replied integer not null default 0, -- Of sent: answered at least once, automatic answers included.
  bounced integer not null default 0, -- Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.
  unsubscribed integer not null default 0, -- Of sent: the recipient unsubscribed.
  spam_complaints integer not null default 0, -- Of sent: the recipient reported spam.
  hard_bounced integer not null default 0, -- Of bounced: permanent failures. Rates and scores use these.
  opened_human integer, -- Of opened_tracked: opened by a person. Null when the source tells no open from another.
  replied_human integer, -- Of replied: written by a person. Null when the source tells no reply from another.
  warmup_status text, -- Status of the mailbox's warm-up at the end of the day. Null when unknown or it has none.
  health_score integer, -- Health of the mailbox, 0 to 100, over the 14 days that end with this one. Null with fewer than 50 e-mails and fewer than 20 warm-up messages.
  health_components jsonb, -- How the score came about: version, the parts with their weights, the caps that applied. Null with the score.
  current_volume integer, -- Campaign e-mails and warm-up messages that the mailbox sent on the day. Null when unknown.
  billing_id bigint, -- Billing period that holds the day. Null until the billing step has run.
  campaign_status text, -- Status of the mailbox's campaigns at the end of the day, as the source gives it. Null when unknown.
  domain_id text, -- Sending domain of the mailbox. Null when unknown.
  spf boolean, -- Whether SPF passed for the domain at the end of the day. Null when unknown.
  dkim boolean, -- Whether DKIM passed for the domain at the end of the day. Null when unknown.
  dmarc boolean, -- Whether the domain had a DMARC policy at the end of the day. Null when unknown.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  constraint mailbox_analytics_pkey primary key (tenant_id, day, mailbox_id),
  constraint mailbox_analytics_billing_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint mailbox_analytics_check check (((health_score is null) = (health_components is null))),
  constraint mailbox_analytics_counters check (((least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0) and (greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent))),
  constraint mailbox_analytics_current_volume_check check ((current_volume >= 0)),
  constraint mailbox_analytics_health_score_check check (((health_score >= 0) and (health_score <= 100))),
  constraint mailbox_analytics_split check ((((hard_bounced >= 0) and (hard_bounced <= bounced)) and ((opened_human >= 0) and (opened_human <= opened_tracked)) and ((replied_human >= 0) and (replied_human <= replied)))),
  constraint mailbox_analytics_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (day);
create index mailbox_analytics_series on olap.mailbox_analytics using btree (tenant_id, mailbox_id, day);
alter table olap.mailbox_analytics enable row level security;
alter table olap.mailbox_analytics force row level security;
create policy every_tenant on olap.mailbox_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.mailbox_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.mailbox_analytics to rookery_api;
grant delete, insert, select, update on table olap.mailbox_analytics to rookery_etl;
grant select on table olap.mailbox_analytics to rookery_ops;

-- olap.pending_cell: Ledger: tenant days known to have changed and not aggregated since. The aggregation removes a row with the facts it writes.
create table olap.pending_cell (
  tenant_id text not null, -- Tenant of the day; row-level security compares it with app.tenant_id.
  day date not null, -- Day in the tenant's time zone that is to be aggregated.
  source_epoch integer not null, -- Fence: the life of the source in which it was last found (source.epoch).
  source_xmax xid8 not null, -- Fence: first transaction that the snapshot it was last found in could not see; only an aggregation from a snapshot no older removes the row.
  source_in_progress integer not null, -- Fence: transactions in progress in that snapshot; fewer is later when xmax is equal.
  complete_through timestamptz, -- Every change before this instant is in its facts all the same: how far the tenant's facts were complete when it was first found. Null when they never were.
  found_at timestamptz not null default now(), -- When it was first found.
  constraint pending_cell_pkey primary key (tenant_id, day),
  constraint pending_cell_source_in_progress_check check ((source_in_progress >= 0)),
  constraint pending_cell_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.pending_cell enable row level security;
alter table olap.pending_cell force row level security;
create policy every_tenant on olap.pending_cell for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.pending_cell for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.pending_cell to rookery_api;
grant delete, select, update on table olap.pending_cell to rookery_etl;
grant delete, insert, select, update on table olap.pending_cell to rookery_ops;

-- olap.pending_lead: Ledger: leads whose e-mails left a day when it was aggregated, and that were not recounted by name since.
create table olap.pending_lead (
  tenant_id text not null, -- Tenant of the lead; row-level security compares it with app.tenant_id.
  lead_id text not null, -- Lead whose rows are to be recounted.
  source_epoch integer not null, -- Fence: the life of the source in which it was last found (source.epoch).
  source_xmax xid8 not null, -- Fence: first transaction that the snapshot it was last found in could not see; only an aggregation from a snapshot no older removes the row.
  source_in_progress integer not null, -- Fence: transactions in progress in that snapshot; fewer is later when xmax is equal.
  complete_through timestamptz, -- Every change before this instant is in its facts all the same: how far the tenant's facts were complete when it was first found. Null when they never were.
  found_at timestamptz not null default now(), -- When it was first found.
  constraint pending_lead_pkey primary key (tenant_id, lead_id),
  constraint pending_lead_source_in_progress_check check ((source_in_progress >= 0)),
  constraint pending_lead_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.pending_lead enable row level security;
alter table olap.pending_lead force row level security;
create policy every_tenant on olap.pending_lead for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.pending_lead for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.pending_lead to rookery_api;
grant delete, insert, select, update on table olap.pending_lead to rookery_etl;
grant delete, select on table olap.pending_lead to rookery_ops;

-- olap.rate_limit: What each tenant has spent of its allowances, a row for each class of requests. Unlogged: a crash empties it, and every tenant starts afresh.
create unlogged table olap.rate_limit (
  tenant_id text not null, -- The tenant that asks.
  class text not null, -- Class of requests that share an allowance, such as read or export.
  drained_at timestamptz not null, -- When all that was spent will be given back (the theoretical arrival time of GCRA); in the past, the allowance is whole.
  constraint rate_limit_pkey primary key (tenant_id, class),
  constraint rate_limit_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.rate_limit enable row level security;
alter table olap.rate_limit force row level security;
create policy every_tenant on olap.rate_limit for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.rate_limit for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert, select, update on table olap.rate_limit to rookery_api;

-- olap.reconciliation: Results of comparing source and facts, tenant by tenant.
create table olap.reconciliation (
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  scheduled_time timestamptz not null, -- Slot of the reconciliation.
  cells integer not null, -- Tenant days compared.
  behind integer not null, -- Days that differ because a change is still on its way; no fault.
  drift integer not null, -- Days that differ without a change on its way: must be 0.
  detail jsonb not null default '[]'::jsonb, -- The differing days with both sides: an array of objects.
  reconciled_at timestamptz not null default now(), -- When the comparison ended.
  constraint reconciliation_pkey primary key (tenant_id, scheduled_time),
  constraint reconciliation_behind_check check ((behind >= 0)),
  constraint reconciliation_cells_check check ((cells >= 0)),
  constraint reconciliation_drift_check check ((drift >= 0)),
  constraint reconciliation_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.reconciliation enable row level security;
alter table olap.reconciliation force row level security;
create policy every_tenant on olap.reconciliation for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.reconciliation for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.reconciliation to rookery_api;
grant insert, select, update on table olap.reconciliation to rookery_etl;
grant insert, select, update on table olap.reconciliation to rookery_ops;

-- olap.sequence_step_analytics: One step of a campaign's sequence on one day (seed 000 §1.6): what optimisation and A/B tests compare.
create table olap.sequence_step_analytics (
  id bigint not null default nextval('olap.sequence_step_analytics_id_seq'::regclass), -- Number of the row (seed 000). Never part of a key; gaps are normal.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  day date not null, -- Calendar day in the tenant's time zone on which the e-mails were sent. Later opens, replies and bounces count on this day.
  campaign_id text not null, -- Campaign in the OLTP database; no foreign key by design (seed 000 §4).
  step_id text not null, -- Step of the campaign's sequence in the OLTP database; no foreign key by design (seed 000 §4).
  company_id text not null, -- Company within the tenant that the e-mails were sent for; the smallest when one day mixes several.
  sent integer not null default 0, -- E-mails sent. Every counter counts e-mails, each at most once.
  delivered integer not null default 0, -- Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
  opened_tracked integer not null default 0, -- Of sent: opened at least once, machine opens included.
  clicked_tracked integer not null default 0, -- Of sent: a link was clicked at least once.
  replied integer not null default 0, -- Of sent: answered at least once, automatic answers included.
  bounced integer not null default 0, -- Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.
  unsubscribed integer not null default 0, -- Of sent: the recipient unsubscribed.
  spam_complaints integer not null default 0, -- Of sent: the recipient reported spam.
  hard_bounced integer not null default 0, -- Of bounced: permanent failures. Rates and scores use these.
  opened_human integer, -- Of opened_tracked: opened by a person. Null when the source tells no open from another.
  replied_human integer, -- Of replied: written by a person. Null when the source tells no reply from another.
  billing_id bigint, -- Billing period that holds the day. Null until the billing step has run.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  step_position integer, -- Place of the step in its sequence, from 1, when the day was last counted: a step that moves is followed by the next recompute of a day, and a step that the source loses keeps its place. Null when the source never knew it.
  variant text, -- Letter of the step in an A/B test when the day was last counted, kept like step_position. Null when the step is no test or the source never knew it.
  constraint sequence_step_analytics_pkey primary key (tenant_id, day, campaign_id, step_id),
  constraint sequence_step_analytics_billing_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint sequence_step_analytics_counters check (((least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0) and (greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent))),
  constraint sequence_step_analytics_position check ((step_position > 0)),
  constraint sequence_step_analytics_split check ((((hard_bounced >= 0) and (hard_bounced <= bounced)) and ((opened_human >= 0) and (opened_human <= opened_tracked)) and ((replied_human >= 0) and (replied_human <= replied)))),
  constraint sequence_step_analytics_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (day);
create index sequence_step_analytics_series on olap.sequence_step_analytics using btree (tenant_id, campaign_id, day);
alter table olap.sequence_step_analytics enable row level security;
alter table olap.sequence_step_analytics force row level security;
create policy every_tenant on olap.sequence_step_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.sequence_step_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.sequence_step_analytics to rookery_api;
grant delete, insert, select, update on table olap.sequence_step_analytics to rookery_etl;
grant select on table olap.sequence_step_analytics to rookery_ops;

-- olap.source: What change discovery knows about the source database: one row.
create table olap.source (
  source_id text not null default 'main'::text, -- Always main.
  system_identifier text not null, -- Identity of the source server; a new one, such as after a restore, starts a new epoch.
  epoch integer not null default 1, -- Counts the lives of the source: snapshots compare only within one.
  seen_xmax xid8 not null, -- Greatest snapshot xmax seen; going backwards reveals a restore.
  changed_since timestamptz, -- Changes before this were found by the fast path. Null before its first run.
  swept_xmin xid8, -- Transactions before this were found by the exact sweep. Null before its first run.
  complete_through timestamptz, -- Every change before this instant was found; it is in the facts too, unless pending_cell or pending_lead still holds its day or lead. Null before the first complete run.
  updated timestamptz not null default now(), -- When the row was last written.
  constraint source_pkey primary key (source_id),
  constraint source_epoch_check check ((epoch > 0)),
  constraint source_source_id_check check ((source_id = 'main'::text))
);
grant select on table olap.source to rookery_api;
grant select on table olap.source to rookery_etl;
grant insert, select, update on table olap.source to rookery_ops;

-- olap.tenant: Tenants the warehouse has seen, with what decides their days and periods.
create table olap.tenant (
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  timezone text, -- IANA time zone for which all days were last sent for aggregation; when the source has another, they are sent again. Null while the tenant is not looked at: before change discovery meets it, and once it cannot be worked on or has left the source.
  billing_anchor integer not null default 1, -- Day of the month, 1 to 31, on which billing periods start; the last day in shorter months.
  seen_at timestamptz not null default now(), -- When the warehouse first met the tenant.
  constraint tenant_pkey primary key (tenant_id),
  constraint tenant_billing_anchor_check check (((billing_anchor >= 1) and (billing_anchor <= 31))),
  constraint tenant_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.tenant enable row level security;
alter table olap.tenant force row level security;
create policy every_tenant on olap.tenant for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.tenant for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.tenant to rookery_api;
grant insert, select, update on table olap.tenant to rookery_etl;
grant insert, select, update on table olap.tenant to rookery_ops;

-- olap.warmup_analytics: Warm-up of one mailbox on one day (seed 000 §1.5). Counts warm-up messages, never campaign e-mails.
create table olap.warmup_analytics (
  id bigint not null default nextval('olap.warmup_analytics_id_seq'::regclass), -- Number of the row (seed 000). Never part of a key; gaps are normal.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  day date not null, -- Calendar day in the tenant's time zone on which the warm-up messages were sent.
  mailbox_id text not null, -- Mailbox that warms up; no foreign key by design (seed 000 §4).
  company_id text not null, -- Company within the tenant that the e-mails were sent for; the smallest when one day mixes several.
  sent integer not null default 0, -- Warm-up messages sent. Every counter counts messages, each at most once.
  delivered integer not null default 0, -- Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
  opened_tracked integer not null default 0, -- Of sent: opened at least once.
  clicked_tracked integer not null default 0, -- Of sent: a link was clicked at least once.
  replied integer not null default 0, -- Of sent: answered at least once.
  bounced integer not null default 0, -- Of sent: bounced, hard and soft.
  unsubscribed integer not null default 0, -- Of sent: the recipient unsubscribed.
  spam_complaints integer not null default 0, -- Of sent: found in a spam folder. In the inbox: delivered less these.
  planned integer, -- Warm-up messages planned for the day. Null when the source has no plan.
  ramp_days integer, -- Qualified days that the plan asks for. Null when the source has no plan.
  health_score integer, -- Health of the warm-up, 0 to 100, over the 14 days that end with this one. Null with fewer than 20 placed messages.
  progress_percentage integer, -- Qualified days so far as a share of ramp_days, 0 to 100; 100 also needs 200 messages sent and a health of 90. Null when the source has no plan.
  billing_id bigint, -- Billing period that holds the day. Null until the billing step has run.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  constraint warmup_analytics_pkey primary key (tenant_id, day, mailbox_id),
  constraint warmup_analytics_billing_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint warmup_analytics_counters check (((least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0) and (greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent))),
  constraint warmup_analytics_health_score_check check (((health_score >= 0) and (health_score <= 100))),
  constraint warmup_analytics_planned_check check ((planned >= 0)),
  constraint warmup_analytics_progress_percentage_check check (((progress_percentage >= 0) and (progress_percentage <= 100))),
  constraint warmup_analytics_ramp_days_check check ((ramp_days > 0)),
  constraint warmup_analytics_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (day);
create index warmup_analytics_series on olap.warmup_analytics using btree (tenant_id, mailbox_id, day);
alter table olap.warmup_analytics enable row level security;
alter table olap.warmup_analytics force row level security;
create policy every_tenant on olap.warmup_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.warmup_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.warmup_analytics to rookery_api;
grant delete, insert, select, update on table olap.warmup_analytics to rookery_etl;
grant select on table olap.warmup_analytics to rookery_ops;

-- monitoring.drop_partition(partition_name text, before timestamp with time zone): Drops one partition of a stream that ended by the instant before, and returns its name and how many rows it had. Refuses when it ended later, when a policy of any tenant or a legal hold keeps a row of it, when a rollup still needs it, and when an audit event of it is not archived.
create or replace function monitoring.drop_partition(partition_name text, before timestamp with time zone)
 returns table(dropped text, rows_dropped bigint)
 language plpgsql
 security definer
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  parent record;
  bounds text[];
  start_at timestamptz;
  end_at timestamptz;
  obstacle text;
begin
  select s.stream, c.oid, pg_get_expr(c.relpartbound, c.oid) as bound into parent
  from pg_class c
  join pg_inherits i on i.inhrelid = c.oid
  join monitoring.streams() s on i.inhparent = format('monitoring.%I', s.stream)::regclass
  where c.relnamespace = 'monitoring'::regnamespace and c.relname = drop_partition.partition_name;
  if not found then
    raise exception '% is no partition of a stream of monitoring', drop_partition.partition_name
      using errcode = 'undefined_table';
  end if;
  bounds := regexp_match(parent.bound, '^FOR VALUES FROM \(''([^'']+)''\) TO \(''([^'']+)''\)$');
  start_at := bounds[1]::timestamptz;
  end_at := bounds[2]::timestamptz;
  if end_at is null then
    raise exception 'partition % has no end: %', drop_partition.partition_name, parent.bound
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  if before > now() or end_at > before then
    raise exception 'partition % ends at %: only what ended by % may be dropped', drop_partition.partition_name, end_at,
      least(before, now()) using errcode = 'object_not_in_prerequisite_state';
  end if;
  -- From here nobody can add a row to the stream, nor hold one back, before the drop is committed.
  execute format('lock table monitoring.%I in access exclusive mode', parent.stream);
  lock table monitoring.legal_hold, monitoring.retention_policy in share mode;
  obstacle := monitoring.partition_obstacle(parent.stream, start_at, end_at);
  if obstacle is not null then
    raise exception 'partition % must stay: %', drop_partition.partition_name, obstacle
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  -- The owner, too, sees no row where policies are forced.
  execute format('alter table monitoring.%I no force row level security', drop_partition.partition_name);
  execute format('select count(*) from monitoring.%I', drop_partition.partition_name) into rows_dropped;
  execute format('drop table monitoring.%I', drop_partition.partition_name);
  dropped := drop_partition.partition_name;
  return next;
end $function$;
revoke execute on function monitoring.drop_partition(partition_name text, before timestamp with time zone) from public;
grant execute on function monitoring.drop_partition(partition_name text, before timestamp with time zone) to rookery_ops;

-- monitoring.ensure_partitions(first_time timestamp with time zone, last_time timestamp with time zone, only_stream text): Makes the partitions that hold the instants first_time to last_time, both inclusive, of one stream or, without only_stream, of all, and for audit events those of the compliance audit; returns how many it made.
create or replace function monitoring.ensure_partitions(first_time timestamp with time zone, last_time timestamp with time zone, only_stream text default null::text)
 returns integer
 language plpgsql
 security definer
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  made constant integer := monitoring.ensure_stream_partitions(first_time, last_time, only_stream);
begin
  if coalesce(only_stream, 'tb_audit_event') <> 'tb_audit_event' then return made; end if;
  return made + olap.ensure_audit_partitions(first_time, last_time);
end $function$;
revoke execute on function monitoring.ensure_partitions(first_time timestamp with time zone, last_time timestamp with time zone, only_stream text) from public;
grant execute on function monitoring.ensure_partitions(first_time timestamp with time zone, last_time timestamp with time zone, only_stream text) to rookery_ingest;
grant execute on function monitoring.ensure_partitions(first_time timestamp with time zone, last_time timestamp with time zone, only_stream text) to rookery_ops;

-- monitoring.ensure_stream_partitions(first_time timestamp with time zone, last_time timestamp with time zone, only_stream text): The part of ensure_partitions that makes the partitions of streams.
create or replace function monitoring.ensure_stream_partitions(first_time timestamp with time zone, last_time timestamp with time zone, only_stream text default null::text)
 returns integer
 language plpgsql
 security definer
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  parent record;
  step interval;
  start_at timestamp;
  last_start timestamp;
  partition_name text;
  made integer := 0;
begin
  if last_time < first_time or not isfinite(first_time) or not isfinite(last_time) then
    raise exception 'no partitions between % and %: give the earlier instant first', first_time, last_time
      using errcode = 'invalid_parameter_value';
  end if;
  if only_stream is not null and not exists (select from monitoring.streams() s where s.stream = only_stream) then
    raise exception '% is no stream of monitoring: choose one of %', only_stream,
      (select string_agg(s.stream, ', ' order by s.stream) from monitoring.streams() s)
      using errcode = 'invalid_parameter_value';
  end if;
  -- One maker at a time: two would collide on the name.
  perform pg_advisory_xact_lock(hashtextextended('monitoring.ensure_partitions', 0));
  for parent in select * from monitoring.streams() s where only_stream is null or s.stream = only_stream loop
    step := ('1 ' || parent.period)::interval;
    start_at := date_trunc(parent.period, first_time at time zone 'UTC');
    last_start := date_trunc(parent.period, last_time at time zone 'UTC');
    if start_at + step * 400 < last_start then
      raise exception 'refusing to make more than 400 partitions of %: % to %', parent.stream, first_time, last_time
        using errcode = 'invalid_parameter_value';
    end if;
    while start_at <= last_start loop
      partition_name := parent.stream
        || to_char(start_at, case parent.period when 'month' then '_YYYY_MM' else '_YYYY_MM_DD' end);
      if to_regclass(format('monitoring.%I', partition_name)) is null then
        -- Create, then attach: attaching lets readers and writers of the other partitions go on.
        execute format('create table monitoring.%I (like monitoring.%I including defaults including constraints'
          ' including generated)', partition_name, parent.stream);
        execute format('alter table monitoring.%I enable row level security, force row level security', partition_name);
        execute format('alter table monitoring.%I attach partition monitoring.%I for values from (%L) to (%L)',
          parent.stream, partition_name, start_at at time zone 'UTC', (start_at + step) at time zone 'UTC');
        made := made + 1;
      end if;
      start_at := start_at + step;
    end loop;
  end loop;
  return made;
end $function$;
revoke execute on function monitoring.ensure_stream_partitions(first_time timestamp with time zone, last_time timestamp with time zone, only_stream text) from public;

-- monitoring.hold_turn(tenant text): Waits for whoever erases, deletes or places a hold for this tenant, and keeps the others waiting until the transaction ends.
create or replace function monitoring.hold_turn(tenant text)
 returns void
 language sql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
  select pg_advisory_xact_lock(hashtextextended('monitoring.legal_hold ' || tenant, 0))
$function$;
revoke execute on function monitoring.hold_turn(tenant text) from public;
grant execute on function monitoring.hold_turn(tenant text) to rookery_api;
grant execute on function monitoring.hold_turn(tenant text) to rookery_ops;

-- monitoring.keep_previous_secret(): Keeps the secret before as previous_secret while previous_until is set; whoever places a secret cannot read the old one.
create or replace function monitoring.keep_previous_secret()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
begin
  new.previous_secret := case when new.previous_until is null then null else old.secret end;
  return new;
end $function$;
revoke execute on function monitoring.keep_previous_secret() from public;

-- monitoring.legal_hold_turn(): Has every hold wait its turn, also one that SQL places.
create or replace function monitoring.legal_hold_turn()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
begin
  perform monitoring.hold_turn(new.tenant_id);
  return new;
end $function$;
revoke execute on function monitoring.legal_hold_turn() from public;

-- monitoring.partition_obstacle(stream text, start_at timestamp with time zone, end_at timestamp with time zone): Why the rows of a stream between two instants may not be dropped, as words; null when they may. Runs as rookery_ops, because the owner sees no tenant's rows.
create or replace function monitoring.partition_obstacle(stream text, start_at timestamp with time zone, end_at timestamp with time zone)
 returns text
 language plpgsql
 stable security definer
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  longest integer;
  held record;
  missing bigint;
begin
  select max(p.keep_days) into longest from monitoring.retention_policy p where p.table_name = stream;
  if longest is null then
    return format('no retention policy says how long %s is kept', stream);
  end if;
  if end_at > now() - longest * interval '24 hours' then
    return format('a retention policy keeps %s for %s days', stream, longest);
  end if;
  select h.tenant_id, h.id, h.reason into held from monitoring.legal_hold h
  where h.table_name = stream and h.released_at is null
    and h.held_from < end_at and coalesce(h.held_until, 'infinity') > start_at
  order by h.id limit 1;
  if found then
    return format('legal hold %s of tenant %s: %s', held.id, held.tenant_id, held.reason);
  end if;
  if stream = 'tb_performance_metric' and exists (
      select from monitoring.performance_metric_5min_dirty d where d.bucket >= start_at and d.bucket < end_at)
    or stream = 'tb_user_activity' and exists (
      select from monitoring.user_activity_hourly_dirty d where d.bucket >= start_at and d.bucket < end_at
      union all
      select from monitoring.user_activity_daily_dirty d where d.bucket >= start_at and d.bucket < end_at) then
    return format('rollups of %s are not done yet', stream);
  end if;
  if stream = 'tb_audit_event' then
    select e.tenant_id, e.event_id as id, c.category as reason into held
    from monitoring.tb_audit_event e
    join monitoring.retention_category c
      on c.tenant_id in ('platform', e.tenant_id) and c.category = e.metadata->>'retention_category' and c.keep_days is null
    where e.time >= start_at and e.time < end_at limit 1;
    if found then
      return format('event %s of tenant %s has the category %s', held.id, held.tenant_id, held.reason);
    end if;
    select count(*) into missing from monitoring.tb_audit_event e
    where e.time >= start_at and e.time < end_at and not exists (
      select from monitoring.tb_audit_event_archive a where a.tenant_id = e.tenant_id and a.event_id = e.event_id);
    if missing > 0 then
      return format('%s of its rows are not in tb_audit_event_archive', missing);
    end if;
  end if;
  return null;
end $function$;
revoke execute on function monitoring.partition_obstacle(stream text, start_at timestamp with time zone, end_at timestamp with time zone) from public;
grant execute on function monitoring.partition_obstacle(stream text, start_at timestamp with time zone, end_at timestamp with time zone) to rookery_owner;

-- monitoring.policy_within_platform(): Refuses a tenant's policy outside the range of the platform's, or without its archive.
create or replace function monitoring.policy_within_platform()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  platform record;
begin
  if new.tenant_id = 'platform' then
    return new;
  end if;
  select p.keep_days_least, p.keep_days_most, p.archive into platform from monitoring.retention_policy p
  where p.tenant_id = 'platform' and p.table_name = new.table_name;
  if new.keep_days < coalesce(platform.keep_days_least, new.keep_days)
      or new.keep_days > coalesce(platform.keep_days_most, new.keep_days) then
    raise exception '% may be kept % to % days, not %', new.table_name,
      coalesce(platform.keep_days_least::text, 'any'), coalesce(platform.keep_days_most::text, 'any'), new.keep_days
      using errcode = 'check_violation', hint = 'the range is keep_days_least and keep_days_most of the platform''s policy';
  end if;
  if platform.archive and not new.archive then
    raise exception '% is archived before it is deleted: a tenant cannot do without', new.table_name
      using errcode = 'check_violation';
  end if;
  return new;
end $function$;
revoke execute on function monitoring.policy_within_platform() from public;
grant execute on function monitoring.policy_within_platform() to rookery_ops;

-- monitoring.streams(): The partitioned streams of monitoring: the column that decides the partition, and the span of one in UTC.
create or replace function monitoring.streams()
 returns table(stream text, clock text, period text)
 language sql
 immutable
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
  select * from (values
    ('tb_performance_metric', 'time', 'day'),
    ('tb_health_check_log', 'checked_at', 'week'),
    ('tb_error_instance', 'occurred_at', 'week'),
    ('tb_integration_event', 'occurred_at', 'week'),
    ('tb_user_activity', 'time', 'week'),
    ('tb_audit_event', 'time', 'month')
  ) v
$function$;
revoke execute on function monitoring.streams() from public;
grant execute on function monitoring.streams() to rookery_ingest;
grant execute on function monitoring.streams() to rookery_ops;

-- olap.chain_audit_entry(): Gives a new entry its number, its place, the hash of the entry before and its own, and moves the head of the chain on.
create or replace function olap.chain_audit_entry()
 returns trigger
 language plpgsql
 security definer
 set search_path to 'pg_catalog', 'pg_temp'
 set enable_seqscan to 'off'
as $function$
declare
  writer constant text := current_setting('app.tenant_id', true);
  ignored text;
  head record;
  seal record;
begin
  if new.tenant_id is null or new.tenant_id = '' then
    raise exception 'an audit entry names its tenant, and platform where it concerns none'
      using errcode = 'not_null_violation', column = 'tenant_id';
  end if;
  -- Seen by nobody else: it ends with this function, or with the statement when that fails.
  ignored := set_config('app.tenant_id', new.tenant_id, true);
  -- The n-th entry of a transaction would meet n dead versions of the head under its key. Where this one was left is only a
  -- guess, that the caller may spoil: what is not this tenant's living head is not found there.
  select ctid, seq, hash into head from olap.audit_chain
  where ctid = nullif(current_setting('app.audit_head', true), '')::tid and tenant_id = new.tenant_id for update;
  if not found then
    select ctid, seq, hash into head from olap.audit_chain where tenant_id = new.tenant_id for update;
  end if;
  if not found then
    insert into olap.audit_chain (tenant_id, seq, hash) values (new.tenant_id, 0, repeat('0', 64))
    on conflict (tenant_id) do nothing;
    select ctid, seq, hash into strict head from olap.audit_chain where tenant_id = new.tenant_id for update;
  end if;
  new.id := nextval('olap.admin_audit_log_id_seq');
  new.seq := head.seq + 1;
  new.prev_hash := head.hash;
  seal := olap.seal_audit_entry(
    array[new.prev_hash, new.seq::text, new.tenant_id, new.id::text,
      to_char(new.creation_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), new.action,
      new.resource_type, new.resource_id, coalesce(new.data_classification, ''), coalesce(new.retention_category, '')],
    array[new.admin_user_id, new.ip_address, new.user_agent, new.notes, new.old_values::text, new.new_values::text,
      new.metadata::text]);
  new.commitments := seal.commitments;
  new.salts := seal.salts;
  new.hash := seal.hash;
  -- A column that may not be null is: the table refuses the entry by that column's name.
  if new.hash is null then return new; end if;
  update olap.audit_chain set seq = new.seq, hash = new.hash, updated = clock_timestamp()
  where ctid = head.ctid returning ctid into head;
  ignored := set_config('app.audit_head', head.ctid::text, true);
  ignored := set_config('app.tenant_id', coalesce(writer, ''), true);
  return new;
end $function$;
revoke execute on function olap.chain_audit_entry() from public;

-- olap.check_audit_erasure(): Lets operations erase columns of an entry together with their salts, and refuses every other change.
create or replace function olap.check_audit_erasure()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  erased constant text[] := array(select key from jsonb_object_keys(old.salts) key where not new.salts ? key);
  allowed record := old;
begin
  allowed.salts := old.salts - erased;
  if 'admin_user_id' = any(erased) then allowed.admin_user_id := 'erased'; end if;
  if 'ip_address' = any(erased) then allowed.ip_address := null; end if;
  if 'user_agent' = any(erased) then allowed.user_agent := null; end if;
  if 'notes' = any(erased) then allowed.notes := null; end if;
  if 'old_values' = any(erased) then allowed.old_values := null; end if;
  if 'new_values' = any(erased) then allowed.new_values := null; end if;
  if 'metadata' = any(erased) then allowed.metadata := null; end if;
  -- Byte by byte: 1.0 and 1.00 are equal as jsonb and differ in the commitment.
  if current_user <> 'rookery_ops' or new *<> allowed then
    raise exception 'the compliance audit only grows: of entry % of tenant % rookery_ops may erase a personal column with its salt, and nothing else changes',
      old.seq, old.tenant_id
      using errcode = 'insufficient_privilege',
        hint = 'Set the column to null (admin_user_id to erased) and take its key out of salts.';
  end if;
  return new;
end $function$;
revoke execute on function olap.check_audit_erasure() from public;

-- olap.ensure_audit_partitions(first_time timestamp with time zone, last_time timestamp with time zone): Makes the partitions of the compliance audit that hold a span of time; returns how many were missing.
create or replace function olap.ensure_audit_partitions(first_time timestamp with time zone, last_time timestamp with time zone)
 returns integer
 language plpgsql
 security definer
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  month timestamp;
  partition_name text;
  made integer := 0;
begin
  for month in select generate_series(date_trunc('month', first_time at time zone 'UTC'), last_time at time zone 'UTC',
    interval '1 month') loop
    partition_name := 'admin_audit_log' || to_char(month, '_YYYY_MM');
    continue when to_regclass(format('olap.%I', partition_name)) is not null;
    -- The lock of olap.ensure_partitions: two makers would collide on the name. Whoever waited for it looks again.
    perform pg_advisory_xact_lock(hashtextextended('olap.ensure_partitions', 0));
    continue when to_regclass(format('olap.%I', partition_name)) is not null;
    execute format('create table olap.%I (like olap.admin_audit_log including defaults including constraints)', partition_name);
    execute format('alter table olap.%I enable row level security, force row level security', partition_name);
    execute format('alter table olap.admin_audit_log attach partition olap.%I for values from (%L) to (%L)', partition_name,
      month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    perform olap.guard_audit_partition(partition_name);
    made := made + 1;
  end loop;
  return made;
end $function$;
revoke execute on function olap.ensure_audit_partitions(first_time timestamp with time zone, last_time timestamp with time zone) from public;

-- olap.ensure_partitions(first_day date, last_day date): Makes the monthly partitions that hold the days first_day to last_day, both inclusive; returns how many it made.
create or replace function olap.ensure_partitions(first_day date, last_day date)
 returns integer
 language plpgsql
 security definer
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  parent text;
  month date;
  partition_name text;
  made integer := 0;
begin
  if last_day - first_day > 366 * 20 then
    raise exception 'refusing to make partitions for more than 20 years: % to %', first_day, last_day
      using errcode = 'invalid_parameter_value';
  end if;
  -- One maker at a time: two would collide on the name.
  perform pg_advisory_xact_lock(hashtextextended('olap.ensure_partitions', 0));
  for month in select generate_series(date_trunc('month', first_day::timestamp), last_day, interval '1 month') loop
    foreach parent in array array[
      'campaign_analytics', 'mailbox_analytics', 'sequence_step_analytics', 'warmup_analytics', 'admin_audit_log'
    ] loop
      partition_name := parent || to_char(month, '_YYYY_MM');
      continue when to_regclass(format('olap.%I', partition_name)) is not null;
      -- Create, then attach: attaching lets readers and writers of the other partitions go on.
      execute format('create table olap.%I (like olap.%I including defaults including constraints)',
        partition_name, parent);
      execute format('alter table olap.%I enable row level security', partition_name);
      execute format('alter table olap.%I force row level security', partition_name);
      if parent = 'admin_audit_log' then
        execute format('alter table olap.%I attach partition olap.%I for values from (%L) to (%L)', parent, partition_name,
          month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
        perform olap.guard_audit_partition(partition_name);
      else
        execute format('alter table olap.%I attach partition olap.%I for values from (%L) to (%L)', parent, partition_name,
          month, (month + interval '1 month')::date);
      end if;
      made := made + 1;
    end loop;
  end loop;
  return made;
end $function$;
revoke execute on function olap.ensure_partitions(first_day date, last_day date) from public;
grant execute on function olap.ensure_partitions(first_day date, last_day date) to rookery_etl;
grant execute on function olap.ensure_partitions(first_day date, last_day date) to rookery_ops;

-- olap.guard_audit_partition(partition_name text): Makes a partition of the compliance audit refuse changes that go round the parent table.
create or replace function olap.guard_audit_partition(partition_name text)
 returns void
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
begin
  execute format('create trigger append_only before update or delete or truncate on olap.%I'
    ' for each statement execute function olap.refuse_audit_change()', partition_name);
end $function$;
revoke execute on function olap.guard_audit_partition(partition_name text) from public;

-- olap.payload_field(document jsonb): The name of a field, at any depth, that the compliance audit does not take (B2): a request, a response, a content, a measurement, an interface event. Null when there is none.
create or replace function olap.payload_field(document jsonb)
 returns text
 language sql
 immutable parallel safe
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
  select f.name #>> '{}'
  from jsonb_path_query(document, 'strict $.** ? (@.type() == "object").keyvalue().key') f(name),
    lower(regexp_replace(regexp_replace(f.name #>> '{}', '([a-z0-9])([A-Z])', '\1_\2', 'g'), '[^A-Za-z0-9]+', '_', 'g')) snake
  where snake ~ '(^|_)(request|response)(_(body|data|headers?|payload|text))?$'
    or snake ~ '(^|_)(body|html|content|payload|headers?|attachments?|snippet|query_text|sql|stack_trace)$'
    or snake ~ '^((email|message)_)?subject$'
    or snake ~ '_ms$|milliseconds|(^|_)(latency|elapsed|throughput|complexity(_score)?|rows_(scanned|returned|read)|queue_depth)$'
    or snake ~ '^(cpu|memory|disk|pool)(_|$)'
    or snake ~ '^(page_(url|views?)|click_target|utm_.*|referrer|distinct_id|scroll.*|keep_?alive)$'
  order by 1 limit 1
$function$;
revoke execute on function olap.payload_field(document jsonb) from public;

-- olap.promote_audit_events(): Promotes the audit events that a statement wrote, as far as the allow-list has them, into admin_audit_log: the changed fields only, failed attempts too. Fails when one of them holds what the log does not take.
create or replace function olap.promote_audit_events()
 returns trigger
 language plpgsql
 security definer
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  caller_tenant text := current_setting('app.tenant_id', true);
  refused record;
  tenant text;
begin
  for tenant in
    select distinct w.tenant_id from written w
    where exists (select from olap.audit_action a
      where w.action_type::text = any(a.deeds) and w.resource_type = any(a.things))
    order by 1
  loop
    -- First those on the list, then their fields: looking at fields is what takes long.
    with listed as materialized (
      select w.* from written w
      where w.tenant_id = tenant and exists (select from olap.audit_action a
        where w.action_type::text = any(a.deeds) and w.resource_type = any(a.things)
          and (not a.named or a.action = w.metadata->>'action')))
    select l.event_id, p.place, p.field into refused
    from listed l
    cross join lateral (values ('before_data', olap.payload_field(l.before_data)),
      ('after_data', olap.payload_field(l.after_data)), ('changes', olap.payload_field(l.changes)),
      ('metadata', olap.payload_field(l.metadata))) p(place, field)
    where p.field is not null
    order by l.event_id, p.place limit 1;
    if found then
      raise exception 'the compliance audit takes no requests, responses, contents or measurements: leave "%" out of % of event %',
        refused.field, refused.place, refused.event_id using errcode = 'check_violation';
    end if;

    perform set_config('app.tenant_id', tenant, true);
    insert into olap.admin_audit_log (creation_time, tenant_id, admin_user_id, action, resource_type, resource_id,
      old_values, new_values, ip_address, user_agent, notes, metadata, data_classification, retention_category)
    select w.time, w.tenant_id, w.user_id, a.action, w.resource_type, coalesce(w.resource_id, '-'),
      v.old_values, v.new_values, host(w.ip_address), w.user_agent, coalesce(nullif(w.metadata->>'reason', ''), w.description),
      jsonb_strip_nulls(jsonb_build_object('audit_event', w.event_id, 'deed', w.action_type, 'role', w.user_role,
        'outcome', w.outcome, 'failure', w.failure_reason, 'approval', w.metadata->'approval')),
      a.data_classification, a.retention_category
    from written w
    cross join lateral (
      select a.* from olap.audit_action a
      where w.action_type::text = any(a.deeds) and w.resource_type = any(a.things)
        and (not a.named or a.action = w.metadata->>'action')
      order by a.named desc, a.action limit 1) a
    -- What says neither before nor after, such as the mark of what was cut off, stands on both sides.
    cross join lateral (
      select jsonb_object_agg(c.key, case when c.sided then c.value->'before' else c.value end) as old_values,
        jsonb_object_agg(c.key, case when c.sided then c.value->'after' else c.value end) as new_values
      from (select key, value, jsonb_typeof(value) = 'object' and value ?| array['before', 'after'] as sided
        from jsonb_each(case jsonb_typeof(w.changes) when 'object' then w.changes end)) c) c
    cross join lateral (select
      case when c.old_values is not null then c.old_values
        when jsonb_typeof(w.after_data) = 'object' then null else nullif(w.before_data, 'null') end as old_values,
      case when c.new_values is not null then c.new_values
        when jsonb_typeof(w.before_data) = 'object' then null else nullif(w.after_data, 'null') end as new_values) v
    where w.tenant_id = tenant
    order by w.time, w.event_id;
    perform set_config('app.tenant_id', coalesce(caller_tenant, ''), true);
  end loop;
  return null;
end $function$;
revoke execute on function olap.promote_audit_events() from public;

-- olap.refuse_audit_change(): Refuses to change the compliance audit, whoever asks.
create or replace function olap.refuse_audit_change()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
begin
  raise exception 'the compliance audit only grows: % of %.% is refused', lower(tg_op), tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege',
      hint = 'Write a further entry that corrects it. Personal columns are erased by rookery_ops, with their salts.';
end $function$;
revoke execute on function olap.refuse_audit_change() from public;

-- olap.refuse_held_erasure(): Refuses to erase what a legal hold keeps, whoever asks.
create or replace function olap.refuse_held_erasure()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  tenant text;
  held record;
begin
  for tenant in select distinct e.tenant_id from erased e order by 1 loop
    perform monitoring.hold_turn(tenant);
    select e.seq, h.id into held
    from erased e join monitoring.legal_hold h on h.tenant_id = e.tenant_id and h.table_name = 'admin_audit_log'
      and h.released_at is null and e.creation_time >= h.held_from and e.creation_time < coalesce(h.held_until, 'infinity')
    where e.tenant_id = tenant order by e.seq, h.id limit 1;
    if found then
      raise exception 'entry % of tenant % is under legal hold %: nothing of it may be erased', held.seq, tenant, held.id
        using errcode = 'insufficient_privilege', hint = 'Release the hold first: rookery audit hold release.';
    end if;
  end loop;
  return null;
end $function$;
revoke execute on function olap.refuse_held_erasure() from public;

-- olap.refuse_sealed_entry(): Refuses entries of a backup, which the trigger chain would seal anew.
create or replace function olap.refuse_sealed_entry()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
begin
  raise exception 'entry % of tenant % brings its own place and hash: the log would give it others, and its chain would not be the one that was signed',
    new.seq, new.tenant_id using errcode = 'insufficient_privilege',
    hint = 'Restore a whole dump into an empty database, or its data with pg_restore --data-only --disable-triggers as superuser; then run rookery audit verify.';
end $function$;
revoke execute on function olap.refuse_sealed_entry() from public;

-- olap.refuse_unlisted_action(): Refuses an entry that a role writes by itself, unless it is one of the log about itself.
create or replace function olap.refuse_unlisted_action()
 returns trigger
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
begin
  if exists (select from olap.audit_action a where a.action = new.action and a.deeds = '{}'
    and (current_user = 'rookery_ops' or a.action <> 'audit_log.erased')) then return new; end if;
  raise exception 'the compliance audit takes "%" from its audit event only: write that, and it is promoted', new.action
    using errcode = 'check_violation';
end $function$;
revoke execute on function olap.refuse_unlisted_action() from public;

-- olap.seal_audit_entry(sealed text[], erasable text[], OUT commitments jsonb, OUT salts jsonb, OUT hash text): Seals an entry: commits to its erasable columns, each with a salt of its own, and hashes the commitments with the rest.
create or replace function olap.seal_audit_entry(sealed text[], erasable text[], out commitments jsonb, out salts jsonb, out hash text)
 returns record
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  names constant text[] :=
    array['admin_user_id', 'ip_address', 'user_agent', 'notes', 'old_values', 'new_values', 'metadata'];
  salt text[];
  commitment text[];
  part text;
  chained text := '';
begin
  for i in 1..7 loop
    -- 122 random bits: without them, a commitment to an address is found out by trying all addresses.
    salt[i] := replace(gen_random_uuid()::text, '-', '');
    commitment[i] := encode(sha256(convert_to(
      salt[i] || ':' || names[i] || ':' || coalesce('=' || erasable[i], '-'), 'UTF8')), 'hex');
  end loop;
  -- Lengths keep one column from running into the next.
  foreach part in array sealed || commitment loop
    chained := chained || length(part) || ':' || part;
  end loop;
  commitments := jsonb_object(names, commitment);
  salts := jsonb_object(names, salt);
  hash := encode(sha256(convert_to(chained, 'UTF8')), 'hex');
end $function$;
revoke execute on function olap.seal_audit_entry(sealed text[], erasable text[], OUT commitments jsonb, OUT salts jsonb, OUT hash text) from public;

-- olap.spend(class text, per_minute integer, burst integer): Takes one request of the class from the allowance of app.tenant_id, per_minute on average and burst at once, unless it is used up; says what is left, when it will be whole, and when to ask again.
create or replace function olap.spend(class text, per_minute integer, burst integer)
 returns table(allowed boolean, remaining integer, reset_seconds integer, retry_after_seconds integer)
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
#variable_conflict use_column
declare
  step interval;
  moment timestamptz;
  drained timestamptz;
begin
  if per_minute < 1 or burst < 1 then
    raise exception 'an allowance is at least 1 a minute and 1 at once, not % and %', per_minute, burst
      using errcode = 'invalid_parameter_value';
  end if;
  step := interval '1 minute' / per_minute;
  insert into olap.rate_limit as spent (tenant_id, class, drained_at)
  values (current_setting('app.tenant_id', true), spend.class, clock_timestamp() + step)
  on conflict (tenant_id, class) do update
  set drained_at = greatest(spent.drained_at, clock_timestamp()) + step
  where greatest(spent.drained_at, clock_timestamp()) + step <= clock_timestamp() + step * burst
  returning drained_at into drained;
  allowed := found;
  if not allowed then
    select drained_at into strict drained from olap.rate_limit spent
    where spent.tenant_id = current_setting('app.tenant_id', true) and spent.class = spend.class;
  end if;
  moment := clock_timestamp();
  remaining := case when allowed
    then least(floor(extract(epoch from moment + step * burst - drained) / extract(epoch from step)), burst) else 0 end;
  reset_seconds := ceil(greatest(extract(epoch from drained - moment), 0));
  -- At least a second: the refusal may be over by the time it is told.
  retry_after_seconds := case when allowed
    then 0 else ceil(greatest(extract(epoch from drained + step - step * burst - moment), 1)) end;
  return next;
end $function$;
revoke execute on function olap.spend(class text, per_minute integer, burst integer) from public;
grant execute on function olap.spend(class text, per_minute integer, burst integer) to rookery_api;
