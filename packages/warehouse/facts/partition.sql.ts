import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** Makes the monthly partitions for the days `first` to `last`, both inclusive; returns how many were missing. */
export const ensurePartitions = statement<{ first: string; last: string }, { made: 'int4' }>({
  title: 'make partitions',
  on: 'warehouse',
  columns: { made: 'int4' },
  example: { first: '2026-01-01', last: '2026-01-31' },
  sql: ({ first, last }) =>
    sql`select olap.ensure_partitions(${first}::date, ${last}::date) as made`,
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
