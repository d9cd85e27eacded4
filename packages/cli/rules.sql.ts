import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** Waits until nobody else applies a file of rules to the tenant; held until the transaction ends. */
export const holdRules = statement({
  title: 'one at a time applies rules to a tenant',
  on: 'warehouse',
  columns: { held: 'bool' },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }: { readonly tenantId: string }) => sql`
select pg_advisory_xact_lock(hashtextextended('rookery rules ' || ${tenantId}::text, 0)) is not null as held`,
});
