import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { TextWants } from './integrations.sql.ts';
import { exampleWants } from './wanted.ts';

/**
 * Occurrences of errors in each window by environment and type, and how many of them have a text in the message of their group.
 * What is kept of a group and UTC day is a sample (errors/write.sql.ts): the first ten, then one of ten up to the hundredth,
 * one of a hundred up to the thousandth, one of a thousand. Its place among those of its day tells for how many each
 * stands, which together are never more than the day had.
 */
export const errorsOf = statement<
  TextWants,
  {
    wants: '_int4';
    environment: 'text';
    error_type: 'text';
    occurrences: 'int8';
    matching: 'int8';
  }
>({
  title: 'metrics of errors',
  on: 'warehouse',
  columns: {
    wants: '_int4',
    environment: 'text',
    error_type: 'text',
    occurrences: 'int8',
    matching: 'int8',
  },
  example: { ...exampleWants, patterns: [''], withs: [true] },
  sql: ({ places, tenants, slots, windows, patterns, withs }) => sql`
with span as materialized (
  select w.tenant_id, w.slot - w.minutes * interval '1 minute' as starts, w.slot as ends, w.pattern, w.counts_with,
    array_agg(w.place order by w.place)::integer[] as wants
  from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[], ${windows}::integer[], ${patterns}::text[],
    ${withs}::boolean[]) as w(place, tenant_id, slot, minutes, pattern, counts_with)
  group by w.tenant_id, w.slot, w.minutes, w.pattern, w.counts_with
), reach as (
  select tenant_id, date_trunc('day', min(starts), 'UTC') as starts, date_trunc('day', max(ends), 'UTC') + interval '1 day' as ends
  from span group by tenant_id
), kept as materialized (
  select i.tenant_id, i.error_id, i.occurred_at, i.day,
    case when i.nth <= 10 then 1 when i.nth <= 19 then 10 when i.nth <= 28 then 100 else 1000 end as stands_for
  from reach r cross join lateral (
    select e.tenant_id, e.error_id, e.occurred_at, (e.occurred_at at time zone 'UTC')::date as day,
      row_number() over (partition by e.error_id, (e.occurred_at at time zone 'UTC')::date order by e.id) as nth
    from monitoring.tb_error_instance e
    where e.tenant_id = r.tenant_id and e.occurred_at >= r.starts and e.occurred_at < r.ends
  ) i
), counted as (
  select s.wants, s.pattern, s.counts_with, k.error_id, s.tenant_id, least(sum(k.stands_for), min(d.occurrences)) as occurrences
  from span s
  join kept k on k.tenant_id = s.tenant_id and k.occurred_at >= s.starts and k.occurred_at < s.ends
  left join monitoring.error_day d on d.tenant_id = k.tenant_id and d.day = k.day and d.error_id = k.error_id
  group by s.wants, s.pattern, s.counts_with, k.error_id, s.tenant_id, k.day
)
select c.wants, g.environment::text as environment, g.error_type::text as error_type, sum(c.occurrences)::bigint as occurrences,
  coalesce(sum(c.occurrences) filter (where c.counts_with =
    (c.pattern = '' or position(lower(c.pattern) in lower(g.message)) > 0)), 0)::bigint as matching
from counted c join monitoring.tb_error_log g on g.tenant_id = c.tenant_id and g.id = c.error_id
group by c.wants, g.environment, g.error_type`,
});
