-- The source contract: what Rookery reads from your OLTP database, and nothing else.
-- The laptop and the tests create these tables; a real team creates views of the same names over its own tables
-- (docs/data-contract.md). Rookery only ever selects, as role rookery_source.
do $$
begin
  if not exists (select from pg_roles where rolname = 'rookery_source') then
    create role rookery_source login;
  end if;
  alter role rookery_source set timezone = 'UTC';
  alter role rookery_source set jit = off;
  alter role rookery_source set statement_timeout = '280s';
end $$;

create schema if not exists source;
comment on schema source is 'The OLTP contract: read only for Rookery.';

create table if not exists source.tenants (
  tenant_id text primary key,
  name text,
  timezone text not null default 'UTC',
  billing_anchor integer not null default 1
);

create table if not exists source.emails (
  email_id text primary key,
  tenant_id text not null,
  company_id text not null,
  campaign_id text not null,
  step_id text not null,
  mailbox_id text not null,
  lead_id text not null,
  status text not null,
  sent_at timestamptz,
  delivered_at timestamptz,
  opened timestamptz,
  clicked timestamptz,
  replied timestamptz,
  bounce_type text check (bounce_type in ('hard', 'soft')),
  unsubscribed timestamptz,
  complaint timestamptz,
  open_kind text check (open_kind in ('human', 'machine')),
  reply_kind text check (reply_kind in ('human', 'automatic')),
  updated_at timestamptz not null default now()
);
create index if not exists emails_tenant_sent on source.emails (tenant_id, sent_at);
create index if not exists emails_updated on source.emails (updated_at);
create index if not exists emails_lead on source.emails (tenant_id, lead_id);

create table if not exists source.campaigns (
  tenant_id text not null,
  campaign_id text not null,
  company_id text not null,
  name text,
  status text not null,
  status_changed_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, campaign_id)
);

create table if not exists source.sequence_steps (
  tenant_id text not null,
  campaign_id text not null,
  step_id text not null,
  position integer not null,
  variant text,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, campaign_id, step_id)
);

create table if not exists source.domains (
  tenant_id text not null,
  domain_id text not null,
  name text not null,
  spf boolean,
  dkim boolean,
  dmarc boolean,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, domain_id)
);

create table if not exists source.mailboxes (
  tenant_id text not null,
  mailbox_id text not null,
  company_id text not null,
  domain_id text not null,
  campaign_status text,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, mailbox_id)
);

create table if not exists source.leads (
  tenant_id text not null,
  campaign_id text not null,
  lead_id text not null,
  status text not null,
  completed_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, campaign_id, lead_id)
);
create index if not exists leads_completed on source.leads (tenant_id, campaign_id, completed_at)
  where completed_at is not null;

create table if not exists source.warmups (
  tenant_id text not null,
  mailbox_id text not null,
  company_id text not null,
  status text not null,
  started_at timestamptz not null,
  ramp_days integer not null default 21 check (ramp_days > 0),
  start_volume integer not null,
  target_volume integer not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, mailbox_id)
);

create table if not exists source.warmup_messages (
  message_id text primary key,
  tenant_id text not null,
  company_id text not null,
  mailbox_id text not null,
  sent_at timestamptz,
  delivered_at timestamptz,
  opened timestamptz,
  clicked timestamptz,
  replied timestamptz,
  bounce_type text check (bounce_type in ('hard', 'soft')),
  unsubscribed timestamptz,
  found_in_spam timestamptz,
  updated_at timestamptz not null default now()
);
create index if not exists warmup_messages_tenant_sent on source.warmup_messages (tenant_id, sent_at);
create index if not exists warmup_messages_updated on source.warmup_messages (updated_at);

create table if not exists source.subscriptions (
  tenant_id text not null,
  subscription_id text not null,
  plan text,
  quota_emails integer,
  starts_at timestamptz not null,
  ends_at timestamptz,
  primary key (tenant_id, subscription_id)
);

grant usage on schema source to rookery_source;
grant select on all tables in schema source to rookery_source;
-- Lets the change discovery see the start of every open transaction; without it an overlap of 15 minutes is used.
grant pg_read_all_stats to rookery_source;
