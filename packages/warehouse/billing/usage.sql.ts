import { sql } from 'kysely';
import type { Day } from '@rookery/kernel/day';
import { statement } from '@rookery/db/statement';

/** The days whose facts were replaced: the periods that hold them are counted again; null counts every period. */
export type DaysToBill = {
  readonly tenantId: string;
  readonly days: readonly Day[] | null;
  /** The tenant's subscriptions as three array literals: id, start, end (null while it lasts). */
  readonly subscriptions: {
    readonly ids: string | null;
    readonly starts: string | null;
    readonly ends: string | null;
  };
};

// A change to a period that closed longer ago than this is recorded but not billed (Stripe's limit, guide §6.5).
const billableDays = 35;

const figures = [
  'emails_sent',
  'mailboxes_used',
  'domains_used',
  'campaigns_used',
  'leads_used',
  'warmups_active',
];
const each = (text: (figure: string) => string, by = ', ') => sql.raw(figures.map(text).join(by));

/**
 * Counts the usage of the billing periods that hold the replaced days (guide §6.5), from the facts and never from
 * e-mails; distinct counts are taken over the whole period, not summed over days. Open periods are updated;
 * a closed period keeps its figures, and what changed since becomes an adjustment row applied to the newest open period.
 * Run it under the tenant's lock after the facts: running it twice adjusts nothing twice.
 * A lead whose first or last day lies in the period needs no look at the days between, and `distinct` hashes where
 * `count(distinct)` sorts.
 */
export const countUsage = statement<DaysToBill, { written: 'int8'; adjusted: 'int8' }>({
  title: 'count billing usage',
  on: 'warehouse',
  columns: { written: 'int8', adjusted: 'int8' },
  example: { tenantId: 'nobody', days: [], subscriptions: { ids: null, starts: null, ends: null } },
  sql: ({ tenantId, days, subscriptions: s }) => sql`
with subscription as materialized (
  select * from unnest(${s.ids}::text::text[], ${s.starts}::text::timestamptz[], ${s.ends}::text::timestamptz[])
    as s(id, starts_at, ends_at)
), period as materialized (
  select b.* from olap.billing_analytics b
  where b.tenant_id = ${tenantId}
    and (${days}::date[] is null or exists (select from unnest(${days}::date[]) d where d >= b.first_day and d < b.end_day))
), usage as materialized (
  select p.id, c.*, m.*, l.*, w.*,
    (select s.id from subscription s where s.starts_at < p.period_end and (s.ends_at > p.period_start) is not false
      order by s.starts_at desc limit 1) as subscription_id
  from period p,
  lateral (select coalesce(sum(sent), 0)::integer as emails_sent, count(distinct campaign_id)::integer as campaigns_used
    from olap.campaign_analytics where tenant_id = ${tenantId} and day >= p.first_day and day < p.end_day) c,
  lateral (select count(distinct mailbox_id)::integer as mailboxes_used,
      case when bool_and(domain_id is not null) is not false then count(distinct domain_id)::integer end as domains_used
    from olap.mailbox_analytics where tenant_id = ${tenantId} and day >= p.first_day and day < p.end_day) m,
  lateral (select count(*)::integer as leads_used from (select distinct lead_id
    from olap.lead_analytics where tenant_id = ${tenantId} and last_day >= p.first_day and first_day < p.end_day
      and ((first_day >= p.first_day or last_day < p.end_day)
        or exists (select from unnest(sent_days) d where d >= p.first_day and d < p.end_day))) d) l,
  lateral (select coalesce(max(n), 0)::integer as warmups_active from (
    select count(*) as n from olap.warmup_analytics
    where tenant_id = ${tenantId} and day >= p.first_day and day < p.end_day and sent > 0 group by day) d) w
), written as (
  update olap.billing_analytics b set ${each((f) => `${f} = u.${f}`)}, subscription_id = u.subscription_id, updated = now()
  from usage u
  where b.id = u.id and b.state = 'open'
    and (${each((f) => `b.${f}`)}, b.subscription_id) is distinct from (${each((f) => `u.${f}`)}, u.subscription_id)
  returning 1
), changed as (
  select p.id, p.closed_at, ${each((f) => `u.${f} - p.${f} - coalesce(a.${f}, 0) as ${f}`)}
  from period p join usage u using (id),
  lateral (select ${each((f) => `sum(a.${f}) as ${f}`)} from olap.billing_adjustment a
    where a.tenant_id = ${tenantId} and a.billing_id = p.id) a
  where p.state = 'closed'
), adjusted as (
  insert into olap.billing_adjustment (tenant_id, billing_id, applied_to, ${each((f) => f)}, billable)
  select ${tenantId}, c.id, o.id, ${each((f) => `c.${f}`)},
    c.closed_at > now() - interval '${sql.raw(String(billableDays))} days'
  from changed c,
  lateral (select id from olap.billing_analytics b where b.tenant_id = ${tenantId}
    order by (b.state = 'open') desc, b.first_day desc limit 1) o
  where ${each((f) => `c.${f} <> 0`, ' or ')}
  returning 1
)
select (select count(*) from written) as written, (select count(*) from adjusted) as adjusted`,
});

/**
 * Closes the open periods of a tenant that ended more than 72 hours ago: their figures are final from here on.
 * Only call it on the evidence of a clean reconciliation of the tenant; `now` is the slot of that job.
 */
export const closePeriods = statement<{ tenantId: string; now: Date }, { closed: 'int8' }>({
  title: 'close billing periods',
  on: 'warehouse',
  columns: { closed: 'int8' },
  example: { tenantId: 'nobody', now: new Date(0) },
  sql: ({ tenantId, now }) => sql`
with closed as (
  update olap.billing_analytics set state = 'closed', closed_at = ${now.toISOString()}::timestamptz, updated = now()
  where tenant_id = ${tenantId} and state = 'open'
    and period_end + interval '72 hours' <= ${now.toISOString()}::timestamptz
  returning 1
)
select count(*) as closed from closed`,
});
