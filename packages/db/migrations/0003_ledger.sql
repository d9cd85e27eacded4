-- What the aggregation knows about its own work: cells, watermarks, job runs, reconciliations.
set local role rookery_owner;

create table olap.cell (
  tenant_id text not null check (tenant_id <> ''),
  day date not null,
  timezone text not null,
  source_epoch integer not null,
  source_xmax xid8 not null,
  source_in_progress integer not null check (source_in_progress >= 0),
  source_emails integer not null default 0 check (source_emails >= 0),
  source_warmups integer not null default 0 check (source_warmups >= 0),
  checksum text,
  fact_rows integer not null default 0 check (fact_rows >= 0),
  lead_rows integer not null default 0 check (lead_rows >= 0),
  milliseconds integer not null default 0 check (milliseconds >= 0),
  reason text not null,
  aggregated_at timestamptz not null default now(),
  primary key (tenant_id, day)
);

create table olap.source (
  source_id text primary key default 'main' check (source_id = 'main'),
  system_identifier text not null,
  epoch integer not null default 1 check (epoch > 0),
  seen_xmax xid8 not null,
  changed_since timestamptz,
  swept_xmin xid8,
  complete_through timestamptz,
  updated timestamptz not null default now()
);

create table olap.job_run (
  job text not null,
  scheduled_time timestamptz not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  cells integer not null default 0,
  messages integer not null default 0,
  problems jsonb not null default '[]',
  primary key (job, scheduled_time)
);

create table olap.reconciliation (
  tenant_id text not null check (tenant_id <> ''),
  scheduled_time timestamptz not null,
  cells integer not null check (cells >= 0),
  behind integer not null check (behind >= 0),
  drift integer not null check (drift >= 0),
  detail jsonb not null default '[]',
  reconciled_at timestamptz not null default now(),
  primary key (tenant_id, scheduled_time)
);

reset role;
