import { sql } from 'kysely';
import { parseDay, type Day } from '@rookery/kernel/day';
import { statement } from '@rookery/db/statement';

/** A snapshot of the source: where it stands among all snapshots of one incarnation of the source. */
export type Fence = { readonly system: string; readonly xmax: string; readonly inProgress: number };

/** What asks to be let in: a tenant's cells, read in the snapshot of the fence. */
export type AtTheGate = Fence & {
  readonly tenantId: string;
  readonly timezone: string;
  readonly billingAnchor: number;
  readonly days: readonly Day[];
  readonly reason: string;
  /** The tenant's today: once a period has closed there is always an open one, for adjustments to go to. */
  readonly today: Day;
};

/**
 * Opens the write of some cells: takes the tenant's row lock (so that the writes of one tenant queue up and two
 * workers can never deadlock), then moves the fence of each cell whose stored snapshot is not newer.
 * The days it returns may be replaced; the others were already replaced from a newer snapshot.
 * It must be its own statement: what follows needs a snapshot taken after the lock, or it would miss rows to delete.
 * `uncovered` are days without a billing period, `moved` says that open periods were cut in another zone: see `coverDays`.
 * `epoch` is null when the source is not the incarnation the warehouse knows (restored, or never registered).
 */
export const openCells = statement<
  AtTheGate,
  { epoch: 'int4?'; days: '_date'; uncovered: '_date'; moved: 'bool' }
>({
  title: 'gate of cells',
  on: 'warehouse',
  columns: { epoch: 'int4?', days: '_date', uncovered: '_date', moved: 'bool' },
  example: {
    system: '1',
    xmax: '1',
    inProgress: 0,
    tenantId: 'nobody',
    timezone: 'UTC',
    billingAnchor: 1,
    days: [],
    reason: 'example',
    today: parseDay('2026-01-01'),
  },
  sql: (cell) => sql`
with known as (
  select epoch from olap.source where system_identifier = ${cell.system}
), locked as (
  insert into olap.tenant as t (tenant_id, billing_anchor)
  values (${cell.tenantId}, ${cell.billingAnchor})
  -- A zone that was only passed through is forgotten, so that the next look visits every cell again.
  on conflict (tenant_id) do update set seen_at = now(),
    timezone = case when t.timezone = ${cell.timezone} then t.timezone end
  returning t.tenant_id
), opened as (
  insert into olap.cell as c (tenant_id, day, timezone, source_epoch, source_xmax, source_in_progress, reason)
  select locked.tenant_id, d.day, ${cell.timezone}, known.epoch, ${cell.xmax}::xid8, ${cell.inProgress}, ${cell.reason}
  from locked, known, unnest(${cell.days}::date[]) as d(day)
  order by d.day
  on conflict (tenant_id, day) do update set
    timezone = excluded.timezone, source_epoch = excluded.source_epoch, source_xmax = excluded.source_xmax,
    source_in_progress = excluded.source_in_progress, reason = excluded.reason, aggregated_at = now()
  where (excluded.source_epoch, excluded.source_xmax, -excluded.source_in_progress)
    >= (c.source_epoch, c.source_xmax, -c.source_in_progress)
  returning c.day
)
select (select epoch from known) as epoch,
  (select coalesce(array_agg(day order by day), '{}') from opened) as days,
  (select coalesce(array_agg(d.day order by d.day), '{}')
    from (select day from opened union select ${cell.today}::date where exists (select from olap.billing_analytics b
      where b.tenant_id = ${cell.tenantId} and b.state = 'closed')) as d(day)
    where not exists (select from olap.billing_analytics b
      where b.tenant_id = ${cell.tenantId} and d.day >= b.first_day and d.day < b.end_day)) as uncovered,
  exists (select from olap.billing_analytics b where b.tenant_id = ${cell.tenantId}
    and b.state = 'open' and b.timezone is distinct from ${cell.timezone}) as moved
from (select count(*) from locked) as l`,
});
