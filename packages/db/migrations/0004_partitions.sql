-- Monthly partitions, made ahead by the maintenance schedule and on demand by whoever meets a missing one.
-- Each partition gets row-level security and no grant: it can only be reached through its parent's policy.
set local role rookery_owner;

create function olap.ensure_partitions(first_day date, last_day date) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
      else
        execute format('alter table olap.%I attach partition olap.%I for values from (%L) to (%L)', parent, partition_name,
          month, (month + interval '1 month')::date);
      end if;
      made := made + 1;
    end loop;
  end loop;
  return made;
end $$;

revoke all on function olap.ensure_partitions(date, date) from public;
grant execute on function olap.ensure_partitions(date, date) to rookery_etl, rookery_ops;
comment on function olap.ensure_partitions(date, date) is
  'Makes the monthly partitions that hold the days first_day to last_day, both inclusive; returns how many it made.';

reset role;
