import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Sighting } from './session.ts';

/**
 * Adds what was seen of sessions, each thing once, to their rows: whatever the order and the batches in which it comes, the
 * same rows come out. So a session spans all that was seen of it; where things differ that a session has once (its user, its
 * device), the first in the alphabet stays; once its user has ended it, it stays ended, at the last thing seen; one that was
 * ended for being idle is open again when something later is seen. In order of the sessions: batches do not lock each other.
 */
export const addSightings = statement<
  { tenantId: string; sightings: readonly Sighting[] },
  { sessions: 'int8' }
>({
  title: 'add sightings of sessions',
  on: 'warehouse',
  columns: { sessions: 'int8' },
  example: { tenantId: 'a', sightings: [] },
  sql: ({ tenantId, sightings }) => sql`
with seen as (
  select g.session_id, min(g.user_id) as user_id, min(g.time) as first_seen, max(g.time) as last_seen,
    bool_or(g.event = 'end') as ended,
    count(*) filter (where g.event = 'page-view')::integer as page_views,
    count(*) filter (where g.event in ('action', 'feature-use'))::integer as actions,
    min(g.device_type) as device_type, min(g.browser) as browser, min(g.os) as os, min(g.ip_address) as ip_address,
    (array_agg(coalesce(g.metadata, '{}') order by g.metadata desc nulls last))[1] as metadata
  from jsonb_to_recordset(${JSON.stringify(sightings)}::jsonb) as g(session_id text, user_id text, time timestamptz,
    event text, device_type text, browser text, os text, ip_address inet, metadata jsonb)
  group by g.session_id
),
written as (
  insert into monitoring.tb_user_session as s (tenant_id, id, user_id, started_at, last_seen, ended_at, ended_by, duration,
    page_views, actions, device_type, browser, os, ip_address, metadata)
  select ${tenantId}::text, n.session_id, n.user_id, n.first_seen, n.last_seen, case when n.ended then n.last_seen end,
    case when n.ended then 'user' end,
    case when n.ended then floor(extract(epoch from n.last_seen - n.first_seen))::integer end,
    n.page_views, n.actions, n.device_type, n.browser, n.os, n.ip_address, n.metadata
  from seen n
  order by n.session_id
  on conflict (tenant_id, id) do update set
    user_id = least(s.user_id, excluded.user_id),
    started_at = least(s.started_at, excluded.started_at),
    last_seen = greatest(s.last_seen, excluded.last_seen),
    page_views = coalesce(s.page_views, 0) + excluded.page_views,
    actions = coalesce(s.actions, 0) + excluded.actions,
    device_type = least(s.device_type, excluded.device_type),
    browser = least(s.browser, excluded.browser),
    os = least(s.os, excluded.os),
    ip_address = least(s.ip_address, excluded.ip_address),
    metadata = greatest(s.metadata, excluded.metadata),
    (ended_at, ended_by, duration) = (
      select e.ended_at, e.ended_by,
        floor(extract(epoch from e.ended_at - least(s.started_at, excluded.started_at)))::integer
      from (
        select case when 'user' in (s.ended_by, excluded.ended_by) then greatest(s.last_seen, excluded.last_seen)
            when excluded.last_seen <= s.last_seen then s.ended_at end as ended_at,
          case when 'user' in (s.ended_by, excluded.ended_by) then 'user'
            when excluded.last_seen <= s.last_seen then s.ended_by end as ended_by
      ) e)
  returning 1
)
select count(*) as sessions from written`,
});
