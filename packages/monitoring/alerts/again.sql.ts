import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { trimTransitions } from './transition.sql.ts';
import type { Written } from './claim.sql.ts';
import type { Revalued } from './alert.sql.ts';

/**
 * Notes of open alerts, which nobody resolved after they were over, that they breach again. Their revision grows: who resolves
 * an alert that he saw before that is told to look again.
 */
export const breachAgain = statement<Revalued, Written>({
  title: 'note that open alerts breach again',
  on: 'warehouse',
  planned: 'each-time',
  columns: { rows: 'int8' },
  example: { tenants: [], ids: [], values: [], slots: [] },
  sql: ({ tenants, ids, values, slots }) => sql`
with again as (
  update monitoring.tb_alert a set revision = a.revision + 1, updated_at = now()
  from unnest(${tenants}::text[], ${ids}::text[], ${values}::float8[], ${slots}::timestamptz[])
    as g(tenant_id, id, value, slot)
  where a.tenant_id = g.tenant_id and a.id = g.id and case when a.resolved_at is null then true end
  returning a.tenant_id, a.id, a.revision, g.slot, g.value
), trimmed as (
  ${trimTransitions(sql`(select * from again where revision % 100 = 0)`)}
), noted as (
  insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, note, value)
  select tenant_id, id, slot, 'firing', 'it breaches again, and was not resolved before', nullif(value, 'NaN')
  from again order by tenant_id, id
)
select count(*) as rows from again`,
});
