-- The whole schema, generated from the migrations by `npm run docs`: read it, do not edit it.
-- The text after a column is its comment in the database. Partitioned tables have monthly partitions, made by
-- olap.ensure_partitions; they are not listed, because their names follow the calendar. Each has row-level security
-- enabled and forced, and no grant: rows are reached through the parent and its policies only.

-- Roles
create role rookery_api login;
alter role rookery_api set TimeZone = UTC;
alter role rookery_api set idle_in_transaction_session_timeout = 110s;
alter role rookery_api set jit = off;
alter role rookery_api set lock_timeout = 30s;
alter role rookery_api set statement_timeout = 100s;
create role rookery_etl login;
alter role rookery_etl set TimeZone = UTC;
alter role rookery_etl set idle_in_transaction_session_timeout = 110s;
alter role rookery_etl set jit = off;
alter role rookery_etl set lock_timeout = 30s;
alter role rookery_etl set statement_timeout = 100s;
create role rookery_ingest login;
alter role rookery_ingest set TimeZone = UTC;
alter role rookery_ingest set idle_in_transaction_session_timeout = 110s;
alter role rookery_ingest set jit = off;
alter role rookery_ingest set lock_timeout = 30s;
alter role rookery_ingest set statement_timeout = 100s;
create role rookery_ops login;
alter role rookery_ops set TimeZone = UTC;
alter role rookery_ops set idle_in_transaction_session_timeout = 110s;
alter role rookery_ops set jit = off;
alter role rookery_ops set lock_timeout = 30s;
alter role rookery_ops set statement_timeout = 100s;
create role rookery_owner nologin;

-- Schemas
create extension btree_gist;
create schema olap authorization rookery_owner;
comment on schema olap is 'The warehouse: durable per-tenant aggregates, billing and the compliance audit. No raw events.';
grant usage on schema olap to rookery_api;
grant usage on schema olap to rookery_etl;
grant usage on schema olap to rookery_ops;

-- Sequences
create sequence olap.admin_audit_log_id_seq owned by olap.admin_audit_log.id;
grant usage on sequence olap.admin_audit_log_id_seq to rookery_api;
grant usage on sequence olap.admin_audit_log_id_seq to rookery_ops;
create sequence olap.campaign_analytics_id_seq cache 100 owned by olap.campaign_analytics.id;
grant usage on sequence olap.campaign_analytics_id_seq to rookery_etl;
create sequence olap.lead_analytics_id_seq cache 100 owned by olap.lead_analytics.id;
grant usage on sequence olap.lead_analytics_id_seq to rookery_etl;
create sequence olap.mailbox_analytics_id_seq cache 100 owned by olap.mailbox_analytics.id;
grant usage on sequence olap.mailbox_analytics_id_seq to rookery_etl;
create sequence olap.sequence_step_analytics_id_seq cache 100 owned by olap.sequence_step_analytics.id;
grant usage on sequence olap.sequence_step_analytics_id_seq to rookery_etl;
create sequence olap.warmup_analytics_id_seq cache 100 owned by olap.warmup_analytics.id;
grant usage on sequence olap.warmup_analytics_id_seq to rookery_etl;

-- olap.admin_audit_log: Compliance audit of high-risk administrative actions (seed 000 §2.1), append-only. No metrics, no interface events, no request or response bodies.
create table olap.admin_audit_log (
  id bigint not null default nextval('olap.admin_audit_log_id_seq'::regclass), -- Number of the entry; gaps are normal.
  creation_time timestamptz not null default now(), -- When the action happened.
  admin_user_id text not null, -- Administrator who acted.
  action text not null, -- What was done.
  resource_type text not null, -- Kind of the thing it was done to.
  resource_id text not null, -- The thing it was done to.
  tenant_id text not null, -- Tenant concerned; row-level security compares it with app.tenant_id.
  old_values jsonb, -- The changed values before the action. Null when there were none.
  new_values jsonb, -- The changed values after the action. Null when there are none.
  ip_address text, -- Address the administrator acted from. Null when unknown.
  user_agent text, -- Client the administrator acted with. Null when unknown.
  notes text, -- The administrator's reason, in words. Null when none was given.
  metadata jsonb, -- Further facts that the audit must prove, such as the approval. Null when there are none.
  data_classification varchar(20), -- Class of the data concerned; decides how personal fields age. Null: not classified.
  retention_category varchar(20), -- Reason to keep the entry beyond the usual time, such as a legal hold. Null: the usual time.
  constraint admin_audit_log_pkey primary key (creation_time, id),
  constraint admin_audit_log_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (creation_time);
create index admin_audit_log_tenant on olap.admin_audit_log using btree (tenant_id, creation_time);
alter table olap.admin_audit_log enable row level security;
alter table olap.admin_audit_log force row level security;
create policy audit_readers on olap.admin_audit_log as restrictive for all to rookery_api
  using ((( select current_setting('app.role'::text, true) as current_setting) = any (array['auditor'::text, 'operator'::text])))
  with check ((( select current_setting('app.role'::text, true) as current_setting) = any (array['auditor'::text, 'operator'::text])));
create policy every_tenant on olap.admin_audit_log for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.admin_audit_log for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
revoke delete, truncate, update on table olap.admin_audit_log from rookery_owner;
grant insert, select on table olap.admin_audit_log to rookery_api;
grant insert, select on table olap.admin_audit_log to rookery_ops;

-- olap.billing_adjustment: Changes that reached a closed billing period: each row is a difference to add to the period it is applied to.
create table olap.billing_adjustment (
  id bigint not null generated always as identity, -- Number of the adjustment.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  billing_id bigint not null, -- Closed period whose usage changed.
  applied_to bigint not null, -- Open period that carries the difference.
  emails_sent integer not null, -- Difference of emails_sent; may be negative.
  mailboxes_used integer not null, -- Difference of mailboxes_used; may be negative.
  domains_used integer, -- Difference of domains_used; may be negative. Null when either side is unknown.
  campaigns_used integer not null, -- Difference of campaigns_used; may be negative.
  leads_used integer not null, -- Difference of leads_used; may be negative.
  warmups_active integer not null, -- Difference of warmups_active; may be negative.
  billable boolean not null, -- False when the change came too long after the period to be charged.
  created timestamptz not null default now(), -- When the change was found.
  constraint billing_adjustment_pkey primary key (id),
  constraint billing_adjustment_tenant_id_applied_to_fkey foreign key (tenant_id, applied_to) references olap.billing_analytics(tenant_id, id),
  constraint billing_adjustment_tenant_id_billing_id_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint billing_adjustment_tenant_id_check check ((tenant_id <> ''::text))
);
create index billing_adjustment_of on olap.billing_adjustment using btree (tenant_id, billing_id);
alter table olap.billing_adjustment enable row level security;
alter table olap.billing_adjustment force row level security;
create policy every_tenant on olap.billing_adjustment for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.billing_adjustment for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.billing_adjustment to rookery_api;
grant insert, select on table olap.billing_adjustment to rookery_etl;
grant select on table olap.billing_adjustment to rookery_ops;

-- olap.billing_analytics: Usage of a tenant in one billing period (seed 000 §1.1): the base of invoices and quotas. Periods of a tenant never overlap.
create table olap.billing_analytics (
  id bigint not null generated always as identity, -- Number of the period; the facts' billing_id refers to it.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  subscription_id text, -- Subscription in force at the start of the period. Null when the source knows none.
  emails_sent integer not null default 0, -- Campaign e-mails sent in the period; warm-up messages are not billed.
  mailboxes_used integer not null default 0, -- Distinct mailboxes that sent a campaign e-mail in the period.
  domains_used integer default 0, -- Distinct domains of those mailboxes. Null when the domain of any of them is unknown.
  campaigns_used integer not null default 0, -- Distinct campaigns that sent in the period.
  leads_used integer not null default 0, -- Distinct leads that were written to in the period.
  warmups_active integer not null default 0, -- Most mailboxes that warmed up on any one day of the period.
  period_start timestamptz not null, -- First instant of the period: midnight of first_day in the tenant's time zone.
  period_end timestamptz not null, -- First instant after the period: midnight of end_day in the tenant's time zone.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  first_day date not null, -- First day of the period.
  end_day date not null, -- First day after the period.
  timezone text not null default 'UTC'::text, -- Time zone in which the bounds of the period were cut.
  state text not null default 'open'::text, -- open: follows the facts. closed: fixed for ever; later changes become rows of billing_adjustment.
  closed_at timestamptz, -- When the period was closed. Null while it is open.
  constraint billing_analytics_pkey primary key (id),
  constraint billing_analytics_tenant_id_id_key unique (tenant_id, id),
  constraint billing_periods_do_not_overlap exclude using gist (tenant_id with =, tstzrange(period_start, period_end) with &&) deferrable initially deferred,
  constraint billing_analytics_campaigns_used_check check ((campaigns_used >= 0)),
  constraint billing_analytics_check check ((period_start < period_end)),
  constraint billing_analytics_check1 check ((first_day < end_day)),
  constraint billing_analytics_domains_used_check check ((domains_used >= 0)),
  constraint billing_analytics_emails_sent_check check ((emails_sent >= 0)),
  constraint billing_analytics_leads_used_check check ((leads_used >= 0)),
  constraint billing_analytics_mailboxes_used_check check ((mailboxes_used >= 0)),
  constraint billing_analytics_state_check check ((state = any (array['open'::text, 'closed'::text]))),
  constraint billing_analytics_tenant_id_check check ((tenant_id <> ''::text)),
  constraint billing_analytics_warmups_active_check check ((warmups_active >= 0)),
  constraint billing_closed_has_time check (((state = 'closed'::text) = (closed_at is not null)))
);
create unique index billing_analytics_tenant_first_day on olap.billing_analytics using btree (tenant_id, first_day);
create unique index idx_billing_analytics_tenant_period on olap.billing_analytics using btree (tenant_id, period_start, period_end);
alter table olap.billing_analytics enable row level security;
alter table olap.billing_analytics force row level security;
create policy every_tenant on olap.billing_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.billing_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.billing_analytics to rookery_api;
grant insert, select, update on table olap.billing_analytics to rookery_etl;
grant select on table olap.billing_analytics to rookery_ops;

-- olap.campaign_analytics: One campaign on one day (seed 000 §1.2). Lifetime totals: campaign_analytics_total.
create table olap.campaign_analytics (
  id bigint not null default nextval('olap.campaign_analytics_id_seq'::regclass), -- Number of the row (seed 000). Never part of a key; gaps are normal.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  day date not null, -- Calendar day in the tenant's time zone on which the e-mails were sent. Later opens, replies and bounces count on this day.
  campaign_id text not null, -- Campaign in the OLTP database; no foreign key by design (seed 000 §4).
  company_id text not null, -- Company within the tenant that the e-mails were sent for; the smallest when one day mixes several.
  sent integer not null default 0, -- E-mails sent. Every counter counts e-mails, each at most once.
  delivered integer not null default 0, -- Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
  opened_tracked integer not null default 0, -- Of sent: opened at least once, machine opens included.
  clicked_tracked integer not null default 0, -- Of sent: a link was clicked at least once.
  replied integer not null default 0, -- Of sent: answered at least once, automatic answers included.
  bounced integer not null default 0, -- Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.
  unsubscribed integer not null default 0, -- Of sent: the recipient unsubscribed.
  spam_complaints integer not null default 0, -- Of sent: the recipient reported spam.
  hard_bounced integer not null default 0, -- Of bounced: permanent failures. Rates and scores use these.
  opened_human integer, -- Of opened_tracked: opened by a person. Null when the source tells no open from another.
  replied_human integer, -- Of replied: written by a person. Null when the source tells no reply from another.
  status text, -- Status of the campaign at the end of the day. Null when unknown.
  completed_leads integer, -- Leads of the campaign that had finished its sequence by the end of the day. Null when the source knows no lead of it.
  billing_id bigint, -- Billing period that holds the day. Null until the billing step has run.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  constraint campaign_analytics_pkey primary key (tenant_id, day, campaign_id),
  constraint campaign_analytics_billing_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint campaign_analytics_completed_leads_check check ((completed_leads >= 0)),
  constraint campaign_analytics_counters check (((least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0) and (greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent))),
  constraint campaign_analytics_split check ((((hard_bounced >= 0) and (hard_bounced <= bounced)) and ((opened_human >= 0) and (opened_human <= opened_tracked)) and ((replied_human >= 0) and (replied_human <= replied)))),
  constraint campaign_analytics_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (day);
create index campaign_analytics_series on olap.campaign_analytics using btree (tenant_id, campaign_id, day);
alter table olap.campaign_analytics enable row level security;
alter table olap.campaign_analytics force row level security;
create policy every_tenant on olap.campaign_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.campaign_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.campaign_analytics to rookery_api;
grant delete, insert, select, update on table olap.campaign_analytics to rookery_etl;
grant select on table olap.campaign_analytics to rookery_ops;

-- olap.campaign_analytics_total: Lifetime totals of each campaign, over all its days.
--   tenant_id text: Tenant that owns the row; row-level security compares it with app.tenant_id.
--   campaign_id text: Campaign in the OLTP database; no foreign key by design (seed 000 §4).
--   company_id text: Company within the tenant; the smallest when the campaign mixes several.
--   sent bigint: E-mails sent. Every counter counts e-mails, each at most once.
--   delivered bigint: Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
--   opened_tracked bigint: Of sent: opened at least once, machine opens included.
--   clicked_tracked bigint: Of sent: a link was clicked at least once.
--   replied bigint: Of sent: answered at least once, automatic answers included.
--   bounced bigint: Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.
--   unsubscribed bigint: Of sent: the recipient unsubscribed.
--   spam_complaints bigint: Of sent: the recipient reported spam.
--   hard_bounced bigint: Of bounced: permanent failures. Rates and scores use these.
--   first_day date: First day with an e-mail.
--   last_day date: Last day with an e-mail.
--   updated timestamptz: When any day of the campaign last changed.
create view olap.campaign_analytics_total with (security_invoker=true) as
select tenant_id,
    campaign_id,
    min(company_id) as company_id,
    sum(sent) as sent,
    sum(delivered) as delivered,
    sum(opened_tracked) as opened_tracked,
    sum(clicked_tracked) as clicked_tracked,
    sum(replied) as replied,
    sum(bounced) as bounced,
    sum(unsubscribed) as unsubscribed,
    sum(spam_complaints) as spam_complaints,
    sum(hard_bounced) as hard_bounced,
    min(day) as first_day,
    max(day) as last_day,
    max(updated) as updated
   from olap.campaign_analytics
  group by tenant_id, campaign_id;
grant select on table olap.campaign_analytics_total to rookery_api;
grant select on table olap.campaign_analytics_total to rookery_ops;

-- olap.cell: Ledger: the last aggregation of each tenant and day.
create table olap.cell (
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  day date not null, -- Day in the tenant's time zone that was aggregated.
  timezone text not null, -- Time zone in which the day was cut.
  source_epoch integer not null, -- Fence: the life of the source in which the row was computed (source.epoch).
  source_xmax xid8 not null, -- Fence: first transaction that the row's snapshot could not see.
  source_in_progress integer not null, -- Fence: transactions in progress in that snapshot; fewer is later when xmax is equal.
  source_emails integer not null default 0, -- Sent e-mails that the source had for the day.
  source_warmups integer not null default 0, -- Warm-up messages that the source had for the day.
  checksum text, -- Digest of what the source had for the day; reconciliation compares it. Null before the first digest.
  fact_rows integer not null default 0, -- Fact rows of the day after the aggregation.
  lead_rows integer not null default 0, -- Leads recomputed with the day.
  milliseconds integer not null default 0, -- Wall time of the aggregation, in milliseconds.
  reason text not null, -- Why it was aggregated: what made it dirty.
  aggregated_at timestamptz not null default now(), -- When it was aggregated.
  constraint cell_pkey primary key (tenant_id, day),
  constraint cell_fact_rows_check check ((fact_rows >= 0)),
  constraint cell_lead_rows_check check ((lead_rows >= 0)),
  constraint cell_milliseconds_check check ((milliseconds >= 0)),
  constraint cell_source_emails_check check ((source_emails >= 0)),
  constraint cell_source_in_progress_check check ((source_in_progress >= 0)),
  constraint cell_source_warmups_check check ((source_warmups >= 0)),
  constraint cell_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.cell enable row level security;
alter table olap.cell force row level security;
create policy every_tenant on olap.cell for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.cell for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.cell to rookery_api;
grant delete, insert, select, update on table olap.cell to rookery_etl;
grant select on table olap.cell to rookery_ops;

-- olap.job_run: Runs of the scheduled jobs; job and scheduled time are the idempotency key.
create table olap.job_run (
  job text not null, -- Name of the job.
  scheduled_time timestamptz not null, -- Slot that the schedule gave, not the time it ran.
  started_at timestamptz not null default now(), -- When the run began.
  finished_at timestamptz, -- When the run ended. Null while it runs, or when it died.
  cells integer not null default 0, -- Dirty tenant days that the run found.
  messages integer not null default 0, -- Queue messages that the run sent.
  problems jsonb not null default '[]'::jsonb, -- What went wrong without stopping the run: an array of objects.
  constraint job_run_pkey primary key (job, scheduled_time)
);
grant insert, select, update on table olap.job_run to rookery_ops;

-- olap.lead_analytics: One lead in one campaign over its whole life (seed 000 §1.4). A row with sent = 0 is a tombstone: its e-mails are gone, the fence stays.
create table olap.lead_analytics (
  id bigint not null default nextval('olap.lead_analytics_id_seq'::regclass), -- Number of the row (seed 000). Never part of a key; gaps are normal.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  campaign_id text not null, -- Campaign in the OLTP database; no foreign key by design (seed 000 §4).
  lead_id text not null, -- Lead in the OLTP database; no foreign key by design (seed 000 §4).
  sent integer not null default 0, -- E-mails sent. Every counter counts e-mails, each at most once.
  delivered integer not null default 0, -- Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
  opened_tracked integer not null default 0, -- Of sent: opened at least once, machine opens included.
  clicked_tracked integer not null default 0, -- Of sent: a link was clicked at least once.
  replied integer not null default 0, -- Of sent: answered at least once, automatic answers included.
  bounced integer not null default 0, -- Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.
  unsubscribed integer not null default 0, -- Of sent: the recipient unsubscribed.
  spam_complaints integer not null default 0, -- Of sent: the recipient reported spam.
  hard_bounced integer not null default 0, -- Of bounced: permanent failures. Rates and scores use these.
  opened_human integer, -- Of opened_tracked: opened by a person. Null when the source tells no open from another.
  replied_human integer, -- Of replied: written by a person. Null when the source tells no reply from another.
  status text, -- Status of the lead in the campaign when the row was computed. Null when unknown.
  first_day date, -- First day on which the lead was written to. Null in a tombstone.
  last_day date, -- Last day on which the lead was written to. Null in a tombstone.
  sent_days date[] not null default '{}'::date[], -- Every day on which the lead was written to, in order; billing counts distinct leads with it. Empty in a tombstone.
  billing_id bigint, -- Billing period that holds last_day. Null until the billing step has run.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  source_epoch integer not null, -- Fence: the life of the source in which the row was computed (source.epoch).
  source_xmax xid8 not null, -- Fence: first transaction that the row's snapshot could not see.
  source_in_progress integer not null, -- Fence: transactions in progress in that snapshot; fewer is later when xmax is equal.
  constraint lead_analytics_pkey primary key (tenant_id, campaign_id, lead_id),
  constraint lead_analytics_billing_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint lead_analytics_check check (((sent = 0) = (last_day is null))),
  constraint lead_analytics_check1 check (((last_day is null) = (first_day is null))),
  constraint lead_analytics_check2 check ((cardinality(sent_days) <= sent)),
  constraint lead_analytics_counters check (((least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0) and (greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent))),
  constraint lead_analytics_split check ((((hard_bounced >= 0) and (hard_bounced <= bounced)) and ((opened_human >= 0) and (opened_human <= opened_tracked)) and ((replied_human >= 0) and (replied_human <= replied)))),
  constraint lead_analytics_tenant_id_check check ((tenant_id <> ''::text))
);
create index lead_analytics_lead on olap.lead_analytics using btree (tenant_id, lead_id);
create index lead_analytics_recent on olap.lead_analytics using btree (tenant_id, last_day, campaign_id, lead_id);
alter table olap.lead_analytics enable row level security;
alter table olap.lead_analytics force row level security;
create policy every_tenant on olap.lead_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.lead_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.lead_analytics to rookery_api;
grant delete, insert, select, update on table olap.lead_analytics to rookery_etl;
grant select on table olap.lead_analytics to rookery_ops;

-- olap.mailbox_analytics: One sending mailbox on one day (seed 000 §1.3): deliverability, health and volume.
create table olap.mailbox_analytics (
  id bigint not null default nextval('olap.mailbox_analytics_id_seq'::regclass), -- Number of the row (seed 000). Never part of a key; gaps are normal.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  day date not null, -- Calendar day in the tenant's time zone on which the e-mails were sent. Later opens, replies and bounces count on this day.
  mailbox_id text not null, -- Sending mailbox in the OLTP database; no foreign key by design (seed 000 §4).
  company_id text not null, -- Company within the tenant that the e-mails were sent for; the smallest when one day mixes several.
  sent integer not null default 0, -- E-mails sent. Every counter counts e-mails, each at most once.
  delivered integer not null default 0, -- Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
  opened_tracked integer not null default 0, -- Of sent: opened at least once, machine opens included.
  clicked_tracked integer not null default 0, -- Of sent: a link was clicked at least once.
  replied integer not null default 0, -- Of sent: answered at least once, automatic answers included.
  bounced integer not null default 0, -- Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.
  unsubscribed integer not null default 0, -- Of sent: the recipient unsubscribed.
  spam_complaints integer not null default 0, -- Of sent: the recipient reported spam.
  hard_bounced integer not null default 0, -- Of bounced: permanent failures. Rates and scores use these.
  opened_human integer, -- Of opened_tracked: opened by a person. Null when the source tells no open from another.
  replied_human integer, -- Of replied: written by a person. Null when the source tells no reply from another.
  warmup_status text, -- Status of the mailbox's warm-up at the end of the day. Null when unknown or it has none.
  health_score integer, -- Health of the mailbox, 0 to 100, over the 14 days that end with this one. Null with fewer than 50 e-mails and fewer than 20 warm-up messages.
  health_components jsonb, -- How the score came about: version, the parts with their weights, the caps that applied. Null with the score.
  current_volume integer, -- Campaign e-mails and warm-up messages that the mailbox sent on the day. Null when unknown.
  billing_id bigint, -- Billing period that holds the day. Null until the billing step has run.
  campaign_status text, -- Status of the mailbox's campaigns at the end of the day, as the source gives it. Null when unknown.
  domain_id text, -- Sending domain of the mailbox. Null when unknown.
  spf boolean, -- Whether SPF passed for the domain at the end of the day. Null when unknown.
  dkim boolean, -- Whether DKIM passed for the domain at the end of the day. Null when unknown.
  dmarc boolean, -- Whether the domain had a DMARC policy at the end of the day. Null when unknown.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  constraint mailbox_analytics_pkey primary key (tenant_id, day, mailbox_id),
  constraint mailbox_analytics_billing_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint mailbox_analytics_check check (((health_score is null) = (health_components is null))),
  constraint mailbox_analytics_counters check (((least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0) and (greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent))),
  constraint mailbox_analytics_current_volume_check check ((current_volume >= 0)),
  constraint mailbox_analytics_health_score_check check (((health_score >= 0) and (health_score <= 100))),
  constraint mailbox_analytics_split check ((((hard_bounced >= 0) and (hard_bounced <= bounced)) and ((opened_human >= 0) and (opened_human <= opened_tracked)) and ((replied_human >= 0) and (replied_human <= replied)))),
  constraint mailbox_analytics_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (day);
create index mailbox_analytics_series on olap.mailbox_analytics using btree (tenant_id, mailbox_id, day);
alter table olap.mailbox_analytics enable row level security;
alter table olap.mailbox_analytics force row level security;
create policy every_tenant on olap.mailbox_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.mailbox_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.mailbox_analytics to rookery_api;
grant delete, insert, select, update on table olap.mailbox_analytics to rookery_etl;
grant select on table olap.mailbox_analytics to rookery_ops;

-- olap.rate_limit: What each tenant has spent of its allowances, a row for each class of requests. Unlogged: a crash empties it, and every tenant starts afresh.
create unlogged table olap.rate_limit (
  tenant_id text not null, -- The tenant that asks.
  class text not null, -- Class of requests that share an allowance, such as read or export.
  drained_at timestamptz not null, -- When all that was spent will be given back (the theoretical arrival time of GCRA); in the past, the allowance is whole.
  constraint rate_limit_pkey primary key (tenant_id, class),
  constraint rate_limit_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.rate_limit enable row level security;
alter table olap.rate_limit force row level security;
create policy every_tenant on olap.rate_limit for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.rate_limit for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant insert, select, update on table olap.rate_limit to rookery_api;

-- olap.reconciliation: Results of comparing source and facts, tenant by tenant.
create table olap.reconciliation (
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  scheduled_time timestamptz not null, -- Slot of the reconciliation.
  cells integer not null, -- Tenant days compared.
  behind integer not null, -- Days that differ because a change is still on its way; no fault.
  drift integer not null, -- Days that differ without a change on its way: must be 0.
  detail jsonb not null default '[]'::jsonb, -- The differing days with both sides: an array of objects.
  reconciled_at timestamptz not null default now(), -- When the comparison ended.
  constraint reconciliation_pkey primary key (tenant_id, scheduled_time),
  constraint reconciliation_behind_check check ((behind >= 0)),
  constraint reconciliation_cells_check check ((cells >= 0)),
  constraint reconciliation_drift_check check ((drift >= 0)),
  constraint reconciliation_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.reconciliation enable row level security;
alter table olap.reconciliation force row level security;
create policy every_tenant on olap.reconciliation for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.reconciliation for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.reconciliation to rookery_api;
grant insert, select, update on table olap.reconciliation to rookery_etl;
grant insert, select, update on table olap.reconciliation to rookery_ops;

-- olap.sequence_step_analytics: One step of a campaign's sequence on one day (seed 000 §1.6): what optimisation and A/B tests compare.
create table olap.sequence_step_analytics (
  id bigint not null default nextval('olap.sequence_step_analytics_id_seq'::regclass), -- Number of the row (seed 000). Never part of a key; gaps are normal.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  day date not null, -- Calendar day in the tenant's time zone on which the e-mails were sent. Later opens, replies and bounces count on this day.
  campaign_id text not null, -- Campaign in the OLTP database; no foreign key by design (seed 000 §4).
  step_id text not null, -- Step of the campaign's sequence in the OLTP database; no foreign key by design (seed 000 §4).
  company_id text not null, -- Company within the tenant that the e-mails were sent for; the smallest when one day mixes several.
  sent integer not null default 0, -- E-mails sent. Every counter counts e-mails, each at most once.
  delivered integer not null default 0, -- Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
  opened_tracked integer not null default 0, -- Of sent: opened at least once, machine opens included.
  clicked_tracked integer not null default 0, -- Of sent: a link was clicked at least once.
  replied integer not null default 0, -- Of sent: answered at least once, automatic answers included.
  bounced integer not null default 0, -- Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.
  unsubscribed integer not null default 0, -- Of sent: the recipient unsubscribed.
  spam_complaints integer not null default 0, -- Of sent: the recipient reported spam.
  hard_bounced integer not null default 0, -- Of bounced: permanent failures. Rates and scores use these.
  opened_human integer, -- Of opened_tracked: opened by a person. Null when the source tells no open from another.
  replied_human integer, -- Of replied: written by a person. Null when the source tells no reply from another.
  billing_id bigint, -- Billing period that holds the day. Null until the billing step has run.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  step_position integer, -- Place of the step in its sequence, from 1, when the day was last counted: a step that moves is followed by the next recompute of a day, and a step that the source loses keeps its place. Null when the source never knew it.
  variant text, -- Letter of the step in an A/B test when the day was last counted, kept like step_position. Null when the step is no test or the source never knew it.
  constraint sequence_step_analytics_pkey primary key (tenant_id, day, campaign_id, step_id),
  constraint sequence_step_analytics_billing_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint sequence_step_analytics_counters check (((least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0) and (greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent))),
  constraint sequence_step_analytics_position check ((step_position > 0)),
  constraint sequence_step_analytics_split check ((((hard_bounced >= 0) and (hard_bounced <= bounced)) and ((opened_human >= 0) and (opened_human <= opened_tracked)) and ((replied_human >= 0) and (replied_human <= replied)))),
  constraint sequence_step_analytics_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (day);
create index sequence_step_analytics_series on olap.sequence_step_analytics using btree (tenant_id, campaign_id, day);
alter table olap.sequence_step_analytics enable row level security;
alter table olap.sequence_step_analytics force row level security;
create policy every_tenant on olap.sequence_step_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.sequence_step_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.sequence_step_analytics to rookery_api;
grant delete, insert, select, update on table olap.sequence_step_analytics to rookery_etl;
grant select on table olap.sequence_step_analytics to rookery_ops;

-- olap.source: What change discovery knows about the source database: one row.
create table olap.source (
  source_id text not null default 'main'::text, -- Always main.
  system_identifier text not null, -- Identity of the source server; a new one, such as after a restore, starts a new epoch.
  epoch integer not null default 1, -- Counts the lives of the source: snapshots compare only within one.
  seen_xmax xid8 not null, -- Greatest snapshot xmax seen; going backwards reveals a restore.
  changed_since timestamptz, -- Changes before this were found by the fast path. Null before its first run.
  swept_xmin xid8, -- Transactions before this were found by the exact sweep. Null before its first run.
  complete_through timestamptz, -- Every change before this instant is in the facts. Null before the first complete run.
  updated timestamptz not null default now(), -- When the row was last written.
  constraint source_pkey primary key (source_id),
  constraint source_epoch_check check ((epoch > 0)),
  constraint source_source_id_check check ((source_id = 'main'::text))
);
grant select on table olap.source to rookery_api;
grant select on table olap.source to rookery_etl;
grant insert, select, update on table olap.source to rookery_ops;

-- olap.tenant: Tenants the warehouse has seen, with what decides their days and periods.
create table olap.tenant (
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  timezone text, -- IANA time zone for which all days were last sent for aggregation; when the source has another, they are sent again. Null until change discovery meets the tenant.
  billing_anchor integer not null default 1, -- Day of the month, 1 to 31, on which billing periods start; the last day in shorter months.
  seen_at timestamptz not null default now(), -- When the warehouse first met the tenant.
  constraint tenant_pkey primary key (tenant_id),
  constraint tenant_billing_anchor_check check (((billing_anchor >= 1) and (billing_anchor <= 31))),
  constraint tenant_tenant_id_check check ((tenant_id <> ''::text))
);
alter table olap.tenant enable row level security;
alter table olap.tenant force row level security;
create policy every_tenant on olap.tenant for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.tenant for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.tenant to rookery_api;
grant insert, select, update on table olap.tenant to rookery_etl;
grant insert, select, update on table olap.tenant to rookery_ops;

-- olap.warmup_analytics: Warm-up of one mailbox on one day (seed 000 §1.5). Counts warm-up messages, never campaign e-mails.
create table olap.warmup_analytics (
  id bigint not null default nextval('olap.warmup_analytics_id_seq'::regclass), -- Number of the row (seed 000). Never part of a key; gaps are normal.
  tenant_id text not null, -- Tenant that owns the row; row-level security compares it with app.tenant_id.
  day date not null, -- Calendar day in the tenant's time zone on which the warm-up messages were sent.
  mailbox_id text not null, -- Mailbox that warms up; no foreign key by design (seed 000 §4).
  company_id text not null, -- Company within the tenant that the e-mails were sent for; the smallest when one day mixes several.
  sent integer not null default 0, -- Warm-up messages sent. Every counter counts messages, each at most once.
  delivered integer not null default 0, -- Of sent: accepted by the recipient's server, by timestamp, whatever the status says now.
  opened_tracked integer not null default 0, -- Of sent: opened at least once.
  clicked_tracked integer not null default 0, -- Of sent: a link was clicked at least once.
  replied integer not null default 0, -- Of sent: answered at least once.
  bounced integer not null default 0, -- Of sent: bounced, hard and soft.
  unsubscribed integer not null default 0, -- Of sent: the recipient unsubscribed.
  spam_complaints integer not null default 0, -- Of sent: found in a spam folder. In the inbox: delivered less these.
  planned integer, -- Warm-up messages planned for the day. Null when the source has no plan.
  ramp_days integer, -- Qualified days that the plan asks for. Null when the source has no plan.
  health_score integer, -- Health of the warm-up, 0 to 100, over the 14 days that end with this one. Null with fewer than 20 placed messages.
  progress_percentage integer, -- Qualified days so far as a share of ramp_days, 0 to 100; 100 also needs 200 messages sent and a health of 90. Null when the source has no plan.
  billing_id bigint, -- Billing period that holds the day. Null until the billing step has run.
  updated timestamptz not null default now(), -- When a value of the row last changed. A recompute that changes nothing leaves it.
  constraint warmup_analytics_pkey primary key (tenant_id, day, mailbox_id),
  constraint warmup_analytics_billing_fkey foreign key (tenant_id, billing_id) references olap.billing_analytics(tenant_id, id),
  constraint warmup_analytics_counters check (((least(sent, delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) >= 0) and (greatest(delivered, opened_tracked, clicked_tracked, replied, bounced, unsubscribed, spam_complaints) <= sent))),
  constraint warmup_analytics_health_score_check check (((health_score >= 0) and (health_score <= 100))),
  constraint warmup_analytics_planned_check check ((planned >= 0)),
  constraint warmup_analytics_progress_percentage_check check (((progress_percentage >= 0) and (progress_percentage <= 100))),
  constraint warmup_analytics_ramp_days_check check ((ramp_days > 0)),
  constraint warmup_analytics_tenant_id_check check ((tenant_id <> ''::text))
) partition by range (day);
create index warmup_analytics_series on olap.warmup_analytics using btree (tenant_id, mailbox_id, day);
alter table olap.warmup_analytics enable row level security;
alter table olap.warmup_analytics force row level security;
create policy every_tenant on olap.warmup_analytics for all to rookery_ops
  using (true)
  with check (true);
create policy one_tenant on olap.warmup_analytics for all to rookery_api, rookery_etl, rookery_ingest
  using ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)))
  with check ((tenant_id = ( select current_setting('app.tenant_id'::text, true) as current_setting)));
grant select on table olap.warmup_analytics to rookery_api;
grant delete, insert, select, update on table olap.warmup_analytics to rookery_etl;
grant select on table olap.warmup_analytics to rookery_ops;

-- olap.ensure_partitions(first_day date, last_day date): Makes the monthly partitions that hold the days first_day to last_day, both inclusive; returns how many it made.
create or replace function olap.ensure_partitions(first_day date, last_day date)
 returns integer
 language plpgsql
 security definer
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
declare
  parent text;
  month date;
  partition_name text;
  made integer := 0;
begin
  if last_day - first_day > 366 * 20 then
    raise exception 'refusing to make partitions for more than 20 years: % to %', first_day, last_day
      using errcode = 'invalid_parameter_value';
  end if;
  -- One maker at a time: two would collide on the name.
  perform pg_advisory_xact_lock(hashtextextended('olap.ensure_partitions', 0));
  for month in select generate_series(date_trunc('month', first_day::timestamp), last_day, interval '1 month') loop
    foreach parent in array array[
      'campaign_analytics', 'mailbox_analytics', 'sequence_step_analytics', 'warmup_analytics', 'admin_audit_log'
    ] loop
      partition_name := parent || to_char(month, '_YYYY_MM');
      continue when to_regclass(format('olap.%I', partition_name)) is not null;
      -- Create, then attach: attaching lets readers and writers of the other partitions go on.
      execute format('create table olap.%I (like olap.%I including defaults including constraints)',
        partition_name, parent);
      execute format('alter table olap.%I enable row level security', partition_name);
      execute format('alter table olap.%I force row level security', partition_name);
      if parent = 'admin_audit_log' then
        execute format('alter table olap.%I attach partition olap.%I for values from (%L) to (%L)', parent, partition_name,
          month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
      else
        execute format('alter table olap.%I attach partition olap.%I for values from (%L) to (%L)', parent, partition_name,
          month, (month + interval '1 month')::date);
      end if;
      made := made + 1;
    end loop;
  end loop;
  return made;
end $function$;
revoke execute on function olap.ensure_partitions(first_day date, last_day date) from public;
grant execute on function olap.ensure_partitions(first_day date, last_day date) to rookery_etl;
grant execute on function olap.ensure_partitions(first_day date, last_day date) to rookery_ops;

-- olap.spend(class text, per_minute integer, burst integer): Takes one request of the class from the allowance of app.tenant_id, per_minute on average and burst at once, unless it is used up; says what is left, when it will be whole, and when to ask again.
create or replace function olap.spend(class text, per_minute integer, burst integer)
 returns table(allowed boolean, remaining integer, reset_seconds integer, retry_after_seconds integer)
 language plpgsql
 set search_path to 'pg_catalog', 'pg_temp'
as $function$
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
end $function$;
revoke execute on function olap.spend(class text, per_minute integer, burst integer) from public;
grant execute on function olap.spend(class text, per_minute integer, burst integer) to rookery_api;
