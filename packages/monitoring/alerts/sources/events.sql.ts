import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { exampleWants, type WantArrays } from './wanted.ts';

/**
 * Events that the tracking plan refused in each window, by the reason. Read by the index on tenant and time: beside a million
 * rejections of 100 tenants 1,000 wants of five minutes take 13 to 22 ms, and of a day 160 to 240 ms (2026-11).
 */
export const rejectionsIn = statement<
  WantArrays,
  { wants: '_int4'; code: 'varchar'; rejections: 'int8' }
>({
  title: 'metrics of rejected events',
  on: 'warehouse',
  columns: { wants: '_int4', code: 'varchar', rejections: 'int8' },
  example: exampleWants,
  sql: ({ places, tenants, slots, windows }) => sql`
with span as (
  select w.tenant_id, w.slot - w.minutes * interval '1 minute' as starts, w.slot as ends,
    array_agg(w.place order by w.place)::integer[] as wants
  from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[], ${windows}::integer[])
    as w(place, tenant_id, slot, minutes)
  group by w.tenant_id, w.slot, w.minutes
)
select s.wants, r.code, r.rejections
from span s cross join lateral (
  select e.code, count(*) as rejections from monitoring.rejected_event e
  where e.tenant_id = s.tenant_id and e.rejected_at >= s.starts and e.rejected_at < s.ends
  group by e.code
) r`,
});
