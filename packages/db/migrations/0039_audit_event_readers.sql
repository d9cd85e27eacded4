-- Who did what is for administrators, operators and auditors: the API reads audit events for their roles only, whatever a
-- handler forgets. Anybody it acts for may still be written about, without reading it back.
-- Locks: neither table can be read or written until the migration commits; nothing is rewritten.
set local role rookery_owner;

-- The permissive policies confine the API to one tenant; these narrow that to those whom the audit concerns.
create policy audit_readers on monitoring.tb_audit_event as restrictive for select to rookery_api
  using ((select current_setting('app.role', true)) in ('tenant-admin', 'operator', 'auditor'));
create policy audit_readers on monitoring.tb_audit_event_archive as restrictive for select to rookery_api
  using ((select current_setting('app.role', true)) in ('tenant-admin', 'operator', 'auditor'));

reset role;
