-- What grouping errors needs beside its groups: exact counts of each day, since instances are sampled (C19); how often a group
-- came back after it was resolved; and a revision, so that two people who change a group do not overwrite each other. Columns
-- with constant defaults and empty tables: the locks are brief.
set local role rookery_owner;

alter table monitoring.tb_error_log
  add column regressions integer not null default 0 check (regressions >= 0),
  add column regressed_at timestamptz,
  add column revision integer not null default 0;
alter table monitoring.tb_error_log_archive
  add column regressions integer not null default 0 check (regressions >= 0),
  add column regressed_at timestamptz,
  add column revision integer not null default 0;

create table monitoring.error_day (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  day date not null,
  error_id varchar(50) not null,
  occurrences bigint not null check (occurrences > 0),
  primary key (tenant_id, day, error_id),
  foreign key (tenant_id, error_id) references monitoring.tb_error_log (tenant_id, id) on delete cascade
);
create index error_day_group on monitoring.error_day (tenant_id, error_id, day);

create table monitoring.error_user_day (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  day date not null,
  error_id varchar(50) not null,
  user_id varchar(50) not null,
  primary key (tenant_id, day, error_id, user_id),
  foreign key (tenant_id, error_id) references monitoring.tb_error_log (tenant_id, id) on delete cascade
);
create index error_user_day_group on monitoring.error_user_day (tenant_id, error_id, day);

comment on column monitoring.tb_error_log.regressions is 'How often it came back after it was resolved.';
comment on column monitoring.tb_error_log.regressed_at is 'Occurrence with which it last came back. Null when it never did.';
comment on column monitoring.tb_error_log.revision is 'Counts changes of its status, assignment and note; who changes it names the one he saw.';
comment on column monitoring.tb_error_log_archive.regressions is 'How often it came back after it was resolved.';
comment on column monitoring.tb_error_log_archive.regressed_at is 'Occurrence with which it last came back. Null when it never did.';
comment on column monitoring.tb_error_log_archive.revision is 'Counts changes of its status, assignment and note.';
comment on table monitoring.error_day is
  'Occurrences of a group of errors on a day of UTC: exact, whatever share of the instances is kept.';
comment on column monitoring.error_day.tenant_id is 'Owner of the row; platform for our own services.';
comment on column monitoring.error_day.day is 'Day of UTC.';
comment on column monitoring.error_day.error_id is 'Group of errors.';
comment on column monitoring.error_day.occurrences is 'Occurrences on the day.';
comment on table monitoring.error_user_day is 'Users that a group of errors met on a day of UTC, one row each.';
comment on column monitoring.error_user_day.tenant_id is 'Owner of the row; platform for our own services.';
comment on column monitoring.error_user_day.day is 'Day of UTC.';
comment on column monitoring.error_user_day.error_id is 'Group of errors.';
comment on column monitoring.error_user_day.user_id is 'User it happened to; a pseudonym once anonymised.';

do $$
declare
  table_name text;
begin
  foreach table_name in array array['error_day', 'error_user_day'] loop
    execute format('alter table monitoring.%I enable row level security', table_name);
    execute format('alter table monitoring.%I force row level security', table_name);
    execute format(
      'create policy one_tenant on monitoring.%I to rookery_etl, rookery_api, rookery_ingest'
      ' using (tenant_id = (select current_setting(''app.tenant_id'', true)))'
      ' with check (tenant_id = (select current_setting(''app.tenant_id'', true)))', table_name);
    execute format('create policy every_tenant on monitoring.%I to rookery_ops using (true) with check (true)', table_name);
    execute format('grant select, insert, delete on monitoring.%I to rookery_ops', table_name);
    execute format('grant select, insert on monitoring.%I to rookery_ingest', table_name);
    execute format('grant select on monitoring.%I to rookery_api', table_name);
  end loop;
end $$;
grant update (occurrences) on monitoring.error_day to rookery_ingest;
grant update (user_id) on monitoring.error_user_day to rookery_ops;

-- Who works on a group changes this much of it, and says so in the audit.
grant update (status, assigned_to, resolution_note, resolved_at, revision) on monitoring.tb_error_log to rookery_api;
grant insert on monitoring.tb_audit_event, monitoring.audit_event_key to rookery_api;
grant usage on sequence monitoring.tb_audit_event_id_seq to rookery_api;

-- As long as the instances that they count.
reset role;
grant rookery_ops to current_user;
set local role rookery_ops;
insert into monitoring.retention_policy (table_name, keep_days, keep_days_most) values
  ('error_day', 30, null),
  -- Nothing anonymises it: it goes when everything else is anonymised.
  ('error_user_day', 30, 30);
reset role;
