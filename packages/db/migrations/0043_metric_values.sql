-- How many values a metric's minute is made of, and their sum: means of two reports can only be added up by these, and a report
-- of no requests (a gauge) counts as one value, not as none.
-- Locks: nobody can write metrics until the minutes that are there, of seven days, have their figures.
set local role rookery_owner;

alter table monitoring.tb_performance_metric
  add column value_sum numeric(30,6),
  add column value_count bigint not null default 0 check (value_count >= 0);

-- A migration is nobody's tenant: the owner, too, sees no row where policies are forced.
alter table monitoring.tb_performance_metric no force row level security;
with counted as (
  select m.tenant_id, m.time, m.id,
    coalesce((select sum(e.value::bigint) from jsonb_each_text(m.sketch) e),
      greatest(m.request_count, case when coalesce(m.mean, m.min, m.max, m.p50, m.p95, m.p99) is null then 0 else 1 end)) as n
  from monitoring.tb_performance_metric m
)
update monitoring.tb_performance_metric m set value_count = c.n, value_sum = m.mean * c.n,
  min = coalesce(m.min, case when c.n = 1 then m.mean end), max = coalesce(m.max, case when c.n = 1 then m.mean end)
from counted c where c.tenant_id = m.tenant_id and c.time = m.time and c.id = m.id;
alter table monitoring.tb_performance_metric force row level security;

comment on column monitoring.tb_performance_metric.value_sum is
  'Sum of all values, to a millionth; the mean is value_sum / value_count. Null when unknown.';
comment on column monitoring.tb_performance_metric.value_count is
  'How many values there are: those of the sketch, else the requests, and 1 for a sample of what is not of requests. 0 when there are none.';

-- As the other figures that several reporters of one series and minute add up to.
grant update (value_sum, value_count) on monitoring.tb_performance_metric to rookery_ingest;

reset role;
