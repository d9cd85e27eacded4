import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import type { Asked, Interval } from './ask.ts';
import { campaigns, mailboxes, steps, warmups, type Daily } from './daily.ts';
import { spanColumns, spanList, spanSql, sumsSql } from './fragment.sql.ts';

/** A series of one entity, or of everything the tenant has where `entity` is null. */
export type SeriesAsk = {
  readonly tenantId: string;
  readonly entity: readonly string[] | null;
  readonly range: Asked;
  readonly interval: Interval;
};

const bucketColumns = {
  exists: 'bool',
  bucket_from: 'date?',
  bucket_to: 'date?',
  mature: 'bool?',
} as const satisfies Columns;

/**
 * The buckets of a range, also those without facts, and a row of totals (its bucket is null). A bucket is mature 72 hours
 * after its end: until then opens and answers are still coming in. `exists`: the entity has facts at all.
 * 90 days of a campaign read 90 rows by the index (tenant, entity, day): 103 buffers and 1.3 ms of the biggest of 200
 * tenants, with 134,000 rows over two years and 28 partitions; planning the first ones of a connection takes 3 ms more
 * (Postgres 18, 2026-11).
 */
const seriesOf = <const Sums extends Columns>(
  title: string,
  { table, ids, sums }: Daily<Columns, Sums, Columns>,
) => {
  const idNames = Object.keys(ids);
  return statement<SeriesAsk, typeof spanColumns & typeof bucketColumns & Sums>({
    title,
    on: 'warehouse',
    columns: { ...spanColumns, ...bucketColumns, ...sums },
    example: {
      tenantId: 'nobody',
      entity: idNames.map(() => 'none'),
      range: { from: null, to: null },
      interval: 'week',
    },
    sql: ({ tenantId, entity, range, interval }) => {
      const unit = sql`${interval}::text`;
      const step = sql`('1 ' || ${interval})::interval`;
      const mine =
        entity === null
          ? sql`f.tenant_id = ${tenantId}`
          : sql`f.tenant_id = ${tenantId} and ${sql.join(
              idNames.map((name, at) => sql`f.${sql.raw(name)} = ${entity[at] ?? ''}`),
              sql` and `,
            )}`;
      const inRange = sql`olap.${sql.raw(table)} f
  where ${mine} and f.day >= (select range_from from span) and f.day < (select range_to from span)`;
      // Of everything, the days are summed before they meet the calendar: 90 days of that tenant took 8.8 ms instead of
      // 15.7, its 24 months 79 instead of 138 without a sort on disk. One entity has a row a day and would take 0.3 ms more.
      const days =
        entity === null
          ? sql`(select f.day, ${sql.raw(sumsSql(sums))} from ${inRange} group by f.day)`
          : sql`(select f.* from ${inRange})`;
      return sql`
with ${spanSql(tenantId, range)}, bucket as (
  select start::date, greatest(start::date, range_from) as bucket_from,
    least((start + ${step})::date, range_to) as bucket_to
  from span, generate_series(date_trunc(${unit}, range_from::timestamp), range_to - 1, ${step}) start
), f as (
  select date_trunc(${unit}, f.day::timestamp)::date as start, f.*
  from ${days} f
), answer as (
  select bucket_from, bucket_to, ${sql.raw(entity === null ? sumsSql(sums, 'f') : sumsSql(sums))}
  from bucket left join f using (start)
  group by grouping sets ((bucket_from, bucket_to), ())
)
select ${spanList}, exists (select from olap.${sql.raw(table)} f where ${mine}) as exists, bucket_from, bucket_to,
  (bucket_to::timestamp at time zone timezone) + interval '72 hours' <= now() as mature,
  ${sql.raw(Object.keys(sums).join(', '))}
from answer, span
order by bucket_from nulls first`;
    },
  });
};

/** A campaign, bucket by bucket. */
export const campaignSeries = seriesOf('series of a campaign', campaigns);

/** A sending mailbox, bucket by bucket. */
export const mailboxSeries = seriesOf('series of a mailbox', mailboxes);

/** A warming mailbox, bucket by bucket. */
export const warmupSeries = seriesOf('series of a warm-up', warmups);

/** A step of a campaign, bucket by bucket. */
export const stepSeries = seriesOf('series of a step', steps);
