import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { exampleWants, type WantArrays } from './want.ts';

/** E-mails sent in the billing period that each slot lies in, as it is counted now. */
export const periodEmails = statement<WantArrays, { wants: '_int4'; emails_sent: 'int4' }>({
  title: 'metrics of billing periods',
  on: 'warehouse',
  columns: { wants: '_int4', emails_sent: 'int4' },
  example: exampleWants,
  sql: ({ places, tenants, slots }) => sql`
select array_agg(w.place)::integer[] as wants, b.emails_sent
from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[]) as w(place, tenant_id, slot)
join olap.billing_analytics b on b.tenant_id = w.tenant_id and b.period_start <= w.slot and w.slot < b.period_end
group by b.id, b.emails_sent`,
});

/**
 * The slot of the last run of each job that had ended before each want's. Names of jobs and their last runs are found by the
 * key, whatever the history: runs are a row a minute.
 */
export const lastRuns = statement<
  Pick<WantArrays, 'places' | 'slots'>,
  { place: 'int4'; job: 'text'; scheduled_time: 'timestamptz' }
>({
  title: 'metrics of jobs',
  on: 'warehouse',
  columns: { place: 'int4', job: 'text', scheduled_time: 'timestamptz' },
  example: { places: exampleWants.places, slots: exampleWants.slots },
  sql: ({ places, slots }) => sql`
with recursive job as (
  (select r.job from olap.job_run r order by r.job limit 1)
  union all
  select (select r.job from olap.job_run r where r.job > j.job order by r.job limit 1) from job j where j.job is not null
)
select w.place, j.job, l.scheduled_time
from unnest(${places}::integer[], ${slots}::timestamptz[]) as w(place, slot)
cross join job j
cross join lateral (
  select r.scheduled_time from olap.job_run r
  where r.job = j.job and r.scheduled_time < w.slot and r.finished_at < w.slot
  order by r.scheduled_time desc limit 1
) l
where j.job is not null`,
});

/**
 * Up to when the facts of each tenant are complete, as the ledger stands now: what was found and waits holds it back. That
 * of `platform` is the worst of all tenants.
 */
export const completeThroughOf = statement<
  { readonly tenants: readonly string[] },
  { tenant_id: 'text'; complete_through: 'timestamptz' }
>({
  title: 'metrics of freshness',
  on: 'warehouse',
  columns: { tenant_id: 'text', complete_through: 'timestamptz' },
  example: { tenants: ['nobody'] },
  sql: ({ tenants }) => sql`
with pending as materialized (
  select tenant_id, min(coalesce(complete_through, '-infinity')) as complete_through
  from (select tenant_id, complete_through from olap.pending_cell
    union all select tenant_id, complete_through from olap.pending_lead) p
  group by tenant_id
)
select w.tenant_id, c.complete_through
from unnest(${tenants}::text[]) as w(tenant_id)
cross join olap.source s
left join olap.tenant t on t.tenant_id = w.tenant_id and t.timezone is not null
cross join lateral (
  select least(s.complete_through, (select min(p.complete_through) from pending p
    where p.tenant_id = w.tenant_id or w.tenant_id = 'platform')) as complete_through
) c
where s.complete_through is not null and c.complete_through > '-infinity'
  and (t.tenant_id is not null or w.tenant_id = 'platform')`,
});
