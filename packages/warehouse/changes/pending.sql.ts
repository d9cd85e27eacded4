import { sql } from 'kysely';
import { parseDay, type Day } from '@rookery/kernel/day';
import { statement } from '@rookery/db/statement';
import type { Fence } from '../facts/gate.sql.ts';

/** Cells as two arrays of equal length. */
export type CellArrays = { readonly tenantIds: readonly string[]; readonly days: readonly Day[] };

/** Cells that were found dirty by a snapshot not newer than the fence; `epoch` is the source's life it belongs to. */
export type CellsToMark = CellArrays & Omit<Fence, 'system'> & { readonly epoch: number };

/**
 * Marks cells as found and not aggregated yet. Run it before the watermarks move: whatever they pass is then in the facts
 * or here. A cell that is marked already keeps the earliest moment it was complete through, and gets the latest fence.
 * The rows are written in the order in which `writeLeads` locks them, so that neither waits for the other in a circle.
 */
export const markCells = statement<CellsToMark, { marked: 'int8' }>({
  title: 'mark cells as pending',
  on: 'warehouse',
  columns: { marked: 'int8' },
  example: {
    tenantIds: ['nobody'],
    days: [parseDay('2026-01-01')],
    epoch: 1,
    xmax: '1',
    inProgress: 0,
  },
  sql: ({ tenantIds, days, epoch, xmax, inProgress }) => sql`
with marked as (
  insert into olap.pending_cell as p (tenant_id, day, source_epoch, source_xmax, source_in_progress, complete_through)
  select c.tenant_id, c.day, ${epoch}::integer, ${xmax}::xid8, ${inProgress}::integer,
    -- Of a tenant without a zone nothing was looked at until now.
    case when t.timezone is not null then (select complete_through from olap.source limit 1) end
  from (select distinct * from unnest(${tenantIds}::text[], ${days}::date[]) as c(tenant_id, day)) c
  left join olap.tenant t using (tenant_id)
  order by c.tenant_id, c.day
  on conflict (tenant_id, day) do update set
    (source_epoch, source_xmax, source_in_progress) = (select f.epoch, f.xmax, f.in_progress
      from (values (p.source_epoch, p.source_xmax, p.source_in_progress),
        (excluded.source_epoch, excluded.source_xmax, excluded.source_in_progress)) f(epoch, xmax, in_progress)
      order by f.epoch desc, f.xmax desc, f.in_progress limit 1),
    complete_through = case when p.complete_through is not null and excluded.complete_through is not null
      then least(p.complete_through, excluded.complete_through) end
  returning 1
)
select count(*) as marked from marked`,
});

/** Everything of some tenants that is marked, of any age: cells, and after them leads (`day` is null then). */
export const pendingOf = statement<
  { tenantIds: readonly string[] },
  { tenant_id: 'text'; day: 'date?'; lead_id: 'text?' }
>({
  title: 'pending cells and leads of tenants',
  on: 'warehouse',
  columns: { tenant_id: 'text', day: 'date?', lead_id: 'text?' },
  example: { tenantIds: ['nobody'] },
  sql: ({ tenantIds }) => sql`
select tenant_id, day, null::text as lead_id from olap.pending_cell where tenant_id = any(${tenantIds}::text[])
union all
select tenant_id, null, lead_id from olap.pending_lead where tenant_id = any(${tenantIds}::text[])
order by 1, 2 nulls last, 3`,
});

/**
 * Drops the marks of tenants that the source no longer has: nothing can clear them any more. Run it after `rememberTenants`
 * has forgotten their zones: until they come back, and are looked at whole, their facts are complete through nothing.
 */
export const dropAbsent = statement<{ present: readonly string[] }, { dropped: 'int8' }>({
  title: 'drop the pending work of absent tenants',
  on: 'warehouse',
  columns: { dropped: 'int8' },
  example: { present: ['nobody'] },
  sql: ({ present }) => sql`
with cells as (
  delete from olap.pending_cell where tenant_id <> all(${present}::text[]) returning 1
), leads as (
  delete from olap.pending_lead where tenant_id <> all(${present}::text[]) returning 1
)
select (select count(*) from cells) + (select count(*) from leads) as dropped`,
});
