-- Work that was found and is not in the facts yet: freshness is told from it. Until then a watermark that had moved on said
-- "complete" of a cell whose message still waited in the queue, or lay among the dead letters.
-- Numbers need not be consecutive: Kysely applies what is missing in the order of the names.
-- Locks: none that matters; both tables are new. A warehouse that has cells on their way while this is applied tells of
-- them again from the next look on.
set local role rookery_owner;

create table olap.pending_cell (
  tenant_id text not null check (tenant_id <> ''),
  day date not null,
  source_epoch integer not null,
  source_xmax xid8 not null,
  source_in_progress integer not null check (source_in_progress >= 0),
  complete_through timestamptz,
  found_at timestamptz not null default now(),
  primary key (tenant_id, day)
);

create table olap.pending_lead (
  tenant_id text not null check (tenant_id <> ''),
  lead_id text not null,
  source_epoch integer not null,
  source_xmax xid8 not null,
  source_in_progress integer not null check (source_in_progress >= 0),
  complete_through timestamptz,
  found_at timestamptz not null default now(),
  primary key (tenant_id, lead_id)
);

comment on table olap.pending_cell is
  'Ledger: tenant days known to have changed and not aggregated since. The aggregation removes a row with the facts it writes.';
comment on column olap.pending_cell.tenant_id is 'Tenant of the day; row-level security compares it with app.tenant_id.';
comment on column olap.pending_cell.day is 'Day in the tenant''s time zone that is to be aggregated.';
comment on table olap.pending_lead is
  'Ledger: leads whose e-mails left a day when it was aggregated, and that were not recounted by name since.';
comment on column olap.pending_lead.tenant_id is 'Tenant of the lead; row-level security compares it with app.tenant_id.';
comment on column olap.pending_lead.lead_id is 'Lead whose rows are to be recounted.';

do $$
declare
  table_name text;
begin
  foreach table_name in array array['pending_cell', 'pending_lead'] loop
    execute format('comment on column olap.%I.source_epoch is %L', table_name,
      'Fence: the life of the source in which it was last found (source.epoch).');
    execute format('comment on column olap.%I.source_xmax is %L', table_name,
      'Fence: first transaction that the snapshot it was last found in could not see; only an aggregation from a snapshot no older removes the row.');
    execute format('comment on column olap.%I.source_in_progress is %L', table_name,
      'Fence: transactions in progress in that snapshot; fewer is later when xmax is equal.');
    execute format('comment on column olap.%I.complete_through is %L', table_name,
      'Every change before this instant is in its facts all the same: how far the tenant''s facts were complete when it was first found. Null when they never were.');
    execute format('comment on column olap.%I.found_at is %L', table_name, 'When it was first found.');
    execute format('alter table olap.%I enable row level security', table_name);
    execute format('alter table olap.%I force row level security', table_name);
    execute format(
      'create policy one_tenant on olap.%I to rookery_etl, rookery_api, rookery_ingest'
      ' using (tenant_id = (select current_setting(''app.tenant_id'', true)))'
      ' with check (tenant_id = (select current_setting(''app.tenant_id'', true)))', table_name);
    execute format('create policy every_tenant on olap.%I to rookery_ops using (true) with check (true)', table_name);
  end loop;
end $$;

-- A look marks cells and drops those of tenants that the source no longer has.
grant select, insert, update, delete on olap.pending_cell to rookery_ops;
grant select, delete on olap.pending_lead to rookery_ops;
-- The aggregation removes what it has done, locking it in order (for update), and marks leads that their e-mails left.
grant select, update, delete on olap.pending_cell to rookery_etl;
grant select, insert, update, delete on olap.pending_lead to rookery_etl;
grant select on olap.pending_cell, olap.pending_lead to rookery_api;

comment on column olap.source.complete_through is
  'Every change before this instant was found; it is in the facts too, unless pending_cell or pending_lead still holds its day or lead. Null before the first complete run.';
comment on column olap.tenant.timezone is
  'IANA time zone for which all days were last sent for aggregation; when the source has another, they are sent again. Null while the tenant is not looked at: before change discovery meets it, and once it cannot be worked on or has left the source.';

reset role;
