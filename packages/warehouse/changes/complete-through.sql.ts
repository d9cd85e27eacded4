import { sql, type RawBuilder } from 'kysely';

/**
 * The instant before which every change of a tenant is in its facts, as one scalar; null when there is none: nothing was
 * ever found completely, or not of this tenant, or it is left out (olap.tenant has no zone of it).
 * What was found and still waits holds it back to where the facts stood when that was found (olap.pending_*).
 */
export const completeThrough = (tenantId: string): RawBuilder<Date | null> => sql`
(select nullif(least(s.complete_through, (select min(coalesce(p.complete_through, '-infinity')) from (
    select complete_through from olap.pending_cell where tenant_id = ${tenantId}
    union all select complete_through from olap.pending_lead where tenant_id = ${tenantId}) p)), '-infinity')
  from olap.source s
  where s.complete_through is not null
    and exists (select from olap.tenant t where t.tenant_id = ${tenantId} and t.timezone is not null))`;
