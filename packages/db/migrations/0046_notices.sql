-- Who is told of alerts, how and when, and what keeps people from being told: groups, the outbox of notices, where they go,
-- silences and inhibitions. Locks: none that matters, all tables are new.
set local role rookery_owner;

create table monitoring.notification_target (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  channel monitoring.notification_channel not null,
  name varchar(200) not null,
  address text,
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  secret bytea,
  previous_secret bytea,
  previous_until timestamptz,
  is_active boolean not null default true,
  created_by varchar(50) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  revision integer not null default 0 check (revision >= 0),
  primary key (tenant_id, id),
  check ((previous_secret is null) = (previous_until is null))
);
comment on table monitoring.notification_target is 'Where notices of slack, webhook and pagerduty go: rules name them in notification_recipients. E-mail addresses, numbers and users stand there themselves.';
comment on column monitoring.notification_target.id is 'Identifier, as rules name it.';
comment on column monitoring.notification_target.tenant_id is 'Tenant that set it up; row-level security compares it with app.tenant_id.';
comment on column monitoring.notification_target.channel is 'By which channel it is reached.';
comment on column monitoring.notification_target.name is 'What it is called.';
comment on column monitoring.notification_target.address is 'URL of a webhook. Null where the address is the secret itself, as with slack, or fixed.';
comment on column monitoring.notification_target.settings is 'What the channel lets one choose.';
comment on column monitoring.notification_target.secret is 'Sealed: signing secret of a webhook, URL of slack, routing key of pagerduty. Bound to this row.';
comment on column monitoring.notification_target.previous_secret is 'Sealed: the secret before the last rotation; webhooks are signed with both until previous_until.';
comment on column monitoring.notification_target.previous_until is 'Until when the previous secret counts.';
comment on column monitoring.notification_target.is_active is 'False: notices for it fail, saying so.';
comment on column monitoring.notification_target.created_by is 'Who set it up.';
comment on column monitoring.notification_target.created_at is 'When it was set up.';
comment on column monitoring.notification_target.updated_at is 'When it was last changed.';
comment on column monitoring.notification_target.deleted_at is 'When it was deleted; its secrets are gone then. Null: it is not.';
comment on column monitoring.notification_target.revision is 'Grows with every change; who changes it names the one he saw.';

create table monitoring.silence (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  matchers jsonb not null check (jsonb_typeof(matchers) = 'array' and jsonb_array_length(matchers) > 0),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  comment text not null check (comment <> ''),
  created_by varchar(50) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  reminded_at timestamptz,
  revision integer not null default 0 check (revision >= 0),
  primary key (tenant_id, id),
  check (starts_at < ends_at)
);
create index silence_end on monitoring.silence (tenant_id, ends_at);
comment on table monitoring.silence is 'Alerts that nobody is told of for a while. One that still fires when its silence ends is told then.';
comment on column monitoring.silence.id is 'Identifier.';
comment on column monitoring.silence.tenant_id is 'Tenant whose alerts it silences; row-level security compares it with app.tenant_id.';
comment on column monitoring.silence.matchers is 'All of them must match: {label, op, value} with op =, !=, =~ or !~; rule and severity are labels, too.';
comment on column monitoring.silence.starts_at is 'From when on.';
comment on column monitoring.silence.ends_at is 'Until when; every silence ends.';
comment on column monitoring.silence.comment is 'Why.';
comment on column monitoring.silence.created_by is 'Who silenced them.';
comment on column monitoring.silence.created_at is 'When it was made.';
comment on column monitoring.silence.updated_at is 'When it was last changed.';
comment on column monitoring.silence.reminded_at is 'When it was told that it is about to end while alerts under it fire. Null: not yet.';
comment on column monitoring.silence.revision is 'Grows with every change; who changes it names the one he saw.';

create table monitoring.alert_inhibition (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  name varchar(200) not null,
  source_matchers jsonb not null check (jsonb_typeof(source_matchers) = 'array' and jsonb_array_length(source_matchers) > 0),
  target_matchers jsonb not null check (jsonb_typeof(target_matchers) = 'array' and jsonb_array_length(target_matchers) > 0),
  equal text[] not null default '{}',
  created_by varchar(50) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  revision integer not null default 0 check (revision >= 0),
  primary key (tenant_id, id)
);
comment on table monitoring.alert_inhibition is 'While an alert that the source matches fires, nobody is told of those that the target matches.';
comment on column monitoring.alert_inhibition.id is 'Identifier.';
comment on column monitoring.alert_inhibition.tenant_id is 'Tenant whose alerts it is about; row-level security compares it with app.tenant_id.';
comment on column monitoring.alert_inhibition.name is 'What it is called.';
comment on column monitoring.alert_inhibition.source_matchers is 'Alerts that inhibit; matchers as of a silence.';
comment on column monitoring.alert_inhibition.target_matchers is 'Alerts that are inhibited.';
comment on column monitoring.alert_inhibition.equal is 'Labels that must have the same value on both sides, or be on neither.';
comment on column monitoring.alert_inhibition.created_by is 'Who made it.';
comment on column monitoring.alert_inhibition.created_at is 'When it was made.';
comment on column monitoring.alert_inhibition.updated_at is 'When it was last changed.';
comment on column monitoring.alert_inhibition.revision is 'Grows with every change; who changes it names the one he saw.';

create table monitoring.alert_group (
  id text not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  labels jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),
  opened_at timestamptz not null,
  next_flush_at timestamptz not null,
  sent_at timestamptz,
  firing text[] not null default '{}',
  stale text[] not null default '{}',
  primary key (tenant_id, id)
);
create index alert_group_due on monitoring.alert_group (next_flush_at);
comment on table monitoring.alert_group is 'Alerts that are told together, and what was last told of them: who knows it, tells nothing twice. Gone at the first look that finds nothing open or owed.';
comment on column monitoring.alert_group.id is 'Hash of whom it tells and of its labels.';
comment on column monitoring.alert_group.tenant_id is 'Tenant of its alerts; row-level security compares it with app.tenant_id.';
comment on column monitoring.alert_group.labels is 'Values that its alerts have in common, by which they were grouped.';
comment on column monitoring.alert_group.opened_at is 'When its first alert came.';
comment on column monitoring.alert_group.next_flush_at is 'When it is next looked at.';
comment on column monitoring.alert_group.sent_at is 'When it last told something. Null: never.';
comment on column monitoring.alert_group.firing is 'Series that it told to fire, and that they ended not yet: hash of the labels, a colon, rule.';
comment on column monitoring.alert_group.stale is 'Series as in firing that are told again once they may: they were muted since, or their acknowledgement lapsed.';

create table monitoring.notice (
  id text not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  dedup_key text not null,
  kind text not null check (kind in ('firing', 'resolved', 'repeat', 'digest', 'escalation', 'reminder', 'acknowledged')),
  channel monitoring.notification_channel not null,
  recipient text not null check (recipient <> ''),
  group_id text,
  alert_ids text[] not null default '{}',
  rule_ids text[] not null default '{}',
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  created_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  lease_until timestamptz,
  sent_at timestamptz,
  provider_id text,
  problem text,
  primary key (tenant_id, id),
  constraint notice_once unique (tenant_id, dedup_key)
);
create index notice_due on monitoring.notice (next_attempt_at) where state in ('pending', 'sending');
create index notice_created on monitoring.notice (tenant_id, created_at desc, id desc);
create index notice_alerts on monitoring.notice using gin (alert_ids);
create index notice_rate on monitoring.notice (created_at) where rule_ids <> '{}';
-- The last alert of a series that was told to fire and is not open any more.
create index tb_alert_last on monitoring.tb_alert (tenant_id, alert_rule_id, fingerprint, triggered_at desc);
-- Alerts over the rate of their rule that no digest told of yet.
create index tb_alert_held on monitoring.tb_alert (tenant_id, alert_rule_id)
  where status = 'suppressed' and suppressed_reason = 'rate-limit' and suppressed_until is null;
comment on table monitoring.notice is 'Outbox and delivery record of notices: written in the transaction that decides to tell, sent after it, once.';
comment on column monitoring.notice.id is 'Identifier; receivers of webhooks get it as webhook-id and may drop what they had. No dot in it.';
comment on column monitoring.notice.tenant_id is 'Tenant of the alerts; row-level security compares it with app.tenant_id.';
comment on column monitoring.notice.dedup_key is 'What the notice is about and to whom: a second one of the same key is not written.';
comment on column monitoring.notice.kind is 'firing, resolved, repeat: a group. digest: alerts over the rule''s rate. escalation: nobody acknowledged. reminder: a silence ends. acknowledged: somebody took it on; only pagers are told.';
comment on column monitoring.notice.channel is 'By which channel.';
comment on column monitoring.notice.recipient is 'Address, number or user; of slack, webhook and pagerduty the notification_target.';
comment on column monitoring.notice.group_id is 'Group it tells of. Null: of none, as an escalation.';
comment on column monitoring.notice.alert_ids is 'Alerts it tells of.';
comment on column monitoring.notice.rule_ids is 'Rules whose alerts newly fire in it: their rate is counted by these.';
comment on column monitoring.notice.content is 'What is told, before it is put into the words of its channel.';
comment on column monitoring.notice.state is 'pending: to be sent at next_attempt_at. sending: someone is at it until lease_until. sent, or failed for good.';
comment on column monitoring.notice.attempts is 'How often it was tried.';
comment on column monitoring.notice.created_at is 'When it was decided.';
comment on column monitoring.notice.next_attempt_at is 'When it is tried next.';
comment on column monitoring.notice.lease_until is 'Until when whoever sends it has it to himself.';
comment on column monitoring.notice.sent_at is 'When the channel took it. Null: it has not.';
comment on column monitoring.notice.provider_id is 'What the channel calls it.';
comment on column monitoring.notice.problem is 'Why the last attempt failed, without secrets. Null: it did not.';

create table monitoring.alert_escalation (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  alert_id varchar(50) not null,
  level integer not null check (level >= 1),
  round integer not null default 1 check (round >= 1),
  escalated_at timestamptz not null,
  primary key (tenant_id, alert_id, level, round),
  foreign key (tenant_id, alert_id) references monitoring.tb_alert (tenant_id, id) on delete cascade
);
comment on table monitoring.alert_escalation is 'Levels of its policy that an alert reached: each once, and anew when an acknowledgement lapsed.';
comment on column monitoring.alert_escalation.tenant_id is 'Tenant of the alert; row-level security compares it with app.tenant_id.';
comment on column monitoring.alert_escalation.alert_id is 'The alert.';
comment on column monitoring.alert_escalation.level is 'Level, from 1.';
comment on column monitoring.alert_escalation.round is 'How often its acknowledgement lapsed, and one.';
comment on column monitoring.alert_escalation.escalated_at is 'When it was told.';

create table monitoring.in_app_notice (
  id text not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  recipient text not null,
  title text not null,
  body text not null,
  severity monitoring.severity_level not null,
  alert_ids text[] not null default '{}',
  created_at timestamptz not null default now(),
  read_at timestamptz,
  primary key (tenant_id, id)
);
create index in_app_notice_inbox on monitoring.in_app_notice (tenant_id, recipient, created_at desc, id desc);
comment on table monitoring.in_app_notice is 'Notices of the channel in-app: what people find in the product.';
comment on column monitoring.in_app_notice.id is 'Identifier of its notice.';
comment on column monitoring.in_app_notice.tenant_id is 'Tenant; row-level security compares it with app.tenant_id.';
comment on column monitoring.in_app_notice.recipient is 'User that it is for; * is everybody of the tenant.';
comment on column monitoring.in_app_notice.title is 'What it says, in one line.';
comment on column monitoring.in_app_notice.body is 'What it says.';
comment on column monitoring.in_app_notice.severity is 'The worst of its alerts.';
comment on column monitoring.in_app_notice.alert_ids is 'Alerts it tells of.';
comment on column monitoring.in_app_notice.created_at is 'When it came.';
comment on column monitoring.in_app_notice.read_at is 'When it was read. Null: it was not.';

-- Who may place a secret may not read the one before: this keeps it for as long as previous_until says.
create function monitoring.keep_previous_secret() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.previous_secret := case when new.previous_until is null then null else old.secret end;
  return new;
end $$;
comment on function monitoring.keep_previous_secret() is
  'Keeps the secret before as previous_secret while previous_until is set; whoever places a secret cannot read the old one.';
revoke all on function monitoring.keep_previous_secret() from public;
create trigger keep_previous_secret before update of secret on monitoring.notification_target
  for each row when (new.secret is distinct from old.secret) execute function monitoring.keep_previous_secret();

do $$
declare
  table_name text;
begin
  foreach table_name in array array[
    'notification_target', 'silence', 'alert_inhibition', 'alert_group', 'notice', 'alert_escalation', 'in_app_notice'
  ] loop
    execute format('alter table monitoring.%I enable row level security', table_name);
    execute format('alter table monitoring.%I force row level security', table_name);
    execute format(
      'create policy one_tenant on monitoring.%I to rookery_etl, rookery_api, rookery_ingest'
      ' using (tenant_id = (select current_setting(''app.tenant_id'', true)))'
      ' with check (tenant_id = (select current_setting(''app.tenant_id'', true)))', table_name);
    execute format('create policy every_tenant on monitoring.%I to rookery_ops using (true) with check (true)', table_name);
    execute format('grant select, insert, update, delete on monitoring.%I to rookery_ops', table_name);
  end loop;
end $$;

grant select on monitoring.silence, monitoring.alert_inhibition, monitoring.alert_group, monitoring.notice,
  monitoring.alert_escalation, monitoring.in_app_notice to rookery_api;
grant insert, update, delete on monitoring.silence, monitoring.alert_inhibition to rookery_api;
grant update (read_at) on monitoring.in_app_notice to rookery_api;
-- The API places secrets, and reads none back.
grant select (
  id, tenant_id, channel, name, address, settings, previous_until, is_active, created_by, created_at, updated_at, deleted_at, revision
) on monitoring.notification_target to rookery_api;
grant insert, update on monitoring.notification_target to rookery_api;

reset role;
