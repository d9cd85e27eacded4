-- Whom a group told, for when its rules tell others by then: who heard of the beginning hears of the end. Locks: a short
-- exclusive one on alert_group, which has a row for each group that has something open.
set local role rookery_owner;

alter table monitoring.alert_group
  add column destinations jsonb not null default '[]' check (jsonb_typeof(destinations) = 'array');
comment on column monitoring.alert_group.destinations is 'Whom it tells, {channel, recipient}: they hear of the end of its series even if the rule tells others by then.';

reset role;
