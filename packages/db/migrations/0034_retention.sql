-- What retention needs beyond 0014. Only catalogue rows change: no table is read or locked for long.
set local role rookery_owner;

-- Texts and numbers that may say who it was, and are anonymised with the rest.
grant update (resource_name, request_id) on monitoring.tb_audit_event, monitoring.tb_audit_event_archive to rookery_ops;
-- To pass over rows that somebody else has (skip locked), rows must be lockable, which takes leave to update some column.
grant update (error_message) on monitoring.tb_health_check_log to rookery_ops;
grant update (tags) on monitoring.tb_performance_metric to rookery_ops;
grant update (occurrences) on monitoring.error_day to rookery_ops;

reset role;
