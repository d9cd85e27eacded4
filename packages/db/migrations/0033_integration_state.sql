-- What the state of an integration is as of. Events come late and in any order, and a count may run again for an old slot:
-- without these moments, an older state could replace a newer one. Two columns without a default: the lock is brief.
set local role rookery_owner;

alter table monitoring.tb_integration_health
  add column rate_limit_at timestamptz,
  add column counted_until timestamptz;

comment on column monitoring.tb_integration_health.rate_limit_at is
  'When the service last said what it allows; an older event changes nothing of that. Null when it never did.';
comment on column monitoring.tb_integration_health.counted_until is
  'End of the 24 hours that the figures were counted over; an earlier count changes nothing. Null before the first.';
comment on column monitoring.tb_integration_health.status is
  'State by the calls of the last hour, without any by those of 24 hours: down when fewer than half succeeded, degraded when fewer than 95 % did or the allowance is used up, unknown without calls.';

grant select (rate_limit_at, counted_until) on monitoring.tb_integration_health to rookery_api, rookery_ingest;
grant update (rate_limit_at) on monitoring.tb_integration_health to rookery_ingest;

reset role;
