import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';
import { committedColumns } from './chain.ts';

/** Why values of an entry go: its category ends, or what is personal has been kept for long enough. */
export const reasons = ['kept-long-enough', 'personal'] as const;

/** The name of such a reason. */
export type Reason = (typeof reasons)[number];

const now = new Date('2026-01-01T00:00:00Z');

/** Whose entries at which instant; null is every tenant. */
export type DueAsk = { readonly tenantId: string | null; readonly now: Date };

const ask: DueAsk = { tenantId: null, now };
const everything = sql.raw(`array[${committedColumns.map((name) => `'${name}'`).join(', ')}]`);

// Each must imply the predicate of its index (0058). What erased others says so for ever.
const left: Readonly<Record<Reason, RawBuilder<unknown>>> = {
  'kept-long-enough': sql`l.salts ? 'admin_user_id' and l.action <> 'audit_log.erased'`,
  personal: sql`l.salts ? 'ip_address' and l.action <> 'audit_log.erased' and l.data_classification is distinct from 'restricted'
    and rule.personal <> '{}'`,
};

const days = (reason: Reason): RawBuilder<unknown> =>
  sql.raw(reason === 'personal' ? 'personal_days' : 'keep_days');

/**
 * The entries `l` of which something is to be erased at an instant, as `from … where …`: `rule.personal` are the columns
 * that its class calls personal, `held.yes` says whether a legal hold keeps it. What is just as old as is allowed stays.
 */
const due = (reason: Reason, at: Date): RawBuilder<unknown> => sql`
from olap.admin_audit_log l
left join olap.audit_retention k on k.category = l.retention_category
left join olap.audit_class c on c.data_classification = l.data_classification
cross join (select r.*, x.personal_columns from olap.audit_retention r, olap.audit_class x
  where r.category = 'security' and x.data_classification = 'personal') other
cross join lateral (select
  case when k.category is null then other.${days(reason)} else k.${days(reason)} end as days,
  coalesce(c.personal_columns, other.personal_columns) as personal) rule
cross join lateral (select exists (select from monitoring.legal_hold h
  where h.tenant_id = l.tenant_id and h.table_name = 'admin_audit_log' and h.released_at is null
    and l.creation_time >= h.held_from and l.creation_time < coalesce(h.held_until, 'infinity')) as yes) held
where ${left[reason]} and l.creation_time < ${at}::timestamptz - rule.days * interval '24 hours'
  and l.creation_time < ${at}::timestamptz - (select min(${days(reason)}) from olap.audit_retention) * interval '24 hours'`;

/** The tenants that have something to erase now, and why; operations see every tenant. */
export const readDueTenants = statement({
  title: 'read whose audit entries are to be erased',
  on: 'warehouse',
  columns: { tenant_id: 'text', reason: 'text' },
  example: ask,
  sql: ({ tenantId, now: at }: DueAsk) => sql`
select t.tenant_id, v.reason
from olap.audit_chain t cross join lateral (values ${sql.join(
    reasons.map(
      (reason, place) =>
        sql`(${place}::integer, ${reason}::text, exists (select ${due(reason, at)} and l.tenant_id = t.tenant_id and not held.yes))`,
    ),
  )}) v(place, reason, is_due)
where v.is_due and (${tenantId}::text is null or t.tenant_id = ${tenantId})
order by t.tenant_id, v.place`,
});

/** What is to be erased at an instant, by tenant, reason and category, and what legal holds keep from it. */
export const readPlan = statement({
  title: 'count the audit entries that are to be erased',
  on: 'warehouse',
  columns: {
    tenant_id: 'text',
    reason: 'text',
    category: 'text?',
    classification: 'text?',
    held: 'bool',
    entries: 'int8',
    oldest: 'timestamptz',
    newest: 'timestamptz',
  },
  example: ask,
  sql: ({ tenantId, now: at }: DueAsk) => sql`
select d.tenant_id, d.reason, d.retention_category::text as category, d.data_classification::text as classification,
  d.yes as held, count(*) as entries, min(d.creation_time) as oldest, max(d.creation_time) as newest
from (${sql.join(
    reasons.map(
      (reason) =>
        sql`select ${reason}::text as reason, l.tenant_id, l.retention_category, l.data_classification, l.creation_time, held.yes ${due(reason, at)}`,
    ),
    sql` union all `,
  )}) d
where ${tenantId}::text is null or d.tenant_id = ${tenantId}
group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
});

/** A batch of one tenant's entries; those up to `after` were looked at before. */
export type EraseAsk = {
  readonly tenantId: string;
  readonly reason: Reason;
  readonly now: Date;
  readonly by: string;
  readonly after: { readonly time: string; readonly id: number } | null;
  readonly most: number;
};

const emptied = committedColumns
  .map((name) => {
    const gone = name === 'admin_user_id' ? `'erased'` : 'null';
    return `${name} = case when '${name}' = any (t.columns) then ${gone} else l.${name} end`;
  })
  .join(', ');

/**
 * Erases values of the oldest entries that are due, each together with its salt, and says so in the chain in the same
 * statement: an entry for each set of columns, with the places it erased as spans. What is held is passed over. The caller has the turn of the tenant's holds (`takeHoldTurn`), so that every hold is seen and nobody erases beside it. Returns
 * how many entries lost something, and the last one, after which to go on.
 *
 * 1,000 of 300,000 entries in 37 partitions take 250 to 480 ms on two busy cores; finding that a tenant has nothing left
 * takes 78 buffers, however long its log is (2026-11).
 */
export const eraseBatch = statement({
  title: 'erase values of audit entries that are beyond their time',
  on: 'warehouse',
  columns: { entries: 'int8', time: 'text?', id: 'int8?' },
  example: {
    tenantId: 'nobody',
    reason: 'personal',
    now,
    by: 'audit-ageing',
    after: null,
    most: 1_000,
  },
  planned: 'each-time',
  sql: ({ tenantId, reason, now: at, by, after, most }: EraseAsk) => sql`
with taken as materialized (
  select l.creation_time, l.id, l.seq, ${reason === 'personal' ? sql`rule.personal` : everything} as columns
  ${due(reason, at)} and l.tenant_id = ${tenantId} and not held.yes
    ${after === null ? sql`` : sql`and l.creation_time >= ${after.time}::timestamptz and (l.creation_time, l.id) > (${after.time}::timestamptz, ${after.id}::int8)`}
  order by l.creation_time, l.id limit ${most}::integer
), erased as (
  update olap.admin_audit_log l
  set ${sql.raw(emptied)}, salts = l.salts - t.columns
  from taken t
  where l.tenant_id = ${tenantId} and l.creation_time = t.creation_time and l.id = t.id
  returning l.creation_time, l.id, l.seq, t.columns
), spans as (
  select columns, min(seq) as first_seq, max(seq) as last_seq
  from (select columns, seq, seq - row_number() over (partition by columns order by seq) as island from erased) e
  group by columns, island
), recorded as (
  insert into olap.admin_audit_log (tenant_id, admin_user_id, action, resource_type, resource_id, metadata,
    data_classification, retention_category)
  select ${tenantId}, ${by}, 'audit_log.erased', 'admin_audit_log', ${tenantId},
    jsonb_build_object('erased', jsonb_agg(jsonb_build_array(first_seq, last_seq) order by first_seq), 'columns', columns,
      'why', ${reason}::text, 'as_of', ${at}::timestamptz),
    'restricted', 'records'
  from spans group by columns order by columns
  returning id
)
select (select count(*) from erased) as entries, newest.time, newest.id
from (select count(*) from recorded) r
left join (select to_char(creation_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as time, id
  from taken order by creation_time desc, taken.id desc limit 1) newest on true`,
});
