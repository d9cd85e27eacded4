-- What the reports of audit and activity need: how old the marks of the activity rollups are, and the ways into the archive.
-- The API learns when a mark was made, and not of which bucket; the policies show it its own tenant's alone.
-- Locks: the archive cannot be written while its two indexes are built; nothing is rewritten.
set local role rookery_owner;

grant select (tenant_id, marked_at) on
  monitoring.user_activity_hourly_dirty, monitoring.user_activity_daily_dirty, monitoring.user_cohort_month_dirty
  to rookery_api;

-- An audit search goes on into the archive, and looks there for the same things.
create index tb_audit_event_archive_user on monitoring.tb_audit_event_archive (tenant_id, user_id, time desc);
create index tb_audit_event_archive_resource
  on monitoring.tb_audit_event_archive (tenant_id, resource_type, resource_id, time desc);

reset role;
