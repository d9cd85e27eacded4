-- Events that the tracking plan refuses, as counted facts: what they held is in the dead letters of the queue events.
-- Locks: none that matters; the table is new.
set local role rookery_owner;

-- No partitions: an event counts once whenever it comes back, so time cannot be part of its key.
create table monitoring.rejected_event (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  id uuid not null,
  code varchar(50) not null check (code <> ''),
  event varchar(200),
  door varchar(10) not null check (door in ('http', 'bus')),
  reason varchar(500) not null,
  received_at timestamptz not null,
  rejected_at timestamptz not null default now(),
  primary key (tenant_id, id, code)
);
-- For the sweep over all tenants; rows come in this order, so the index grows at its end only.
create index rejected_event_rejected on monitoring.rejected_event (rejected_at);
-- For what was rejected of one tenant lately, and the newest of its kind.
create index rejected_event_of_tenant on monitoring.rejected_event (tenant_id, rejected_at);

comment on table monitoring.rejected_event is
  'Events that the tracking plan refused, each counted once for every reason, however often it came. What they held is in the dead letters of the queue events. Swept after 30 days.';
comment on column monitoring.rejected_event.tenant_id is
  'Tenant that the event is of, platform where it names none that can be one; row-level security compares it with app.tenant_id.';
comment on column monitoring.rejected_event.id is 'UUID that follows from the tenant and the event as it was sent.';
comment on column monitoring.rejected_event.code is 'Why it was refused, as a stable word.';
comment on column monitoring.rejected_event.event is 'Name of the event as it was sent, 200 characters of it. Null: it had none.';
comment on column monitoring.rejected_event.door is 'By which way it came: http or bus.';
comment on column monitoring.rejected_event.reason is 'Why it was refused, in words: what to change before it is sent again.';
comment on column monitoring.rejected_event.received_at is 'When the door took it.';
comment on column monitoring.rejected_event.rejected_at is 'When it was counted first.';

alter table monitoring.rejected_event enable row level security;
alter table monitoring.rejected_event force row level security;
create policy one_tenant on monitoring.rejected_event to rookery_etl, rookery_api, rookery_ingest
  using (tenant_id = (select current_setting('app.tenant_id', true)))
  with check (tenant_id = (select current_setting('app.tenant_id', true)));
create policy every_tenant on monitoring.rejected_event to rookery_ops using (true) with check (true);
grant insert on monitoring.rejected_event to rookery_ingest;
grant select on monitoring.rejected_event to rookery_api;
grant select, delete on monitoring.rejected_event to rookery_ops;

reset role;
