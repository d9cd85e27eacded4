-- How long notices are kept, and the order in which those of one group are told. Locks: none that matters, notice is new.
set local role rookery_owner;

-- Nobody is told that an alert is over before he was told that it fires.
create index notice_order on monitoring.notice (tenant_id, group_id, channel, recipient, created_at, id)
  where state in ('pending', 'sending') and group_id is not null;

-- The policies force row-level security on the owner as well. Whoever migrates is a member of rookery_ops since 0012.
reset role;
set local role rookery_ops;
-- As long as the alerts that they tell of.
insert into monitoring.retention_policy (table_name, keep_days) values ('notice', 90), ('in_app_notice', 90);

reset role;
