-- Two people who change one escalation policy: the second is told. Locks: a short exclusive one on tb_escalation_policy, which
-- is small and read by nobody but the dispatch of notices.
set local role rookery_owner;

alter table monitoring.tb_escalation_policy add column revision integer not null default 0 check (revision >= 0);
comment on column monitoring.tb_escalation_policy.revision is 'Grows with every change; who changes it names the one he saw.';

reset role;
