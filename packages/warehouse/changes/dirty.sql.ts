import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';

/** The tenants to look at, with their zones: two arrays of equal length. */
export type Zones = {
  readonly tenantIds: readonly string[];
  readonly timezones: readonly string[];
};

const cell = { tenant_id: 'text', day: 'date', emails: 'int8' } as const;

// E-mails and warm-up messages of the tenants, on the local day they were sent; rows of unknown tenants are left out.
const sized = ({ tenantIds, timezones }: Zones, where: RawBuilder<unknown>) => sql`
select e.tenant_id, (e.sent_at at time zone z.timezone)::date as day, count(*) as emails
from unnest(${tenantIds}::text[], ${timezones}::text[]) as z(tenant_id, timezone)
join (
  select e.tenant_id, e.sent_at from source.emails e where e.sent_at is not null and ${where}
  union all
  select e.tenant_id, e.sent_at from source.warmup_messages e where e.sent_at is not null and ${where}
) e using (tenant_id)
group by 1, 2
order by 1, 2`;

/** Layer 1 of D10: the cells of rows stamped since a moment. Uses the index on updated_at. */
export const changedSince = statement<Zones & { since: Date }, typeof cell>({
  title: 'cells changed since',
  on: 'source',
  columns: cell,
  example: { tenantIds: [], timezones: [], since: new Date(0) },
  sql: ({ since, ...zones }) =>
    sized(zones, sql`e.updated_at >= ${since.toISOString()}::timestamptz`),
});

/**
 * Layer 2 of D10: the cells of row versions whose writer had not finished at the last sweep, whatever their clocks say.
 * xmin has no index: a sequential scan, 0.9–1.2 s for 3 M rows (guide/reliability.md §2.2), hence hourly.
 */
export const changedSinceXmin = statement<Zones & { xmin: string }, typeof cell>({
  title: 'cells changed since xmin',
  on: 'source',
  columns: cell,
  example: { tenantIds: [], timezones: [], xmin: '3' },
  sql: ({ xmin, ...zones }) => sized(zones, sql`age(e.xmin) <= age(${xmin}::xid8::xid)`),
});

/** Every cell that has e-mails or warm-up messages from `from` on: backfills and the nightly recompute. */
export const cellsFrom = statement<Zones & { from: string; to: string }, typeof cell>({
  title: 'cells from',
  on: 'source',
  columns: cell,
  example: { tenantIds: [], timezones: [], from: '2026-01-01', to: '2026-01-02' },
  // A day either side of UTC covers every zone (-12 to +14); the outer filter is exact.
  sql: ({ from, to, ...zones }) => sql`
select * from (${sized(
    zones,
    sql`e.sent_at >= (${from}::date - 1)::timestamp at time zone 'UTC'
      and e.sent_at < (${to}::date + 1)::timestamp at time zone 'UTC'`,
  )}) c
where c.day >= ${from}::date and c.day < ${to}::date
order by 1, 2`,
});
