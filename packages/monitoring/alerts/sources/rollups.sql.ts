import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { levels } from '../../rollup/mark.sql.ts';
import { exampleWants, type WantArrays } from './wanted.ts';

/**
 * How long the oldest mark of each rollup has been waiting at each slot, in seconds, 0 without marks. Marks go when their work is
 * done, so that there is nothing to say of slots more than a quarter of an hour ago.
 */
export const oldestMarks = statement<WantArrays, { place: 'int4'; rollup: 'text'; lag: 'float8' }>({
  title: 'metrics of rollups',
  on: 'warehouse',
  columns: { place: 'int4', rollup: 'text', lag: 'float8' },
  example: exampleWants,
  sql: ({ places, tenants, slots }) => sql`
with waiting as materialized (
  ${sql.join(
    levels.map(
      (level) => sql`
  select tenant_id, ${sql.raw(`'${level}'`)} as rollup, min(marked_at) as since from monitoring.${sql.raw(level)}_dirty
  where tenant_id = any (${tenants}::text[]) group by tenant_id`,
    ),
    sql` union all `,
  )}
)
select w.place, l.rollup,
  greatest(0, coalesce(extract(epoch from w.slot - m.since), 0))::float8 as lag
from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[]) as w(place, tenant_id, slot)
cross join unnest(${[...levels]}::text[]) as l(rollup)
left join waiting m on m.tenant_id = w.tenant_id and m.rollup = l.rollup
where w.slot >= now() - interval '15 minutes'`,
});
