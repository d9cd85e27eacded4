import { sql } from 'kysely';
import { documentedSchemas } from './catalog.ts';
import type { Session } from './pool.ts';
import { statement } from './statement.ts';

// What Postgres prints for `tenant_id = (select current_setting('app.tenant_id', true))`, the same from 15 to 18.
const oneTenant =
  "(tenant_id = ( SELECT current_setting('app.tenant_id'::text, true) AS current_setting))";

// What keeps a role from its own tenant's rows too: restrictive policies, which can only narrow what the others open.
const narrowedRole = 'rookery_api';
const roleIn = (...roles: readonly string[]): string =>
  `(( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY[${roles
    .map((role) => `'${role}'::text`)
    .join(', ')}]))`;
const auditReaders = roleIn('auditor', 'operator');
const operators =
  "(( SELECT current_setting('app.role'::text, true) AS current_setting) = 'operator'::text)";
const eventReaders = roleIn('tenant-admin', 'operator', 'auditor');

// Of each narrowed table: the commands, whose rows are visible and may be written, and who they are in words.
const narrowed = sql.join(
  [
    ['olap.admin_audit_log', '*', auditReaders, auditReaders, 'auditors and operators'],
    ['monitoring.tb_audit_event', 'r', eventReaders, '', 'whom audit events concern'],
    ['monitoring.tb_audit_event_archive', 'r', eventReaders, '', 'whom audit events concern'],
    ['monitoring.legal_hold', '*', auditReaders, operators, 'auditors and operators'],
  ].map((row) => sql`(${sql.join(row.map((text) => sql`${text}::text`))})`),
);

/** The roles that see one tenant at a time. */
export const tenantRoles: readonly string[] = ['rookery_etl', 'rookery_api', 'rookery_ingest'];
const everyTenantRole = 'rookery_ops';

/** Every way in which the catalog lets one tenant reach another's rows; none is the only good answer. */
export const isolationFaultsOf = statement({
  title: 'holes in the isolation of tenants, as the catalog shows them',
  on: 'warehouse',
  columns: { object: 'text', fault: 'text' },
  example: ['olap'] as readonly string[],
  sql: (schemas: readonly string[]) => sql`
    with relation as (
      select c.*, c.oid::regclass::text as object,
        exists (select from pg_attribute a
          where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as with_tenant
      from pg_class c
      where c.relnamespace in (select oid from pg_namespace where nspname = any(${schemas}::text[]))
        and c.relkind in ('r', 'p', 'v', 'm', 'f')
    ), tenant_table as (
      select * from relation where relkind in ('r', 'p', 'f') and with_tenant
    ), granted as (
      select r.*, g.grantee, g.privilege_type from relation r, aclexplode(r.relacl) g where g.grantee <> r.relowner
      union
      select r.*, g.grantee, g.privilege_type
      from relation r join pg_attribute a on a.attrelid = r.oid, aclexplode(a.attacl) g where g.grantee <> r.relowner
    ), policy as (
      select t.object, p.polname::text as name, p.polpermissive as opens,
        p.polcmd = '*' and p.polpermissive as whole, not p.polpermissive as narrows, p.polcmd::text as commands,
        coalesce(pg_get_expr(p.polqual, p.polrelid), '') as visible,
        coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') as writable,
        array(select case u when 0 then 'public' else u::regrole::text end from unnest(p.polroles) u) as roles
      from pg_policy p join tenant_table t on t.oid = p.polrelid
    ), login as (
      select oid, rolname::text as role, rolsuper, rolbypassrls from pg_roles
      where rolname = any(${[...tenantRoles, everyTenantRole]}::text[])
    )
    select object, 'row-level security is not enabled' as fault from tenant_table where not relrowsecurity
    union all
    select object, 'row-level security is not forced' from tenant_table where not relforcerowsecurity
    union all
    select object, 'no policy confines ' || r || ' to one tenant'
    from tenant_table t, unnest(${tenantRoles}::text[]) r
    where not t.relispartition and not exists (select from policy p
      where p.object = t.object and r = any(p.roles) and p.whole and p.visible = ${oneTenant} and p.writable = ${oneTenant})
    union all
    select object, 'no policy lets ' || ${everyTenantRole}::text || ' see every tenant'
    from tenant_table t
    where not t.relispartition and not exists (select from policy p
      where p.object = t.object and p.roles = array[${everyTenantRole}::text] and p.whole and p.visible = 'true')
    union all
    select object, 'policy ' || name || ' opens more than one tenant' from policy
    where opens and roles <> array[${everyTenantRole}::text] and (visible <> ${oneTenant} or writable <> ${oneTenant})
    union all
    select t.object, 'no policy keeps ' || ${narrowedRole}::text || ' to ' || n.whom
    from tenant_table t join (values ${narrowed}) n (object, commands, visible, writable, whom) on n.object = t.object
    where not exists (select from policy p
      where p.object = t.object and ${narrowedRole} = any(p.roles) and p.narrows and p.commands = n.commands
        and p.visible = n.visible and p.writable = n.writable)
    union all
    select object, 'tenant_id may be null or empty' from tenant_table t
    where not t.relispartition and not (
      exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnotnull)
      and exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'c' and k.convalidated
        and pg_get_expr(k.conbin, k.conrelid) = '(tenant_id <> ''''::text)'))
    union all
    select object, privilege_type || ' is granted on a partition' from granted where relispartition
    union all
    select object, privilege_type || ' goes round the policies' from granted
    where privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
    union all
    select object, privilege_type || ' is granted to everybody' from granted where grantee = 0
    union all
    select r.object, 'owned by a role that policies do not bind' from relation r join pg_roles o on o.oid = r.relowner
    where o.rolsuper or o.rolbypassrls or o.rolcanlogin
    union all
    select object, 'a view that reads as its owner' from relation
    where relkind = 'v' and not coalesce(reloptions @> array['security_invoker=true'], false)
    union all
    select object, 'a materialized view has no policies' from relation where relkind = 'm'
    union all
    select p.oid::regprocedure::text, 'security definer with a search path of the caller''s choice' from pg_proc p
    where p.pronamespace in (select oid from pg_namespace where nspname = any(${schemas}::text[])) and p.prosecdef
      and not exists (select from unnest(p.proconfig) s where s like 'search_path=%')
    union all
    select p.oid::regprocedure::text, 'security definer that everybody may call' from pg_proc p
    where p.pronamespace in (select oid from pg_namespace where nspname = any(${schemas}::text[])) and p.prosecdef
      and has_function_privilege('public', p.oid, 'execute')
    union all
    select role, 'a role that policies do not bind' from login where rolsuper or rolbypassrls
    union all
    select l.role, 'a member of ' || g.rolname from login l join pg_roles g on g.oid <> l.oid
      and (g.rolname in ('rookery_owner', 'pg_read_all_data', 'pg_write_all_data', ${everyTenantRole}) or g.rolsuper)
    where pg_has_role(l.oid, g.oid, 'member')
    order by 1, 2`,
});

/** The holes as sentences; empty when every tenant is confined to its rows. Any role may ask. */
export const isolationFaults = async (
  db: Session,
  schemas: readonly string[] = documentedSchemas,
): Promise<string[]> =>
  (await db.query(isolationFaultsOf, schemas)).map(({ object, fault }) => `${object}: ${fault}`);
