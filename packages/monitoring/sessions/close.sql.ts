import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/**
 * Ends up to `limit` open sessions of all tenants that were last seen at or before a moment: at the moment each was last
 * seen. Sessions that somebody else is writing are left to the next run, and so is nothing else.
 */
export const closeIdle = statement<{ idleSince: Date; limit: number }, { closed: 'int8' }>({
  title: 'close idle sessions',
  on: 'warehouse',
  columns: { closed: 'int8' },
  example: { idleSince: new Date(0), limit: 1_000 },
  sql: ({ idleSince, limit }) => sql`
with idle as (
  select s.tenant_id, s.id from monitoring.tb_user_session s
  where s.ended_at is null and s.last_seen <= ${idleSince.toISOString()}::timestamptz
    and s.started_at <= ${idleSince.toISOString()}::timestamptz
  order by s.started_at
  limit ${limit}::integer
  for update skip locked
),
closed as (
  update monitoring.tb_user_session s set
    ended_at = greatest(s.last_seen, s.started_at),
    ended_by = 'idle',
    duration = floor(extract(epoch from greatest(s.last_seen, s.started_at) - s.started_at))::integer
  from idle
  where s.tenant_id = idle.tenant_id and s.id = idle.id
  returning 1
)
select count(*) as closed from closed`,
});
