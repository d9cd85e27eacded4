import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { exampleWants, type WantArrays } from './wanted.ts';

/** Wants of metrics by the names under which they are reported, and how far back the newest minute may lie. */
export type ReportedWanted = WantArrays & {
  readonly metrics: readonly string[];
  readonly lookbacks: readonly number[];
};

const columns = {
  wants: '_int4',
  at: 'timestamptz',
  tags: 'jsonb?',
  endpoint: 'text?',
  method: 'text?',
  status_code: 'text?',
  value: 'float8',
  samples: 'int8',
} as const satisfies Columns;

/** The newest minute of each series of a reported metric that was over at the slot; it counts as measured at its end. */
export const newestMinutes = statement<ReportedWanted, typeof columns>({
  title: 'metrics as they are reported',
  on: 'warehouse',
  columns,
  example: { ...exampleWants, metrics: ['pool_size'], lookbacks: [300] },
  sql: ({ places, tenants, slots, metrics, lookbacks }) => sql`
with span as materialized (
  select w.tenant_id, w.metric_name, w.slot, w.seconds, array_agg(w.place order by w.place)::integer[] as wants
  from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[], ${metrics}::text[], ${lookbacks}::integer[])
    as w(place, tenant_id, slot, metric_name, seconds)
  group by w.tenant_id, w.metric_name, w.slot, w.seconds
)
select s.wants, p.time + interval '1 minute' as at, p.tags, p.endpoint::text as endpoint, p.method::text as method,
  p.status_code::text as status_code, p.value, p.samples
from span s cross join lateral (
  select distinct on (m.endpoint, m.method, m.status_code, m.tags_hash) m.time, m.tags, m.endpoint, m.method, m.status_code,
    coalesce(m.value_sum / nullif(m.value_count, 0), m.mean, m.throughput, m.request_count)::float8 as value,
    greatest(m.value_count, m.request_count, 1) as samples
  from monitoring.tb_performance_metric m
  where m.tenant_id = s.tenant_id and m.metric_name = s.metric_name
    and m.time <= s.slot - interval '1 minute'
    and m.time >= s.slot - interval '1 minute' - s.seconds * interval '1 second'
  order by m.endpoint, m.method, m.status_code, m.tags_hash, m.time desc
) p`,
});
