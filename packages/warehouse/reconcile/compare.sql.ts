import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { emailCounters, warmupCounters, type Counter } from '../facts/engagement.ts';

/** One tenant, or the part of it in `[from, to)`. */
export type ToCompare = { readonly tenantId: string; readonly from: string; readonly to: string };

const counted = {
  timezone: 'text?',
  newest: 'text?',
  email_days: 'text?',
  email_counts: 'text?',
  warmup_days: 'text?',
  warmup_counts: 'text?',
  campaigns: 'text?',
  campaign_counts: 'text?',
} as const;

const text = (counters: readonly Counter[]): string =>
  `concat_ws('.', ${counters.map(({ count }) => count).join(', ')})`;
const eight = emailCounters.slice(0, 8);

/**
 * Counts a tenant's source afresh, by local day and by campaign, independently of how the facts are read:
 * one plain scan, each row put on its day by `at time zone`. Counters travel as dotted text.
 */
export const countSource = statement<ToCompare, typeof counted>({
  title: 'count the source',
  on: 'source',
  columns: counted,
  example: { tenantId: 'nobody', from: '2026-01-01', to: '2026-01-02' },
  sql: ({ tenantId, from, to }) => sql`
with zone as materialized (
  select tenant_id, timezone from source.tenants where tenant_id = ${tenantId}
), email as (
  select (e.sent_at at time zone z.timezone)::date as day, max(e.updated_at) as newest, ${sql.raw(text(eight))} as counts
  from source.emails e join zone z using (tenant_id)
  where e.sent_at is not null
  group by 1
), warm as (
  select (e.sent_at at time zone z.timezone)::date as day, ${sql.raw(text(warmupCounters))} as counts
  from source.warmup_messages e join zone z using (tenant_id)
  where e.sent_at is not null
  group by 1
), campaign as (
  select e.campaign_id, ${sql.raw(text(eight))} as counts
  from source.emails e join zone z using (tenant_id)
  where e.sent_at is not null
  group by 1
)
select (select timezone from zone) as timezone,
  (select array_agg(newest order by day)::text from email where day >= ${from}::date and day < ${to}::date) as newest,
  (select array_agg(day order by day)::text from email where day >= ${from}::date and day < ${to}::date) as email_days,
  (select array_agg(counts order by day)::text from email where day >= ${from}::date and day < ${to}::date) as email_counts,
  (select array_agg(day order by day)::text from warm where day >= ${from}::date and day < ${to}::date) as warmup_days,
  (select array_agg(counts order by day)::text from warm where day >= ${from}::date and day < ${to}::date) as warmup_counts,
  (select array_agg(campaign_id order by campaign_id)::text from campaign) as campaigns,
  (select array_agg(counts order by campaign_id)::text from campaign) as campaign_counts`,
});

const sums = `concat_ws('.', ${eight.map(({ name }) => `sum(${name})`).join(', ')})`;
const counts = {
  subject: 'text',
  day: 'date?',
  campaign_id: 'text?',
  expected: 'text?',
  found: 'text?',
  behind: 'bool',
} as const;

/**
 * Compares what the source counted with every fact: campaign, step and mailbox rows of each day, warm-ups of each day,
 * and the lifetime lead rows of each campaign. Returns only what differs. A cell is `behind` when its source changed
 * after (or less than five minutes before) it was aggregated; otherwise the difference is drift.
 */
export const compareFacts = statement<
  ToCompare & { counted: { readonly [column: string]: string | null } },
  typeof counts
>({
  title: 'compare facts with the source',
  on: 'warehouse',
  columns: counts,
  example: { tenantId: 'nobody', from: '2026-01-01', to: '2026-01-02', counted: {} },
  sql: ({ tenantId, from, to, counted: c }) => {
    const column = (name: keyof typeof counted) => sql`${c[name] ?? null}::text`;
    const daily = (table: string) => sql`
      select ${sql.lit(table)} as subject, day, ${sql.raw(sums)} as found
      from olap.${sql.raw(table)}
      where tenant_id = ${tenantId} and day >= ${from}::date and day < ${to}::date group by day`;
    return sql`
with email as materialized (
  select * from unnest(${column('email_days')}::date[], ${column('email_counts')}::text[], ${column('newest')}::timestamptz[])
    as s(day, expected, newest)
), warm as materialized (
  select * from unnest(${column('warmup_days')}::date[], ${column('warmup_counts')}::text[]) as s(day, expected)
), expected as (
  select t.subject, s.day, s.expected, s.newest from email s,
    unnest(array['campaign_analytics', 'sequence_step_analytics', 'mailbox_analytics']) as t(subject)
  union all
  select 'warmup_analytics', day, expected, null from warm
), found as (
  ${daily('campaign_analytics')} union all ${daily('sequence_step_analytics')}
  union all ${daily('mailbox_analytics')} union all ${daily('warmup_analytics')}
), leads as (
  select campaign_id, ${sql.raw(sums)} as found from olap.lead_analytics
  where tenant_id = ${tenantId} and sent > 0 group by campaign_id
)
select subject, coalesce(e.day, f.day) as day, null::text as campaign_id, e.expected, f.found,
  coalesce(e.newest >= l.aggregated_at - interval '5 minutes',
    e.newest >= now() - interval '1 hour', false) as behind
from expected e full join found f using (subject, day)
left join olap.cell l on l.tenant_id = ${tenantId} and l.day = coalesce(e.day, f.day)
where e.expected is distinct from f.found
union all
select 'lead_analytics', null, campaign_id, s.expected, f.found, false
from unnest(${column('campaigns')}::text[], ${column('campaign_counts')}::text[]) as s(campaign_id, expected)
full join leads f using (campaign_id)
where s.expected is distinct from f.found
order by 2, 1, 3`;
  },
});

/** Lead ids that the source or the warehouse has under some campaigns: both sides must be recounted. */
export const sourceLeads = statement<
  { tenantId: string; campaigns: readonly string[] },
  { lead_id: 'text' }
>({
  title: 'leads of campaigns in the source',
  on: 'source',
  columns: { lead_id: 'text' },
  example: { tenantId: 'nobody', campaigns: [] },
  sql: ({ tenantId, campaigns }) => sql`
select distinct lead_id from source.emails
where tenant_id = ${tenantId} and campaign_id = any(${campaigns}::text[]) and sent_at is not null`,
});

/** The warehouse's side of `sourceLeads`. */
export const heldLeads = statement<
  { tenantId: string; campaigns: readonly string[] },
  { lead_id: 'text' }
>({
  title: 'leads of campaigns in the warehouse',
  on: 'warehouse',
  columns: { lead_id: 'text' },
  example: { tenantId: 'nobody', campaigns: [] },
  sql: ({ tenantId, campaigns }) => sql`
select distinct lead_id from olap.lead_analytics
where tenant_id = ${tenantId} and campaign_id = any(${campaigns}::text[]) and sent > 0`,
});

/** Takes the tenant's lock for the rest of the transaction, as the writers of its cells do. */
export const lockTenant = statement<{ tenantId: string }, { tenant_id: 'text' }>({
  title: 'lock a tenant',
  on: 'warehouse',
  columns: { tenant_id: 'text' },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }) =>
    sql`select tenant_id from olap.tenant where tenant_id = ${tenantId} for update`,
});

/** Records one reconciliation of a tenant; the same slot again replaces its record. */
export const recordReconciliation = statement<
  {
    tenantId: string;
    scheduledTime: Date;
    cells: number;
    behind: number;
    drift: number;
    detail: unknown;
  },
  { tenant_id: 'text' }
>({
  title: 'record a reconciliation',
  on: 'warehouse',
  columns: { tenant_id: 'text' },
  example: {
    tenantId: 'nobody',
    scheduledTime: new Date(0),
    cells: 0,
    behind: 0,
    drift: 0,
    detail: [],
  },
  sql: ({ tenantId, scheduledTime, cells, behind, drift, detail }) => sql`
insert into olap.reconciliation (tenant_id, scheduled_time, cells, behind, drift, detail)
values (${tenantId}, ${scheduledTime.toISOString()}::timestamptz, ${cells}::integer, ${behind}::integer,
  ${drift}::integer, ${JSON.stringify(detail)}::jsonb)
on conflict (tenant_id, scheduled_time) do update set
  cells = excluded.cells, behind = excluded.behind, drift = excluded.drift, detail = excluded.detail, reconciled_at = now()
returning tenant_id`,
});
