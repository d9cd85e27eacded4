import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { applicationName } from './place.ts';

/** The backends whose CPU is measured. */
export const backends = statement<Record<string, never>, { pid: 'int4' }>({
  title: 'backends of the bench',
  on: 'warehouse',
  columns: { pid: 'int4' },
  example: {},
  sql: () =>
    sql`select pid from pg_stat_activity where application_name = ${applicationName} order by pid`,
});

/** Forgets the statements counted so far. */
export const resetStatements = statement<Record<string, never>, { done: 'bool' }>({
  title: 'reset statement counts',
  on: 'warehouse',
  columns: { done: 'bool' },
  example: {},
  sql: () => sql`select pg_stat_statements_reset() is not null as done`,
});

/** Where the WAL stands, and how many statements ran since the reset; opening and closing a transaction are not counted. */
export const serverCounters = statement<Record<string, never>, { wal: 'int8'; statements: 'int8' }>(
  {
    title: 'counters of the server',
    on: 'warehouse',
    columns: { wal: 'int8', statements: 'int8' },
    example: {},
    sql: () => sql`
select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint as wal,
  (select coalesce(sum(calls), 0)::bigint from pg_stat_statements
    where query !~* '^(begin|commit|rollback|select set_config|select pg_stat_statements_reset|select pid from)'
      and query !~ 'pg_current_wal_insert_lsn') as statements`,
  },
);
