import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';
import { covered, noCovers, type Covers } from '../../health/window.sql.ts';
import { exampleWants, type WantArrays } from './wanted.ts';

/** Wants of services, and the times of maintenance around their slots. */
export type ServicesWanted = WantArrays & { readonly covers: Covers };

/** The same, and what texts are searched for. */
export type TextsWanted = ServicesWanted & {
  readonly patterns: readonly string[];
  readonly withs: readonly boolean[];
};

const example: ServicesWanted = { ...exampleWants, covers: noCovers };

// A check stands for three intervals of its service (guide §6.6), whatever the rule's lookback is.
const fresh = (service: string, slot: string): RawBuilder<unknown> =>
  sql.raw(
    `c.checked_at < ${slot} and c.checked_at >= ${slot} - 3 * greatest(${service}.check_interval, 60) * interval '1 second'`,
  );

// A service says nothing while it is unknown now and was already at the slot, while one that it depends on was down, and
// under maintenance. The log has the state that each check led to, so that a replay hears what was heard then.
const heard = ({ places, tenants, slots, windows, covers }: ServicesWanted) => sql`
${covered(covers)}, want as materialized (
  select * from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[], ${windows}::integer[])
    as w(place, tenant_id, slot, minutes)
), service as materialized (
  select w.place, w.slot, w.minutes, s.tenant_id, s.id, s.parent_id, s.check_interval, s.probe
  from want w join monitoring.tb_service_health s on s.tenant_id = w.tenant_id and s.is_active
    and (s.deleted_at is null or s.deleted_at > w.slot)
    and (s.status <> 'unknown' or s.changed_at is null or s.changed_at >= w.slot)
), depends (tenant_id, id, ancestor_id) as (
  select s.tenant_id, s.id, s.parent_id from monitoring.tb_service_health s
  where s.tenant_id = any (${tenants}::text[]) and s.parent_id is not null
  union
  select d.tenant_id, d.id, p.parent_id from depends d
  join monitoring.tb_service_health p on p.tenant_id = d.tenant_id and p.id = d.ancestor_id
  where p.parent_id is not null
), heard as materialized (
  select s.* from service s
  where not exists (
    select from depends d
    join monitoring.tb_service_health a on a.tenant_id = d.tenant_id and a.id = d.ancestor_id
    cross join lateral (
      select c.status from monitoring.tb_health_check_log c
      where c.tenant_id = a.tenant_id and c.service_id = a.id and ${fresh('a', 's.slot')}
      order by c.checked_at desc, c.id desc limit 1
    ) c
    where d.tenant_id = s.tenant_id and d.id = s.id and c.status = 'down' and a.is_active and a.deleted_at is null
  ) and not exists (
    select from covered m where m.tenant_id = s.tenant_id and m.id = s.id and m.starts <= s.slot and s.slot < m.ends
  )
)`;

/**
 * The last check of each service before the slot of each want, with what it saw of a queue. Unknown ones say nothing. A walk of
 * the index each, 20 µs: 1,000 services of 1,000,000 checks are 4,020 buffers and 30 ms (as busy as for requests, 2026-11).
 */
export const lastChecks = statement<
  ServicesWanted,
  {
    place: 'int4';
    service_id: 'text';
    queue: 'text?';
    status: 'text';
    response_time: 'int4?';
    depth: 'float8?';
    dead: 'float8?';
  }
>({
  title: 'metrics of services by their last check',
  on: 'warehouse',
  columns: {
    place: 'int4',
    service_id: 'text',
    queue: 'text?',
    status: 'text',
    response_time: 'int4?',
    depth: 'float8?',
    dead: 'float8?',
  },
  example,
  sql: (wanted) => sql`
with recursive ${heard(wanted)}
select h.place, h.id::text as service_id,
  case when h.probe ->> 'kind' = 'sqs' then h.probe ->> 'queue' end as queue, l.status::text as status, l.response_time,
  case when jsonb_typeof(l.details -> 'visible') = 'number' then (l.details -> 'visible')::float8 end as depth,
  case when jsonb_typeof(l.details -> 'dead') = 'number' then (l.details -> 'dead')::float8 end as dead
from heard h cross join lateral (
  select c.status, c.response_time, c.details from monitoring.tb_health_check_log c
  where c.tenant_id = h.tenant_id and c.service_id = h.id and ${fresh('h', 'h.slot')}
  order by c.checked_at desc, c.id desc limit 1
) l
where l.status <> 'unknown'`,
});

/** How many checks of each service in each window have a text in their state and reason, or have it not. */
export const checkTexts = statement<
  TextsWanted,
  { place: 'int4'; service_id: 'text'; matching: 'int8'; checks: 'int8' }
>({
  title: 'metrics of texts of checks',
  on: 'warehouse',
  columns: { place: 'int4', service_id: 'text', matching: 'int8', checks: 'int8' },
  example: { ...example, patterns: ['refused'], withs: [true] },
  sql: ({ patterns, withs, ...wanted }) => sql`
with recursive ${heard(wanted)}, search as materialized (
  select * from unnest(${wanted.places}::integer[], ${patterns}::text[], ${withs}::boolean[]) as s(place, pattern, counts_with)
)
select h.place, h.id::text as service_id, l.matching, l.checks
from heard h join search s on s.place = h.place
cross join lateral (
  select count(*) as checks, count(*) filter (where s.counts_with = (
    position(lower(s.pattern) in lower(c.status || coalesce(': ' || c.error_message, ''))) > 0)) as matching
  from monitoring.tb_health_check_log c
  where c.tenant_id = h.tenant_id and c.service_id = h.id and c.status <> 'unknown'
    and c.checked_at >= h.slot - h.minutes * interval '1 minute' and c.checked_at < h.slot
) l
where l.checks > 0`,
});
