-- The roles that write into the compliance audit by themselves write what the log says of itself and nothing else: every other
-- action comes by promotion, with its audit event (O12). Of erasures only operations can tell, for nobody else erases.
-- Locks: admin_audit_log is closed to readers and writers until the migration commits; nothing is rewritten.
set local role rookery_owner;

create function olap.refuse_unlisted_action() returns trigger
language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from olap.audit_action a where a.action = new.action and a.deeds = '{}'
    and (current_user = 'rookery_ops' or a.action <> 'audit_log.erased')) then return new; end if;
  raise exception 'the compliance audit takes "%" from its audit event only: write that, and it is promoted', new.action
    using errcode = 'check_violation';
end $$;
revoke all on function olap.refuse_unlisted_action() from public;
comment on function olap.refuse_unlisted_action() is
  'Refuses an entry that a role writes by itself, unless it is one of the log about itself.';
create trigger unlisted before insert on olap.admin_audit_log
  for each row when (current_user in ('rookery_api', 'rookery_ops')) execute function olap.refuse_unlisted_action();

reset role;
