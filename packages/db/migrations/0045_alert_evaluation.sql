-- What the evaluation of alert rules needs beyond the seed: how a rule is judged, where each of its series stands, and what
-- an alert went through. Locks: short exclusive ones on tb_alert_rule and tb_alert, which nothing evaluated before.
set local role rookery_owner;

alter table monitoring.tb_alert_rule
  add column window_minutes integer check (window_minutes > 0),
  add column min_samples integer not null default 0 check (min_samples >= 0),
  add column keep_firing_minutes integer not null default 0 check (keep_firing_minutes >= 0),
  add column recovery_threshold numeric(15,4),
  add column no_data_state text not null default 'ok' check (no_data_state in ('ok', 'alerting', 'keep')),
  add column lookback_seconds integer not null default 300 check (lookback_seconds > 0),
  add column acknowledge_minutes integer check (acknowledge_minutes > 0),
  add column group_by text[] not null default '{rule}',
  add column group_wait_seconds integer not null default 30 check (group_wait_seconds >= 0),
  add column group_interval_seconds integer not null default 300 check (group_interval_seconds > 0),
  add column repeat_interval_seconds integer not null default 14400 check (repeat_interval_seconds > 0),
  add column managed_by text,
  add column revision integer not null default 0 check (revision >= 0);
comment on column monitoring.tb_alert_rule.window_minutes is 'Over how many minutes the metric is measured. Null: the metric''s own window.';
comment on column monitoring.tb_alert_rule.min_samples is 'A value made of fewer samples counts as no value.';
comment on column monitoring.tb_alert_rule.keep_firing_minutes is 'Minutes for which an alert goes on firing after the last breach.';
comment on column monitoring.tb_alert_rule.recovery_threshold is 'A firing series goes on breaching until it is back behind this value. Null: the threshold itself.';
comment on column monitoring.tb_alert_rule.no_data_state is 'What a series without a value counts as: ok, alerting, or keep for what it was.';
comment on column monitoring.tb_alert_rule.lookback_seconds is 'A value up to this old is still the value of its series.';
comment on column monitoring.tb_alert_rule.acknowledge_minutes is 'An acknowledged alert that still fires after this long is active again. Null: it stays acknowledged.';
comment on column monitoring.tb_alert_rule.group_by is 'Labels whose values put alerts into one notice; rule stands for the rule itself, severity for its severity.';
comment on column monitoring.tb_alert_rule.group_wait_seconds is 'How long the first notice of a group waits for others.';
comment on column monitoring.tb_alert_rule.group_interval_seconds is 'How long after a notice of a group the next may follow.';
comment on column monitoring.tb_alert_rule.repeat_interval_seconds is 'After how long an unchanged group is told again.';
comment on column monitoring.tb_alert_rule.managed_by is 'Name of the file of rules that the rule comes from; rookery rules apply changes those alone. Null: made by hand.';
comment on column monitoring.tb_alert_rule.revision is 'Grows with every change; who changes a rule names the one he saw.';

-- numeric(15,4) holds no infinity, and no rate above 1e11.
alter table monitoring.tb_alert alter column current_value type numeric;
alter table monitoring.tb_alert
  add column evaluated_at timestamptz,
  add column suppressed_reason text check (suppressed_reason in ('cool-down', 'rate-limit')),
  add column suppressed_until timestamptz,
  add column acknowledged_until timestamptz,
  add column notified_at timestamptz,
  add column group_id text,
  add column explanation jsonb not null default '{}' check (jsonb_typeof(explanation) = 'object'),
  add column revision integer not null default 0 check (revision >= 0);
comment on column monitoring.tb_alert.current_value is 'Value at the last evaluation; NaN when there is none.';
comment on column monitoring.tb_alert.evaluated_at is 'Slot at which it got its current value.';
comment on column monitoring.tb_alert.suppressed_reason is 'Why nobody was told: cool-down after the notice before, or rate-limit of the rule. Null: it was never held back.';
comment on column monitoring.tb_alert.suppressed_until is 'When the cool-down ends. Null while it is not suppressed, or is for the rate.';
comment on column monitoring.tb_alert.acknowledged_until is 'When the acknowledgement lapses. Null: it does not.';
comment on column monitoring.tb_alert.notified_at is 'When a notice that tells it fires was last written. Null: never.';
comment on column monitoring.tb_alert.group_id is 'Group of notices it belongs to. Null: of none, as in a rule that is tested.';
comment on column monitoring.tb_alert.explanation is 'Why it fires, as the evaluation saw it: value, samples, window, threshold, operator.';
comment on column monitoring.tb_alert.revision is 'Grows when somebody changes it; who changes it names the one he saw.';

-- A suppressed alert that goes on is open, too; one that ended suppressed stays so.
drop index monitoring.tb_alert_open;
create unique index tb_alert_open on monitoring.tb_alert (tenant_id, alert_rule_id, fingerprint)
  where status in ('active', 'acknowledged') or (status = 'suppressed' and resolved_at is null);
-- The cool-down of a series asks for its last notice, however many alerts there were before.
create index tb_alert_told on monitoring.tb_alert (tenant_id, alert_rule_id, fingerprint, notified_at desc)
  where notified_at is not null;
create index tb_alert_group on monitoring.tb_alert (tenant_id, group_id) where group_id is not null;

create table monitoring.alert_evaluation (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  alert_rule_id varchar(50) not null,
  last_slot timestamptz,
  rule_revision integer not null,
  series integer not null default 0 check (series >= 0),
  problem text,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, alert_rule_id),
  foreign key (tenant_id, alert_rule_id) references monitoring.tb_alert_rule (tenant_id, id) on delete restrict
) with (fillfactor = 50);
comment on table monitoring.alert_evaluation is 'Up to which slot each rule was evaluated: a slot counts once, and none that is older than the last.';
comment on column monitoring.alert_evaluation.tenant_id is 'Tenant of the rule; row-level security compares it with app.tenant_id.';
comment on column monitoring.alert_evaluation.alert_rule_id is 'The rule.';
comment on column monitoring.alert_evaluation.last_slot is 'Last slot that was evaluated. Null: none was.';
comment on column monitoring.alert_evaluation.rule_revision is 'Revision of the rule then: a changed rule starts its series afresh.';
comment on column monitoring.alert_evaluation.series is 'How many series the last slot had a value for.';
comment on column monitoring.alert_evaluation.problem is 'Why the newest slot could not be evaluated, in words; it is tried again. Null: it was.';
comment on column monitoring.alert_evaluation.updated_at is 'When the row was last written.';

create table monitoring.alert_state (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  alert_rule_id varchar(50) not null,
  labels jsonb not null check (jsonb_typeof(labels) = 'object'),
  fingerprint text not null generated always as (md5(labels::text)) stored,
  state text not null check (state in ('pending', 'firing')),
  active_at timestamptz not null,
  keep_since timestamptz,
  last_slot timestamptz not null,
  last_value double precision,
  primary key (tenant_id, alert_rule_id, fingerprint),
  foreign key (tenant_id, alert_rule_id) references monitoring.tb_alert_rule (tenant_id, id) on delete restrict
);
comment on table monitoring.alert_state is 'Series of rules that are pending or firing; an inactive one has no row. Prometheus keeps the same in memory.';
comment on column monitoring.alert_state.tenant_id is 'Tenant of the rule; row-level security compares it with app.tenant_id.';
comment on column monitoring.alert_state.alert_rule_id is 'The rule.';
comment on column monitoring.alert_state.labels is 'What tells the series from the others of its rule.';
comment on column monitoring.alert_state.fingerprint is 'Hash of the labels, as in tb_alert.';
comment on column monitoring.alert_state.state is 'pending: breaching, not yet for as long as the rule wants. firing: for that long.';
comment on column monitoring.alert_state.active_at is 'Slot at which this breach began.';
comment on column monitoring.alert_state.keep_since is 'First slot without a breach since it fires. Null: the last one breached.';
comment on column monitoring.alert_state.last_slot is 'Slot at which it last changed where it stands; alert_evaluation.last_slot says up to when that holds.';
comment on column monitoring.alert_state.last_value is 'Value then. Null: there was none.';

create table monitoring.alert_transition (
  id bigint generated always as identity,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  alert_id varchar(50) not null,
  at timestamptz not null,
  kind text not null check (kind in (
    'pending', 'firing', 'suppressed', 'activated', 'acknowledged', 'unacknowledged', 'lapsed', 'escalated', 'notified', 'resolved'
  )),
  actor text,
  note text,
  value double precision,
  primary key (tenant_id, id),
  foreign key (tenant_id, alert_id) references monitoring.tb_alert (tenant_id, id) on delete cascade
);
create index alert_transition_alert on monitoring.alert_transition (tenant_id, alert_id, id);
comment on table monitoring.alert_transition is 'What each alert went through, in order.';
comment on column monitoring.alert_transition.id is 'Identifier; later ones are larger.';
comment on column monitoring.alert_transition.tenant_id is 'Tenant of the alert; row-level security compares it with app.tenant_id.';
comment on column monitoring.alert_transition.alert_id is 'The alert.';
comment on column monitoring.alert_transition.at is 'When: the slot of an evaluation, or the moment of a change.';
comment on column monitoring.alert_transition.kind is 'What happened; pending is when the breach began, lapsed an acknowledgement that timed out.';
comment on column monitoring.alert_transition.actor is 'Who did it. Null: the evaluation.';
comment on column monitoring.alert_transition.note is 'Why, in words.';
comment on column monitoring.alert_transition.value is 'Value of the metric then. Null: there was none, or it does not matter.';

do $$
declare
  table_name text;
begin
  foreach table_name in array array['alert_evaluation', 'alert_state', 'alert_transition'] loop
    execute format('alter table monitoring.%I enable row level security', table_name);
    execute format('alter table monitoring.%I force row level security', table_name);
    execute format(
      'create policy one_tenant on monitoring.%I to rookery_etl, rookery_api, rookery_ingest'
      ' using (tenant_id = (select current_setting(''app.tenant_id'', true)))'
      ' with check (tenant_id = (select current_setting(''app.tenant_id'', true)))', table_name);
    execute format('create policy every_tenant on monitoring.%I to rookery_ops using (true) with check (true)', table_name);
    execute format('grant select, insert, update, delete on monitoring.%I to rookery_ops', table_name);
    execute format('grant select on monitoring.%I to rookery_api', table_name);
  end loop;
end $$;
-- What people do about alerts and rules over the API; what the evaluation found stays as it is.
grant insert on monitoring.alert_transition to rookery_api;
grant update (
  status, acknowledged_at, acknowledged_by, acknowledgment_note, acknowledged_until, resolved_at, resolution_note, revision,
  suppressed_until, updated_at
) on monitoring.tb_alert to rookery_api;
grant insert, update on monitoring.tb_alert_rule, monitoring.tb_escalation_policy to rookery_api;
grant delete on monitoring.tb_escalation_policy to rookery_api;

reset role;
