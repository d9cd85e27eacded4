-- What ingestion needs beyond the streams: the keys it has taken, merging into a metric's minute, and what ends a session.
-- Locks: tb_user_session is closed to others while its rows are given their last_seen.
set local role rookery_owner;

-- No partitions: a key must be unique whenever it comes back, so time cannot be part of it.
create table monitoring.ingest_item (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  stream varchar(30) not null,
  key varchar(500) not null,
  received_at timestamptz not null default now(),
  primary key (tenant_id, stream, key)
);
-- For the sweep over all tenants; rows come in this order, so the index grows at its end only.
create index ingest_item_received on monitoring.ingest_item (received_at);

comment on table monitoring.ingest_item is
  'Items that were written already, by the key under which each counts once. Swept after 15 days: the queue delivers again for 14.';
comment on column monitoring.ingest_item.tenant_id is
  'Tenant that owns the row, platform for what belongs to all; row-level security compares it with app.tenant_id.';
comment on column monitoring.ingest_item.stream is 'Stream of the item, as the ingestion door names it.';
comment on column monitoring.ingest_item.key is 'Key of the item, as the sender chose it or the door made it up.';
comment on column monitoring.ingest_item.received_at is 'When the door took the item.';

alter table monitoring.ingest_item enable row level security;
alter table monitoring.ingest_item force row level security;
create policy one_tenant on monitoring.ingest_item to rookery_etl, rookery_api, rookery_ingest
  using (tenant_id = (select current_setting('app.tenant_id', true)))
  with check (tenant_id = (select current_setting('app.tenant_id', true)));
create policy every_tenant on monitoring.ingest_item to rookery_ops using (true) with check (true);
-- A key is given back when its item turns out not to be writable.
grant select, insert, delete on monitoring.ingest_item to rookery_ingest;
grant select, delete on monitoring.ingest_item to rookery_ops;

-- Several reporters of one series and minute are added up; nothing else of a stream is ever changed by ingestion.
grant update (p50, p95, p99, mean, min, max, request_count, error_count, error_rate, throughput, sketch)
  on monitoring.tb_performance_metric to rookery_ingest;

alter table monitoring.tb_user_session
  add column last_seen timestamptz not null default now(),
  add column ended_by varchar(10),
  add constraint tb_user_session_ended_by check (ended_by in ('user', 'idle')),
  add constraint tb_user_session_ended_by_has_time check (ended_by is null or ended_at is not null);

-- A migration is nobody's tenant: the owner, too, sees no row where policies are forced.
alter table monitoring.tb_user_session no force row level security;
update monitoring.tb_user_session set last_seen = coalesce(ended_at, started_at);
alter table monitoring.tb_user_session force row level security;

comment on column monitoring.tb_user_session.last_seen is
  'Latest time of its start, its end and its activity. A session not seen for 30 minutes is ended by the sessions schedule.';
comment on column monitoring.tb_user_session.ended_by is
  'Who ended it: user, or idle for the schedule. Null while it lasts.';

-- Over started_at, which hardly ever changes: over last_seen, no activity could update its session in place (HOT).
create index tb_user_session_open on monitoring.tb_user_session (started_at) where ended_at is null;

reset role;
