import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/**
 * Makes the partitions of every stream from an instant on: for two weeks, of streams cut by the month for three months;
 * returns how many were missing.
 */
export const ensureStreamPartitions = statement<{ from: Date }, { made: 'int4' }>({
  title: 'make partitions of streams',
  on: 'warehouse',
  columns: { made: 'int4' },
  example: { from: new Date('2026-01-01') },
  sql: ({ from }) => sql`
select coalesce(sum(monitoring.ensure_partitions(f.at,
  f.at + case s.period when 'month' then interval '3 months' else interval '2 weeks' end, s.stream)), 0)::integer as made
from monitoring.streams() s, (select ${from.toISOString()}::timestamptz as at) f`,
});
