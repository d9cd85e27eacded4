import { quantile, sketchOf } from '@rookery/monitoring/sketch/sketch';
import type { World } from '../world/world.ts';

/** A row of a rollup of performance metrics, made of values or of requests whose distribution is unknown; of March 2025. */
export type Row = {
  readonly table: '5min' | 'hourly';
  readonly at: string;
  readonly endpoint: string | null;
  readonly values?: readonly number[];
  readonly requests?: number;
  readonly errors?: number;
  readonly metric?: string;
  readonly tenant?: string;
};

/** So many equal values. */
export const many = (count: number, value: number): number[] =>
  Array.from({ length: count }, () => value);

/** Writes rows of rollups as the job would have, for the tenant acme unless they say another. */
export const put = async (world: World, rows: readonly Row[]) => {
  for (const table of ['5min', 'hourly'])
    await world.admin.script(`
      insert into monitoring.tb_performance_metric_${table} (tenant_id, bucket, metric_name, endpoint, total_requests,
        total_errors, value_count, p50, p95, p99, sketch)
      select * from jsonb_to_recordset('${JSON.stringify(
        rows
          .filter((row) => row.table === table)
          .map(({ at, endpoint, values, requests, errors, metric, tenant }) => {
            const sketch = values === undefined ? null : sketchOf(values);
            const q = (at: number) => (sketch === null ? null : quantile(sketch, at));
            return {
              tenant_id: tenant ?? 'acme',
              bucket: `2025-03-${at}Z`,
              metric_name: metric ?? 'http.request',
              endpoint,
              total_requests: requests ?? values?.length ?? 0,
              total_errors: errors ?? 0,
              value_count: requests ?? values?.length ?? 0,
              p50: q(0.5),
              p95: q(0.95),
              p99: q(0.99),
              sketch,
            };
          }),
      )}') r (tenant_id text, bucket timestamptz, metric_name text, endpoint text, total_requests bigint,
        total_errors bigint, value_count bigint, p50 numeric, p95 numeric, p99 numeric, sketch jsonb)`);
};
