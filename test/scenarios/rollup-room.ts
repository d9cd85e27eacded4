import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { rollUp, type Rolled } from '@rookery/monitoring/rollup/rollup';
import { sketchOf, type Sketch } from '@rookery/monitoring/sketch/sketch';
import { mergedSketch } from '@rookery/monitoring/sketch/sketch.sql';
import type { World } from '../world/world.ts';
import { ask } from './ask.ts';

const msPerDay = 86_400_000;

/** So many days before today in UTC: marks are judged by how old their bucket is. */
export const daysAgo = (days: number): string =>
  new Date(Date.now() - days * msPerDay).toISOString().slice(0, 10);

/** A minute of a series as ingestion leaves it: of `values` in ms, or without a distribution. */
export type Minute = {
  readonly at: string;
  readonly values?: readonly number[];
  readonly requests?: number;
  readonly errors?: number;
  readonly mean?: number;
  readonly metric?: string;
  readonly endpoint?: string | null;
  readonly status?: number;
  readonly tenant?: string;
};

const columnsOf = (minute: Minute) => {
  const { values, mean } = minute;
  const requests = minute.requests ?? values?.length ?? 0;
  const count = values?.length ?? Math.max(requests, mean === undefined ? 0 : 1);
  const sum = values?.reduce((a, b) => a + b, 0) ?? (mean === undefined ? null : mean * count);
  const only = count === 1 ? (mean ?? null) : null;
  return {
    tenant_id: minute.tenant ?? 't',
    time: minute.at,
    metric_name: minute.metric ?? 'http',
    endpoint: minute.endpoint === undefined ? '/a' : minute.endpoint,
    status_code: minute.status ?? null,
    request_count: requests,
    error_count: minute.errors ?? 0,
    value_count: count,
    value_sum: sum,
    mean: sum === null ? null : sum / count,
    min: values === undefined ? only : Math.min(...values),
    max: values === undefined ? only : Math.max(...values),
    sketch: values === undefined ? null : sketchOf(values),
  };
};

/** The SQL that writes minutes with their marks; a text, so that a test chooses its transaction. */
export const minutes = (rows: readonly Minute[]): string => {
  const json = JSON.stringify(rows.map(columnsOf)).replaceAll("'", "''");
  return `
select monitoring.ensure_partitions(min(time), max(time), 'tb_performance_metric')
from jsonb_to_recordset('${json}') r(time timestamptz);
insert into monitoring.tb_performance_metric
  (tenant_id, time, metric_name, endpoint, status_code, request_count, error_count, value_count, value_sum,
  mean, min, max, sketch)
select * from jsonb_to_recordset('${json}') r(tenant_id text, time timestamptz, metric_name text, endpoint text,
  status_code integer, request_count integer, error_count integer, value_count bigint, value_sum numeric, mean numeric, min numeric, max numeric, sketch jsonb);
insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket)
select distinct tenant_id, date_bin('5 minutes', time, '2000-01-01Z')
from jsonb_to_recordset('${json}') r(tenant_id text, time timestamptz);`;
};

/** Something a user did; `at` is an instant. */
export type Act = {
  readonly at: string;
  readonly user: string;
  readonly module?: string | null;
  readonly feature?: string | null;
  readonly type?: string;
  readonly duration?: number;
  readonly tenant?: string;
};

/** The SQL that writes activity with its marks of hours and days. */
export const acts = (rows: readonly Act[]): string => {
  const json = JSON.stringify(
    rows.map((row) => ({ tenant: 't', module: 'inbox', type: 'action', ...row })),
  ).replaceAll("'", "''");
  const given = `jsonb_to_recordset('${json}') r(at timestamptz, "user" text, module text, feature text, type text,
    duration integer, tenant text)`;
  return `
select monitoring.ensure_partitions(min(at), max(at), 'tb_user_activity') from ${given};
insert into monitoring.tb_user_activity (tenant_id, time, user_id, session_id, activity_type, module, feature, duration)
select tenant, at, "user", 's', type, module, feature, duration from ${given};
insert into monitoring.user_activity_hourly_dirty (tenant_id, bucket)
select distinct tenant, date_trunc('hour', at, 'UTC') from ${given};
insert into monitoring.user_activity_daily_dirty (tenant_id, bucket)
select distinct tenant, date_trunc('day', at, 'UTC') from ${given};`;
};

/** Rolls up all that is marked, as the schedule does. */
export const roll = (world: World): Promise<Rolled> => rollUp(world.ops, () => false);

/** Empties everything that rollups read and write. */
export const clear = (world: World): Promise<void> =>
  world.admin
    .script(`truncate monitoring.tb_performance_metric, monitoring.tb_performance_metric_5min,
    monitoring.tb_performance_metric_hourly, monitoring.tb_user_activity, monitoring.tb_user_activity_hourly,
    monitoring.user_activity_daily, monitoring.user_cohort, monitoring.user_cohort_month, monitoring.pseudonym_key,
    monitoring.performance_metric_5min_dirty, monitoring.performance_metric_hourly_dirty,
    monitoring.user_activity_hourly_dirty, monitoring.user_activity_daily_dirty, monitoring.user_cohort_month_dirty`);

/** What a rollup of metrics holds, with how often each row was written in the place of `xmin`. */
export const held = (world: World, table: '5min' | 'hourly') =>
  ask<Record<string, unknown>>(
    world.admin,
    `select to_char(bucket at time zone 'UTC', 'HH24:MI') as at, metric_name || coalesce(' ' || endpoint, '') as series,
      total_requests as requests, total_errors as errors, avg_error_rate as rate, value_sum as sum, value_count as count,
      min, max, p50, p95, p99, samples, sketch, xmin::text as written
    from monitoring.tb_performance_metric_${table} where tenant_id = 't' order by bucket, 2`,
  );

/** How many marks of all rollups wait. */
export const marks = async (world: World): Promise<number> => {
  const [row] = await ask<{ n: number }>(
    world.admin,
    `select (select count(*) from monitoring.performance_metric_5min_dirty)
      + (select count(*) from monitoring.performance_metric_hourly_dirty)
      + (select count(*) from monitoring.user_activity_hourly_dirty)
      + (select count(*) from monitoring.user_activity_daily_dirty)
      + (select count(*) from monitoring.user_cohort_month_dirty) as n`,
  );
  return row?.n ?? NaN;
};

const mergedColumns = {
  sketch: 'jsonb?',
  sketch_count: 'int8',
  p50: 'numeric?',
  p95: 'numeric?',
  p99: 'numeric?',
} as const;

/** Merges given sketches in the database: what the fragment promises, as a statement of its own. */
export const mergeSketches = statement<{ sketches: readonly Sketch[] }, typeof mergedColumns>({
  title: 'merge sketches',
  on: 'warehouse',
  columns: mergedColumns,
  example: { sketches: [{ '0': 1 }] },
  sql: ({ sketches }) => sql`
select m.* from (
  select array_agg(s.sketch) as sketches from jsonb_array_elements(${JSON.stringify(sketches)}::jsonb) s(sketch)
) g cross join lateral (${mergedSketch(sql`g.sketches`)}) m`,
});
