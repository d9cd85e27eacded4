import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { microseconds } from '../reports/cursor.sql.ts';

/** One page of groups of errors that match, after a group; null matches everything. */
export type GroupsAsk = {
  readonly tenantId: string;
  readonly statuses: readonly string[] | null;
  readonly severities: readonly string[] | null;
  readonly environment: string | null;
  readonly errorType: string | null;
  readonly after: { readonly lastSeen: string; readonly id: string } | null;
  readonly limit: number;
};

const summaryColumns = {
  id: 'varchar',
  message: 'text',
  error_type: 'varchar',
  severity: 'text',
  environment: 'varchar',
  status: 'text',
  assigned_to: 'varchar?',
  occurrence_count: 'int4',
  affected_users: 'int4',
  first_seen: 'text',
  last_seen: 'text',
  resolved_at: 'text?',
  regressions: 'int4',
  revision: 'int4',
} as const satisfies Columns;

const summary =
  sql.raw(`g.id, g.message, g.error_type, g.severity::text as severity, g.environment, g.status::text as status,
  g.assigned_to, g.occurrence_count, g.affected_users, ${microseconds('g.first_seen')} as first_seen,
  ${microseconds('g.last_seen')} as last_seen, ${microseconds('g.resolved_at')} as resolved_at, g.regressions, g.revision`);

const none = sql``;

const equal = (column: string, value: string | null): RawBuilder<unknown> =>
  value === null ? none : sql`and g.${sql.raw(column)} = ${value}::text`;

const oneOf = (column: string, type: string, values: readonly string[] | null) =>
  values === null
    ? none
    : sql`and g.${sql.raw(column)} = any(${values}::text[]::monitoring.${sql.raw(type)}[])`;

/** A page of groups of errors, those that came last first. Times keep their microseconds, as text: the cursor holds them. */
export const listGroups = statement<GroupsAsk, typeof summaryColumns>({
  title: 'groups of errors by their last occurrence',
  on: 'warehouse',
  columns: summaryColumns,
  example: {
    tenantId: 'nobody',
    statuses: ['new'],
    severities: ['error'],
    environment: 'production',
    errorType: null,
    after: null,
    limit: 50,
  },
  sql: ({ tenantId, statuses, severities, environment, errorType, after, limit }) => sql`
select ${summary}
from monitoring.tb_error_log g
where g.tenant_id = ${tenantId} ${oneOf('status', 'error_status', statuses)}
  ${oneOf('severity', 'severity_level', severities)} ${equal('environment', environment)} ${equal('error_type', errorType)}
  ${after === null ? none : sql`and (g.time, g.id) < (${after.lastSeen}::timestamptz, ${after.id}::text)`}
order by g.time desc, g.id desc limit ${limit + 1}`,
});

/** One group of errors of one tenant. */
export type GroupAsk = { readonly tenantId: string; readonly id: string };

const groupColumns = {
  ...summaryColumns,
  error_hash: 'varchar',
  stack_trace: 'text?',
  file_path: 'varchar?',
  line_number: 'int4?',
  function_name: 'varchar?',
  user_id: 'varchar?',
  session_id: 'varchar?',
  request_id: 'varchar?',
  endpoint: 'varchar?',
  method: 'varchar?',
  status_code: 'int4?',
  user_agent: 'text?',
  ip_address: 'text?',
  context: 'jsonb?',
  breadcrumbs: 'jsonb?',
  resolution_note: 'text?',
  regressed_at: 'text?',
} as const satisfies Columns;

/** A group of errors with the details of its last occurrence; no row when the tenant has none. */
export const groupOf = statement<GroupAsk, typeof groupColumns>({
  title: 'group of errors with its last occurrence',
  on: 'warehouse',
  columns: groupColumns,
  example: { tenantId: 'nobody', id: 'none' },
  sql: ({ tenantId, id }) => sql`
select ${summary}, g.error_hash, g.stack_trace, g.file_path, g.line_number, g.function_name, g.user_id, g.session_id,
  g.request_id, g.endpoint, g.method, g.status_code, g.user_agent, host(g.ip_address) as ip_address, g.context,
  g.breadcrumbs, g.resolution_note, ${sql.raw(microseconds('g.regressed_at'))} as regressed_at
from monitoring.tb_error_log g
where g.tenant_id = ${tenantId} and g.id = ${id}`,
});

const instanceColumns = {
  occurred_at: 'text',
  user_id: 'varchar?',
  session_id: 'varchar?',
  request_id: 'varchar?',
  context: 'jsonb?',
  stack_trace: 'text?',
  breadcrumbs: 'jsonb?',
} as const satisfies Columns;

/** The last occurrences that were kept of a group of errors, the latest first. */
export const lastInstances = statement<
  GroupAsk & { readonly most: number },
  typeof instanceColumns
>({
  title: 'last kept occurrences of a group of errors',
  on: 'warehouse',
  columns: instanceColumns,
  example: { tenantId: 'nobody', id: 'none', most: 20 },
  sql: ({ tenantId, id, most }) => sql`
select ${sql.raw(microseconds('i.occurred_at'))} as occurred_at, i.user_id, i.session_id, i.request_id, i.context, i.stack_trace,
  i.breadcrumbs
from monitoring.tb_error_instance i
where i.tenant_id = ${tenantId} and i.error_id = ${id}
order by i.occurred_at desc, i.id desc limit ${most}`,
});
