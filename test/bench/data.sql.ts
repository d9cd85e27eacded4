import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** How much to make: `emails` are spread over the 90 days; only those from day `from` (0–89) on are made. */
export type Volume = { readonly emails: number; readonly from: number; readonly to: number };

/** How many days the e-mails are spread over. */
export const days = 90;

// Tenant k of 200 has a share of 1/k (Zipf, s = 1); campaigns and mailboxes follow the share: about 2.0 k and 2.8 k.
// A campaign runs for about 27 days, so that 590 of them are active on a day (guide/database.md §3).
const shape = `
create table source.bench_tenant as
select n, format('t%s', lpad(n::text, 3, '0')) as tenant_id, share, sum(share) over (order by n) - share as below,
  greatest(2, round(share * 1950))::integer as campaigns,
  greatest(1, round(greatest(2, round(share * 1950)) * 0.3))::integer as active,
  greatest(1, round(share * 2780))::integer as mailboxes
from (select n, (1.0 / n) / sum(1.0 / n) over () as share from generate_series(1, 200) n) t;

insert into source.tenants (tenant_id, name, timezone, billing_anchor)
select tenant_id, tenant_id, 'UTC', 1 + n % 28 from source.bench_tenant;

insert into source.subscriptions (tenant_id, subscription_id, plan, quota_emails, starts_at)
select tenant_id, tenant_id || '-sub', 'pro', 1000000, now() - interval '1 year' from source.bench_tenant;

insert into source.campaigns (tenant_id, campaign_id, company_id, name, status, status_changed_at)
select tenant_id, tenant_id || '-c' || c, tenant_id || '-co', 'campaign ' || c, 'active', now() - interval '1 year'
from source.bench_tenant, generate_series(0, campaigns - 1) c;

insert into source.sequence_steps (tenant_id, campaign_id, step_id, position)
select tenant_id, campaign_id, 's' || s, s from source.campaigns, generate_series(1, 5) s;

insert into source.domains (tenant_id, domain_id, name, spf, dkim, dmarc, updated_at)
select tenant_id, tenant_id || '-d' || d, tenant_id || d || '.example', true, true, d % 2 = 0, now() - interval '1 year'
from source.bench_tenant, generate_series(0, (mailboxes - 1) / 5) d;

insert into source.mailboxes (tenant_id, mailbox_id, company_id, domain_id, campaign_status, updated_at)
select tenant_id, tenant_id || '-m' || m, tenant_id || '-co', tenant_id || '-d' || m / 5, 'active', now() - interval '1 year'
from source.bench_tenant, generate_series(0, mailboxes - 1) m;

insert into source.warmups (tenant_id, mailbox_id, company_id, status, started_at, start_volume, target_volume, updated_at)
select tenant_id, mailbox_id, company_id, 'active', now() - interval '100 days', 2, 20, now() - interval '100 days'
from source.mailboxes where right(mailbox_id, 1) = '0';

alter table source.emails drop constraint emails_pkey;
drop index source.emails_tenant_sent, source.emails_updated, source.emails_lead;
`;

/** The script that makes everything but the e-mails, and takes the indexes off while they are made. */
export const worldScript = shape;

// E-mails are made in the order they are sent, as an OLTP table would have them. Each has its lead by chance out of the
// campaign's own, so that a lead gets 3.3 on average; 37 % are opened after 20 h on average (the youngest not yet), 2.5 % bounce.
const emailsBetween = ({ emails, from, to }: Volume): string => `
select setseed(${(from + 1) / 1000});
insert into source.emails
select 'e' || lpad(i::text, 10, '0'), t.tenant_id, t.tenant_id || '-co', c.campaign_id, 's' || 1 + floor(random() * 5),
  t.tenant_id || '-m' || floor(random() * t.mailboxes),
  c.campaign_id || '-l' || floor(random() * greatest(1, ${emails} * t.share / t.campaigns / 3.33)),
  case when x.bounced then 'bounced' when o.opened is null then 'delivered' when x.replied then 'replied' else 'opened' end,
  x.sent_at, case when not x.bounced then x.sent_at + interval '40 seconds' end,
  o.opened, case when x.clicked then o.opened + interval '1 minute' end,
  case when x.replied then o.opened + interval '1 hour' end,
  case when x.bounced then case when random() < 0.6 then 'hard' else 'soft' end end,
  case when x.opened and random() < 0.01 then o.opened + interval '2 minutes' end,
  case when x.opened and random() < 0.002 then o.opened + interval '3 minutes' end,
  case when o.opened is not null then case when random() < 0.7 then 'human' else 'machine' end end,
  case when o.opened is not null and x.replied then case when random() < 0.8 then 'human' else 'automatic' end end,
  greatest(x.sent_at, o.opened)
from (
  select i, y.tenant, y.sent_at, y.day, y.fate >= 0.975 as bounced, y.fate < 0.37 as opened, y.fate < 0.06 as clicked,
    y.fate < 0.02 as replied
  from (
    select i, floor(${days} * (i - 1)::float8 / ${emails})::integer as day,
      (current_date - ${days})::timestamp at time zone 'UTC' + interval '${days} days' * ((i - 1)::float8 / ${emails}) as sent_at,
      width_bucket(random(), (select array_agg(below::float8 order by n) from source.bench_tenant)) as tenant,
      random() as fate
    from generate_series(${Math.floor((emails * from) / days) + 1}::bigint, ${Math.floor((emails * to) / days)}) i
    offset 0
  ) y
) x
join source.bench_tenant t on t.n = x.tenant,
lateral (select t.tenant_id || '-c' || (floor(x.day * t.campaigns / ${days}.0) + floor(random() * t.active))::integer
  % t.campaigns as campaign_id) c,
lateral (select case when x.opened then x.sent_at - ln(1 - random()) * interval '20 hours' end as at) a,
lateral (select case when a.at < current_date then a.at end as opened) o;

insert into source.warmup_messages (message_id, tenant_id, company_id, mailbox_id, sent_at, delivered_at, replied, found_in_spam, updated_at)
select 'w' || d || w.mailbox_id || '-' || k, w.tenant_id, w.company_id, w.mailbox_id, s.at, s.at + interval '30 seconds',
  case when k % 4 = 0 then s.at + interval '2 hours' end, case when k % 9 = 0 then s.at + interval '1 hour' end, s.at
from source.warmups w, generate_series(${from}, ${to} - 1) d, generate_series(1, 20) k,
lateral (select (current_date - ${days} + d)::timestamp at time zone 'UTC' + k * interval '1 hour' as at) s;
`;

/** The scripts that make the e-mails, ten days at a time. */
export const emailScripts = ({ emails, from, to }: Volume): string[] =>
  Array.from({ length: Math.ceil((to - from) / 10) }, (_, i) =>
    emailsBetween({ emails, from: from + i * 10, to: Math.min(to, from + (i + 1) * 10) }),
  );

/**
 * The script that finishes the source: leads, key and statistics. The contract's indexes are put back by installContract;
 * the BRIN index is for the floor only, which would otherwise read everything to find one day.
 */
export const finishScript = `
set maintenance_work_mem = '512MB';
set max_parallel_maintenance_workers = 0;
insert into source.leads (tenant_id, campaign_id, lead_id, status, completed_at)
select tenant_id, campaign_id, lead_id, case when count(*) > 3 then 'completed' else 'active' end,
  case when count(*) > 3 then max(sent_at) end
from source.emails group by 1, 2, 3;
alter table source.emails add primary key (email_id);
create index on source.emails using brin (sent_at);
`;

/** How many rows and groups there are to work on: what the facts of all days and of one day come to. */
export const dataSize = statement<
  Record<string, never>,
  { emails: 'int8'; leads: 'int8'; campaigns: 'int8'; mailboxes: 'int8'; bytes: 'int8' }
>({
  title: 'size of the bench data',
  on: 'source',
  columns: { emails: 'int8', leads: 'int8', campaigns: 'int8', mailboxes: 'int8', bytes: 'int8' },
  example: {},
  sql: () => sql`select (select count(*) from source.emails) as emails, (select count(*) from source.leads) as leads,
    (select count(*) from source.campaigns) as campaigns, (select count(*) from source.mailboxes) as mailboxes,
    pg_table_size('source.emails') as bytes`,
});

/**
 * Opens some e-mails late, as their leads do: an e-mail `age` days old is the likelier to be opened the younger it is
 * (20 h on average). Returns how many cells that touched, and how many e-mails they hold.
 */
export const openLate = statement<{ count: number }, { changed: 'int8'; cells: 'int8' }>({
  title: 'open some e-mails late',
  on: 'source',
  columns: { changed: 'int8', cells: 'int8' },
  example: { count: 1 },
  sql: ({ count }) => sql`
with aged as (
  select least(89.9, -ln(1 - random()) * 20 / 24.0) as age
  from generate_series(1, ${count}::integer)
), total as (
  select max(email_id) as last, count(*) as n from source.emails
), chosen as (
  select distinct 'e' || lpad(greatest(1, substr(t.last, 2)::bigint - floor(a.age * t.n / 90.0))::text, 10, '0') as email_id
  from aged a, total t
), changed as (
  update source.emails e set opened = e.sent_at + interval '3 days' * random(), delivered_at = coalesce(e.delivered_at, e.sent_at),
    open_kind = coalesce(e.open_kind, 'human'), updated_at = clock_timestamp()
  from chosen c where e.email_id = c.email_id
  returning e.tenant_id, (e.sent_at at time zone 'UTC')::date as day
)
select count(*) as changed, count(distinct (tenant_id, day)) as cells from changed`,
});

/** The version of the server, short. */
export const serverVersion = statement<Record<string, never>, { version: 'text' }>({
  title: 'version of the server',
  on: 'source',
  columns: { version: 'text' },
  example: {},
  sql: () => sql`select split_part(current_setting('server_version'), ' ', 1) as version`,
});

/** Whether the server has a database of a name. */
export const databaseExists = statement<{ name: string }, { found: 'bool' }>({
  title: 'whether a database exists',
  on: 'source',
  columns: { found: 'bool' },
  example: { name: 'postgres' },
  sql: ({ name }) => sql`select exists (select from pg_database where datname = ${name}) as found`,
});
