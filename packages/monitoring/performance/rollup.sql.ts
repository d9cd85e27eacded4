import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';
import {
  exampleTurn,
  nextMarks,
  takenBuckets,
  turned,
  type Level,
  type Turn,
} from '../rollup/mark.sql.ts';
import { mergedSketch } from '../sketch/sketch.sql.ts';

/** A level of the rollup: its table, what the rows of that are made of, and what waits for it in turn. */
type Span = {
  readonly level: Level;
  readonly made: string;
  readonly parts: RawBuilder<unknown>;
  readonly width: string;
  readonly next?: RawBuilder<unknown>;
};

// `bare` is a part without values, of which there is nothing to know.
const minutes = sql`
select p.time as at, p.tenant_id, p.metric_name, p.endpoint, p.request_count as requests, p.error_count as errors,
  p.value_sum, case when p.value_sum is null then 0 else p.value_count end as value_count, p.min, p.max, 1 as samples,
  p.sketch, p.value_count = 0 as bare
from monitoring.tb_performance_metric p`;

const fiveMinutes = sql`
select p.bucket as at, p.tenant_id, p.metric_name, p.endpoint, p.total_requests as requests, p.total_errors as errors,
  p.value_sum, p.value_count, p.min, p.max, p.samples, p.sketch,
  p.sketch is null and p.total_requests = 0 and p.value_count = 0 as bare
from monitoring.tb_performance_metric_5min p`;

const startOf = (width: string, at: string) =>
  sql.raw(`date_bin(interval '${width}', ${at}, timestamptz '2000-01-01T00:00Z')`);

const counters = ['total_requests', 'total_errors', 'value_count', 'samples'] as const;
const figures = [...counters, 'value_sum', 'p50', 'p95', 'p99', 'min', 'max', 'sketch'] as const;
const listed = (names: readonly string[], write: (name: string) => string) =>
  sql.raw(names.map(write).join(', '));

/**
 * One statement, hence one snapshot: a row that was committed with a mark is counted by whoever deletes the mark, and a mark
 * that came later stays. Buckets are recomputed whole. What of a bucket that is not whole would become less stays as it is.
 * 100 endpoints, a minute row of 26 log buckets each, 1,000,000 minutes in 20 partitions, 2026-11: five minutes of 500 rows are
 * 17 ms of CPU, and the same sketches merged alone 13; on a new connection 33, because a first plan takes 16. With bounds of time
 * as constants, which leave one partition to plan for, that was 9.
 */
const recomputed = (
  { level, made, parts, width, next }: Span,
  turn: Turn,
): RawBuilder<unknown> => sql`
with ${takenBuckets(level, turn, sql.raw(`'${made}'`), startOf(width, 'd.bucket'))}, series as materialized (
  select b.bucket, b.whole, p.metric_name, p.endpoint, sum(p.requests)::bigint as total_requests,
    sum(p.errors)::bigint as total_errors, coalesce(sum(p.value_sum), 0) as value_sum,
    sum(p.value_count)::bigint as value_count,
    -- What is known of some of the values would pass for all of them.
    case when bool_and(p.min is not null or p.bare) then min(p.min) end as min,
    case when bool_and(p.max is not null or p.bare) then max(p.max) end as max,
    sum(p.samples)::integer as samples, count(*) as parts, case when bool_and(p.sketch is not null or p.bare)
      then array_agg(p.sketch) filter (where p.sketch is not null) end as sketches
  from bucket b
  join (${parts}) p on p.tenant_id = ${turn.tenantId} and p.at >= b.bucket and p.at < b.bucket + ${sql.raw(`interval '${width}'`)}
  group by b.bucket, b.whole, p.metric_name, p.endpoint
), fresh as materialized (
  select s.*, m.sketch, m.p50, m.p95, m.p99
  from series s cross join lateral (${mergedSketch(sql`s.sketches`)}) m
), held as materialized (
  select b.whole, t.ctid as place, t.bucket, t.metric_name, t.endpoint, ${listed(figures, (name) => `t.${name}`)}
  from bucket b join monitoring.${sql.raw(`tb_${level}`)} t on t.tenant_id = ${turn.tenantId} and t.bucket = b.bucket
), compared as materialized (
  select f.bucket, f.metric_name, f.endpoint, ${listed(figures, (name) => `f.${name}`)},
    h.place, f.bucket is null as vanished,
    coalesce(f.whole, h.whole) or h.place is null or coalesce(${sql.raw(
      counters.map((name) => `f.${name} >= h.${name}`).join(' and '),
    )}, false) as allowed
  from fresh f
  full join held h on h.bucket = f.bucket and h.metric_name = f.metric_name
    and coalesce(h.endpoint, '') = coalesce(f.endpoint, '') and (h.endpoint is null) = (f.endpoint is null)
  where h.place is null or f.bucket is null
    or (${listed(figures, (name) => `f.${name}`)}) is distinct from (${listed(figures, (name) => `h.${name}`)})
), gone as (
  delete from monitoring.${sql.raw(`tb_${level}`)} t using compared c
  where t.ctid = c.place and t.tenant_id = ${turn.tenantId} and c.vanished and c.allowed
  returning t.bucket
), written as (
  insert into monitoring.${sql.raw(`tb_${level}`)} (tenant_id, bucket, metric_name, endpoint, ${listed(figures, (name) => name)})
  select ${turn.tenantId}, c.bucket, c.metric_name, c.endpoint, ${listed(figures, (name) => `c.${name}`)}
  from compared c where c.allowed and not c.vanished order by c.bucket, c.metric_name, c.endpoint
  on conflict on constraint ${sql.raw(`tb_${level}_series`)} do update set
    ${listed(figures, (name) => `${name} = excluded.${name}`)}, updated = now()
  returning bucket
)${next === undefined ? sql`` : sql`, next as (${next})`}
select (select count(*) from bucket) as buckets, (select coalesce(sum(parts), 0)::bigint from series) as parts,
  (select count(*) from written) as written,
  (select count(*) from gone) as deleted, (select count(*) from compared where not allowed) as too_late`;

/** Recomputes marked five minutes of a tenant's metrics from the minutes, and marks the hours of what changed. */
export const rollFiveMinutes = statement<Turn, typeof turned>({
  title: 'roll metrics up to five minutes',
  on: 'warehouse',
  columns: turned,
  example: exampleTurn,
  sql: (turn) =>
    recomputed(
      {
        level: 'performance_metric_5min',
        made: 'tb_performance_metric',
        parts: minutes,
        width: '5 minutes',
        next: nextMarks(
          'performance_metric_hourly',
          turn.tenantId,
          sql`'tb_performance_metric_5min'`,
          sql`
select ${startOf('1 hour', 'b.bucket')} as bucket, b.since
from bucket b join (select bucket from written union select bucket from gone) c on c.bucket = b.bucket`,
        ),
      },
      turn,
    ),
});

/** Recomputes marked hours of a tenant's metrics from the five minutes. */
export const rollHours = statement<Turn, typeof turned>({
  title: 'roll metrics up to hours',
  on: 'warehouse',
  columns: turned,
  example: exampleTurn,
  sql: (turn) =>
    recomputed(
      {
        level: 'performance_metric_hourly',
        made: 'tb_performance_metric_5min',
        parts: fiveMinutes,
        width: '1 hour',
      },
      turn,
    ),
});
