-- Files of rules own policies, inhibitions and windows of maintenance, too, as they own rules and services. Locks: short
-- exclusive ones on three small tables.
set local role rookery_owner;

alter table monitoring.tb_escalation_policy add column managed_by text;
alter table monitoring.alert_inhibition add column managed_by text;
alter table monitoring.maintenance_window add column managed_by text;

comment on column monitoring.tb_escalation_policy.managed_by is
  'Name of the file of rules that it comes from. Null: made by hand.';
comment on column monitoring.alert_inhibition.managed_by is
  'Name of the file of rules that it comes from. Null: made by hand.';
comment on column monitoring.maintenance_window.managed_by is
  'Name of the file of rules that it comes from. Null: made by hand.';

reset role;
