import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { secondsOf } from './interval.sql.ts';
import { covered, noCovers, type Covers } from './window.sql.ts';

/** A slot of the schedule, and what is under maintenance then. */
export type DueAsk = { readonly slot: string; readonly covers: Covers };

/**
 * Gives out every service that is due at a slot and says when it is due next: its interval is cut into slots of its own,
 * which begin at a moment that its name decides, so that a thousand services of five minutes are not due at once, and a slot
 * that comes late or again finds nothing. Rows that another look-up holds are waited for, not skipped: what that one gave
 * out is not due any more, and what it could not send still is.
 */
export const giveOutDue = statement<
  DueAsk,
  { tenant_id: 'text'; id: 'varchar'; family: 'varchar' }
>({
  title: 'give out the services that are due',
  on: 'warehouse',
  columns: { tenant_id: 'text', id: 'varchar', family: 'varchar' },
  example: { slot: '2026-01-01T00:00:00.000Z', covers: noCovers },
  sql: ({ slot, covers }) => sql`
with recursive ${covered(covers)}, due as materialized (
  select h.tenant_id, h.id, ${secondsOf('h')} as seconds,
    (hashtextextended(h.tenant_id || ' ' || h.id, 0) & 1048575) % ${secondsOf('h')} as phase
  from monitoring.tb_service_health h
  where h.probe is not null and h.is_active and h.deleted_at is null and h.probe ->> 'kind' <> 'heartbeat'
    and (h.next_check_at <= ${slot}::timestamptz or h.next_check_at is null)
    and (h.tenant_id, h.id) not in (select c.tenant_id, c.id from covered c)
  order by h.tenant_id, h.id
  for no key update of h
)
update monitoring.tb_service_health h set next_check_at = to_timestamp(
  (floor((extract(epoch from ${slot}::timestamptz) - d.phase) / d.seconds) + 1) * d.seconds + d.phase)
from due d
where h.tenant_id = d.tenant_id and h.id = d.id
returning h.tenant_id, h.id, coalesce(h.parent_id, h.id) as family`,
});
