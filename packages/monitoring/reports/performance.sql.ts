import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { mergedSketch } from '../sketch/sketch.sql.ts';
import type { PerformanceSpan } from './freshness.sql.ts';

/** A span of five-minute buckets, the whole hours inside it, and what to narrow it to; instants in ISO 8601. */
export type PerformanceAsk = PerformanceSpan & {
  readonly hoursFrom: string;
  readonly hoursTo: string;
  readonly endpoint: string | null;
  readonly metricName: string | null;
  readonly limit: number;
};

const narrowed = (
  { tenantId, endpoint, metricName }: Pick<PerformanceAsk, 'tenantId' | 'endpoint' | 'metricName'>,
  bucket: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
f.tenant_id = ${tenantId} and f.endpoint is not null and ${bucket}
  ${endpoint === null ? sql`` : sql`and f.endpoint = ${endpoint}::text`}
  ${metricName === null ? sql`` : sql`and f.metric_name = ${metricName}::text`}`;

const between = (from: string, to: string): RawBuilder<unknown> =>
  sql`f.bucket >= ${from}::timestamptz and f.bucket < ${to}::timestamptz`;

// Values without percentiles: what they would add to a merged percentile is unknown, and so is that.
const unknownPart = sql`(f.sketch is null or f.p95 is null) and greatest(f.total_requests, f.value_count) > 0`;

// The window out of the widest rollups that fit: whole hours, and five minutes at both edges.
const parts = (ask: PerformanceAsk): RawBuilder<unknown> => {
  const columns = sql`f.metric_name, f.endpoint, f.total_requests, f.total_errors, f.sketch, ${unknownPart} as unknown`;
  return sql`
part as materialized (
  select ${columns} from monitoring.tb_performance_metric_hourly f
  where ${narrowed(ask, between(ask.hoursFrom, ask.hoursTo))}
  union all
  select ${columns} from monitoring.tb_performance_metric_5min f
  where ${narrowed(ask, between(ask.from, ask.hoursFrom))}
  union all
  select ${columns} from monitoring.tb_performance_metric_5min f
  where ${narrowed(ask, between(ask.hoursTo, ask.to))}
)`;
};

const errorRate = sql`round(100.0 * l.total_errors / nullif(l.total_requests, 0), 4)::float8 as avg_error_rate`;

// Only lines that are shown have their sketches merged: that is nearly all the time a report takes.
const percentiles = sql`
select case when not p.unknown then m.p50 end as p50, case when not p.unknown then m.p95 end as p95,
  case when not p.unknown then m.p99 end as p99
from (
  select array_agg(f.sketch) as sketches, bool_or(f.unknown) as unknown from part f
  where f.metric_name = l.metric_name and f.endpoint = l.endpoint
) p cross join lateral (${mergedSketch(sql`p.sketches`)}) m`;

const example = {
  tenantId: 'nobody',
  from: '2025-03-09T12:30:00Z',
  to: '2025-03-10T12:35:00Z',
  hoursFrom: '2025-03-09T13:00:00Z',
  hoursTo: '2025-03-10T12:00:00Z',
  endpoint: null,
  metricName: null,
} as const;

const lines = sql`
select f.metric_name, f.endpoint, sum(f.total_requests)::bigint as total_requests,
  sum(f.total_errors)::bigint as total_errors
from part f group by f.metric_name, f.endpoint`;

const performanceColumns = {
  metric_name: 'varchar',
  endpoint: 'varchar',
  total_requests: 'int8',
  avg_p50: 'float8?',
  avg_p95: 'float8?',
  avg_p99: 'float8?',
  avg_error_rate: 'float8?',
  total_errors: 'int8',
} as const satisfies Columns;

/**
 * Q3 of seed 004: the endpoints with the most requests. Requests are summed where the seed counts rows, error rates are of all
 * requests, percentiles are merged (C13). Metrics of one endpoint stay apart: milliseconds and bytes have no percentile together.
 * 24 hours of 100 endpoints out of 1,000,000 rows at either level: 1,226 buffers and 60 to 150 ms for 20 lines, 168 hours 6,159
 * and 290 to 560 ms (Postgres 18 on two busy cores, 2026-11).
 */
export const apiPerformance = statement<PerformanceAsk, typeof performanceColumns>({
  title: 'API performance by endpoint',
  on: 'warehouse',
  columns: performanceColumns,
  example: { ...example, limit: 20 },
  sql: (ask) => sql`
with ${parts(ask)}
select l.metric_name, l.endpoint, l.total_requests, m.p50::float8 as avg_p50, m.p95::float8 as avg_p95,
  m.p99::float8 as avg_p99, ${errorRate}, l.total_errors
from (${lines} order by total_requests desc, endpoint, metric_name limit ${ask.limit}) l
cross join lateral (${percentiles}) m
order by l.total_requests desc, l.endpoint, l.metric_name`,
});

/** As PerformanceAsk, and above which p95 an endpoint is slow: over the window, or in any five minutes of it. */
export type SlowestAsk = PerformanceAsk & {
  readonly aboveP95: number;
  readonly over: 'window' | 'span';
};

const slowestColumns = {
  metric_name: 'varchar',
  endpoint: 'varchar',
  avg_p95: 'float8?',
  max_p99: 'float8?',
  data_points: 'int8',
  spans: 'int8',
  total_requests: 'int8',
  avg_error_rate: 'float8?',
} as const satisfies Columns;

/**
 * Q4 of seed 004: the slowest endpoints. A p95 over all is never above the highest p95 of its parts, so that endpoints without
 * a slow span are left out before anything is merged: 60 to 160 ms with 20 slow of 100 endpoints, 200 to 400 ms with all of
 * them, of 1,000,000 rows at either level; the spans are 30,762 buffers either way (Postgres 18 on two busy cores, 2026-11).
 */
export const slowestEndpoints = statement<SlowestAsk, typeof slowestColumns>({
  title: 'slowest endpoints',
  on: 'warehouse',
  columns: slowestColumns,
  example: { ...example, limit: 20, aboveP95: 1000, over: 'window' },
  sql: (ask) => sql`
with ${parts(ask)}, slow as (
  select f.metric_name, f.endpoint, max(f.p99) as max_p99, count(*) as spans,
    count(*) filter (where f.p95 > ${ask.aboveP95}::numeric) as data_points
  from monitoring.tb_performance_metric_5min f
  where ${narrowed(ask, between(ask.from, ask.to))}
  group by f.metric_name, f.endpoint
  having bool_or(f.p95 > ${ask.aboveP95}::numeric)
)
select l.metric_name, l.endpoint, m.p95::float8 as avg_p95, slow.max_p99::float8 as max_p99, slow.data_points,
  slow.spans, l.total_requests, ${errorRate}
from slow join (${lines}) l using (metric_name, endpoint)
cross join lateral (${percentiles}) m
${ask.over === 'window' ? sql`where m.p95 > ${ask.aboveP95}::numeric` : sql``}
order by m.p95 desc nulls last, l.endpoint, l.metric_name limit ${ask.limit}`,
});

/** Hours of one endpoint, in all its metrics where none is named; `now` tells which are over. Instants in ISO 8601. */
export type TrendAsk = PerformanceSpan & {
  readonly endpoint: string;
  readonly metricName: string | null;
  readonly now: string;
};

const trendColumns = {
  hour: 'timestamptz',
  metric_name: 'varchar',
  endpoint: 'text',
  avg_p50: 'float8?',
  avg_p95: 'float8?',
  avg_p99: 'float8?',
  total_requests: 'int8?',
  total_errors: 'int8?',
  error_rate_percent: 'float8?',
  complete: 'bool',
} as const satisfies Columns;

/**
 * Q5 of seed 004: every hour of a span, the latest first; all null where nothing was measured. Percentiles are those that the
 * rollup stored. `complete`: the hour is over and nothing that was written into it waits to be rolled up. 7 days of one of 100
 * endpoints are 181 buffers and 1 ms of 1,000,000 rows, 90 days 2,198 and 20 to 60 ms (Postgres 18, 2026-11).
 */
export const performanceTrend = statement<TrendAsk, typeof trendColumns>({
  title: 'performance trend by hour',
  on: 'warehouse',
  columns: trendColumns,
  example: { ...example, endpoint: '/none', now: '2025-03-10T12:34:00Z' },
  sql: ({ tenantId, from, to, endpoint, metricName, now }) => sql`
with f as materialized (
  select f.* from monitoring.tb_performance_metric_hourly f
  where ${narrowed({ tenantId, endpoint, metricName }, between(from, to))}
), waiting as (
  select date_trunc('hour', d.bucket, 'UTC') as hour from monitoring.performance_metric_5min_dirty d
  where d.tenant_id = ${tenantId} and d.bucket >= ${from}::timestamptz and d.bucket < ${to}::timestamptz
  union
  select d.bucket from monitoring.performance_metric_hourly_dirty d
  where d.tenant_id = ${tenantId} and d.bucket >= ${from}::timestamptz and d.bucket < ${to}::timestamptz
)
select h.hour, l.metric_name, ${endpoint}::text as endpoint, f.avg_p50::float8 as avg_p50, f.avg_p95::float8 as avg_p95,
  f.avg_p99::float8 as avg_p99, f.total_requests, f.total_errors,
  round(100.0 * f.total_errors / nullif(f.total_requests, 0), 4)::float8 as error_rate_percent,
  h.hour + interval '1 hour' <= ${now}::timestamptz and w.hour is null as complete
from (select distinct metric_name from f) l
cross join generate_series(${from}::timestamptz, ${to}::timestamptz - interval '1 hour', interval '1 hour') h (hour)
left join f on f.bucket = h.hour and f.metric_name = l.metric_name
left join waiting w on w.hour = h.hour
order by h.hour desc, l.metric_name`,
});
