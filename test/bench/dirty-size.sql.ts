import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** Makes the next look begin here, so that it finds what changes from now on and nothing from before. */
export const lookFromNow = statement<Record<string, never>, { source_id: 'text' }>({
  title: 'move the watermark to now',
  on: 'warehouse',
  columns: { source_id: 'text' },
  example: {},
  sql: () => sql`update olap.source set changed_since = clock_timestamp() returning source_id`,
});

/** How many e-mails the cells hold that were aggregated since a moment of the database's clock. */
export const emailsSince = statement<{ since: Date }, { cells: 'int8'; emails: 'int8' }>({
  title: 'e-mails of the cells aggregated since',
  on: 'warehouse',
  columns: { cells: 'int8', emails: 'int8' },
  example: { since: new Date(0) },
  sql: ({
    since,
  }) => sql`select count(*) as cells, coalesce(sum(source_emails), 0)::bigint as emails
    from olap.cell where aggregated_at >= ${since.toISOString()}::timestamptz`,
});
