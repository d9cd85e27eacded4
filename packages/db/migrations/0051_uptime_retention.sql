-- How long hours of uptime are kept: the public page shows 90 days, and whoever asks for a year of it gets one. Locks: an
-- exclusive one on service_uptime_hour while the index is built, which is new and small.
set local role rookery_owner;

-- Hours are written in their order, so that blocks of the table are spans of time.
create index service_uptime_hour_retention on monitoring.service_uptime_hour using brin (hour);

-- The policies force row-level security on the owner as well.
reset role;
set local role rookery_ops;
insert into monitoring.retention_policy (table_name, keep_days, keep_days_least) values ('service_uptime_hour', 400, 91);

reset role;
