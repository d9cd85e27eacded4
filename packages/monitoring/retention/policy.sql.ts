import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** What holds for a tenant's rows of a table, in days: its own policy, else that of the platform. */
export const readPolicy = statement({
  title: 'read a policy of retention',
  on: 'warehouse',
  columns: { keep_days: 'int4', anonymise_after_days: 'int4?' },
  example: { tenantId: 'platform', table: 'tb_alert' },
  sql: ({ tenantId, table }: { tenantId: string; table: string }) => sql`
select coalesce(o.keep_days, p.keep_days) as keep_days,
  coalesce(o.anonymise_after_days, p.anonymise_after_days) as anonymise_after_days
from monitoring.retention_policy p
left join monitoring.retention_policy o on o.tenant_id = ${tenantId} and o.table_name = p.table_name
where p.tenant_id = 'platform' and p.table_name = ${table}`,
});
