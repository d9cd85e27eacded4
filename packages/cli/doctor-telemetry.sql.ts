import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** Events that the tracking plan refused in the last day, of how many tenants, and why most of them; null when there are none. */
export const rejectedOfDay = statement({
  title: 'events rejected in the last day',
  on: 'warehouse',
  columns: { events: 'int8', tenants: 'int8', code: 'varchar?' },
  example: {},
  sql: () => sql`
select count(*) as events, count(distinct tenant_id) as tenants, mode() within group (order by code) as code
from monitoring.rejected_event where rejected_at >= now() - interval '1 day'`,
});

/** The newest day of the external aggregates; null when there is none. */
export const newestExternalDay = statement({
  title: 'the newest day of external aggregates',
  on: 'warehouse',
  columns: { day: 'date?' },
  example: {},
  sql: () => sql`select max(day) as day from olap.external_daily`,
});
