-- Aggregates of product analytics that came back (seed 002 §1.2, §4): a few figures a tenant and day, no event of anybody.
-- Locks: none; the table is new.
set local role rookery_owner;

create table olap.external_daily (
  tenant_id text not null check (tenant_id <> ''),
  day date not null,
  metric varchar(60) not null check (metric <> ''),
  value bigint not null check (value >= 0),
  source varchar(30) not null,
  updated timestamptz not null default now(),
  primary key (tenant_id, metric, day)
);
-- A pull replaces the days of one metric for all tenants.
create index external_daily_metric on olap.external_daily (metric, day);

comment on table olap.external_daily is
  'Stable aggregates read back from external analytics, those of a short list only; nothing is here unless the pull was turned on.';
comment on column olap.external_daily.tenant_id is 'Tenant counted; row-level security compares it with app.tenant_id.';
comment on column olap.external_daily.day is 'The UTC day counted: external analytics knows no zone of a tenant.';
comment on column olap.external_daily.metric is 'What is counted; the list is packages/telemetry/aggregates/aggregate.ts.';
comment on column olap.external_daily.value is 'How many. A day without a row was not counted, or had none.';
comment on column olap.external_daily.source is 'System that it was read from, such as posthog.';
comment on column olap.external_daily.updated is 'When the value last changed; read again to the same does not count.';

alter table olap.external_daily enable row level security;
alter table olap.external_daily force row level security;
create policy one_tenant on olap.external_daily to rookery_etl, rookery_api, rookery_ingest
  using (tenant_id = (select current_setting('app.tenant_id', true)))
  with check (tenant_id = (select current_setting('app.tenant_id', true)));
create policy every_tenant on olap.external_daily to rookery_ops using (true) with check (true);
grant select on olap.external_daily to rookery_api;
grant select, insert, update, delete on olap.external_daily to rookery_ops;

reset role;
