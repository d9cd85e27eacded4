import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { exampleWants, type WantArrays } from './wanted.ts';

/** Wants with what texts are searched for. */
export type TextWants = WantArrays & {
  readonly patterns: readonly string[];
  readonly withs: readonly boolean[];
};

const example: TextWants = { ...exampleWants, patterns: [''], withs: [true] };

/**
 * Calls of each integration in each window: how many, how many of them succeeded, and how many have a text in what became of
 * them. Wants of one tenant, window and search are one span: 100 rules about an hour of 100 integrations are 6,364 buffers and
 * 13 ms of 1,000,000 calls, 24 hours 145,556 and 0.4 s (2026-11).
 */
export const callsOf = statement<
  TextWants,
  {
    wants: '_int4';
    integration_id: 'text';
    integration_type: 'text';
    calls: 'int8';
    good: 'int8';
    matching: 'int8';
  }
>({
  title: 'metrics of calls of integrations',
  on: 'warehouse',
  columns: {
    wants: '_int4',
    integration_id: 'text',
    integration_type: 'text',
    calls: 'int8',
    good: 'int8',
    matching: 'int8',
  },
  example,
  sql: ({ places, tenants, slots, windows, patterns, withs }) => sql`
with span as materialized (
  select w.tenant_id, w.slot - w.minutes * interval '1 minute' as starts, w.slot as ends, w.pattern, w.counts_with,
    array_agg(w.place order by w.place)::integer[] as wants
  from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[], ${windows}::integer[], ${patterns}::text[],
    ${withs}::boolean[]) as w(place, tenant_id, slot, minutes, pattern, counts_with)
  group by w.tenant_id, w.slot, w.minutes, w.pattern, w.counts_with
)
select s.wants, h.id::text as integration_id, h.integration_type::text as integration_type, c.calls, c.good, c.matching
from span s
join monitoring.tb_integration_health h on h.tenant_id = s.tenant_id and h.is_active
cross join lateral (
  select count(*) as calls, count(*) filter (where e.success) as good,
    count(*) filter (where s.counts_with = (s.pattern = '' or position(lower(s.pattern) in lower(concat_ws(' ',
      case when e.success then 'ok' else 'failed' end, e.status_code, e.error_message))) > 0)) as matching
  from monitoring.tb_integration_event e
  where e.tenant_id = h.tenant_id and e.integration_id = h.id and e.occurred_at >= s.starts and e.occurred_at < s.ends
) c
where c.calls > 0`,
});

/**
 * How many calls each integration has left, as it last said, when that was before the slot of the want; the whole allowance once
 * that was reset. What it said earlier is not kept.
 */
export const callsLeft = statement<
  WantArrays,
  { place: 'int4'; integration_id: 'text'; integration_type: 'text'; calls_left: 'int4' }
>({
  title: 'metrics of rate limits of integrations',
  on: 'warehouse',
  columns: {
    place: 'int4',
    integration_id: 'text',
    integration_type: 'text',
    calls_left: 'int4',
  },
  example: exampleWants,
  sql: ({ places, tenants, slots }) => sql`
select w.place, h.id::text as integration_id, h.integration_type::text as integration_type, l.calls_left
from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[]) as w(place, tenant_id, slot)
join monitoring.tb_integration_health h on h.tenant_id = w.tenant_id and h.is_active and h.rate_limit_at < w.slot
cross join lateral (
  select case when h.rate_limit_reset <= w.slot then h.rate_limit_quota else h.rate_limit_remaining end as calls_left
) l
where l.calls_left is not null`,
});
