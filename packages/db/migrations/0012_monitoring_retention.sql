-- How long everything is kept: policies, holds, the proof of what was deleted, and the partitions by which streams are made
-- ahead and dropped. Empty tables: no lock matters.
set local role rookery_owner;

-- In days: Postgres takes a year for 360 days when it compares intervals, and 364 days for longer.
create table monitoring.retention_policy (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  table_name varchar(63) not null,
  keep_days integer not null check (keep_days > 0),
  keep_days_least integer,
  keep_days_most integer,
  archive boolean not null default false,
  anonymise_after_days integer check (anonymise_after_days > 0),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, table_name),
  constraint retention_policy_within_range check (
    keep_days >= coalesce(keep_days_least, keep_days) and keep_days <= coalesce(keep_days_most, keep_days)
  )
);
-- The seed's periods (§1.3, §3, §6); a year of audit is 366 days, so that no year is too short.
insert into monitoring.retention_policy
  (table_name, keep_days, keep_days_least, keep_days_most, archive, anonymise_after_days)
values
  -- 7 days (§1.3) or 90 (§3.3)? Nothing reads raw metrics beyond a day, so 7, and up to 90 for who asks (C12).
  ('tb_performance_metric', 7, 7, 90, false, null),
  ('tb_performance_metric_5min', 90, null, null, false, null),
  ('tb_performance_metric_hourly', 365, null, null, false, null),
  ('tb_health_check_log', 30, null, null, false, null),
  ('tb_error_log', 90, null, null, true, 30),
  ('tb_error_instance', 30, null, null, false, 30),
  ('tb_audit_event', 366, 366, 2557, true, 30),
  ('tb_audit_event_archive', 2557, 366, 2557, false, null),
  ('tb_error_log_archive', 2557, null, 2557, false, null),
  ('tb_alert', 90, null, null, false, null),
  ('tb_integration_event', 30, null, null, false, null),
  ('tb_user_activity', 90, null, null, false, 30),
  ('tb_user_activity_hourly', 90, null, null, false, null),
  ('user_activity_daily', 90, null, null, false, null),
  ('tb_user_session', 90, null, null, false, 30);

create table monitoring.legal_hold (
  id bigint generated always as identity,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  table_name varchar(63) not null,
  held_from timestamptz not null,
  held_until timestamptz,
  reason text not null check (reason <> ''),
  placed_by varchar(50) not null,
  placed_at timestamptz not null default now(),
  released_at timestamptz,
  primary key (tenant_id, id),
  check (held_from < held_until)
);

create table monitoring.retention_run (
  id bigint generated always as identity,
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  table_name varchar(63) not null,
  action varchar(20) not null,
  scheduled_time timestamptz not null,
  partition_name varchar(63),
  covers_until timestamptz not null,
  dry_run boolean not null default false,
  rows bigint check (rows >= 0),
  checksum text,
  detail jsonb not null default '{}',
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (tenant_id, id),
  constraint retention_run_once unique nulls not distinct
    (tenant_id, scheduled_time, table_name, action, partition_name, dry_run),
  constraint retention_run_finished_has_rows check ((finished_at is null) = (rows is null))
);

create table monitoring.pseudonym_key (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  purpose varchar(20) not null,
  period_start date not null,
  period_end date,
  key bytea,
  created_at timestamptz not null default now(),
  destroyed_at timestamptz,
  primary key (tenant_id, purpose, period_start),
  check (period_start < period_end),
  constraint pseudonym_key_gone_when_destroyed check ((key is null) = (destroyed_at is not null))
);

-- Partitions are cut at midnight UTC and made ahead by the maintenance schedule, or on demand by whoever meets a missing one.
-- Like those of olap, each has row-level security and no grant.
-- A partition is a small part of what its stream keeps, so that dropping whole partitions is the retention and at most one
-- partition outstays: a day of 7, a week of 30 or 90 days, a month of a year or more.
create function monitoring.streams() returns table (stream text, clock text, period text)
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select * from (values
    ('tb_performance_metric', 'time', 'day'),
    ('tb_health_check_log', 'checked_at', 'week'),
    ('tb_error_instance', 'occurred_at', 'week'),
    ('tb_integration_event', 'occurred_at', 'week'),
    ('tb_user_activity', 'time', 'week'),
    ('tb_audit_event', 'time', 'month')
  ) v
$$;
revoke all on function monitoring.streams() from public;
grant execute on function monitoring.streams() to rookery_ingest, rookery_ops;

create function monitoring.ensure_partitions(first_time timestamptz, last_time timestamptz, only_stream text default null)
returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function monitoring.ensure_partitions(timestamptz, timestamptz, text) from public;
grant execute on function monitoring.ensure_partitions(timestamptz, timestamptz, text) to rookery_ingest, rookery_ops;

reset role;

-- What forbids the drop is in rows of every tenant, which the owner's policies hide from it: this one function is the property
-- of rookery_ops, who sees them, and drop_partition asks it. The grants it takes are given back at once.
do $$
begin
  execute format('grant rookery_ops to %I', current_user);
end $$;
grant usage, create on schema monitoring to rookery_ops;
set local role rookery_ops;

create function monitoring.partition_obstacle(stream text, start_at timestamptz, end_at timestamptz) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  longest integer;
  held record;
  missing bigint;
begin
  select max(p.keep_days) into longest from monitoring.retention_policy p where p.table_name = stream;
  if longest is null then
    return format('no retention policy says how long %s is kept', stream);
  end if;
  if end_at > now() - make_interval(days => longest) then
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
    select count(*) into missing from monitoring.tb_audit_event e
    where e.time >= start_at and e.time < end_at and not exists (
      select from monitoring.tb_audit_event_archive a where a.tenant_id = e.tenant_id and a.event_id = e.event_id);
    if missing > 0 then
      return format('%s of its rows are not in tb_audit_event_archive', missing);
    end if;
  end if;
  return null;
end $$;
revoke all on function monitoring.partition_obstacle(text, timestamptz, timestamptz) from public;
grant execute on function monitoring.partition_obstacle(text, timestamptz, timestamptz) to rookery_owner;

reset role;
set local role rookery_owner;
revoke create on schema monitoring from rookery_ops;

create function monitoring.drop_partition(partition_name text, before timestamptz)
returns table (dropped text, rows_dropped bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function monitoring.drop_partition(text, timestamptz) from public;
grant execute on function monitoring.drop_partition(text, timestamptz) to rookery_ops;

reset role;
