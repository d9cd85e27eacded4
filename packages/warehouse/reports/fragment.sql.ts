import { sql, type RawBuilder } from 'kysely';
import type { Columns } from '@rookery/db/statement';
import { completeThrough } from '../changes/complete-through.sql.ts';
import type { Asked } from './ask.ts';

/** What every report returns of its range and freshness, in the order of `spanSql`. */
export const spanColumns = {
  timezone: 'text',
  range_from: 'date',
  range_to: 'date',
  as_of: 'timestamptz',
  complete_through: 'timestamptz?',
} as const satisfies Columns;

// Compare a day with `(select range_from from span)`, never by a join with `span`: each is worked out once, before the
// scan, and is then an index condition that leaves the partitions of other months unread, also in the generic plan of a
// prepared statement: 90 days read 4 of 28 partitions of a warehouse of 7.1 million fact rows (Postgres 18, 2026-11).
/**
 * The CTE `span`: one row with the days asked for. What is left out ends with tomorrow in the tenant's zone (UTC for a
 * tenant not seen yet) and starts `days` before its end, or at the tenant's first day where `days` is null.
 */
export const spanSql = (
  tenantId: string,
  { from, to }: Asked,
  days = 30,
): RawBuilder<unknown> => sql`
span as (
  select z.timezone, coalesce(${from}::date, e.range_to - ${sql.raw(String(days))}) as range_from, e.range_to,
    now() as as_of, ${completeThrough(tenantId)} as complete_through
  from (select coalesce((select timezone from olap.tenant where tenant_id = ${tenantId}), 'UTC') as timezone) z,
    lateral (select coalesce(${to}::date,
      greatest((now() at time zone z.timezone)::date, ${from}::date) + 1) as range_to) e
)`;

/** The columns of `span`, for a select list. */
export const spanList = sql.raw(
  Object.keys(spanColumns)
    .map((name) => `span.${name}`)
    .join(', '),
);

// What people did is unknown as soon as the source does not tell it for one row with e-mails: a sum over the rest would
// lean on those rows where nothing was opened or answered, which need nobody to tell.
const told = (name: string, alias: string): string =>
  `case when count(*) filter (where ${alias}.${name} is null and ${alias}.sent > 0) = 0
      then coalesce(sum(${alias}.${name}), 0) end`;

const isTold = (name: string): boolean => name === 'opened_human' || name === 'replied_human';

const sumOf = (name: string, type: string, alias: string): string => {
  if (isTold(name)) return told(name, alias);
  return type.endsWith('?') ? `sum(${alias}.${name})` : `coalesce(sum(${alias}.${name}), 0)`;
};

/** The sums of a fact's rows `f`, or of rows that are sums already, each under its name, as int8. */
export const sumsSql = (sums: Columns, alias = 'f'): string =>
  Object.entries(sums)
    .map(([name, type]) => `(${sumOf(name, type, alias)})::int8 as ${name}`)
    .join(', ');
