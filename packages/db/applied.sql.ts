import { sql } from 'kysely';
import { statement } from './statement.ts';

/** Whether migrations were ever applied to the database. */
export const everMigrated = statement({
  title: 'whether migrations were ever applied',
  on: 'warehouse',
  columns: { ever: 'bool' },
  example: undefined,
  sql: () => sql`select to_regclass('rookery.kysely_migration') is not null as ever`,
});

/** The migrations that were applied to a database where some were. */
export const appliedMigrations = statement({
  title: 'the migrations that were applied',
  on: 'warehouse',
  columns: { name: 'varchar' },
  example: undefined,
  sql: () => sql`select name from rookery.kysely_migration order by name collate "C"`,
});
