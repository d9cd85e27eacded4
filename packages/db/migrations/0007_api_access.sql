-- What the API role may write: its own rate limit, and the compliance audit when an auditor or an operator asks.
-- Locks: admin_audit_log cannot be read or written until the migration commits; nothing is rewritten.
set local role rookery_owner;

-- Unlogged: a crash empties it, and every tenant starts with a full allowance. A transaction that writes nothing else
-- waits for no WAL flush: 1,000 spends flushed 0 times instead of 1,000, and a whole read took 0.36 to 0.43 ms instead of
-- 0.69 to 0.90 ms on a fast local disk (Postgres 18 with fsync and synchronous_commit on, 2026-11).
create unlogged table olap.rate_limit (
  tenant_id text not null check (tenant_id <> ''),
  class text not null,
  drained_at timestamptz not null,
  primary key (tenant_id, class)
);
comment on table olap.rate_limit is
  'What each tenant has spent of its allowances, a row for each class of requests. Unlogged: a crash empties it, and every tenant starts afresh.';
comment on column olap.rate_limit.tenant_id is 'The tenant that asks.';
comment on column olap.rate_limit.class is 'Class of requests that share an allowance, such as read or export.';
comment on column olap.rate_limit.drained_at is
  'When all that was spent will be given back (the theoretical arrival time of GCRA); in the past, the allowance is whole.';

alter table olap.rate_limit enable row level security;
alter table olap.rate_limit force row level security;
create policy one_tenant on olap.rate_limit to rookery_etl, rookery_api, rookery_ingest
  using (tenant_id = (select current_setting('app.tenant_id', true)))
  with check (tenant_id = (select current_setting('app.tenant_id', true)));
create policy every_tenant on olap.rate_limit to rookery_ops using (true) with check (true);
grant select, insert, update on olap.rate_limit to rookery_api;

-- Each request adds one interval to drained_at; it is refused when that would lie more than burst intervals ahead.
-- The upsert locks the row first and reads the clock after, so spends beside each other count one after the other.
create function olap.spend(class text, per_minute integer, burst integer)
returns table (allowed boolean, remaining integer, reset_seconds integer, retry_after_seconds integer)
language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function olap.spend(text, integer, integer) from public;
grant execute on function olap.spend(text, integer, integer) to rookery_api;
comment on function olap.spend(text, integer, integer) is
  'Takes one request of the class from the allowance of app.tenant_id, per_minute on average and burst at once, unless it is used up; says what is left, when it will be whole, and when to ask again.';

-- The permissive policy confines the API to one tenant; this one narrows that to those whom the audit concerns.
create policy audit_readers on olap.admin_audit_log as restrictive to rookery_api
  using ((select current_setting('app.role', true)) in ('auditor', 'operator'))
  with check ((select current_setting('app.role', true)) in ('auditor', 'operator'));
grant select, insert on olap.admin_audit_log to rookery_api;
grant usage on sequence olap.admin_audit_log_id_seq to rookery_api;

reset role;
