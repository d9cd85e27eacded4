import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Zones } from './dirty.sql.ts';

/** A slot of a job, as the schedule names it. */
export type Slot = { readonly job: string; readonly scheduledTime: Date };

/**
 * Begins a slot of a job. `finished` is true when the slot was done before (a double fire): do nothing then.
 * A slot that began and never finished is begun again.
 */
export const beginRun = statement<Slot, { finished: 'bool'; cells: 'int4'; messages: 'int4' }>({
  title: 'begin a job run',
  on: 'warehouse',
  columns: { finished: 'bool', cells: 'int4', messages: 'int4' },
  example: { job: 'example', scheduledTime: new Date(0) },
  sql: ({ job, scheduledTime }) => sql`
insert into olap.job_run as r (job, scheduled_time) values (${job}, ${scheduledTime.toISOString()}::timestamptz)
on conflict (job, scheduled_time) do update set started_at = case when r.finished_at is null then now() else r.started_at end
returning r.finished_at is not null as finished, r.cells, r.messages`,
});

/** Finishes a slot with its figures and what went wrong on the way. */
export const finishRun = statement<
  Slot & { cells: number; messages: number; problems: readonly string[] },
  { job: 'text' }
>({
  title: 'finish a job run',
  on: 'warehouse',
  columns: { job: 'text' },
  example: { job: 'example', scheduledTime: new Date(0), cells: 0, messages: 0, problems: [] },
  sql: ({ job, scheduledTime, cells, messages, problems }) => sql`
update olap.job_run set finished_at = now(), cells = ${cells}, messages = ${messages},
  problems = ${JSON.stringify(problems)}::jsonb
where job = ${job} and scheduled_time = ${scheduledTime.toISOString()}::timestamptz
returning job`,
});

/** Where the source was found to stand; see position.sql.ts. */
export type Position = { readonly system: string; readonly xmax: string };

/** Takes turns with other looks for the rest of the transaction; there is no row to lock before the first one. */
export const lockSource = statement<Record<string, never>, { locked: 'bool' }>({
  title: 'lock the position of the source',
  on: 'warehouse',
  columns: { locked: 'bool' },
  example: {},
  sql: () =>
    sql`select pg_advisory_xact_lock(hashtextextended('olap.source', 0)) is not null as locked`,
});

/**
 * Registers the incarnation of the source. A different system, or an xid space that ran backwards (a restore, a branch
 * reset), begins a new epoch: fences of the old one lose against it, and `restored` asks for a full recompute.
 */
export const registerSource = statement<
  Position,
  { epoch: 'int4'; fresh: 'bool'; changed_since: 'timestamptz?'; swept_xmin: 'text?' }
>({
  title: 'register the source',
  on: 'warehouse',
  columns: { epoch: 'int4', fresh: 'bool', changed_since: 'timestamptz?', swept_xmin: 'text?' },
  example: { system: '1', xmax: '1' },
  sql: ({ system, xmax }) => sql`
insert into olap.source as s (system_identifier, seen_xmax) values (${system}, ${xmax}::xid8)
on conflict (source_id) do update set
  system_identifier = excluded.system_identifier, seen_xmax = excluded.seen_xmax, updated = now(),
  epoch = s.epoch + case when s.system_identifier = excluded.system_identifier
    and s.seen_xmax <= excluded.seen_xmax then 0 else 1 end,
  changed_since = case when s.system_identifier = excluded.system_identifier
    and s.seen_xmax <= excluded.seen_xmax then s.changed_since end,
  swept_xmin = case when s.system_identifier = excluded.system_identifier
    and s.seen_xmax <= excluded.seen_xmax then s.swept_xmin end
returning s.epoch, s.changed_since is null as fresh, s.changed_since, s.swept_xmin::text as swept_xmin`,
});

/** Moves the watermarks of an epoch forward, never back; null leaves one where it is. */
export const advance = statement<
  {
    epoch: number;
    changedSince: Date | null;
    sweptXmin: string | null;
    completeThrough: Date | null;
  },
  { epoch: 'int4' }
>({
  title: 'advance the watermarks',
  on: 'warehouse',
  columns: { epoch: 'int4' },
  example: { epoch: 1, changedSince: null, sweptXmin: null, completeThrough: new Date(0) },
  sql: ({ epoch, changedSince, sweptXmin, completeThrough }) => sql`
update olap.source set
  changed_since = greatest(changed_since, ${changedSince?.toISOString() ?? null}::timestamptz),
  swept_xmin = case when ${sweptXmin}::xid8 > coalesce(swept_xmin, '0'::xid8) then ${sweptXmin}::xid8 else swept_xmin end,
  complete_through = greatest(complete_through, ${completeThrough?.toISOString() ?? null}::timestamptz), updated = now()
where epoch = ${epoch}
returning epoch`,
});

/** Every tenant the warehouse knows, with the zone its cells were last asked for in; null before the first look. */
export const knownTenants = statement<
  Record<string, never>,
  { tenant_id: 'text'; timezone: 'text?' }
>({
  title: 'tenants of the warehouse',
  on: 'warehouse',
  columns: { tenant_id: 'text', timezone: 'text?' },
  example: {},
  sql: () => sql`select tenant_id, timezone from olap.tenant order by tenant_id`,
});

/**
 * Remembers zones and anchors of the tenants that can be worked on, after the cells they dirtied have been queued, and
 * forgets the zone of every other one: when it is mended, or comes back, all its cells are looked at again.
 */
export const rememberTenants = statement<
  Zones & { anchors: readonly number[] },
  { changed: 'int8' }
>({
  title: 'remember tenants',
  on: 'warehouse',
  columns: { changed: 'int8' },
  example: { tenantIds: [], timezones: [], anchors: [] },
  sql: ({ tenantIds, timezones, anchors }) => sql`
with changed as (
  insert into olap.tenant as t (tenant_id, timezone, billing_anchor)
  select * from unnest(${tenantIds}::text[], ${timezones}::text[], ${anchors}::integer[]) as s(tenant_id, timezone, anchor)
  order by s.tenant_id
  on conflict (tenant_id) do update set timezone = excluded.timezone, billing_anchor = excluded.billing_anchor
  where (t.timezone, t.billing_anchor) is distinct from (excluded.timezone, excluded.billing_anchor)
  returning 1
), forgotten as (
  update olap.tenant set timezone = null where tenant_id <> all(${tenantIds}::text[]) and timezone is not null
)
select count(*) as changed from changed`,
});

/** The cells the warehouse holds between two days: what a recompute must visit even when the source has emptied them. */
export const heldCells = statement<
  { tenantIds: readonly string[]; from: string; to: string },
  { tenant_id: 'text'; day: 'date'; emails: 'int8' }
>({
  title: 'cells of the ledger',
  on: 'warehouse',
  columns: { tenant_id: 'text', day: 'date', emails: 'int8' },
  example: { tenantIds: [], from: '2026-01-01', to: '2026-01-02' },
  sql: ({ tenantIds, from, to }) => sql`
select tenant_id, day, (source_emails + source_warmups)::bigint as emails from olap.cell
where tenant_id = any(${tenantIds}::text[]) and day >= ${from}::date and day < ${to}::date
  and source_emails + source_warmups > 0
order by 1, 2`,
});
