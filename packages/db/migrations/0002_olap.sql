-- The seven tables of the seeds (000 §1–2, 001) with tenant_id, day and keys that make a recompute harmless.
-- Empty tables: no lock matters.
set local role rookery_owner;

create table olap.tenant (
  tenant_id text primary key check (tenant_id <> ''),
  timezone text,
  billing_anchor integer not null default 1 check (billing_anchor between 1 and 31),
  seen_at timestamptz not null default now()
);

create table olap.billing_analytics (
  id bigint generated always as identity primary key,
  tenant_id text not null check (tenant_id <> ''),
  subscription_id text,
  emails_sent integer not null default 0 check (emails_sent >= 0),
  mailboxes_used integer not null default 0 check (mailboxes_used >= 0),
  domains_used integer default 0 check (domains_used >= 0),
  campaigns_used integer not null default 0 check (campaigns_used >= 0),
  leads_used integer not null default 0 check (leads_used >= 0),
  warmups_active integer not null default 0 check (warmups_active >= 0),
  period_start timestamptz not null,
  period_end timestamptz not null,
  updated timestamptz not null default now(),
  first_day date not null,
  end_day date not null,
  timezone text not null default 'UTC',
  unique (tenant_id, id),
  state text not null default 'open' check (state in ('open', 'closed')),
  closed_at timestamptz,
  check (period_start < period_end),
  check (first_day < end_day),
  constraint billing_closed_has_time check ((state = 'closed') = (closed_at is not null)),
  -- Deferred: a tenant that changes its zone shifts several open periods in one statement.
  constraint billing_periods_do_not_overlap exclude using gist (
    tenant_id with =, tstzrange(period_start, period_end) with &&
  ) deferrable initially deferred
);
create unique index idx_billing_analytics_tenant_period
  on olap.billing_analytics (tenant_id, period_start, period_end);
create unique index billing_analytics_tenant_first_day
  on olap.billing_analytics (tenant_id, first_day);

create table olap.billing_adjustment (
  id bigint generated always as identity primary key,
  tenant_id text not null check (tenant_id <> ''),
  billing_id bigint not null,
  applied_to bigint not null,
  emails_sent integer not null,
  mailboxes_used integer not null,
  domains_used integer,
  campaigns_used integer not null,
  leads_used integer not null,
  warmups_active integer not null,
  billable boolean not null,
  created timestamptz not null default now(),
  foreign key (tenant_id, billing_id) references olap.billing_analytics (tenant_id, id),
  foreign key (tenant_id, applied_to) references olap.billing_analytics (tenant_id, id)
);
create index billing_adjustment_of on olap.billing_adjustment (tenant_id, billing_id);

create sequence olap.campaign_analytics_id_seq cache 100;
create table olap.campaign_analytics (
  id bigint not null default nextval('olap.campaign_analytics_id_seq'),
  tenant_id text not null check (tenant_id <> ''),
  day date not null,
  campaign_id text not null,
  company_id text not null,
  sent integer not null default 0,
  delivered integer not null default 0,
  opened_tracked integer not null default 0,
  clicked_tracked integer not null default 0,
  replied integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  spam_complaints integer not null default 0,
  hard_bounced integer not null default 0,
  opened_human integer,
  replied_human integer,
  status text,
  completed_leads integer check (completed_leads >= 0),
  billing_id bigint,
  updated timestamptz not null default now(),
  primary key (tenant_id, day, campaign_id)
) partition by range (day);
create index campaign_analytics_series on olap.campaign_analytics (tenant_id, campaign_id, day);

create sequence olap.mailbox_analytics_id_seq cache 100;
create table olap.mailbox_analytics (
  id bigint not null default nextval('olap.mailbox_analytics_id_seq'),
  tenant_id text not null check (tenant_id <> ''),
  day date not null,
  mailbox_id text not null,
  company_id text not null,
  sent integer not null default 0,
  delivered integer not null default 0,
  opened_tracked integer not null default 0,
  clicked_tracked integer not null default 0,
  replied integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  spam_complaints integer not null default 0,
  hard_bounced integer not null default 0,
  opened_human integer,
  replied_human integer,
  warmup_status text,
  health_score integer check (health_score between 0 and 100),
  health_components jsonb,
  current_volume integer check (current_volume >= 0),
  billing_id bigint,
  campaign_status text,
  domain_id text,
  spf boolean,
  dkim boolean,
  dmarc boolean,
  updated timestamptz not null default now(),
  primary key (tenant_id, day, mailbox_id),
  check ((health_score is null) = (health_components is null))
) partition by range (day);
create index mailbox_analytics_series on olap.mailbox_analytics (tenant_id, mailbox_id, day);

create sequence olap.sequence_step_analytics_id_seq cache 100;
create table olap.sequence_step_analytics (
  id bigint not null default nextval('olap.sequence_step_analytics_id_seq'),
  tenant_id text not null check (tenant_id <> ''),
  day date not null,
  campaign_id text not null,
  step_id text not null,
  company_id text not null,
  sent integer not null default 0,
  delivered integer not null default 0,
  opened_tracked integer not null default 0,
  clicked_tracked integer not null default 0,
  replied integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  spam_complaints integer not null default 0,
  hard_bounced integer not null default 0,
  opened_human integer,
  replied_human integer,
  billing_id bigint,
  updated timestamptz not null default now(),
  primary key (tenant_id, day, campaign_id, step_id)
) partition by range (day);

create sequence olap.warmup_analytics_id_seq cache 100;
create table olap.warmup_analytics (
  id bigint not null default nextval('olap.warmup_analytics_id_seq'),
  tenant_id text not null check (tenant_id <> ''),
  day date not null,
  mailbox_id text not null,
  company_id text not null,
  sent integer not null default 0,
  delivered integer not null default 0,
  opened_tracked integer not null default 0,
  clicked_tracked integer not null default 0,
  replied integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  spam_complaints integer not null default 0,
  planned integer check (planned >= 0),
  ramp_days integer check (ramp_days > 0),
  health_score integer check (health_score between 0 and 100),
  progress_percentage integer check (progress_percentage between 0 and 100),
  billing_id bigint,
  updated timestamptz not null default now(),
  primary key (tenant_id, day, mailbox_id)
) partition by range (day);
create index warmup_analytics_series on olap.warmup_analytics (tenant_id, mailbox_id, day);

create sequence olap.lead_analytics_id_seq cache 100;
create table olap.lead_analytics (
  id bigint not null default nextval('olap.lead_analytics_id_seq'),
  tenant_id text not null check (tenant_id <> ''),
  campaign_id text not null,
  lead_id text not null,
  sent integer not null default 0,
  delivered integer not null default 0,
  opened_tracked integer not null default 0,
  clicked_tracked integer not null default 0,
  replied integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  spam_complaints integer not null default 0,
  hard_bounced integer not null default 0,
  opened_human integer,
  replied_human integer,
  status text,
  first_day date,
  last_day date,
  sent_days date[] not null default '{}',
  billing_id bigint,
  updated timestamptz not null default now(),
  source_epoch integer not null,
  source_xmax xid8 not null,
  source_in_progress integer not null,
  primary key (tenant_id, campaign_id, lead_id),
  check ((sent = 0) = (last_day is null)),
  check ((last_day is null) = (first_day is null)),
  check (cardinality(sent_days) <= sent)
);
create index lead_analytics_lead on olap.lead_analytics (tenant_id, lead_id);
create index lead_analytics_recent on olap.lead_analytics (tenant_id, last_day);

-- Counters can never contradict each other or be negative, whatever wrote them; and a fact links only to a period
-- of its own tenant, which is why the key to the billing hub has two columns.
do $$
declare
  fact text;
begin
  foreach fact in array array[
    'campaign_analytics', 'mailbox_analytics', 'sequence_step_analytics', 'warmup_analytics', 'lead_analytics'
  ] loop
    execute format(
      'alter table olap.%I add constraint %I check ('
      'least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0'
      ' and greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent)',
      fact, fact || '_counters');
    if fact <> 'warmup_analytics' then
      execute format(
        'alter table olap.%I add constraint %I check (hard_bounced between 0 and bounced'
        ' and opened_human between 0 and opened_tracked and replied_human between 0 and replied)',
        fact, fact || '_split');
    end if;
    execute format('alter table olap.%I add constraint %I foreign key (tenant_id, billing_id)'
      ' references olap.billing_analytics (tenant_id, id)', fact, fact || '_billing_fkey');
    execute format('alter sequence olap.%I owned by olap.%I.id', fact || '_id_seq', fact);
  end loop;
end $$;

create sequence olap.admin_audit_log_id_seq;
create table olap.admin_audit_log (
  id bigint not null default nextval('olap.admin_audit_log_id_seq'),
  creation_time timestamptz not null default now(),
  admin_user_id text not null,
  action text not null,
  resource_type text not null,
  resource_id text not null,
  tenant_id text not null check (tenant_id <> ''),
  old_values jsonb,
  new_values jsonb,
  ip_address text,
  user_agent text,
  notes text,
  metadata jsonb,
  data_classification varchar(20),
  retention_category varchar(20),
  primary key (creation_time, id)
) partition by range (creation_time);
create index admin_audit_log_tenant on olap.admin_audit_log (tenant_id, creation_time);
alter sequence olap.admin_audit_log_id_seq owned by olap.admin_audit_log.id;

-- Lifetime totals of a campaign; the seed kept only these (its C3 defect lost all but the last day).
create view olap.campaign_analytics_total with (security_invoker = true) as
select tenant_id, campaign_id, min(company_id) as company_id,
  sum(sent)::bigint as sent, sum(delivered)::bigint as delivered,
  sum(opened_tracked)::bigint as opened_tracked, sum(clicked_tracked)::bigint as clicked_tracked,
  sum(replied)::bigint as replied, sum(bounced)::bigint as bounced,
  sum(unsubscribed)::bigint as unsubscribed, sum(spam_complaints)::bigint as spam_complaints,
  sum(hard_bounced)::bigint as hard_bounced,
  min(day) as first_day, max(day) as last_day, max(updated) as updated
from olap.campaign_analytics
group by tenant_id, campaign_id;

reset role;
