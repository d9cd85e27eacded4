import { sql } from 'kysely';
import { relations } from './catalog.sql.ts';
import { statement } from './statement.ts';

const example: readonly string[] = ['olap'];

/** The roles that own, may use or are named by a policy in the schemas. */
export const rolesOf = statement({
  title: 'the roles that own, may use or are named by a policy in the schemas',
  on: 'warehouse',
  columns: { role: 'text', login: 'bool', bypass: 'bool', settings: '_text', members: '_text' },
  example,
  sql: (schemas: readonly string[]) => sql`
    with named as (
      select nspowner as id from pg_namespace where nspname = any(${schemas}::text[])
      union select g.grantee from pg_namespace n, aclexplode(n.nspacl) g where n.nspname = any(${schemas}::text[])
      union select g.grantee from (${relations(schemas)}) c, aclexplode(c.relacl) g
      union select unnest(p.polroles) from pg_policy p join (${relations(schemas)}) c on c.oid = p.polrelid
    )
    select r.rolname::text as role, r.rolcanlogin as login, r.rolbypassrls or r.rolsuper as bypass,
      array(select unnest(s.setconfig) from pg_db_role_setting s
        where s.setrole = r.oid and s.setdatabase = 0 order by 1) as settings,
      array(select m.member::regrole::text from pg_auth_members m
        where m.roleid = r.oid and m.member in (select id from named) order by 1) as members
    from pg_roles r join named on named.id = r.oid order by 1`,
});

/** The row-level security policies of the schemas. */
export const policiesOf = statement({
  title: 'the row-level security policies of the schemas',
  on: 'warehouse',
  columns: {
    schema: 'text',
    relation: 'text',
    name: 'text',
    permissive: 'bool',
    command: 'text',
    roles: '_text',
    using: 'text?',
    check: 'text?',
  },
  example,
  sql: (schemas: readonly string[]) => sql`
    select schemaname::text as schema, tablename::text as relation, policyname::text as name,
      permissive = 'PERMISSIVE' as permissive, lower(cmd) as command, array(select unnest(roles)::text order by 1) as roles, qual as "using", with_check as "check"
    from pg_policies p
    join pg_class c on c.oid = format('%I.%I', schemaname, tablename)::regclass and not c.relispartition
    where schemaname = any(${schemas}::text[]) order by 1, 2, 3`,
});

/** What the schemas grant or revoke beyond the defaults of Postgres. */
export const privilegesOf = statement({
  title: 'what the schemas grant or revoke beyond the defaults of Postgres',
  on: 'warehouse',
  columns: { direction: 'text', object: 'text', role: 'text', privileges: '_text' },
  example,
  sql: (schemas: readonly string[]) => sql`
    with object as (
      select format('schema %I', nspname) as object, 'n'::"char" as kind, nspowner as owner, nspacl as acl
      from pg_namespace where nspname = any(${schemas}::text[])
      union all
      select format('%s %I.%I', case relkind when 'S' then 'sequence' else 'table' end, schema, relation),
        case relkind when 'S' then 's'::"char" else 'r' end, relowner, relacl
      from (${relations(schemas)}) c
      union all
      select format('function %I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
        'f', p.proowner, p.proacl
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any(${schemas}::text[])
    ), usual as (
      select o.object, a.grantee, a.privilege_type from object o, aclexplode(acldefault(o.kind, o.owner)) a
    ), actual as (
      select o.object, a.grantee, a.privilege_type
      from object o, aclexplode(coalesce(o.acl, acldefault(o.kind, o.owner))) a
      union all
      select format('table %I.%I', c.schema, c.relation), g.grantee,
        format('%s (%s)', g.privilege_type, string_agg(a.attname, ', ' order by a.attnum))
      from (${relations(schemas)}) c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) g
      group by c.schema, c.relation, g.grantee, g.privilege_type
    ), difference as (
      select 'grant' as direction, * from (table actual except table usual) g
      union all
      select 'revoke', * from (table usual except table actual) r
    )
    select direction, object, case grantee when 0 then 'public' else grantee::regrole::text end as role,
      array_agg(lower(privilege_type) order by privilege_type) as privileges
    from difference group by direction, object, grantee order by 2, 1 desc, 3`,
});
