import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { due } from './due.sql.ts';
import { actions, shelves, type Action, type Shelf } from './shelf.sql.ts';
import { expired } from './expire.sql.ts';

const concerns: { readonly [A in Action]: (shelf: Shelf) => boolean } = {
  anonymise: ({ personal }) => personal !== null,
  archive: ({ archive }) => archive !== null,
  delete: () => true,
  expire: () => false,
};

/** When, and whose: every tenant's without one. */
export type Moment = { readonly now: Date; readonly tenantId: string | null };

/**
 * What is due at an instant: a row for each tenant, table, action and reason for which rows are held back; null is the reason
 * of those that nothing holds. `oldest` is the clock of the oldest of them.
 */
export const readDue = statement<
  Moment,
  {
    tenant_id: 'text';
    table_name: 'text';
    action: 'text';
    why: 'text?';
    rows: 'int8';
    oldest: 'timestamptz';
  }
>({
  title: 'read what retention has to do',
  on: 'warehouse',
  columns: {
    tenant_id: 'text',
    table_name: 'text',
    action: 'text',
    why: 'text?',
    rows: 'int8',
    oldest: 'timestamptz',
  },
  example: { now: new Date('2026-01-01T00:00:00Z'), tenantId: null },
  sql: ({ now, tenantId }: Moment) =>
    sql`select * from (${sql.join(
      actions.flatMap((action) =>
        shelves.filter(concerns[action]).map(
          (shelf) => sql`
select r.tenant_id, '${sql.raw(shelf.table)}' as table_name, '${sql.raw(action)}' as action, late.why, count(*) as rows,
  min(${sql.raw(shelf.clock)}) as oldest
${due(shelf, action, now)} and r.tenant_id = coalesce(${tenantId}::text, r.tenant_id)
group by r.tenant_id, late.why`,
        ),
      ),
      sql` union all `,
    )} union all
select x.tenant_id, x.table_name, 'expire', x.why, sum(x.rows)::bigint, min(x.oldest)
from (${expired(now)}) x where x.tenant_id = coalesce(${tenantId}::text, x.tenant_id)
group by 1, 2, 4) every_unit order by 2, 3, 1, 4`,
});

/** The partitions that are older than every policy of their stream, the oldest first. */
export const readPastPartitions = statement({
  title: 'read the partitions that are past',
  on: 'warehouse',
  columns: { stream: 'text', partition_name: 'text', ends: 'timestamptz' },
  example: { now: new Date('2026-01-01T00:00:00Z') },
  sql: ({ now }: { now: Date }) => sql`
select s.stream, c.relname::text as partition_name, e.ends
from monitoring.streams() s
join pg_inherits i on i.inhparent = format('monitoring.%I', s.stream)::regclass
join pg_class c on c.oid = i.inhrelid
cross join lateral (
  select (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \\(''([^'']+)''\\)'))[1]::timestamptz as ends) e
where e.ends <= least(${now}::timestamptz, now()) - (
  select max(p.keep_days) from monitoring.retention_policy p where p.table_name = s.stream) * interval '24 hours'
order by e.ends, s.stream`,
});

/** Drops a partition and says how many rows it had; the database refuses, with the reason, when anything needs it. */
export const dropPartition = statement<
  { partition: string | null; before: Date },
  { rows: 'int8' }
>({
  title: 'drop a partition that is past',
  on: 'warehouse',
  columns: { rows: 'int8' },
  example: { partition: null, before: new Date('2026-01-01T00:00:00Z') },
  sql: ({ partition, before }: { partition: string | null; before: Date }) => sql`
select d.rows_dropped as rows from (select ${partition}::text as name) wanted
cross join lateral monitoring.drop_partition(wanted.name, ${before}::timestamptz) d where wanted.name is not null`,
});
