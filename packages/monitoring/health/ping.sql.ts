import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** A ping of a job: how it went, and what it says beside that. */
export type PingRow = {
  readonly tenantId: string;
  readonly id: string;
  readonly status: 'ok' | 'fail';
  readonly message: string | null;
  readonly now: string;
};

// Later than the last, or at the same moment and a failure.
const counts = sql`(h.heartbeat_at is null or g.at > h.heartbeat_at or (g.at = h.heartbeat_at and g.status = 'fail'))`;

/**
 * Notes a ping of a heartbeat; no row without one. An older ping than the last changes nothing, and of two at one moment the
 * one that failed counts: in whatever order they arrive, it is the same.
 */
export const notePing = statement<PingRow, { heartbeat_at: 'timestamptz' }>({
  title: 'note a ping',
  on: 'warehouse',
  columns: { heartbeat_at: 'timestamptz' },
  example: {
    tenantId: 'platform',
    id: 'backup',
    status: 'ok',
    message: null,
    now: '2026-01-01T00:00:00.000Z',
  },
  sql: ({ tenantId, id, status, message, now }) => sql`
update monitoring.tb_service_health h set
  heartbeat_at = greatest(h.heartbeat_at, g.at),
  heartbeat_status = case when ${counts} then g.status else h.heartbeat_status end,
  heartbeat_message = case when ${counts} then g.message else h.heartbeat_message end
from (select ${now}::timestamptz as at, ${status}::text as status, ${message}::text as message) g
where h.tenant_id = ${tenantId} and h.id = ${id} and h.deleted_at is null and h.probe ->> 'kind' = 'heartbeat'
returning h.heartbeat_at`,
});
