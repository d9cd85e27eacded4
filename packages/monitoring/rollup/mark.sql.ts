import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';

/** The rollups that marks are kept for, in the order in which one feeds the next; each `<name>_dirty` holds its marks. */
export const levels = [
  'performance_metric_5min',
  'performance_metric_hourly',
  'user_activity_hourly',
  'user_activity_daily',
  'user_cohort_month',
] as const;

/** The name of a rollup. */
export type Level = (typeof levels)[number];

/** What one statement of a rollup works on: so many marked buckets of a tenant at most, the oldest first. */
export type Turn = { readonly tenantId: string; readonly most: number };

/** A turn for the example of a statement. */
export const exampleTurn: Turn = { tenantId: 'nobody', most: 1 };

/**
 * The columns that the statement of a rollup returns: buckets recomputed, rows that they were made of, rows written and
 * deleted, and rows left as they were because a mark came later than what they are made of is kept.
 */
export const turned = {
  buckets: 'int8',
  parts: 'int8',
  written: 'int8',
  deleted: 'int8',
  too_late: 'int8',
} as const;

// How long a tenant keeps the rows of a table as they were written, as one interval.
const keptFor = (tenantId: string, table: RawBuilder<unknown>): RawBuilder<unknown> => sql`
select coalesce(make_interval(days => (array_agg(least(r.keep_days, r.anonymise_after_days)
  order by r.tenant_id = ${tenantId} desc))[1]), '1000 years') as for_so_long
from monitoring.retention_policy r where r.table_name = ${table} and r.tenant_id in (${tenantId}, 'platform')`;

/**
 * The first parts of a `with`: takes the oldest marks of a tenant and gives `bucket (bucket timestamptz, since timestamptz,
 * whole bool)`, where `since` is when the oldest mark of the bucket was made.
 * `start` cuts `d.bucket` to the start of its bucket in UTC, so that daylight saving moves nothing and a mark in the
 * middle of a bucket counts for it. A bucket is whole when one of its marks is from before retention could touch `made`,
 * the table that it is recomputed from: from then on the mark itself held retention back. The hour is for writers that
 * were under way at the limit.
 */
export const takenBuckets = (
  level: Level,
  { tenantId, most }: Turn,
  made: RawBuilder<unknown>,
  start: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
kept as materialized (${keptFor(tenantId, made)}
), oldest as materialized (
  select distinct bucket from monitoring.${sql.raw(level)}_dirty
  where tenant_id = ${tenantId} order by bucket limit ${most}::integer
), mark as (
  delete from monitoring.${sql.raw(level)}_dirty d using oldest o
  where d.tenant_id = ${tenantId} and d.bucket = o.bucket
  returning ${start} as bucket, d.marked_at
), bucket as materialized (
  select m.bucket, min(m.marked_at) as since, min(m.marked_at) <= m.bucket + min(k.for_so_long) - interval '1 hour' as whole
  from mark m, kept k group by m.bucket
)`;

/**
 * Adds the marks of the next level, one a bucket: `parts` are rows `bucket, since` of what changed. A mark is as old as the
 * oldest of those that it stems from, because up to then reads are complete. Only where retention could already have touched
 * `made`, which the next level is recomputed from, is it younger than that limit: nothing held retention back before, and
 * by its age the bucket would pass for whole.
 */
export const nextMarks = (
  level: Level,
  tenantId: string,
  made: RawBuilder<unknown>,
  parts: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
insert into monitoring.${sql.raw(level)}_dirty (tenant_id, bucket, marked_at)
select ${tenantId}, n.bucket, case when now() > l.last then greatest(n.since, l.last + interval '1 microsecond') else n.since end
from (select p.bucket, min(p.since) as since from (${parts}) p group by p.bucket) n
cross join (${keptFor(tenantId, made)}) k
cross join lateral (select n.bucket + k.for_so_long - interval '1 hour' as last) l
order by n.bucket`;

/** Who has marks of a rollup, who waits longest first. */
export const markedTenants = statement<{ level: Level }, { tenant_id: 'text' }>({
  title: 'tenants with marks of a rollup',
  on: 'warehouse',
  columns: { tenant_id: 'text' },
  example: { level: 'performance_metric_5min' },
  // Of the five only the one that is asked for is read.
  sql: ({ level }) => sql`
select d.tenant_id from (${sql.join(
    levels.map(
      (name) =>
        sql`select tenant_id, marked_at from monitoring.${sql.raw(name)}_dirty where ${sql.raw(`'${name}'`)} = ${level}`,
    ),
    sql` union all `,
  )}) d group by d.tenant_id order by min(d.marked_at), d.tenant_id`,
});

/**
 * Takes the turn of a tenant's rollup until the transaction ends; false when another has it. Taken in a statement of its own:
 * the next one's snapshot then sees all that the last holder wrote, and no older snapshot can write after it.
 */
export const takeTurn = statement<{ level: Level; tenantId: string }, { taken: 'bool' }>({
  title: 'take the turn of a rollup',
  on: 'warehouse',
  columns: { taken: 'bool' },
  example: { level: 'performance_metric_5min', tenantId: 'nobody' },
  sql: ({ level, tenantId }) => sql`
select pg_try_advisory_xact_lock(hashtextextended('rollup ' || ${level}::text || ' ' || ${tenantId}::text, 0)) as taken`,
});
