import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { completeThrough } from '../changes/complete-through.sql.ts';

/** One tenant. */
export type TenantAsk = { readonly tenantId: string };

/** When facts are read, up to when they are complete, and the tenant's today; read it before the facts it stands for. */
export const freshNow = statement<
  TenantAsk,
  { as_of: 'timestamptz'; complete_through: 'timestamptz?'; timezone: 'text'; today: 'date' }
>({
  title: 'freshness and today of a tenant',
  on: 'warehouse',
  columns: {
    as_of: 'timestamptz',
    complete_through: 'timestamptz?',
    timezone: 'text',
    today: 'date',
  },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }) => sql`
select now() as as_of, ${completeThrough(tenantId)} as complete_through, z.timezone,
  (now() at time zone z.timezone)::date as today
from (select coalesce((select timezone from olap.tenant where tenant_id = ${tenantId}), 'UTC') as timezone) z`,
});

/** What the ledger holds of a tenant, done and waiting: one row. */
export const ledgerOf = statement<
  TenantAsk,
  {
    last_aggregated_at: 'timestamptz?';
    days_known: 'int8';
    first_day: 'date?';
    last_day: 'date?';
    days_pending: 'int8';
    leads_pending: 'int8';
    pending_since: 'timestamptz?';
  }
>({
  title: 'ledger of a tenant',
  on: 'warehouse',
  columns: {
    last_aggregated_at: 'timestamptz?',
    days_known: 'int8',
    first_day: 'date?',
    last_day: 'date?',
    days_pending: 'int8',
    leads_pending: 'int8',
    pending_since: 'timestamptz?',
  },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }) => sql`
select c.*, p.days as days_pending, l.leads as leads_pending, least(p.since, l.since) as pending_since
from (select max(aggregated_at) as last_aggregated_at, count(*) as days_known, min(day) as first_day,
    max(day) as last_day from olap.cell where tenant_id = ${tenantId}) c,
  (select count(*) as days, min(found_at) as since from olap.pending_cell where tenant_id = ${tenantId}) p,
  (select count(*) as leads, min(found_at) as since from olap.pending_lead where tenant_id = ${tenantId}) l`,
});

/** The days of a tenant, among the last 35 up to its today, that have been counted; the newest first. */
export const recentDays = statement<
  TenantAsk,
  { day: 'date'; aggregated_at: 'timestamptz'; reason: 'text' }
>({
  title: 'recent days of a tenant',
  on: 'warehouse',
  columns: { day: 'date', aggregated_at: 'timestamptz', reason: 'text' },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }) => sql`
select day, aggregated_at, reason from olap.cell
where tenant_id = ${tenantId} and day > (now() at time zone
  coalesce((select timezone from olap.tenant where tenant_id = ${tenantId}), 'UTC'))::date - 35
order by day desc`,
});

/** The last reconciliation of a tenant; no row before the first. */
export const lastReconciliation = statement<
  TenantAsk,
  { reconciled_at: 'timestamptz'; cells: 'int4'; behind: 'int4'; drift: 'int4' }
>({
  title: 'last reconciliation of a tenant',
  on: 'warehouse',
  columns: { reconciled_at: 'timestamptz', cells: 'int4', behind: 'int4', drift: 'int4' },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }) => sql`
select reconciled_at, cells, behind, drift from olap.reconciliation
where tenant_id = ${tenantId} order by scheduled_time desc limit 1`,
});
