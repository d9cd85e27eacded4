import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { mergedSketch } from '../sketch/sketch.sql.ts';
import type { SeriesMinute } from './write-series.ts';

// A figure of two reports, each of them of values; one of no values leaves the other's as it is.
const joint = (figure: string, ofBoth: string) =>
  sql.raw(
    `case when excluded.value_count = 0 then m.${figure} when m.value_count = 0 then excluded.${figure} else ${ofBoth} end`,
  );

// Names are the senders': a catalogue without end would be theirs to make. It is counted for batches with new names only,
// and batches beside one another may pass it by what they bring.
const mostMetrics = 10_000;

/**
 * Adds series minutes, of one tenant and each once, to those that are there; marks their 5 minutes for the rollup and names
 * their metrics in the catalogue, up to 10,000 of a tenant; a metric beyond them counts all the same. Sorted by who gives
 * them, so that two batches never wait for each other. Merging is paid where two reports meet only: the subquery runs for rows
 * in conflict. 500 new rows with 30 values each through the whole worker, claims and marks included, are 20 ms of backend CPU
 * in a table of 1,000,000, a bare insert of the same rows as one text of values 23; 500 merges are 61 (2026-11).
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
    tags jsonb, request_count integer, error_count integer, throughput numeric, value_count bigint, value_sum numeric,
    mean numeric, min numeric, max numeric, sketch jsonb, p50 numeric, p95 numeric, p99 numeric)
),
unnoted as materialized (
  select distinct on (g.metric_name) g.metric_name, g.metric_type from given g
  where not exists (select from monitoring.metric_catalogue c
    where c.tenant_id = ${tenantId}::text and c.metric_name = g.metric_name)
  order by g.metric_name, g.metric_type
),
catalogued as (
  insert into monitoring.metric_catalogue (tenant_id, metric_name, metric_type)
  select ${tenantId}::text, u.metric_name, u.metric_type from unnoted u order by u.metric_name
  limit (select case when exists (select from unnoted) then greatest(0, ${mostMetrics}::integer - (
    select count(*) from monitoring.metric_catalogue c where c.tenant_id = ${tenantId}::text)) else 0 end)
  on conflict do nothing
),
marked as (
  insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket)
  select distinct ${tenantId}::text, date_bin('5 minutes', g.time, '2000-01-01Z') from given g
),
written as (
  insert into monitoring.tb_performance_metric as m (tenant_id, time, metric_name, endpoint, method, status_code, tags,
    request_count, error_count, error_rate, throughput, value_count, value_sum, mean, min, max, sketch, p50, p95, p99)
  select ${tenantId}::text, g.time, g.metric_name, g.endpoint, g.method, g.status_code, g.tags, g.request_count,
    g.error_count, 100.0 * g.error_count / nullif(g.request_count, 0), g.throughput, g.value_count, g.value_sum,
    g.mean, g.min, g.max, g.sketch, g.p50, g.p95, g.p99
  from given g
  on conflict on constraint tb_performance_metric_series do update set
    request_count = m.request_count + excluded.request_count,
    error_count = m.error_count + excluded.error_count,
    error_rate = 100.0 * (m.error_count + excluded.error_count) / nullif(m.request_count + excluded.request_count, 0),
    throughput = m.throughput + excluded.throughput,
    value_count = m.value_count + excluded.value_count,
    value_sum = ${joint('value_sum', 'm.value_sum + excluded.value_sum')},
    mean = ${joint('mean', '(m.value_sum + excluded.value_sum) / (m.value_count + excluded.value_count)')},
    min = ${joint('min', 'case when m.min + excluded.min is not null then least(m.min, excluded.min) end')},
    max = ${joint('max', 'case when m.max + excluded.max is not null then greatest(m.max, excluded.max) end')},
    (sketch, p50, p95, p99) = (
      select ${joint('sketch', 's.sketch')}, ${joint('p50', 's.p50')}, ${joint('p95', 's.p95')}, ${joint('p99', 's.p99')}
      from (${mergedSketch(sql`case when m.sketch is not null and excluded.sketch is not null and m.value_count > 0
        and excluded.value_count > 0 then array[m.sketch, excluded.sketch] end`)}) s)
  returning 1
)
select count(*) as written from written`,
});
