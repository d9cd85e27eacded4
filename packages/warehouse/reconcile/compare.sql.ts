import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { isPlausible } from '../facts/local-day.sql.ts';
import { emailCounters, warmupCounters, type Counter } from '../facts/engagement.ts';

/** One tenant, or the part of it in `[from, to)`. */
export type ToCompare = { readonly tenantId: string; readonly from: string; readonly to: string };

const counted = {
  timezone: 'text?',
  xmax: 'text',
  subjects: 'text?',
  days: 'text?',
  campaigns: 'text?',
  counts: 'text?',
  newest: 'text?',
} as const;

const eight = emailCounters.slice(0, 8).map(({ name }) => name);
const listOf = (counters: readonly Counter[]): string =>
  counters.map(({ name, count }) => `${count} as ${name}`).join(', ');
// Nulls are spelled out, or two rows that differ only in what is unknown would read the same.
const spelled = (counters: readonly Counter[]): string =>
  `concat_ws('.', ${counters.map(({ name }) => `coalesce(${name}::text, '-')`).join(', ')})`;
// What a set of rows amounts to: the eight counters summed, and a digest of every row, in an order both databases share.
const amount = (key: string, counters: readonly Counter[]): string =>
  `concat_ws('.', ${eight.map((name) => `sum(${name})`).join(', ')}) || ' #' ||
    left(md5(string_agg(${key} || '=' || ${spelled(counters)}, ',' order by ${key} collate "C")), 12)`;

/** The daily facts as they are compared: table, grouping of the source's scan, and the key of a row. */
const daily = [
  { table: 'campaign_analytics', grouping: 3, key: 'campaign_id' },
  { table: 'sequence_step_analytics', grouping: 1, key: "campaign_id || '/' || step_id" },
  { table: 'mailbox_analytics', grouping: 6, key: 'mailbox_id' },
] as const;

/**
 * Counts a tenant's source afresh, by local day and by campaign, otherwise than the facts are read: one plain scan,
 * each row put on its day by `at time zone`. Each row of the answer's arrays is one subject and day (or campaign):
 * its counters as dotted text with a digest of the rows behind them, and the newest stamp among its e-mails.
 */
export const countSource = statement<ToCompare, typeof counted>({
  title: 'count the source',
  on: 'source',
  columns: counted,
  example: { tenantId: 'nobody', from: '2026-01-01', to: '2026-01-02' },
  sql: ({ tenantId, from, to }) => sql`
with zone as materialized (
  select tenant_id, timezone, ${from}::date as lo, ${to}::date as hi from source.tenants where tenant_id = ${tenantId}
), email as materialized (
  select (e.sent_at at time zone z.timezone)::date as day, e.* from source.emails e join zone z using (tenant_id)
  where ${isPlausible(sql`(e.sent_at at time zone z.timezone)::date`, sql`z.timezone`)}
), unit as materialized (
  select grouping(e.campaign_id, e.step_id, e.mailbox_id) as grouping, e.day,
    e.campaign_id, e.step_id, e.mailbox_id, max(e.updated_at) as newest, ${sql.raw(listOf(emailCounters))}
  from email e, zone z
  where e.day >= z.lo and e.day < z.hi
  group by grouping sets ((e.day, e.campaign_id), (e.day, e.campaign_id, e.step_id), (e.day, e.mailbox_id))
), lead as (
  select e.campaign_id, e.lead_id, max(e.updated_at) as newest, ${sql.raw(listOf(emailCounters))}
  from email e group by e.campaign_id, e.lead_id
), warm as (
  select (e.sent_at at time zone z.timezone)::date as day, e.mailbox_id, max(e.updated_at) as newest,
    ${sql.raw(listOf(warmupCounters))}
  from source.warmup_messages e join zone z using (tenant_id)
  where ${isPlausible(sql`(e.sent_at at time zone z.timezone)::date`, sql`z.timezone`)}
  group by 1, 2
), subject as (
  ${sql.raw(
    daily
      .map(
        ({
          table,
          grouping,
          key,
        }) => `select '${table}' as subject, day, null::text as campaign_id, max(newest) as newest,
    ${amount(key, emailCounters)} as counts from unit where grouping = ${grouping} group by day`,
      )
      .join('\n  union all '),
  )}
  union all select 'warmup_analytics', w.day, null, max(newest), ${sql.raw(amount('mailbox_id', warmupCounters))}
  from warm w, zone z where w.day >= z.lo and w.day < z.hi group by w.day
  union all select 'lead_analytics', null, campaign_id, max(newest), ${sql.raw(amount('lead_id', emailCounters))}
  from lead group by campaign_id
)
select (select timezone from zone) as timezone, pg_snapshot_xmax(pg_current_snapshot())::text as xmax,
  array_agg(subject)::text as subjects, array_agg(day)::text as days, array_agg(campaign_id)::text as campaigns,
  array_agg(counts)::text as counts, array_agg(newest)::text as newest
from subject`,
});

const difference = {
  subject: 'text',
  day: 'date?',
  campaign_id: 'text?',
  expected: 'text?',
  found: 'text?',
  behind: 'bool',
} as const;

/**
 * Compares what the source counted with every fact, row by row through their digests, and returns only what differs.
 * A difference is `behind` when work on it can still be under way: the warehouse holds a newer snapshot than the count,
 * or the source changed within the last hour or after (up to five minutes before, for the clocks) it was aggregated.
 * Every other difference is drift.
 */
export const compareFacts = statement<
  ToCompare & { counted: { readonly [column: string]: string | null } },
  typeof difference
>({
  title: 'compare facts with the source',
  on: 'warehouse',
  columns: difference,
  example: { tenantId: 'nobody', from: '2026-01-01', to: '2026-01-02', counted: {} },
  sql: ({ tenantId, from, to, counted: c }) => sql`
with one as materialized (
  select ${tenantId}::text as tenant_id, ${from}::date as lo, ${to}::date as hi
), expected as materialized (
  select s.*, coalesce(s.day::text, s.campaign_id) as unit from unnest(${c['subjects'] ?? null}::text::text[], ${c['days'] ?? null}::text::date[],
    ${c['campaigns'] ?? null}::text::text[], ${c['counts'] ?? null}::text::text[],
    ${c['newest'] ?? null}::text::timestamptz[]) as s(subject, day, campaign_id, expected, newest)
), held as (
  ${sql.raw(
    [...daily, { table: 'warmup_analytics', key: 'mailbox_id' } as const]
      .map(
        ({ table, key }) => `select '${table}' as subject, f.day, null::text as campaign_id,
    ${amount(key, table === 'warmup_analytics' ? warmupCounters : emailCounters)} as found,
    min(c.source_xmax) as xmax, min(c.aggregated_at) as at
  from olap.${table} f left join olap.cell c using (tenant_id, day)
  where f.tenant_id = (select tenant_id from one) and f.day >= (select lo from one) and f.day < (select hi from one)
  group by f.day`,
      )
      .join('\n  union all '),
  )}
  union all select 'lead_analytics', null, campaign_id, ${sql.raw(amount('lead_id', emailCounters))},
    max(source_xmax), max(updated)
  from olap.lead_analytics where tenant_id = ${tenantId} and sent > 0 group by campaign_id
), found as (
  select h.*, coalesce(h.day::text, h.campaign_id) as unit from held h
)
select subject, coalesce(e.day, f.day) as day, coalesce(e.campaign_id, f.campaign_id) as campaign_id, e.expected, f.found,
  (coalesce(f.xmax > ${c['xmax'] ?? null}::xid8, false)
    or coalesce(e.newest >= now() - interval '1 hour', false)
    or coalesce(e.newest >= f.at - interval '5 minutes', false)) as behind
from expected e
full join found f using (subject, unit)
where e.expected is distinct from f.found
order by 2, 1, 3`,
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
