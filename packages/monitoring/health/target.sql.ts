import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { ServiceKey } from './finding.ts';

/** Services to be checked for a slot. */
export type TargetAsk = { readonly slot: string; readonly services: readonly ServiceKey[] };

/** What is asked of services now; those that are gone, switched off, or checked for this slot or a later one are left out. */
export const readTargets = statement<
  TargetAsk,
  { tenant_id: 'text'; id: 'varchar'; probe: 'jsonb'; timeout: 'int4'; retry_count: 'int4' }
>({
  title: 'what is asked of services',
  on: 'warehouse',
  columns: {
    tenant_id: 'text',
    id: 'varchar',
    probe: 'jsonb',
    timeout: 'int4',
    retry_count: 'int4',
  },
  example: {
    slot: '2026-01-01T00:00:00.000Z',
    services: [{ tenantId: 'platform', serviceId: 'api' }],
  },
  sql: ({ slot, services }) => sql`
select h.tenant_id, h.id, h.probe, h.timeout, h.retry_count
from (
  select distinct * from unnest(${services.map(({ tenantId }) => tenantId)}::text[],
    ${services.map(({ serviceId }) => serviceId)}::text[]) as g(tenant_id, id)
) g join monitoring.tb_service_health h on h.tenant_id = g.tenant_id and h.id = g.id
where h.probe is not null and h.is_active and h.deleted_at is null and h.probe ->> 'kind' <> 'heartbeat'
  and (h.checked_slot is null or h.checked_slot < ${slot}::timestamptz)
order by h.tenant_id, h.id`,
});
