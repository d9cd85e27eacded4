import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { mergedSketch } from '../sketch/sketch.sql.ts';
import type { SeriesMinute } from './write-series.ts';

/**
 * Adds series minutes, of one tenant and each once, to those that are there; marks their 5 minutes for the rollup and names
 * their metrics in the catalogue. Sorted by who gives them, so that two batches never wait for each other.
 * Merging is paid where two reports meet only: the subquery runs for rows in conflict. 500 new rows with 30 values each
 * through the whole worker, claim and sketching included: 1.5 times a bare insert of the same rows; 500 merges 4.8 times
 * (110, 75 and 359 ms on a busy laptop with 200,000 rows there, 2026-11).
 */
export const addSeriesMinutes = statement<
  { tenantId: string; rows: readonly SeriesMinute[] },
  { written: 'int8' }
>({
  title: 'add series minutes',
  on: 'warehouse',
  columns: { written: 'int8' },
  example: { tenantId: 'a', rows: [] },
  sql: ({ tenantId, rows }) => sql`
with given as materialized (
  select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(
    time timestamptz, metric_name text, metric_type monitoring.metric_type, endpoint text, method text, status_code integer,
    tags jsonb, request_count integer, error_count integer, throughput numeric, mean numeric, min numeric, max numeric,
    sketch jsonb, p50 numeric, p95 numeric, p99 numeric)
),
catalogued as (
  insert into monitoring.metric_catalogue (tenant_id, metric_name, metric_type)
  select distinct on (g.metric_name) ${tenantId}::text, g.metric_name, g.metric_type from given g
  where not exists (select from monitoring.metric_catalogue c
    where c.tenant_id = ${tenantId}::text and c.metric_name = g.metric_name)
  order by g.metric_name, g.metric_type
  on conflict do nothing
),
marked as (
  insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket)
  select distinct ${tenantId}::text, date_bin('5 minutes', g.time, '2000-01-01Z') from given g
),
written as (
  insert into monitoring.tb_performance_metric as m (tenant_id, time, metric_name, endpoint, method, status_code, tags,
    request_count, error_count, error_rate, throughput, mean, min, max, sketch, p50, p95, p99)
  select ${tenantId}::text, g.time, g.metric_name, g.endpoint, g.method, g.status_code, g.tags, g.request_count,
    g.error_count, 100.0 * g.error_count / nullif(g.request_count, 0), g.throughput, g.mean, g.min, g.max, g.sketch,
    g.p50, g.p95, g.p99
  from given g
  on conflict on constraint tb_performance_metric_series do update set
    request_count = m.request_count + excluded.request_count,
    error_count = m.error_count + excluded.error_count,
    error_rate = 100.0 * (m.error_count + excluded.error_count) / nullif(m.request_count + excluded.request_count, 0),
    throughput = m.throughput + excluded.throughput,
    min = least(m.min, excluded.min),
    max = greatest(m.max, excluded.max),
    (sketch, p50, p95, p99, mean) = (
      select s.sketch, s.p50, s.p95, s.p99, case when (m.sketch is null) = (excluded.sketch is null) then
        (m.mean * w.before + excluded.mean * w.added) / nullif(w.before + w.added, 0) end
      from (${mergedSketch(sql`array[m.sketch, excluded.sketch]`)}) s
      cross join lateral (
        select coalesce(sum(e.value::bigint), excluded.request_count) as added,
          case when m.sketch is null then m.request_count else s.sketch_count - sum(e.value::bigint) end as before
        from jsonb_each_text(excluded.sketch) e
      ) w)
  returning 1
)
select count(*) as written from written`,
});
