import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { parseDay, type Day } from '@rookery/kernel/day';

/** UTC days of one tenant, half-open. */
export type UsageAsk = { readonly tenantId: string; readonly from: Day; readonly to: Day };

/** The external aggregates of a tenant, in the order of days and metrics; a few rows a day. */
export const readUsage = statement({
  title: 'read external aggregates',
  on: 'warehouse',
  columns: {
    day: 'date',
    metric: 'varchar',
    value: 'int8',
    source: 'varchar',
    updated: 'timestamptz',
  },
  example: { tenantId: 'nobody', from: parseDay('2026-01-01'), to: parseDay('2026-01-31') },
  sql: ({ tenantId, from, to }: UsageAsk) => sql`
select day, metric, value, source, updated from olap.external_daily
where tenant_id = ${tenantId} and day >= ${from}::date and day < ${to}::date
order by day, metric`,
});
