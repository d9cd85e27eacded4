import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { exampleWants, type WantArrays } from './wanted.ts';

/** How many users did something in each window, and how much they did; 0 when nobody did anything. */
export const usersOf = statement<WantArrays, { place: 'int4'; users: 'int8'; activities: 'int8' }>({
  title: 'metrics of users',
  on: 'warehouse',
  columns: { place: 'int4', users: 'int8', activities: 'int8' },
  example: exampleWants,
  sql: ({ places, tenants, slots, windows }) => sql`
select w.place, a.users, a.activities
from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[], ${windows}::integer[])
  as w(place, tenant_id, slot, minutes)
cross join lateral (
  select count(distinct a.user_id) as users, count(*) as activities from monitoring.tb_user_activity a
  where a.tenant_id = w.tenant_id and a.time >= w.slot - w.minutes * interval '1 minute' and a.time < w.slot
) a`,
});
