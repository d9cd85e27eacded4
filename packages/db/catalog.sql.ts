import { sql } from 'kysely';
import { statement } from './statement.ts';

/**
 * The tables, views and sequences of some schemas, as a subquery of the statements about the catalog.
 * Partitions are left out: their names follow the calendar, and document.ts mentions the rule instead.
 */
export const relations = (schemas: readonly string[]) => sql`
  select c.oid, n.nspname::text as schema, c.relname::text as relation, c.relkind, c.relpersistence, c.relowner,
    c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.reloptions
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any(${schemas}::text[]) and c.relkind in ('r', 'p', 'v', 'm', 'S') and not c.relispartition`;

const example: readonly string[] = ['olap'];

/** The documented schemas with owner and comment. */
export const schemasOf = statement({
  title: 'the documented schemas with owner and comment',
  on: 'warehouse',
  columns: { schema: 'text', owner: 'text', comment: 'text?' },
  example,
  sql: (schemas: readonly string[]) => sql`
    select nspname::text as schema, nspowner::regrole::text as owner, obj_description(oid, 'pg_namespace') as comment
    from pg_namespace where nspname = any(${schemas}::text[]) order by 1`,
});

/** The extensions that indexes, columns and functions of the schemas depend on. */
export const extensionsOf = statement({
  title: 'the extensions that indexes, columns and functions of the schemas depend on',
  on: 'warehouse',
  columns: { extension: 'text' },
  example,
  sql: (schemas: readonly string[]) => sql`
    select distinct e.extname::text as extension
    from pg_namespace n
    join lateral (select oid, tableoid from pg_class where relnamespace = n.oid
      union all select oid, tableoid from pg_constraint where connamespace = n.oid
      union all select oid, tableoid from pg_proc where pronamespace = n.oid) o on true
    join pg_depend d on d.objid = o.oid and d.classid = o.tableoid
    join pg_depend x on x.classid = d.refclassid and x.objid = d.refobjid and x.deptype = 'e'
    join pg_extension e on e.oid = x.refobjid
    where n.nspname = any(${schemas}::text[]) and e.extname <> 'plpgsql' order by 1`,
});

/** The enum types of the schemas. */
export const enumsOf = statement({
  title: 'the enum types of the schemas',
  on: 'warehouse',
  columns: { schema: 'text', name: 'text', labels: '_text', comment: 'text?' },
  example,
  sql: (schemas: readonly string[]) => sql`
    select n.nspname::text as schema, t.typname::text as name,
      array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as labels,
      obj_description(t.oid, 'pg_type') as comment
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where t.typtype = 'e' and n.nspname = any(${schemas}::text[]) order by 1, 2`,
});

/** The sequences of the schemas that no identity column brings along. */
export const sequencesOf = statement({
  title: 'the sequences of the schemas that no identity column brings along',
  on: 'warehouse',
  columns: { schema: 'text', name: 'text', cache: 'int8', owned_by: 'text?' },
  example,
  sql: (schemas: readonly string[]) => sql`
    select c.schema, c.relation as name, s.seqcache as cache,
      (select format('%I.%I.%I', c.schema, t.relname, a.attname) from pg_depend d
        join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
        where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'a') as owned_by
    from (${relations(schemas)}) c join pg_sequence s on s.seqrelid = c.oid
    where not exists (select from pg_depend d
      where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'i')
    order by 1, 2`,
});

/** The tables and views of the schemas. */
export const tablesOf = statement({
  title: 'the tables and views of the schemas',
  on: 'warehouse',
  columns: {
    schema: 'text',
    name: 'text',
    kind: 'text',
    unlogged: 'bool',
    partition_by: 'text?',
    definition: 'text?',
    options: '_text',
    row_security: 'bool',
    forced: 'bool',
    comment: 'text?',
  },
  example,
  sql: (schemas: readonly string[]) => sql`
    select c.schema, c.relation as name,
      case c.relkind when 'v' then 'view' when 'm' then 'materialized view' else 'table' end as kind,
      c.relpersistence = 'u' as unlogged,
      case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_by,
      case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid, true) end as definition,
      coalesce(c.reloptions, '{}') as options,
      c.relrowsecurity as row_security, c.relforcerowsecurity as forced,
      obj_description(c.oid, 'pg_class') as comment
    from (${relations(schemas)}) c where c.relkind <> 'S' order by 1, 2`,
});

/** The columns of the tables and views of the schemas. */
export const columnsOf = statement({
  title: 'the columns of the tables and views of the schemas',
  on: 'warehouse',
  columns: {
    schema: 'text',
    relation: 'text',
    name: 'text',
    type: 'text',
    required: 'bool',
    fill: 'text?',
    comment: 'text?',
  },
  example,
  sql: (schemas: readonly string[]) => sql`
    select c.schema, c.relation, a.attname::text as name,
      replace(replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz'),
        'character varying', 'varchar') as type,
      a.attnotnull as required,
      case
        when a.attidentity <> '' then format('generated %s as identity',
          case a.attidentity when 'a' then 'always' else 'by default' end)
        when a.attgenerated <> '' then format('generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
        else 'default ' || pg_get_expr(d.adbin, d.adrelid)
      end as fill,
      col_description(c.oid, a.attnum) as comment
    from (${relations(schemas)}) c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind <> 'S' order by c.schema, c.relation, a.attnum`,
});

/** The keys and checks of the tables of the schemas; NOT NULL is part of the column. */
export const constraintsOf = statement({
  title: 'the keys and checks of the tables of the schemas; NOT NULL is part of the column',
  on: 'warehouse',
  columns: {
    schema: 'text',
    relation: 'text',
    name: 'text',
    kind: 'text',
    definition: 'text',
    columns: '_text',
    refers_to: 'text?',
  },
  example,
  sql: (schemas: readonly string[]) => sql`
    select c.schema, c.relation, k.conname::text as name,
      case k.contype when 'p' then 'primary key' when 'u' then 'unique' when 'f' then 'foreign key'
        when 'x' then 'exclusion' else 'check' end as kind,
      pg_get_constraintdef(k.oid) as definition,
      array(select a.attname::text from unnest(k.conkey) with ordinality u (attnum, position)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = u.attnum order by u.position) as columns,
      (select t.relname::text from pg_class t where t.oid = k.confrelid) as refers_to
    from (${relations(schemas)}) c join pg_constraint k on k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'x', 'c')
    order by c.schema, c.relation, array_position(array['p', 'u', 'x', 'f', 'c'], k.contype::text), k.conname`,
});

/** The indexes of the schemas that no constraint brings along. */
export const indexesOf = statement({
  title: 'the indexes of the schemas that no constraint brings along',
  on: 'warehouse',
  columns: { schema: 'text', relation: 'text', name: 'text', definition: 'text' },
  example,
  sql: (schemas: readonly string[]) => sql`
    select c.schema, c.relation, i.relname::text as name, pg_get_indexdef(i.oid) as definition
    from (${relations(schemas)}) c
    join pg_index x on x.indrelid = c.oid join pg_class i on i.oid = x.indexrelid
    where not exists (select from pg_constraint k where k.conindid = i.oid and k.conrelid = c.oid)
    order by 1, 2, 3`,
});

/** The triggers of the tables of the schemas. */
export const triggersOf = statement({
  title: 'the triggers of the tables of the schemas',
  on: 'warehouse',
  columns: { schema: 'text', relation: 'text', definition: 'text' },
  example,
  sql: (schemas: readonly string[]) => sql`
    select c.schema, c.relation, pg_get_triggerdef(t.oid) as definition
    from (${relations(schemas)}) c join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
    order by 1, 2, t.tgname`,
});

/** The functions and procedures of the schemas. */
export const functionsOf = statement({
  title: 'the functions and procedures of the schemas',
  on: 'warehouse',
  columns: {
    schema: 'text',
    signature: 'text',
    definition: 'text',
    definer: 'bool',
    settings: '_text',
    comment: 'text?',
  },
  example,
  sql: (schemas: readonly string[]) => sql`
    select n.nspname::text as schema,
      format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as signature,
      pg_get_functiondef(p.oid) as definition, p.prosecdef as definer,
      coalesce(p.proconfig, '{}') as settings, obj_description(p.oid, 'pg_proc') as comment
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any(${schemas}::text[]) and p.prokind in ('f', 'p') order by 1, 2`,
});
