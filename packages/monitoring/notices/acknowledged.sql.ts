import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Keys } from './dispatch-write.sql.ts';

/**
 * The pagers that were told of given alerts and not yet that somebody took them on. An acknowledgement that is made longer
 * is the same one, and one after it lapsed another: when it began is part of its notice's key. 1,000 acknowledged alerts
 * among 100,000 and 100,000 notices: 4,039 buffers, 28 ms (two busy cores, 2026-11).
 */
export const readUntoldPagers = statement({
  title: 'read the pagers that wait to hear of an acknowledgement',
  on: 'warehouse',
  planned: 'each-time',
  columns: { tenant_id: 'text', alert_id: 'varchar', recipient: 'text', decision: 'text' },
  example: { tenants: ['nobody'], ids: ['none'] },
  sql: ({ tenants, ids }: Keys) => sql`
select a.tenant_id, a.id as alert_id, p.recipient, p.decision
from unnest(${tenants}::text[], ${ids}::text[]) k(tenant_id, id)
join monitoring.tb_alert a on a.tenant_id = k.tenant_id and a.id = k.id
cross join lateral (
  select distinct s ->> 'recipient' as recipient,
    'acknowledged:' || a.id || ':' || extract(epoch from a.acknowledged_at)::text as decision
  -- A row that one tenant wrote askew must not keep all others from being told.
  from jsonb_array_elements(case jsonb_typeof(a.notifications_sent) when 'array' then a.notifications_sent else '[]' end) s
  where s ->> 'channel' = 'pagerduty'
) p
where a.status = 'acknowledged' and p.decision is not null
  and not exists (select from monitoring.notice n
    where n.tenant_id = a.tenant_id and n.dedup_key = p.decision || ':pagerduty:' || p.recipient)
order by a.tenant_id, a.id, p.recipient`,
});
