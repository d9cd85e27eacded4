import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Keys } from './dispatch-write.sql.ts';

/** Notes which windows of maintenance are open: those that are named, and no others; what is noted is not written again. */
export const noteOpenWindows = statement({
  title: 'note which windows of maintenance are open',
  on: 'warehouse',
  columns: {},
  example: { tenants: ['nobody'], ids: ['none'], now: '2025-01-01T00:00:00.000Z' },
  sql: ({ tenants, ids, now }: Keys & { now: string }) => sql`
with open as materialized (select * from unnest(${tenants}::text[], ${ids}::text[]) k(tenant_id, id)
), changed as materialized (
  select w.tenant_id, w.id, o.id is not null as is_open
  from monitoring.maintenance_window w left join open o on o.tenant_id = w.tenant_id and o.id = w.id
  where (o.id is not null) <> (w.open_since is not null)
  order by w.tenant_id, w.id for no key update of w
)
update monitoring.maintenance_window w set open_since = case when c.is_open then ${now}::timestamptz end
from changed c where w.tenant_id = c.tenant_id and w.id = c.id`,
});

/** The windows of maintenance that the dispatch last saw open and that have not expired since. */
export const readOpenWindows = statement({
  title: 'read the windows of maintenance that are open',
  on: 'warehouse',
  columns: { tenant_id: 'text', services: '_text', name: 'varchar' },
  example: { tenantId: 'nobody', now: '2025-01-01T00:00:00.000Z' },
  sql: ({ tenantId, now }: { tenantId: string; now: string }) => sql`
select tenant_id, services, name from monitoring.maintenance_window
where tenant_id = ${tenantId} and open_since is not null and ends_at > ${now}::timestamptz
order by tenant_id, id`,
});
