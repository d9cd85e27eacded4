import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** The version of Postgres and its clock. */
export const server = statement({
  title: 'version and clock of the server',
  on: 'warehouse',
  columns: { version: 'text', version_num: 'int4', clock: 'timestamptz' },
  example: {},
  sql: () => sql`
select current_setting('server_version') as version, current_setting('server_version_num')::integer as version_num,
  clock_timestamp() as clock`,
});

/** Which of the named roles are missing, and which of them may not log in. */
export const roleFaults = statement({
  title: 'roles that are missing or cannot log in',
  on: 'warehouse',
  columns: { role: 'text', fault: 'text' },
  example: ['rookery_etl'] as readonly string[],
  sql: (roles) => sql`
select w.role, case when r.rolname is null then 'does not exist' else 'may not log in' end as fault
from unnest(${roles}::text[]) as w(role) left join pg_roles r on r.rolname = w.role
where r.rolname is null or not r.rolcanlogin
order by 1`,
});

/** Indexes that a failed build or a detached partition left invalid. */
export const brokenIndexes = statement({
  title: 'invalid indexes of the warehouse',
  on: 'warehouse',
  columns: { index: 'text' },
  example: {},
  sql: () => sql`
select i.indexrelid::regclass::text as index from pg_index i
join pg_class c on c.oid = i.indrelid and c.relnamespace in ('olap'::regnamespace, 'monitoring'::regnamespace)
where not i.indisvalid or not i.indisready
order by 1`,
});

/** What is known to have changed and was not counted since; `late` tenants have waited for more than an hour. */
export const pendingWork = statement({
  title: 'work found and not counted yet',
  on: 'warehouse',
  columns: { days: 'int8', leads: 'int8', late: 'int8' },
  example: {},
  sql: () => sql`
with pending as (
  select tenant_id, true as is_day, found_at from olap.pending_cell
  union all select tenant_id, false, found_at from olap.pending_lead
)
select count(*) filter (where is_day) as days, count(*) filter (where not is_day) as leads,
  count(distinct tenant_id) filter (where found_at < now() - interval '1 hour') as late
from pending`,
});

/** The columns of the source schema, system columns that a view must pass on included. */
export const sourceColumns = statement({
  title: 'columns of the source contract',
  on: 'source',
  columns: { relation: 'text', is_view: 'bool', column: 'text', type: 'text' },
  example: {},
  sql: () => sql`
select c.relname::text as relation, c.relkind in ('v', 'm') as is_view, a.attname::text as "column", t.typname::text as type
from pg_class c
join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'source'
join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
join pg_type t on t.oid = a.atttypid
where c.relkind in ('r', 'p', 'v', 'm', 'f') and (a.attnum > 0 or a.attname = 'xmin')
order by 1, 3`,
});

/** The leading columns of the usable indexes on tables of the source schema. */
export const sourceIndexes = statement({
  title: 'indexes of the source contract',
  on: 'source',
  columns: { relation: 'text', columns: 'text' },
  example: {},
  sql: () => sql`
select c.relname::text as relation,
  (select string_agg(a.attname::text, ', ' order by k.place)
    from unnest(i.indkey::smallint[]) with ordinality k(number, place)
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number) as columns
from pg_index i
join pg_class c on c.oid = i.indrelid
join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'source'
where i.indisvalid
order by 1, 2`,
});
