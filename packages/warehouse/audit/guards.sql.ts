import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/**
 * What keeps the compliance audit from being changed and is not in place, as sentences: a trigger that is missing or off, a
 * table whose row security does not bind its owner, a partition that is detached, an index that is gone. Whoever tampers has to
 * take one of them away first, and may forget to put it back.
 */
export const openGuards = statement({
  title: 'read what does not guard the compliance audit',
  on: 'warehouse',
  columns: { fault: 'text' },
  example: null,
  sql: () => sql`
with parts as (
  select c.oid, c.relname, c.relrowsecurity and c.relforcerowsecurity as is_bound, c.relname = 'admin_audit_log' as is_parent,
    exists (select from pg_inherits i where i.inhrelid = c.oid and i.inhparent = 'olap.admin_audit_log'::regclass) as is_attached
  from pg_class c
  where c.relnamespace = 'olap'::regnamespace and c.relkind in ('r', 'p') and c.relname ~ '^admin_audit_log(_\\d{4}_\\d{2})?$'
), wanted as (
  select p.oid, p.relname, t.name
  from parts p cross join (values ('brought', true), ('chain', true), ('unlisted', true), ('erase_only', true),
    ('record_stays', true), ('append_only', true), ('held', false)) t(name, is_everywhere)
  where p.is_parent or (p.is_attached and t.is_everywhere)
  union all
  select 'monitoring.tb_audit_event'::regclass, 'tb_audit_event', 'promote'
)
select format('trigger %s of %s is %s', w.name, w.relname, case when t.oid is null then 'missing' else 'off' end) as fault
from wanted w left join pg_trigger t on t.tgrelid = w.oid and t.tgname = w.name
where t.oid is null or t.tgenabled not in ('O', 'A')
union all
select format('row security of %s does not bind its owner', relname) from parts where not is_bound
union all
select format('%s is detached: its entries are in no chain', relname) from parts where not is_parent and not is_attached
union all
select 'the index admin_audit_log_chain is missing or not valid'
where not exists (select from pg_index where indexrelid = to_regclass('olap.admin_audit_log_chain') and indisunique and indisvalid)
union all
select format('session_replication_role is set for %s: triggers do not fire there',
  coalesce(nullif(concat_ws(' in ', r.rolname, d.datname), ''), 'every role'))
from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole left join pg_database d on d.oid = s.setdatabase
where exists (select from unnest(s.setconfig) c where c ~ '^session_replication_role=' and c !~ '=origin$')
  and (s.setdatabase = 0 or d.datname = current_database())
order by 1`,
});
