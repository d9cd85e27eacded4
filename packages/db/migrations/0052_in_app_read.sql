-- Who has read which in-app notice: one for everybody is read by each on his own. Locks: a short exclusive one on in_app_notice,
-- which the inbox reads and the worker of notices writes.
set local role rookery_owner;

create table monitoring.in_app_read (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  notice_id text not null,
  reader text not null,
  read_at timestamptz not null,
  primary key (tenant_id, notice_id, reader),
  foreign key (tenant_id, notice_id) references monitoring.in_app_notice (tenant_id, id) on delete cascade
);
comment on table monitoring.in_app_read is 'Who has read an in-app notice; it goes with its notice.';
comment on column monitoring.in_app_read.tenant_id is 'Tenant; row-level security compares it with app.tenant_id.';
comment on column monitoring.in_app_read.notice_id is 'The notice.';
comment on column monitoring.in_app_read.reader is 'User who read it.';
comment on column monitoring.in_app_read.read_at is 'When he first read it. Without a row he has not, or marked it as unread.';

alter table monitoring.in_app_read enable row level security;
alter table monitoring.in_app_read force row level security;
create policy one_tenant on monitoring.in_app_read to rookery_etl, rookery_api, rookery_ingest
  using (tenant_id = (select current_setting('app.tenant_id', true)))
  with check (tenant_id = (select current_setting('app.tenant_id', true)));
create policy every_tenant on monitoring.in_app_read to rookery_ops using (true) with check (true);
grant select, insert, update, delete on monitoring.in_app_read to rookery_ops;
grant select, insert, update, delete on monitoring.in_app_read to rookery_api;

-- What one person has read stays read for him; of a notice for everybody nobody knows who it was.
reset role;
set local role rookery_ops;
insert into monitoring.in_app_read (tenant_id, notice_id, reader, read_at)
select tenant_id, id, recipient, read_at from monitoring.in_app_notice where read_at is not null and recipient <> '*';

reset role;
set local role rookery_owner;
revoke update (read_at) on monitoring.in_app_notice from rookery_api;
alter table monitoring.in_app_notice drop column read_at;

comment on column monitoring.api_key.scopes is
  'What the key is for: streams by their names, heartbeats, or one of these as heartbeat: and its id.';

reset role;
