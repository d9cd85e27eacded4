import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

type Slot = { readonly job: string; readonly scheduledTime: Date };
const example: Slot = { job: 'example', scheduledTime: new Date(0) };

/** How many cells were replaced, and tenants reconciled, since a slot of a job began. */
export const progressOf = statement({
  title: 'progress since a job began',
  on: 'warehouse',
  columns: { cells: 'int8', tenants: 'int8' },
  example,
  sql: ({ job, scheduledTime }) => sql`
select
  (select count(*) from olap.cell where aggregated_at >= (
    select started_at from olap.job_run
    where job = ${job} and scheduled_time = ${scheduledTime.toISOString()}::timestamptz)) as cells,
  (select count(*) from olap.reconciliation
    where scheduled_time = ${scheduledTime.toISOString()}::timestamptz) as tenants`,
});

/** What one slot of the reconciliation found, tenant by tenant. */
export const reconciled = statement({
  title: 'reconciliations of a slot',
  on: 'warehouse',
  columns: { tenant_id: 'text', cells: 'int4', behind: 'int4', drift: 'int4' },
  example: { scheduledTime: new Date(0) },
  sql: ({ scheduledTime }: { readonly scheduledTime: Date }) => sql`
select tenant_id, cells, behind, drift from olap.reconciliation
where scheduled_time = ${scheduledTime.toISOString()}::timestamptz
order by tenant_id`,
});

/** The job runs that finished after an instant, oldest first; to the millisecond, which is all that a Date holds. */
export const runsAfter = statement({
  title: 'job runs finished after',
  on: 'warehouse',
  columns: {
    job: 'text',
    cells: 'int4',
    messages: 'int4',
    problems: 'int4',
    finished_at: 'timestamptz',
  },
  example: { after: new Date(0) },
  sql: ({ after }: { readonly after: Date }) => sql`
select job, cells, messages, jsonb_array_length(problems) as problems, finished_at from olap.job_run
where date_trunc('milliseconds', finished_at) > ${after.toISOString()}::timestamptz
order by finished_at`,
});

/**
 * When the newest backfill of a scope began if it never finished and is to be resumed, else the present moment:
 * cells replaced since then need no second visit.
 */
export const backfillBegan = statement({
  title: 'when a backfill began',
  on: 'warehouse',
  columns: { began: 'timestamptz', resumed: 'bool' },
  example: { job: 'backfill', resume: true },
  sql: ({ job, resume }: { readonly job: string; readonly resume: boolean }) => sql`
select coalesce(max(scheduled_time), date_trunc('milliseconds', now())) as began, count(*) > 0 as resumed
from (
  select scheduled_time, finished_at from olap.job_run where job = ${job} order by scheduled_time desc limit 1
) as newest
where finished_at is null and ${resume}::boolean`,
});

/** The cells replaced since an instant. */
export const cellsSince = statement({
  title: 'cells replaced since',
  on: 'warehouse',
  columns: { tenant_id: 'text', day: 'date' },
  example: { since: new Date(0) },
  sql: ({ since }: { readonly since: Date }) => sql`
select tenant_id, day from olap.cell where aggregated_at >= ${since.toISOString()}::timestamptz
order by 1, 2`,
});
