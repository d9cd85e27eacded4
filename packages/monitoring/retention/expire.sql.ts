import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Batch } from './batch.sql.ts';

/**
 * The objects of the archive that are older than the policy of their archive allows, counted from their newest row, and that
 * no run has removed. Their category counts as it counts for the rows, and so do holds on either table.
 */
export const expired = (now: Date): RawBuilder<unknown> => sql`
select r.tenant_id, r.table_name || '_archive' as table_name, o.name, o.rows, o.oldest, o.newest, late.why
from monitoring.retention_run r
cross join lateral jsonb_to_recordset(coalesce(r.detail->'objects', '[]'))
  as o(name text, rows bigint, category text, oldest timestamptz, newest timestamptz)
join monitoring.retention_policy p on p.tenant_id = 'platform' and p.table_name = r.table_name || '_archive'
left join monitoring.retention_policy t
  on t.tenant_id = r.tenant_id and t.tenant_id <> 'platform' and t.table_name = p.table_name
cross join lateral (
  select bool_or(k.keep_days is null) as for_ever, max(k.keep_days) as keep_days from monitoring.retention_category k
  where k.tenant_id in ('platform', r.tenant_id) and k.category = o.category) c
cross join lateral (select case when exists (
  select from monitoring.legal_hold h
  where h.tenant_id = r.tenant_id and h.table_name in (r.table_name, p.table_name) and h.released_at is null
    and o.newest >= h.held_from and o.oldest < coalesce(h.held_until, 'infinity')) then 'a legal hold keeps them'
  end as why) late
where r.action = 'archive' and c.for_ever is not true
  and o.newest < ${now}::timestamptz - coalesce(c.keep_days, t.keep_days, p.keep_days) * interval '24 hours'
  and not exists (select from monitoring.retention_run gone
    where gone.tenant_id = r.tenant_id and gone.action = 'expire' and gone.detail->'removed' ? o.name)`;

/** The names of a tenant's objects that are to be removed from the archive of a table, oldest first, and their rows. */
export const readExpired = statement({
  title: 'read the objects of the archive that are beyond their time',
  on: 'warehouse',
  columns: { name: 'text', rows: 'int8' },
  example: {
    table: 'tb_audit_event_archive',
    tenantId: 'nobody',
    now: new Date('2026-01-01T00:00:00Z'),
    most: 1,
  },
  sql: ({ table, tenantId, now, most }: Batch) => sql`
select distinct on (x.newest, x.name) x.name, x.rows from (${expired(now)}) x
where x.tenant_id = ${tenantId} and x.table_name = ${table} and x.why is null
order by x.newest, x.name limit ${most}::integer`,
});
