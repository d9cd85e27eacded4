-- The list of errors goes from the last seen back, often without a filter: no other index leads with the time of a tenant.
-- Not concurrently, because migrations run in transactions: groups are few beside their occurrences, and writers wait for a
-- moment of milliseconds.
set local role rookery_owner;
create index tb_error_log_latest on monitoring.tb_error_log (tenant_id, time desc, id desc);
reset role;
