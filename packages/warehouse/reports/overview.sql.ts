import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import type { Asked } from './ask.ts';
import { emailSums, warmupSums } from './figures.ts';
import { spanColumns, spanList, spanSql, sumsSql } from './fragment.sql.ts';

/** Everything a tenant did over a range. */
export type OverviewAsk = { readonly tenantId: string; readonly range: Asked };

const counts = [
  'campaigns',
  'mailboxes',
  'leads',
  'good',
  'fair',
  'poor',
  'critical',
  'unknown',
] as const;

const names = Object.keys(emailSums).join(', ');
const noCounts = sql.raw(counts.map((name) => `null as ${name}`).join(', '));
// Warm-up messages know fewer figures than e-mails; the rest is 0 or unknown in their row.
const asWarmups = Object.entries(emailSums)
  .map(([name, type]) => {
    if (name in warmupSums) return `coalesce(sum(f.${name}), 0)::int8 as ${name}`;
    return `${type.endsWith('?') ? 'null' : '0'}::int8 as ${name}`;
  })
  .join(', ');
const inRange = (day: string) =>
  sql.raw(`${day} >= (select range_from from span) and ${day} < (select range_to from span)`);

/**
 * One snapshot of a range in rows by `kind`: `emails` with all counts, `warmups`, up to five `campaign` rows with most
 * answers and up to five `mailbox` rows with the lowest known score on their last day in the range, each in its order.
 * A lead whose first or last day lies in the range needs no look at the days between; a tombstone has neither.
 */
export const overview = statement<
  OverviewAsk,
  typeof spanColumns & {
    readonly kind: 'text';
    readonly id: 'text?';
    readonly health_score: 'int4?';
  } & typeof emailSums & { readonly [K in (typeof counts)[number]]: 'int8?' }
>({
  title: 'overview of a tenant',
  on: 'warehouse',
  columns: {
    ...spanColumns,
    kind: 'text',
    id: 'text?',
    health_score: 'int4?',
    ...emailSums,
    campaigns: 'int8?',
    mailboxes: 'int8?',
    leads: 'int8?',
    good: 'int8?',
    fair: 'int8?',
    poor: 'int8?',
    critical: 'int8?',
    unknown: 'int8?',
  } satisfies Columns,
  example: { tenantId: 'nobody', range: { from: null, to: null } },
  sql: ({ tenantId, range }) => sql`
with ${spanSql(tenantId, range)}, campaign as materialized (
  select f.campaign_id as id, ${sql.raw(sumsSql(emailSums))}
  from olap.campaign_analytics f where f.tenant_id = ${tenantId} and ${inRange('f.day')}
  group by f.campaign_id
), mailbox as materialized (
  select f.mailbox_id as id, (array_agg(f.health_score order by f.day desc))[1] as health_score,
    ${sql.raw(sumsSql(emailSums))}
  from olap.mailbox_analytics f where f.tenant_id = ${tenantId} and ${inRange('f.day')}
  group by f.mailbox_id
), lead as (
  select distinct f.lead_id from olap.lead_analytics f
  where f.tenant_id = ${tenantId} and f.last_day >= (select range_from from span)
    and f.first_day < (select range_to from span)
    and ((f.first_day >= (select range_from from span) or f.last_day < (select range_to from span))
      or exists (select from unnest(f.sent_days) d where ${inRange('d')}))
), total as (
  select ${sql.raw(sumsSql(emailSums, 'campaign'))}, count(*) as campaigns from campaign
), health as (
  select count(*) as mailboxes, (select count(*) from lead) as leads,
    count(*) filter (where health_score >= 80) as good,
    count(*) filter (where health_score >= 60 and health_score < 80) as fair,
    count(*) filter (where health_score >= 40 and health_score < 60) as poor,
    count(*) filter (where health_score < 40) as critical,
    count(*) filter (where health_score is null) as unknown from mailbox
), answer as (
  select 1 as part, 0::int8 as place, 'emails' as kind, null::text as id, null::integer as health_score, total.*, health.*
  from total, health
  union all
  select 2, 0, 'warmups', null, null, ${sql.raw(asWarmups)}, ${noCounts}
  from olap.warmup_analytics f where f.tenant_id = ${tenantId} and ${inRange('f.day')}
  union all
  (select 3, row_number() over (order by replied desc, sent desc, id), 'campaign', id, null, ${sql.raw(names)}, ${noCounts}
  from campaign order by 2 limit 5)
  union all
  (select 4, row_number() over (order by health_score, sent desc, id), 'mailbox', id, health_score, ${sql.raw(names)}, ${noCounts}
  from mailbox where health_score is not null order by 2 limit 5)
)
select ${spanList}, kind, id, health_score, ${sql.raw(names)}, ${sql.raw(counts.join(', '))}
from answer, span order by part, place`,
});
