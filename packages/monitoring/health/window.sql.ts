import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { MaintenanceWindow, Span } from './window.ts';

/** A time, and a tenant or null for all. */
export type WindowsAsk = {
  readonly tenantId: string | null;
  readonly from: string;
  readonly to: string;
};

const columns = {
  tenant_id: 'text',
  id: 'varchar',
  name: 'varchar',
  services: '_text',
  cron: 'varchar?',
  timezone: 'varchar',
  duration_minutes: 'int4',
  starts_at: 'timestamptz',
  ends_at: 'timestamptz',
} as const;

/** Windows of maintenance that may be open within [from, to), of one tenant or of all. */
export const readWindows = statement<WindowsAsk, typeof columns>({
  title: 'windows of maintenance',
  on: 'warehouse',
  columns,
  example: { tenantId: null, from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
  sql: ({ tenantId, from, to }) => sql`
select tenant_id, id, name, services, cron, timezone, duration_minutes, starts_at, ends_at
from monitoring.maintenance_window
where starts_at < ${to}::timestamptz and ends_at > ${from}::timestamptz
  and (${tenantId}::text is null or tenant_id = ${tenantId}::text)
order by tenant_id, id`,
});

/** Times of maintenance as arrays for SQL: a row for each service of a window, and one without a service for all of them. */
export type Covers = {
  readonly tenants: readonly string[];
  readonly services: readonly (string | null)[];
  readonly names: readonly string[];
  readonly froms: readonly string[];
  readonly tos: readonly string[];
};

const servicesOf = ({ services }: MaintenanceWindow): readonly (string | null)[] =>
  services.length === 0 ? [null] : services;

/** The arrays of these times. */
export const coversOf = (spans: readonly Span[]): Covers => {
  const rows = spans.flatMap((span) =>
    servicesOf(span.window).map((service) => ({ span, service })),
  );
  return {
    tenants: rows.map(({ span }) => span.window.tenantId),
    services: rows.map(({ service }) => service),
    names: rows.map(({ span }) => span.window.name),
    froms: rows.map(({ span }) => span.from.toISOString()),
    tos: rows.map(({ span }) => span.to.toISOString()),
  };
};

/** Arrays of no time at all. */
export const noCovers: Covers = coversOf([]);

/**
 * The CTE `covered` (tenant_id, id, name, starts, ends), to be used `with recursive`: services under maintenance, with all
 * below.
 */
export const covered = (c: Covers): RawBuilder<unknown> => sql`
cover as materialized (
  select * from unnest(${c.tenants}::text[], ${c.services}::text[], ${c.names}::text[], ${c.froms}::timestamptz[],
    ${c.tos}::timestamptz[]) as c(tenant_id, service_id, name, starts, ends)
), covered as (
  select s.tenant_id, s.id, c.name, c.starts, c.ends
  from cover c join monitoring.tb_service_health s
    on s.tenant_id = c.tenant_id and (c.service_id is null or s.id = c.service_id)
  union
  select s.tenant_id, s.id, c.name, c.starts, c.ends
  from covered c join monitoring.tb_service_health s on s.tenant_id = c.tenant_id and s.parent_id = c.id
)`;
