import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { committedColumns } from './chain.ts';
import { anything, indexed, matching, type EntryFilter } from './matching.sql.ts';
import { entryInstant } from './sealed.sql.ts';

/** Where an entry is in the order of a list: its instant with microseconds, and its number. */
export type Spot = { readonly creationTime: string; readonly id: number };

/** Which entries a page is made of: in which order, and after which. */
export type WalkAsk = {
  readonly tenantId: string;
  readonly filter: EntryFilter;
  readonly order: 'newest' | 'oldest';
  readonly after: Spot | null;
};

/** One page; no entry is on it that comes after `through`, and as soon as it holds `bytes` of JSON none comes any more. */
export type EntriesAsk = WalkAsk & {
  readonly through: Spot | null;
  readonly limit: number;
  readonly bytes: number;
};

const walk: WalkAsk = { tenantId: 'nobody', filter: anything, order: 'newest', after: null };

const instant = entryInstant('l');
const none = sql``;

const orderOf = (order: WalkAsk['order']): RawBuilder<unknown> =>
  order === 'newest' ? sql`l.creation_time desc, l.id desc` : sql`l.creation_time, l.id`;

// Rows compare as wholes, which tells the planner nothing of partitions: the instant is said once more.
const from = (order: WalkAsk['order'], spot: Spot | null): RawBuilder<unknown> => {
  if (spot === null) return none;
  const { creationTime: time, id } = spot;
  const row = sql`(${time}::timestamptz, ${id}::int8)`;
  return order === 'newest'
    ? sql`and l.creation_time <= ${time}::timestamptz and (l.creation_time, l.id) < ${row}`
    : sql`and l.creation_time >= ${time}::timestamptz and (l.creation_time, l.id) > ${row}`;
};

const upTo = (order: WalkAsk['order'], spot: Spot | null): RawBuilder<unknown> => {
  if (spot === null) return none;
  const { creationTime: time, id } = spot;
  const row = sql`(${time}::timestamptz, ${id}::int8)`;
  return order === 'newest'
    ? sql`and l.creation_time >= ${time}::timestamptz and (l.creation_time, l.id) >= ${row}`
    : sql`and l.creation_time <= ${time}::timestamptz and (l.creation_time, l.id) <= ${row}`;
};

/**
 * The entry that is so many entries further on, among those that an index finds; no row where fewer are left. It
 * bounds what one page examines.
 */
export const lookAhead = statement<
  WalkAsk & { readonly entries: number },
  { creation_time: 'text'; id: 'int8' }
>({
  title: 'find how far a page of the audit log looks',
  on: 'warehouse',
  columns: { creation_time: 'text', id: 'int8' },
  example: { ...walk, entries: 20_000 },
  planned: 'each-time',
  sql: ({ tenantId, filter, order, after, entries }) => sql`
select ${instant} as creation_time, l.id
from olap.admin_audit_log l
where ${indexed(tenantId, filter)} ${from(order, after)}
order by ${orderOf(order)} offset ${entries - 1}::int8 limit 1`,
});

const shown = {
  id: 'int8',
  creation_time: 'text',
  admin_user_id: 'text',
  action: 'text',
  resource_type: 'text',
  resource_id: 'text',
  tenant_id: 'text',
  old_values: 'jsonb?',
  new_values: 'jsonb?',
  ip_address: 'text?',
  user_agent: 'text?',
  notes: 'text?',
  metadata: 'jsonb?',
  data_classification: 'varchar?',
  retention_category: 'varchar?',
  seq: 'int8',
  prev_hash: 'text',
  hash: 'text',
  erased: '_text',
  audit_event: 'text?',
} as const satisfies Columns;

const committed = sql.raw(`array[${committedColumns.map((name) => `'${name}'`).join(', ')}]`);

/** The columns of an entry `l` as answers show it; `erased` are those whose value is gone with its salt. */
const showing = sql`
l.id, ${instant} as creation_time, l.admin_user_id, l.action, l.resource_type, l.resource_id, l.tenant_id, l.old_values,
  l.new_values, l.ip_address, l.user_agent, l.notes, l.metadata, l.data_classification, l.retention_category, l.seq,
  l.prev_hash, l.hash, array(select c from unnest(${committed}) with ordinality u(c, n) where not l.salts ? c order by n) as erased,
  l.metadata->>'audit_event' as audit_event`;

const listed = { ...shown, followed: 'bool' } as const satisfies Columns;

/**
 * A page of the compliance audit of a tenant; `followed` says of each entry whether another comes after it, on this page or
 * not. Entries may be large: a page ends before the one with which it would exceed `bytes`, and holds at least one. Instants
 * keep their microseconds, as text: two entries of one millisecond have an order.
 */
export const listEntries = statement<EntriesAsk, typeof listed>({
  title: 'list audit entries',
  on: 'warehouse',
  columns: listed,
  example: { ...walk, through: null, limit: 50, bytes: 1_000_000 },
  planned: 'each-time',
  sql: ({ tenantId, filter, order, after, through, limit, bytes }) => sql`
with page as (
  select ${showing}, l.creation_time as at
  from olap.admin_audit_log l
  where ${matching(tenantId, filter)} ${from(order, after)} ${upTo(order, through)}
  order by ${orderOf(order)} limit ${limit + 1}
), placed as (
  select p.*, row_number() over (order by ${order === 'newest' ? sql`at desc, id desc` : sql`at, id`}) as place,
    count(*) over () as found, octet_length(row_to_json(p)::text) as size
  from page p
), measured as (
  select *, sum(size) over (order by place) as bytes from placed
)
select ${sql.raw(Object.keys(shown).join(', '))}, place < found as followed
from measured
where place <= ${limit} and (place = 1 or bytes <= ${bytes}::int8)
order by place`,
});

const proven = { ...shown, commitments: 'jsonb', salts: 'jsonb', texts: 'jsonb' } as const;

/** One entry with what its hash is computed from: the commitments, the salts that are left and the values as text. */
export const readEntry = statement<
  { readonly tenantId: string; readonly seq: number },
  typeof proven
>({
  title: 'read an audit entry with its proof',
  on: 'warehouse',
  columns: proven,
  example: { tenantId: 'nobody', seq: 1 },
  sql: ({ tenantId, seq }) => sql`
select ${showing}, l.commitments, l.salts,
  jsonb_build_object(${sql.raw(committedColumns.map((name) => `'${name}', l.${name}::text`).join(', '))}) as texts
from olap.admin_audit_log l
where l.tenant_id = ${tenantId} and l.seq = ${seq}::int8
order by l.creation_time limit 1`,
});

/** The head of a tenant's chain and how many entries there are; no row where nothing was ever recorded. */
export const readHead = statement({
  title: 'read how far the audit chain of a tenant goes',
  on: 'warehouse',
  columns: { seq: 'int8', hash: 'text', updated: 'timestamptz', entries: 'int8' },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }: { readonly tenantId: string }) => sql`
select c.seq, c.hash, c.updated,
  (select count(*) from olap.admin_audit_log l where l.tenant_id = ${tenantId}) as entries
from olap.audit_chain c where c.tenant_id = ${tenantId}`,
});
