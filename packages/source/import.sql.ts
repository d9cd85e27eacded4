import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { contract } from './contract.ts';
import { names, unnested, type Cells } from './rows.sql.ts';

const { updated_at: _, ...emailColumns } = contract.emails;
const { email_id: __, ...emailValues } = emailColumns;
const rowOf = (alias: string) =>
  sql`(${sql.join(Object.keys(emailValues).map((column) => sql.raw(`${alias}.${column}`)))})`;

/** Columns of `upsertEmails`, in the order of its cells. */
export const importedEmailColumns = emailColumns;

/**
 * Takes e-mails as a file states them. An equal row is not written, so a second run changes nothing;
 * a changed one is stamped with the database's clock, because that is what change discovery reads.
 */
export const upsertEmails = statement({
  title: 'import e-mails into source.emails',
  on: 'source',
  columns: { changed: 'int8' },
  example: [] as Cells,
  sql: (cells) => sql`
    with written as (
      insert into source.emails as known (${names(emailColumns)}, updated_at)
      select file.*, now()
      from ${unnested(emailColumns, cells)} as file
      on conflict (email_id) do update
      set (${names(emailValues)}, updated_at) = row (${sql.join(
        Object.keys(emailValues).map((column) => sql.raw(`excluded.${column}`)),
      )}, now())
      where ${rowOf('known')} is distinct from ${rowOf('excluded')}
      returning 1
    )
    select count(*) as changed from written`,
});

/** Takes tenants as a file states them; a name or anchor it does not give is left as it is. */
export const upsertTenants = statement({
  title: 'import tenants into source.tenants',
  on: 'source',
  columns: { changed: 'int8' },
  example: [] as Cells,
  sql: (cells) => sql`
    with written as (
      insert into source.tenants as known (tenant_id, name, timezone, billing_anchor)
      select
        tenant_id,
        coalesce(file.name, before.name),
        file.timezone,
        coalesce(file.billing_anchor, before.billing_anchor, 1)
      from ${unnested(contract.tenants, cells)}
        as file (tenant_id, name, timezone, billing_anchor)
      left join source.tenants before using (tenant_id)
      on conflict (tenant_id) do update
      set name = excluded.name,
          timezone = excluded.timezone,
          billing_anchor = excluded.billing_anchor
      where (known.name, known.timezone, known.billing_anchor)
        is distinct from (excluded.name, excluded.timezone, excluded.billing_anchor)
      returning 1
    )
    select count(*) as changed from written`,
});

/** The tenants that e-mails may belong to. */
export const tenantIds = statement({
  title: 'list the ids of source.tenants',
  on: 'source',
  columns: { tenant_id: 'text' },
  example: undefined,
  sql: () => sql`select tenant_id from source.tenants`,
});
