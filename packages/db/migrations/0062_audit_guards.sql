-- Three doors of the compliance audit that stood open: entries of a backup, loaded while the triggers are on, were sealed anew
-- and looked whole; what a legal hold keeps, and what tells of erasures, could be erased by hand.
-- Locks: admin_audit_log is closed to readers and writers until the migration commits; nothing is rewritten.
set local role rookery_owner;

create function olap.refuse_sealed_entry() returns trigger
language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'entry % of tenant % brings its own place and hash: the log would give it others, and its chain would not be the one that was signed',
    new.seq, new.tenant_id using errcode = 'insufficient_privilege',
    hint = 'Restore a whole dump into an empty database, or its data with pg_restore --data-only --disable-triggers as superuser; then run rookery audit verify.';
end $$;
revoke all on function olap.refuse_sealed_entry() from public;
comment on function olap.refuse_sealed_entry() is
  'Refuses entries of a backup, which the trigger chain would seal anew.';
-- Triggers fire in the order of their names: this one before chain.
create trigger brought before insert on olap.admin_audit_log
  for each row when (new.seq is not null or new.hash is not null) execute function olap.refuse_sealed_entry();

create trigger record_stays before update on olap.admin_audit_log
  for each row when (old.action = 'audit_log.erased') execute function olap.refuse_audit_change();

-- In the order of the tenants, each in its turn: a hold that is being placed meanwhile is waited for, and seen.
create function olap.refuse_held_erasure() returns trigger
language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
declare
  tenant text;
  held record;
begin
  for tenant in select distinct e.tenant_id from erased e order by 1 loop
    perform monitoring.hold_turn(tenant);
    select e.seq, h.id into held
    from erased e join monitoring.legal_hold h on h.tenant_id = e.tenant_id and h.table_name = 'admin_audit_log'
      and h.released_at is null and e.creation_time >= h.held_from and e.creation_time < coalesce(h.held_until, 'infinity')
    where e.tenant_id = tenant order by e.seq, h.id limit 1;
    if found then
      raise exception 'entry % of tenant % is under legal hold %: nothing of it may be erased', held.seq, tenant, held.id
        using errcode = 'insufficient_privilege', hint = 'Release the hold first: rookery audit hold release.';
    end if;
  end loop;
  return null;
end $$;
revoke all on function olap.refuse_held_erasure() from public;
comment on function olap.refuse_held_erasure() is
  'Refuses to erase what a legal hold keeps, whoever asks.';
create trigger held after update on olap.admin_audit_log
  referencing old table as erased
  for each statement execute function olap.refuse_held_erasure();

reset role;
