-- Categories of audit events, which decide how long an event is kept in all and whether it may be anonymised; policies for
-- whom errors met and for the keys of audit events; and what archiving again needs. Small or empty tables: no lock matters.
set local role rookery_owner;

create table monitoring.retention_category (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  category varchar(50) not null check (category <> ''),
  -- The range of audit in the seed, one to seven years.
  keep_days integer check (keep_days between 366 and 2557),
  anonymise boolean not null default true,
  primary key (tenant_id, category)
);
comment on table monitoring.retention_category is
  'How long audit events of a category (metadata.retention_category) are kept, live and archived together. A tenant''s row can only keep them longer than that of platform. Events of no category here follow retention_policy.';
comment on column monitoring.retention_category.tenant_id is 'Owner of the row; platform for what holds for everybody.';
comment on column monitoring.retention_category.category is 'Value of metadata.retention_category.';
comment on column monitoring.retention_category.keep_days is 'Days that events are kept in all. Null: as long as they have the category.';
comment on column monitoring.retention_category.anonymise is 'Whether events are anonymised like others; false where the whole record is needed.';
insert into monitoring.retention_category (category, keep_days, anonymise) values
  ('legal-hold', null, false),
  ('contract', 2557, false),
  ('financial', 2557, true),
  ('security', 1096, true),
  ('operational', 366, true);

alter table monitoring.retention_category enable row level security, force row level security;
create policy one_tenant on monitoring.retention_category to rookery_etl, rookery_api, rookery_ingest
  using (tenant_id = (select current_setting('app.tenant_id', true)))
  with check (tenant_id = (select current_setting('app.tenant_id', true)));
create policy every_tenant on monitoring.retention_category to rookery_ops using (true) with check (true);
grant select, insert, update, delete on monitoring.retention_category to rookery_ops;
grant select on monitoring.retention_category to rookery_api;

-- A group that came back after it was archived is archived anew, in place of what it was.
grant update on monitoring.tb_error_log_archive to rookery_ops;
-- Rows must be lockable to be passed over, as in 0034.
grant update (time) on monitoring.audit_event_key to rookery_ops;

-- The policies force row-level security on the owner as well. Whoever migrates is a member of rookery_ops since 0012.
grant create on schema monitoring to rookery_ops;
reset role;
set local role rookery_ops;
insert into monitoring.retention_policy (table_name, keep_days, anonymise_after_days) values
  ('error_user', 90, 30),
  ('audit_event_key', 366, null);

-- As in 0012, and: events of a category that is kept without end are never archived, so their partition must stay.
create or replace function monitoring.partition_obstacle(stream text, start_at timestamptz, end_at timestamptz) returns text
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
end $$;

reset role;
set local role rookery_owner;
revoke create on schema monitoring from rookery_ops;
reset role;
