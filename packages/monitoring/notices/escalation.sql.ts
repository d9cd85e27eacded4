import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { isOpen } from '../alerts/open.sql.ts';
import { alertColumns, alertFields } from './dispatch.sql.ts';
import type { Keys } from './dispatch-write.sql.ts';

const nobody: Keys = { tenants: ['nobody'], ids: ['none'] };
const exampleNow = '2025-01-01T00:00:00.000Z';

/** How far up their policies active alerts are: their round, since when it runs, and the last level that was told in it. */
export const readClimbs = statement({
  title: 'read how far alerts are escalated',
  on: 'warehouse',
  planned: 'each-time',
  columns: {
    tenant_id: 'text',
    alert_id: 'varchar',
    round: 'int4',
    since: 'timestamptz',
    level: 'int4',
    escalated_at: 'timestamptz?',
  },
  example: null,
  sql: () => sql`
select a.tenant_id, a.id as alert_id, a.lapses + 1 as round, coalesce(a.lapsed_at, a.triggered_at) as since,
  coalesce(e.level, 0) as level, e.escalated_at
from monitoring.tb_alert a
join monitoring.tb_alert_rule r on r.tenant_id = a.tenant_id and r.id = a.alert_rule_id
join monitoring.tb_escalation_policy p on p.tenant_id = r.tenant_id and p.id = r.escalation_policy_id
left join lateral (
  select x.level, x.escalated_at from monitoring.alert_escalation x
  where x.tenant_id = a.tenant_id and x.alert_id = a.id and x.round = a.lapses + 1
  order by x.level desc limit 1
) e on true
where (a.status = 'active' or (a.status = 'suppressed' and a.resolved_at is null)) and not coalesce(a.metadata @> '{"shadow": true}', false)`,
});

/**
 * Holds alerts that are about to be escalated, in order of their keys; returns those that nobody took on or ended meanwhile.
 * Whoever acknowledges one waits then, and it was escalated before.
 */
export const holdClimbing = statement({
  title: 'hold the alerts that are about to be escalated',
  on: 'warehouse',
  planned: 'each-time',
  columns: { tenant_id: 'text', id: 'varchar' },
  example: nobody,
  sql: ({ tenants, ids }: Keys) => sql`
select a.tenant_id, a.id from monitoring.tb_alert a
join unnest(${tenants}::text[], ${ids}::text[]) k(tenant_id, id) on a.tenant_id = k.tenant_id and a.id = k.id
where a.status in ('active', 'suppressed') and a.resolved_at is null
order by a.tenant_id, a.id for no key update of a`,
});

/** Levels that alerts reached, place by place, and whom they told (JSON). */
export type Reached = Keys & {
  readonly levels: readonly number[];
  readonly rounds: readonly number[];
  readonly notes: readonly string[];
  readonly destinations: readonly string[];
  readonly now: string;
};

/**
 * Notes levels of escalation that alerts reached, each once in its round. A row takes over whom the level told in the rounds
 * before and stands for them all, or an alert that lapses each minute would have half a million of them in a year.
 */
export const writeEscalations = statement({
  title: 'write escalations of alerts',
  on: 'warehouse',
  planned: 'each-time',
  columns: {},
  example: {
    ...nobody,
    levels: [1],
    rounds: [1],
    notes: ['-'],
    destinations: ['[]'],
    now: exampleNow,
  },
  sql: ({ tenants, ids, levels, rounds, notes, destinations, now }: Reached) => sql`
with reached as materialized (
  select * from unnest(${tenants}::text[], ${ids}::text[], ${levels}::integer[], ${rounds}::integer[], ${notes}::text[],
    ${destinations}::text[]) k(tenant_id, alert_id, level, round, note, destinations)
), written as (
  insert into monitoring.alert_escalation (tenant_id, alert_id, level, round, escalated_at, destinations)
  select r.tenant_id, r.alert_id, r.level, r.round, ${now}::timestamptz, (
    select coalesce(jsonb_agg(distinct d.one), '[]') from (
      select jsonb_array_elements(r.destinations::jsonb) union all
      select jsonb_array_elements(o.destinations) from monitoring.alert_escalation o
      where o.tenant_id = r.tenant_id and o.alert_id = r.alert_id and o.level = r.level
    ) d(one))
  from reached r join monitoring.tb_alert a on a.tenant_id = r.tenant_id and a.id = r.alert_id
  order by 1, 2, 3 on conflict do nothing
  returning tenant_id, alert_id, level, round
), replaced as (
  delete from monitoring.alert_escalation o using written w
  where o.tenant_id = w.tenant_id and o.alert_id = w.alert_id and o.level = w.level and o.round < w.round
)
insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, note)
select w.tenant_id, w.alert_id, ${now}::timestamptz, 'escalated', r.note
from written w join reached r using (tenant_id, alert_id, level, round) order by 1, 2`,
});

/** The alerts that are over and whose levels of escalation were not told so, with all whom these told. */
export const readEnds = statement({
  title: 'read the ends that levels of escalation wait for',
  on: 'warehouse',
  planned: 'each-time',
  columns: { ...alertColumns, destinations: 'jsonb' },
  example: null,
  sql: () => sql`
with owed as materialized (
  select e.tenant_id, e.alert_id, jsonb_agg(distinct d.one) filter (where d.one is not null) as destinations
  from monitoring.alert_escalation e
  left join lateral jsonb_array_elements(e.destinations) d(one) on true
  where e.end_told_at is null
  group by 1, 2
)
select ${alertFields}, coalesce(w.destinations, '[]') as destinations
from (
  select a.*, o.destinations from owed o
  cross join lateral (
    select * from monitoring.tb_alert a where a.tenant_id = o.tenant_id and a.id = o.alert_id and not ${isOpen} offset 0
  ) a
) w
order by w.tenant_id, w.id`,
});

/** Notes that the levels of escalation of alerts heard of their end. */
export const noteEnds = statement({
  title: 'note that levels of escalation heard of the end',
  on: 'warehouse',
  planned: 'each-time',
  columns: {},
  example: { ...nobody, now: exampleNow },
  sql: ({ tenants, ids, now }: Keys & { now: string }) => sql`
update monitoring.alert_escalation e set end_told_at = ${now}::timestamptz
from unnest(${tenants}::text[], ${ids}::text[]) k(tenant_id, id)
where e.tenant_id = k.tenant_id and e.alert_id = k.id and e.end_told_at is null`,
});
