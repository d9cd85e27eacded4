import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/**
 * The tenants that anything is known of, the one that is asked for first, then those that begin like it: those of the
 * warehouse, those with an API key, those with rules or services, and those with a compliance audit. Run it as rookery_ops, who sees every tenant.
 */
export const knownTenants = statement({
  title: 'tenants that anything is known of',
  on: 'warehouse',
  columns: { tenant_id: 'text', tenants: 'int8' },
  example: { tenantId: 'nobody', most: 6 },
  sql: ({ tenantId, most }: { readonly tenantId: string; readonly most: number }) => sql`
with known as (
  select tenant_id from olap.tenant
  union select tenant_id from monitoring.api_key
  union select tenant_id from monitoring.tb_alert_rule
  union select tenant_id from monitoring.tb_service_health
  union select tenant_id from olap.audit_chain
)
select tenant_id, count(*) over () as tenants from known
order by tenant_id <> ${tenantId}, left(tenant_id, 2) <> left(${tenantId}, 2), tenant_id limit ${most}`,
});
