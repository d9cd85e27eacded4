import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Day } from '@rookery/kernel/day';
import type { SeriesMinute } from '@rookery/monitoring/performance/write-series';

/** The tenant whose history the questions about monitoring are asked of. */
export const tenantId = 'bench';

const variants = { minute: 1_000, '5min': 1_000, hourly: 200 } as const;

// 30 requests a minute whose latencies are lognormal lie in 28 buckets of a sketch, 150 in 73, the 1,800 of an hour in 146.
const sketches = `
create unlogged table bench_sketch as
with value as (
  select l.level, n, exp(4.8 + 0.6 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())) as v
  from (values ('minute', 30, ${variants.minute}), ('5min', 150, ${variants['5min']}), ('hourly', 1800, ${variants.hourly})) l(level, size, variants),
    generate_series(0, l.variants - 1) n, generate_series(1, l.size)
), bucket as (
  select level, n, ceil(ln(v) / ln(1.02)) as k, count(*) as size from value group by level, n, k
)
select level, n, sketch, size, mean, least, most, p50, p95, p99
from (select level, n, jsonb_object_agg(k, size) as sketch from bucket group by level, n) s
join (
  select level, n, count(*)::integer as size, avg(v) as mean, min(v) as least, max(v) as most,
    percentile_disc(0.5) within group (order by v) as p50, percentile_disc(0.95) within group (order by v) as p95,
    percentile_disc(0.99) within group (order by v) as p99
  from value group by level, n
) f using (level, n);
alter table bench_sketch add primary key (level, n);
analyze bench_sketch;`;

const series = `'http_request_duration_ms', '/v1/endpoint/' || e.endpoint`;
// 7919 and 104729 are primes: neighbours in time and neighbours in space have different sketches.
const sketchAt = (level: keyof typeof variants, seconds: number): string =>
  `join bench_sketch s on s.level = '${level}' and s.n = ((e.endpoint * 7919
    + (extract(epoch from t)::bigint / ${seconds}) * 104729) % ${variants[level]})::integer`;

/** A script that writes the minutes `[from, to)` of 100 endpoints, `from` and `to` as SQL. */
export const minutesScript = (from: string, to: string): string => `
insert into monitoring.tb_performance_metric (tenant_id, time, metric_name, endpoint, method, status_code, request_count,
  error_count, error_rate, value_count, value_sum, mean, min, max, sketch, p50, p95, p99)
select '${tenantId}', t, ${series}, 'GET', 200, s.size, 0, 0, s.size, s.size * s.mean, s.mean, s.least, s.most, s.sketch, s.p50, s.p95, s.p99
from generate_series(${from}, ${to} - interval '1 minute', interval '1 minute') t
cross join generate_series(1, 100) e(endpoint) ${sketchAt('minute', 60)};`;

const rollups = (table: '5min' | 'hourly', width: number, from: string): string => `
insert into monitoring.tb_performance_metric_${table} (tenant_id, bucket, metric_name, endpoint, total_requests,
  total_errors, p50, p95, p99, min, max, value_sum, value_count, samples, sketch)
select '${tenantId}', t, ${series}, s.size, 0, s.p50, s.p95, s.p99, s.least, s.most, s.size * s.mean, s.size, ${width / 60},
  s.sketch
from generate_series(${from}, date_trunc('day', now()), interval '${width} seconds') t
cross join generate_series(1, 100) e(endpoint) ${sketchAt(table, width)};`;

// 30,000 users with 33 activities each in the day, and 10,000 of them on each of the days before.
const activity = `
insert into monitoring.tb_user_activity (tenant_id, time, user_id, session_id, activity_type, module, feature, duration)
select '${tenantId}', now() - i * interval '86 milliseconds', 'user-' || i * 7919 % 30000, 'session-' || i * 7919 % 30000,
  'feature-use', 'module-' || i % 8, 'feature-' || i % 80, i % 60
from generate_series(1000000::bigint, 1, -1) i;
insert into monitoring.user_activity_daily (tenant_id, day, user_key)
select '${tenantId}', current_date - d, hashtextextended('user-' || (u + d * 500) % 30000, 0)
from generate_series(0, 30) d, generate_series(1, 10000) u order by 2, 3;
insert into monitoring.tb_user_activity_hourly (tenant_id, bucket, module, feature, activity_type, total_activities, users)
select '${tenantId}', date_trunc('hour', now()) - h * interval '1 hour', 'module-' || f % 8, 'feature-' || f, 'feature-use', 20,
  array(select hashtextextended('user-' || (f * 20 + u + h) % 30000, 0) from generate_series(1, 20) u order by 1)
from generate_series(0, 720) h, generate_series(0, 79) f order by 2;`;

/** A million minutes of metrics, as many rows of either rollup, and a million activities; scripts in order, named. */
export const historyScripts: Readonly<Record<string, string>> = {
  sketches,
  minutes: `
select monitoring.ensure_partitions(now() - interval '12 days', now(), 'tb_performance_metric');
${minutesScript(`date_trunc('day', now()) - interval '7 days'`, `date_trunc('day', now())`)}`,
  'five minutes': rollups('5min', 300, `date_trunc('day', now()) - interval '35 days'`),
  hours: rollups('hourly', 3_600, `date_trunc('day', now()) - interval '420 days'`),
  activity,
  'vacuum analyze': 'vacuum analyze',
};

/** What the history has come to. */
export const historySize = statement<
  Record<string, never>,
  { minutes: 'int8'; fives: 'int8'; hours: 'int8'; activities: 'int8'; partitions: 'int8' }
>({
  title: 'size of the history of the bench',
  on: 'warehouse',
  columns: {
    minutes: 'int8',
    fives: 'int8',
    hours: 'int8',
    activities: 'int8',
    partitions: 'int8',
  },
  example: {},
  sql: () => sql`
select (select count(*) from monitoring.tb_performance_metric) as minutes,
  (select count(*) from monitoring.tb_performance_metric_5min) as fives,
  (select count(*) from monitoring.tb_performance_metric_hourly) as hours,
  (select count(*) from monitoring.tb_user_activity) as activities,
  (select count(*) from pg_inherits where inhparent = 'monitoring.tb_performance_metric'::regclass) as partitions`,
});

/** Scripts that forget the rollups of a day, so that each of its buckets can be rolled up for the first time. */
export const forgetScripts = (day: Day): string[] => [
  ...['5min', 'hourly'].map(
    (level) => `delete from monitoring.tb_performance_metric_${level}
where tenant_id = '${tenantId}' and bucket >= '${day}' and bucket < date '${day}' + 1`,
  ),
  'vacuum analyze monitoring.tb_performance_metric_5min, monitoring.tb_performance_metric_hourly',
];

/** A script that marks five minutes as a writer of them would, and nothing else. */
export const markScript = (bucket: Date): string => `
delete from monitoring.performance_metric_5min_dirty;
delete from monitoring.performance_metric_hourly_dirty;
insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket) values ('${tenantId}', '${bucket.toISOString()}');`;

const literal = (value: unknown): string => {
  if (value === null) return 'null';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `'${text.replaceAll("'", "''")}'`;
};

const columns = [
  'time',
  'metric_name',
  'endpoint',
  'method',
  'status_code',
  'tags',
  'request_count',
  'error_count',
  'throughput',
  'mean',
  'min',
  'max',
  'sketch',
  'p50',
  'p95',
  'p99',
] as const satisfies readonly (keyof SeriesMinute)[];

/** The least that writing series minutes can be: one list of values. Nothing is claimed, merged, marked or named. */
export const bareScript = (tenant: string, rows: readonly SeriesMinute[]): string => `
insert into monitoring.tb_performance_metric (tenant_id, ${columns.join(', ')}) values
${rows.map((row) => `(${[tenant, ...columns.map((column) => row[column])].map(literal).join(', ')})`).join(',\n')}`;

/** Stored percentiles of a tenant at each level: minute, 5min and hourly; `at` is where the row begins. */
export const storedPercentiles = statement<
  { tenant: string },
  {
    level: 'text';
    endpoint: 'varchar';
    at: 'timestamptz';
    p50: 'float8';
    p95: 'float8';
    p99: 'float8';
  }
>({
  title: 'stored percentiles',
  on: 'warehouse',
  columns: {
    level: 'text',
    endpoint: 'varchar',
    at: 'timestamptz',
    p50: 'float8',
    p95: 'float8',
    p99: 'float8',
  },
  example: { tenant: 'nobody' },
  sql: ({ tenant }) => sql`
select v.level, v.endpoint, v.at, v.p50::float8, v.p95::float8, v.p99::float8 from (
  select 'minute' as level, tenant_id, endpoint, time as at, p50, p95, p99 from monitoring.tb_performance_metric
  union all select '5min', tenant_id, endpoint, bucket, p50, p95, p99 from monitoring.tb_performance_metric_5min
  union all select 'hourly', tenant_id, endpoint, bucket, p50, p95, p99 from monitoring.tb_performance_metric_hourly
) v where v.tenant_id = ${tenant}`,
});

/** The name of the partition of minutes that holds a day. */
export const partitionOf = (day: Day): string =>
  `tb_performance_metric_${day.replaceAll('-', '_')}`;

/** Scripts that fill the partition of a day, made if it is gone, as it stands when it is past: vacuumed long since. */
export const fillScripts = (day: Day): string[] => [
  `select monitoring.ensure_partitions('${day}', '${day}', 'tb_performance_metric')`,
  minutesScript(`timestamptz '${day}'`, `timestamptz '${day}' + interval '1 day'`),
  `vacuum analyze monitoring.${partitionOf(day)}`,
];
