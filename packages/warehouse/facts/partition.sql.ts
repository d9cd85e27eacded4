import { sql } from 'kysely';
import { parseDay, type Day } from '@rookery/kernel/day';
import { statement } from '@rookery/db/statement';

/** Makes the monthly partitions that hold some days, and none between them; returns how many were missing. */
export const ensurePartitions = statement<{ days: readonly Day[] }, { made: 'int4' }>({
  title: 'make partitions',
  on: 'warehouse',
  columns: { made: 'int4' },
  example: { days: [parseDay('2026-01-01')] },
  sql: ({ days }) => sql`
select coalesce(sum(olap.ensure_partitions(month, month)), 0)::integer as made
from (select distinct date_trunc('month', d::timestamp)::date as month from unnest(${days}::date[]) d) m`,
});

/** The last day for which every partitioned table of the warehouse has a partition; null when one has none. */
export const partitionsUntil = statement<Record<string, never>, { until: 'date?' }>({
  title: 'partitions until',
  on: 'warehouse',
  columns: { until: 'date?' },
  example: {},
  sql: () => sql`
select min(until) as until from (
  select p.oid, max((to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month')::date - 1) as until
  from pg_partitioned_table t
  join pg_class p on p.oid = t.partrelid and p.relnamespace = 'olap'::regnamespace
  left join pg_inherits i on i.inhparent = p.oid
  left join pg_class c on c.oid = i.inhrelid
  group by p.oid
) parents
where not exists (select from pg_partitioned_table t join pg_class p on p.oid = t.partrelid
  where p.relnamespace = 'olap'::regnamespace and not exists (select from pg_inherits i where i.inhparent = p.oid))`,
});
