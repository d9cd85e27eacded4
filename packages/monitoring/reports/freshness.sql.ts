import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** The buckets that a report reads of the rollups of performance metrics: half-open instants, ISO 8601. */
export type PerformanceSpan = {
  readonly tenantId: string;
  readonly from: string;
  readonly to: string;
};

/**
 * When rollups of performance metrics are read, and up to when what was written is in them: the oldest mark that waits
 * in the span. Read it before the rollups it stands for, because a mark goes in the transaction that does its work.
 */
export const performanceFreshness = statement<
  PerformanceSpan,
  { as_of: 'timestamptz'; complete_through: 'timestamptz' }
>({
  title: 'freshness of the performance rollups of a tenant',
  on: 'warehouse',
  columns: { as_of: 'timestamptz', complete_through: 'timestamptz' },
  example: { tenantId: 'nobody', from: '2025-03-10T00:00:00Z', to: '2025-03-11T00:00:00Z' },
  sql: ({ tenantId, from, to }) => sql`
select now() as as_of, coalesce(least(f.since, h.since), now()) as complete_through
from (select min(marked_at) as since from monitoring.performance_metric_5min_dirty
    where tenant_id = ${tenantId} and bucket >= ${from}::timestamptz and bucket < ${to}::timestamptz) f,
  (select min(marked_at) as since from monitoring.performance_metric_hourly_dirty
    where tenant_id = ${tenantId} and bucket >= ${from}::timestamptz and bucket < ${to}::timestamptz) h`,
});

/** The moment of a read of what is written as it comes: complete up to it, because nothing is derived. */
export const momentOfRead = statement<
  null,
  { as_of: 'timestamptz'; complete_through: 'timestamptz' }
>({
  title: 'moment of a read of monitoring',
  on: 'warehouse',
  columns: { as_of: 'timestamptz', complete_through: 'timestamptz' },
  example: null,
  sql: () => sql`select now() as as_of, now() as complete_through`,
});
