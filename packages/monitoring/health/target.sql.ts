import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { secondsOf } from './interval.sql.ts';
import type { ServiceKey } from './finding.ts';

/** Services to be checked for a slot. */
export type TargetAsk = { readonly slot: string; readonly services: readonly ServiceKey[] };

const columns = {
  tenant_id: 'text',
  id: 'varchar',
  probe: 'jsonb',
  timeout: 'int4',
  retry_count: 'int4',
  revision: 'int4',
} as const;

/**
 * What is asked of services now; those that are gone, switched off, or checked for this slot or a later one are left out. So
 * are those that were given out again meanwhile, whose turn is in a later message: a queue that is behind catches up.
 */
export const readTargets = statement<TargetAsk, typeof columns>({
  title: 'what is asked of services',
  on: 'warehouse',
  columns,
  example: {
    slot: '2026-01-01T00:00:00.000Z',
    services: [{ tenantId: 'platform', serviceId: 'api' }],
  },
  sql: ({ slot, services }) => sql`
select h.tenant_id, h.id, h.probe, h.timeout, h.retry_count, h.revision
from (
  select distinct * from unnest(${services.map(({ tenantId }) => tenantId)}::text[],
    ${services.map(({ serviceId }) => serviceId)}::text[]) as g(tenant_id, id)
) g join monitoring.tb_service_health h on h.tenant_id = g.tenant_id and h.id = g.id
where h.probe is not null and h.is_active and h.deleted_at is null and h.probe ->> 'kind' <> 'heartbeat'
  and (h.checked_slot is null or h.checked_slot < ${slot}::timestamptz)
  -- Who is given out at a slot is due again an interval later at most; who is due later than that was given out since.
  and (h.next_check_at is null or h.next_check_at <= ${slot}::timestamptz + ${secondsOf('h')} * interval '1 second')
order by h.tenant_id, h.id`,
});
