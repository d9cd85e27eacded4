import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { World } from '../world/world.ts';

const everyDay = statement({
  title: 'every external figure',
  on: 'warehouse',
  columns: {
    tenant_id: 'text',
    day: 'text',
    metric: 'text',
    value: 'int8',
    source: 'text',
    updated: 'text',
  },
  example: null,
  sql: () => sql`
select tenant_id, day::text, metric, value, source, updated::text from olap.external_daily order by metric, tenant_id, day`,
});

/** Every figure that is kept, by metric, tenant and day. */
export const rowsOf = (world: World) => world.admin.query(everyDay, null);
