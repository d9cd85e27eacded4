-- What probing needs beyond the seed: what is asked of a service and how it is judged, windows of maintenance, and uptime by
-- the hour. Locks: a short exclusive one on tb_service_health, which few sessions use.
set local role rookery_owner;

alter table monitoring.tb_service_health
  add column probe jsonb check (jsonb_typeof(probe) = 'object'),
  add column parent_id varchar(50),
  add column failure_threshold integer not null default 1 check (failure_threshold > 0),
  add column success_threshold integer not null default 2 check (success_threshold > 0),
  add column degraded_ms integer check (degraded_ms > 0),
  add column is_active boolean not null default true,
  add column is_public boolean not null default false,
  add column failures integer not null default 0 check (failures >= 0),
  add column successes integer not null default 0 check (successes >= 0),
  add column next_check_at timestamptz,
  add column checked_slot timestamptz,
  add column changed_at timestamptz,
  add column reason text,
  add column heartbeat_at timestamptz,
  add column heartbeat_status text check (heartbeat_status in ('ok', 'fail')),
  add column heartbeat_message text,
  add column blocked_by varchar(50),
  add column uptime_until timestamptz,
  add column integration_id varchar(50),
  add column created_by varchar(50),
  add column managed_by text,
  add column deleted_at timestamptz,
  add column revision integer not null default 0 check (revision >= 0),
  add foreign key (tenant_id, parent_id) references monitoring.tb_service_health (tenant_id, id) on delete restrict,
  add constraint tb_service_health_no_own_parent check (parent_id <> id);
create index tb_service_health_due on monitoring.tb_service_health (next_check_at) where probe is not null and is_active and deleted_at is null;
create index tb_service_health_parent on monitoring.tb_service_health (tenant_id, parent_id) where parent_id is not null;
comment on column monitoring.tb_service_health.probe is 'What is asked of the service: kind and its settings. Null: nothing probes it, others report its state.';
comment on column monitoring.tb_service_health.parent_id is 'Service that it depends on: while that is down, this one is unknown, and silent.';
comment on column monitoring.tb_service_health.failure_threshold is 'Failed checks in a row after which it is down; a check has failed when retry_count attempts more did not help.';
comment on column monitoring.tb_service_health.success_threshold is 'Good checks in a row after which one that was down is up.';
comment on column monitoring.tb_service_health.degraded_ms is 'A good check that took longer is degraded, in milliseconds. Null: none is.';
comment on column monitoring.tb_service_health.is_active is 'False: it is not probed, and unknown.';
comment on column monitoring.tb_service_health.is_public is 'Whether its state is on the public status page of the tenant.';
comment on column monitoring.tb_service_health.failures is 'Failed checks in a row; one that is down keeps them until it is up.';
comment on column monitoring.tb_service_health.successes is 'Good checks in a row.';
comment on column monitoring.tb_service_health.next_check_at is 'When it is due. Null: at once.';
comment on column monitoring.tb_service_health.checked_slot is 'Slot of its last check that counted: an older one changes nothing any more.';
comment on column monitoring.tb_service_health.changed_at is 'Since when it has its state.';
comment on column monitoring.tb_service_health.reason is 'Why it has its state, in words.';
comment on column monitoring.tb_service_health.heartbeat_at is 'When its last ping came, of a heartbeat.';
comment on column monitoring.tb_service_health.heartbeat_status is 'What the last ping said of the job.';
comment on column monitoring.tb_service_health.heartbeat_message is 'What the last ping said beside that, without secrets.';
comment on column monitoring.tb_service_health.blocked_by is 'Service above it that is down, for which it is unknown. Null: it is not for that.';
comment on column monitoring.tb_service_health.uptime_until is 'Its hours of uptime are counted up to here; a check that comes in late sets it back. Null: none are.';
comment on column monitoring.tb_service_health.integration_id is 'Integration whose events its checks are, too.';
comment on column monitoring.tb_service_health.created_by is 'Who set it up. Null: whoever reports its state.';
comment on column monitoring.tb_service_health.managed_by is 'Name of the file of rules that it comes from. Null: made by hand.';
comment on column monitoring.tb_service_health.deleted_at is 'When it was deleted; it is not probed any more, and its checks go with time. Null: it is not.';
comment on column monitoring.tb_service_health.revision is 'Grows with every change of what is asked of it.';

create table monitoring.maintenance_window (
  id varchar(50) not null,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  name varchar(200) not null,
  services text[] not null default '{}',
  cron varchar(100),
  timezone varchar(64) not null default 'UTC',
  duration_minutes integer not null check (duration_minutes between 1 and 10080),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_by varchar(50) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  revision integer not null default 0 check (revision >= 0),
  primary key (tenant_id, id),
  check (starts_at < ends_at)
);
create index maintenance_window_end on monitoring.maintenance_window (tenant_id, ends_at);
comment on table monitoring.maintenance_window is 'Times at which a service may be down: it is not probed, its state is unknown, it counts for no uptime, and nobody is told.';
comment on column monitoring.maintenance_window.id is 'Identifier.';
comment on column monitoring.maintenance_window.tenant_id is 'Tenant; row-level security compares it with app.tenant_id.';
comment on column monitoring.maintenance_window.name is 'What it is called.';
comment on column monitoring.maintenance_window.services is 'Services it is for, with all that depend on them. Empty: every one of the tenant.';
comment on column monitoring.maintenance_window.cron is 'When each begins: five fields, in its zone. Null: once, at starts_at.';
comment on column monitoring.maintenance_window.timezone is 'IANA zone of the cron expression.';
comment on column monitoring.maintenance_window.duration_minutes is 'How long each lasts, in minutes that pass: a change of the clock does not stretch it.';
comment on column monitoring.maintenance_window.starts_at is 'No window begins before.';
comment on column monitoring.maintenance_window.ends_at is 'No window lasts longer: every one expires.';
comment on column monitoring.maintenance_window.created_by is 'Who made it.';
comment on column monitoring.maintenance_window.created_at is 'When it was made.';
comment on column monitoring.maintenance_window.updated_at is 'When it was last changed.';
comment on column monitoring.maintenance_window.revision is 'Grows with every change; who changes it names the one he saw.';

create table monitoring.service_uptime_hour (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  service_id varchar(50) not null,
  hour timestamptz not null,
  healthy_seconds integer not null default 0 check (healthy_seconds >= 0),
  degraded_seconds integer not null default 0 check (degraded_seconds >= 0),
  down_seconds integer not null default 0 check (down_seconds >= 0),
  maintenance_seconds integer not null default 0 check (maintenance_seconds >= 0),
  primary key (tenant_id, service_id, hour),
  check (healthy_seconds + degraded_seconds + down_seconds + maintenance_seconds <= 3600),
  foreign key (tenant_id, service_id) references monitoring.tb_service_health (tenant_id, id) on delete cascade
);
comment on table monitoring.service_uptime_hour is 'Seconds of each hour that a service was in a state; what is missing to 3600 is unknown. Uptime over days is made of it.';
comment on column monitoring.service_uptime_hour.tenant_id is 'Tenant; row-level security compares it with app.tenant_id.';
comment on column monitoring.service_uptime_hour.service_id is 'The service.';
comment on column monitoring.service_uptime_hour.hour is 'Beginning of the hour, in UTC.';
comment on column monitoring.service_uptime_hour.healthy_seconds is 'Seconds healthy.';
comment on column monitoring.service_uptime_hour.degraded_seconds is 'Seconds degraded; they count as up.';
comment on column monitoring.service_uptime_hour.down_seconds is 'Seconds down.';
comment on column monitoring.service_uptime_hour.maintenance_seconds is 'Seconds under maintenance; they count for nothing.';

do $$
declare
  table_name text;
begin
  foreach table_name in array array['maintenance_window', 'service_uptime_hour'] loop
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
grant insert, update, delete on monitoring.maintenance_window to rookery_api;
-- People set services up over the API, and jobs ping; what probes found stays as it is.
grant insert (
  id, tenant_id, name, description, service_type, health_check_url, check_interval, timeout, retry_count, probe, parent_id,
  failure_threshold, success_threshold, degraded_ms, is_active, is_public, integration_id, created_by, managed_by
), update (
  name, description, service_type, health_check_url, check_interval, timeout, retry_count, probe, parent_id,
  failure_threshold, success_threshold, degraded_ms, is_active, is_public, integration_id, managed_by, deleted_at, revision,
  next_check_at, heartbeat_at, heartbeat_status, heartbeat_message, updated_at
) on monitoring.tb_service_health to rookery_api;

reset role;
