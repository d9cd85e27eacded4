import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { mergedSketch } from '../../sketch/sketch.sql.ts';
import { exampleWants, type WantArrays } from './wanted.ts';

/** Wants of requests; only those that are for a percentile have sketches merged, which is nearly all the time. */
export type RequestsWanted = WantArrays & { readonly percentiles: readonly boolean[] };

const example: RequestsWanted = { ...exampleWants, percentiles: [true] };

const columns = {
  wants: '_int4',
  endpoint: 'text',
  method: 'text?',
  seconds: 'float8',
  requests: 'int8',
  errors: 'int8',
  value_sum: 'float8?',
  value_count: 'int8',
  p50: 'float8?',
  p95: 'float8?',
  p99: 'float8?',
} as const satisfies Columns;

// Metrics of one tenant and window are one span, whatever of it each wants.
const spans = (
  { places, tenants, slots, windows, percentiles }: RequestsWanted,
  from: RawBuilder<unknown>,
  to: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
span as materialized (
  select w.tenant_id, b.starts, b.ends, bool_or(w.percentile) as percentile,
    array_agg(w.place order by w.place)::integer[] as wants
  from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[], ${windows}::integer[], ${percentiles}::boolean[])
    as w(place, tenant_id, slot, minutes, percentile)
  cross join lateral (select ${from} as starts, ${to} as ends) b
  group by w.tenant_id, b.starts, b.ends
)`;

const metric = sql`f.metric_name = 'http_request_duration_ms' and f.endpoint is not null and f.tenant_id = s.tenant_id`;

// Values without a distribution: what they would add to a percentile is unknown, and so is that; likewise with the sum.
const figures = sql`
  sum(f.requests)::bigint as requests, sum(f.errors)::bigint as errors, sum(f.value_count)::bigint as value_count,
  case when bool_and(f.value_sum is not null or f.value_count = 0) then sum(f.value_sum)::float8 end as value_sum,
  case when s.percentile and bool_and(f.sketch is not null or f.value_count = 0)
    then array_agg(f.sketch) filter (where f.sketch is not null) end as sketches`;

const answered = (span: 'span' | 'edge', parts: RawBuilder<unknown>): RawBuilder<unknown> => sql`
select s.wants, g.endpoint, g.method, extract(epoch from s.ends - s.starts)::float8 as seconds, g.requests, g.errors,
  g.value_sum, g.value_count, m.p50::float8 as p50, m.p95::float8 as p95, m.p99::float8 as p99
from ${sql.raw(span)} s
cross join lateral (
  select f.endpoint::text as endpoint, f.method, ${figures} from (${parts}) f group by f.endpoint, f.method
) g
cross join lateral (${mergedSketch(sql`g.sketches`)}) m`;

/**
 * Requests by endpoint and method over windows of minutes that were over at the slot. Of 100 endpoints with a minute row of
 * some 25 log buckets each, 100,000 to 1,000,000 in all: five minutes 4 to 10 ms, with percentiles 40 to 90; an hour with
 * percentiles 190 to 390 (Postgres 18, two cores under a load of 10, 2026-11).
 */
export const requestMinutes = statement<RequestsWanted, typeof columns>({
  title: 'metrics of requests by minutes',
  on: 'warehouse',
  columns,
  example,
  sql: (wanted) => sql`
with ${spans(wanted, sql`w.slot - w.minutes * interval '1 minute'`, sql`w.slot`)}
${answered(
  'span',
  sql`
    select f.endpoint, f.method::text as method, f.request_count as requests, f.error_count as errors, f.value_sum,
      f.value_count, f.sketch
    from monitoring.tb_performance_metric f
    where ${metric} and f.time >= s.starts and f.time <= s.ends - interval '1 minute'`,
)}`,
});

const bin = (width: string, at: string): RawBuilder<unknown> =>
  sql.raw(`date_bin('${width}', ${at}, timestamptz '2000-01-01T00:00Z')`);

const rolled = sql`f.endpoint, null::text as method, f.total_requests as requests, f.total_errors as errors,
  case when f.value_count >= f.total_requests then f.value_sum end as value_sum,
  greatest(f.value_count, f.total_requests) as value_count, f.sketch`;

/**
 * Requests by endpoint over long windows: whole hours, and five minutes at both edges, out of the rollups. It begins with
 * the first five minutes that lie in the window, and ends with the last that were over at the slot. 24 hours of 100 endpoints
 * 15 to 25 ms, with percentiles 140 to 400; seven days with percentiles 0.8 to 1.3 s (as above).
 */
export const requestRollups = statement<RequestsWanted, typeof columns>({
  title: 'metrics of requests by rollups',
  on: 'warehouse',
  columns,
  example: { ...example, windows: [1_440] },
  sql: (wanted) => sql`
with ${spans(
    wanted,
    sql`${bin('5 minutes', "w.slot - w.minutes * interval '1 minute' + interval '299.999999 seconds'")}`,
    bin('5 minutes', 'w.slot'),
  )}, edge as (
  select s.*, ${bin('1 hour', "s.starts + interval '3599.999999 seconds'")} as hours_from, ${bin('1 hour', 's.ends')} as hours_to
  from span s
)
${answered(
  'edge',
  sql`
    select ${rolled} from monitoring.tb_performance_metric_hourly f
    where ${metric} and f.bucket >= s.hours_from and f.bucket < s.hours_to
    union all
    select ${rolled} from monitoring.tb_performance_metric_5min f
    where ${metric} and f.bucket >= s.starts and f.bucket < s.hours_from
    union all
    select ${rolled} from monitoring.tb_performance_metric_5min f
    where ${metric} and f.bucket >= s.hours_to and f.bucket < s.ends`,
)}`,
});
