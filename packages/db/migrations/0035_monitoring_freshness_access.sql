-- The API tells how far the rollups of performance metrics are complete by the marks that wait: it may read when and where,
-- of its own tenant. Locks: none that matters.
set local role rookery_owner;

grant select (tenant_id, bucket, marked_at)
  on monitoring.performance_metric_5min_dirty, monitoring.performance_metric_hourly_dirty to rookery_api;

reset role;
