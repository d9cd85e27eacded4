import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import type { Day } from '@rookery/kernel/day';
import { startOfDay } from '../facts/local-day.sql.ts';

/** An edge of time as a caller names it: an instant as text, or the start of a day in the zone of the tenant. */
export type Edge = { readonly instant: string } | { readonly day: Day };

/** What an entry must match; null matches everything. */
export type EntryFilter = {
  readonly action: string | null;
  readonly adminUserId: string | null;
  readonly resourceType: string | null;
  readonly resourceId: string | null;
  readonly from: Edge | null;
  readonly to: Edge | null;
};

/** One page of the audit, the newest first, after an entry; as soon as it holds `bytes` of JSON no further entry is on it. */
export type EntriesAsk = {
  readonly tenantId: string;
  readonly filter: EntryFilter;
  readonly after: { readonly creationTime: string; readonly id: number } | null;
  readonly limit: number;
  readonly bytes: number;
};

const entryColumns = {
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
  followed: 'bool',
} as const satisfies Columns;

const none = sql``;

const equal = (column: string, value: string | null): RawBuilder<unknown> =>
  value === null ? none : sql`and l.${sql.raw(column)} = ${value}`;

const edge = (tenantId: string, compared: '>=' | '<', at: Edge | null): RawBuilder<unknown> => {
  if (at === null) return none;
  const zone = sql`coalesce((select timezone from olap.tenant where tenant_id = ${tenantId}), 'UTC')`;
  const moment =
    'instant' in at ? sql`${at.instant}::timestamptz` : startOfDay(sql`${at.day}::date`, zone);
  return sql`and l.creation_time ${sql.raw(compared)} ${moment}`;
};

/**
 * A page of the compliance audit of a tenant; `followed` says of each entry whether another comes after it, on this page or
 * not. Entries may be large: a page ends before the one with which it would exceed `bytes`, and holds at least one. Instants
 * keep their microseconds, as text: two entries of one millisecond have an order.
 */
export const listEntries = statement<EntriesAsk, typeof entryColumns>({
  title: 'list audit entries',
  on: 'warehouse',
  columns: entryColumns,
  example: {
    tenantId: 'nobody',
    filter: {
      action: null,
      adminUserId: null,
      resourceType: null,
      resourceId: null,
      from: null,
      to: null,
    },
    after: null,
    limit: 50,
    bytes: 1_000_000,
  },
  sql: ({ tenantId, filter, after, limit, bytes }) => sql`
with page as (
  select l.*, octet_length(row_to_json(l)::text) as size
  from olap.admin_audit_log l
  where l.tenant_id = ${tenantId} ${equal('action', filter.action)} ${equal('admin_user_id', filter.adminUserId)}
    ${equal('resource_type', filter.resourceType)} ${equal('resource_id', filter.resourceId)}
    ${edge(tenantId, '>=', filter.from)} ${edge(tenantId, '<', filter.to)}
    ${after === null ? none : sql`and (l.creation_time, l.id) < (${after.creationTime}::timestamptz, ${after.id}::int8)`}
  order by l.creation_time desc, l.id desc limit ${limit + 1}
), measured as (
  select page.*, row_number() over newest as place, sum(size) over newest as bytes, count(*) over () as found
  from page
  window newest as (order by creation_time desc, id desc rows unbounded preceding)
)
select l.id, to_char(l.creation_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as creation_time,
  l.admin_user_id, l.action, l.resource_type, l.resource_id, l.tenant_id, l.old_values, l.new_values, l.ip_address,
  l.user_agent, l.notes, l.metadata, l.data_classification, l.retention_category, l.place < l.found as followed
from measured l
where l.place <= ${limit} and (l.place = 1 or l.bytes <= ${bytes}::int8)
order by l.place`,
});

/** An entry that tells that someone read what belongs to a tenant; null where nothing is known. */
export type ReadEntry = {
  readonly tenantId: string;
  readonly adminUserId: string;
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly dataClassification: string;
  readonly retentionCategory: string;
};

/** Writes one entry at the moment of its transaction; returns its number. */
export const addEntry = statement<ReadEntry, { id: 'int8' }>({
  title: 'add an audit entry',
  on: 'warehouse',
  columns: { id: 'int8' },
  example: {
    tenantId: 'nobody',
    adminUserId: 'nobody',
    action: 'audit_log.read',
    resourceType: 'admin_audit_log',
    resourceId: 'nobody',
    ipAddress: null,
    userAgent: null,
    metadata: {},
    dataClassification: 'restricted',
    retentionCategory: 'audit_access',
  },
  sql: (entry) => sql`
insert into olap.admin_audit_log (tenant_id, admin_user_id, action, resource_type, resource_id, ip_address, user_agent,
  metadata, data_classification, retention_category)
values (${entry.tenantId}, ${entry.adminUserId}, ${entry.action}, ${entry.resourceType}, ${entry.resourceId},
  ${entry.ipAddress}, ${entry.userAgent}, ${JSON.stringify(entry.metadata)}::jsonb, ${entry.dataClassification},
  ${entry.retentionCategory})
returning id`,
});
