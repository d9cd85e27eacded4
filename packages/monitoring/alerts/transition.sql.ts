import { sql, type RawBuilder } from 'kysely';

/** How many steps of an alert are kept, the first ten of them always. */
export const keptTransitions = 500;

/**
 * Deletes the middle of what alerts went through, of which there is more than anybody reads; `alerts` are rows with tenant_id
 * and id. An alert that is repeated, or acknowledged and lapses, each minute would have a million steps a year.
 */
export const trimTransitions = (alerts: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  delete from monitoring.alert_transition x
  using ${alerts} g
  cross join lateral (
    select t.id from monitoring.alert_transition t where t.tenant_id = g.tenant_id and t.alert_id = g.id
    order by t.id limit 1 offset 9
  ) begun
  cross join lateral (
    select t.id from monitoring.alert_transition t where t.tenant_id = g.tenant_id and t.alert_id = g.id
    order by t.id desc limit 1 offset ${sql.raw(String(keptTransitions - 10))}
  ) newest
  where x.tenant_id = g.tenant_id and x.alert_id = g.id and x.id > begun.id and x.id <= newest.id`;
