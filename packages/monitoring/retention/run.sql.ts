import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** One unit of retention in the ledger: whose rows of which table, what is done, for which slot. */
export type Entry = {
  readonly tenantId: string;
  readonly table: string;
  readonly action: string;
  readonly slot: Date;
  readonly partition: string | null;
};

const entry: Entry = {
  tenantId: 'platform',
  table: 'tb_alert',
  action: 'delete',
  slot: new Date('2026-01-01T00:00:00Z'),
  partition: null,
};

const same = ({ tenantId, table, action, slot, partition }: Entry) => sql`
tenant_id = ${tenantId} and scheduled_time = ${slot}::timestamptz and table_name = ${table} and action = ${action}
  and partition_name is not distinct from ${partition}::text and not dry_run`;

/** Opens the unit's row of the ledger; one that is there already stays as it is. */
export const openRun = statement({
  title: 'open a run of retention',
  on: 'warehouse',
  columns: { opened: 'bool' },
  example: { ...entry, coversUntil: new Date('2026-01-01T00:00:00Z') },
  sql: ({
    tenantId,
    table,
    action,
    slot,
    partition,
    coversUntil,
  }: Entry & { coversUntil: Date }) => sql`
insert into monitoring.retention_run (tenant_id, table_name, action, scheduled_time, partition_name, covers_until)
values (${tenantId}, ${table}, ${action}, ${slot}::timestamptz, ${partition}::text, ${coversUntil}::timestamptz)
on conflict do nothing
returning true as opened`,
});

/**
 * Takes the unit's row until the transaction ends. Whoever works on the same unit waits here, so batches of one unit never
 * run beside each other and its counts add up. What is done so far is in it.
 */
export const takeRun = statement({
  title: 'take a run of retention',
  on: 'warehouse',
  columns: { finished: 'bool', rows: 'int8', checksum: 'text', objects: 'jsonb', removed: 'jsonb' },
  example: entry,
  sql: (of: Entry) => sql`
select finished_at is not null as finished, coalesce((detail->>'rows')::bigint, 0) as rows,
  coalesce(detail->>'checksum', '') as checksum, coalesce(detail->'objects', '[]') as objects,
  coalesce(detail->'removed', '[]') as removed
from monitoring.retention_run where ${same(of)} for update`,
});

/** How many rows a unit has done so far; no row when it never began. */
export const readRun = statement({
  title: 'read a run of retention',
  on: 'warehouse',
  columns: { rows: 'int8' },
  example: entry,
  sql: (of: Entry) => sql`
select coalesce((detail->>'rows')::bigint, 0) as rows from monitoring.retention_run where ${same(of)}`,
});

/** Notes how far the unit is, in the transaction that did it; `finished` closes the row with its proof. */
export const noteRun = statement({
  title: 'note how far a run of retention is',
  on: 'warehouse',
  columns: { rows: 'int8?' },
  example: { ...entry, rows: 0, checksum: '', detail: '{}', finished: false },
  sql: ({
    rows,
    checksum,
    detail,
    finished,
    ...of
  }: Entry & { rows: number; checksum: string; detail: string; finished: boolean }) => sql`
update monitoring.retention_run set
  detail = ${detail}::jsonb || jsonb_build_object('rows', ${rows}::bigint, 'checksum', ${checksum}::text),
  rows = case when ${finished}::boolean then ${rows}::bigint end,
  checksum = case when ${finished}::boolean then ${checksum}::text end,
  finished_at = case when ${finished}::boolean then now() end
where ${same(of)}
returning rows`,
});

/**
 * The objects that archiving wrote, each with its digest, and those that were removed; the partitions that are there again;
 * and the runs that reached further than their policy allowed.
 */
export const readProofs = statement({
  title: 'read the proofs of retention',
  on: 'warehouse',
  columns: {
    id: 'int8',
    tenant_id: 'text',
    table_name: 'varchar',
    objects: 'jsonb',
    removed: 'jsonb',
    partition_name: 'text?',
    early: 'bool',
  },
  example: {},
  sql: () => sql`
select r.id, r.tenant_id, r.table_name, coalesce(r.detail->'objects', '[]') as objects,
  coalesce(r.detail->'removed', '[]') as removed,
  case when r.action = 'drop' and r.finished_at is not null and to_regclass(format('monitoring.%I', coalesce(r.partition_name, 'none'))) is not null
    then r.partition_name::text end as partition_name,
  r.action in ('delete', 'drop') and r.covers_until > r.scheduled_time - (r.detail->>'keep_days')::integer * interval '24 hours'
    is true as early
from monitoring.retention_run r where not r.dry_run order by r.id`,
});
