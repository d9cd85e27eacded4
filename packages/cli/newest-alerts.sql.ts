import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** The alerts of a tenant that began last, the newest first. */
export const newestAlerts = statement({
  title: 'newest alerts of a tenant',
  on: 'warehouse',
  columns: { id: 'varchar', status: 'text', message: 'text', triggered_at: 'timestamptz' },
  example: { tenantId: 'nobody', most: 5 },
  sql: ({ tenantId, most }: { readonly tenantId: string; readonly most: number }) => sql`
select a.id, a.status::text as status, a.message, a.triggered_at
from monitoring.tb_alert a
where a.tenant_id = ${tenantId}
order by a.triggered_at desc, a.id desc limit ${most}`,
});
