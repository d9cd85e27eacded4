import { sql } from 'kysely';
import type { Day } from '@rookery/kernel/day';
import { startOfDay } from '../facts/local-day.sql.ts';
import { statement } from '@rookery/db/statement';

/** Days that no billing period holds yet, each with the period its tenant's anchor cuts around it. */
export type Uncovered = {
  readonly tenantId: string;
  readonly timezone: string;
  readonly days: readonly Day[];
  readonly firsts: readonly Day[];
  readonly ends: readonly Day[];
};

// The instants of a period `b` in a zone, kept clear of closed neighbours that were cut in another one.
const boundsIn = (timezone: string) => ({
  start: sql`greatest(${startOfDay(sql`b.first_day`, sql`${timezone}`)},
      (select max(c.period_end) from existing c where c.state = 'closed' and c.first_day < b.first_day))`,
  end: sql`least(${startOfDay(sql`b.end_day`, sql`${timezone}`)},
      (select min(c.period_start) from existing c where c.state = 'closed' and c.first_day > b.first_day))`,
});

/**
 * Makes the missing billing periods and lets the open ones follow a changed time zone.
 * A new period is clamped between its neighbours, so a changed anchor or zone never overlaps what exists;
 * closed periods never move. Run it under the tenant's lock.
 */
export const coverDays = statement<Uncovered, { made: 'int8'; shifted: 'int8' }>({
  title: 'make billing periods',
  on: 'warehouse',
  columns: { made: 'int8', shifted: 'int8' },
  example: { tenantId: 'nobody', timezone: 'UTC', days: [], firsts: [], ends: [] },
  sql: ({ tenantId, timezone, days, firsts, ends }) => {
    const bounds = boundsIn(timezone);
    return sql`
with existing as materialized (
  select * from olap.billing_analytics where tenant_id = ${tenantId}
), wanted as (
  select distinct
    greatest(w.first_day, (select max(b.end_day) from existing b where b.end_day <= w.day)) as first_day,
    least(w.end_day, (select min(b.first_day) from existing b where b.first_day > w.day)) as end_day
  from unnest(${days}::date[], ${firsts}::date[], ${ends}::date[]) as w(day, first_day, end_day)
), shifted as (
  update olap.billing_analytics b set
    period_start = ${bounds.start}, period_end = ${bounds.end}, timezone = ${timezone}, updated = now()
  where b.tenant_id = ${tenantId} and b.state = 'open' and b.timezone is distinct from ${timezone}
  returning 1
), made as (
  insert into olap.billing_analytics (tenant_id, first_day, end_day, period_start, period_end, timezone)
  select ${tenantId}, b.first_day, b.end_day, ${bounds.start}, ${bounds.end}, ${timezone}
  from wanted b
  order by b.first_day
  on conflict (tenant_id, first_day) do nothing
  returning 1
)
select (select count(*) from made) as made, (select count(*) from shifted) as shifted`;
  },
});
