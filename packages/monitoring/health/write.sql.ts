import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import type { ServiceKey } from './finding.ts';
import type { ServiceStatus } from './state.ts';

/** Services that were checked for a slot. */
export type HoldAsk = {
  readonly slot: string;
  readonly services: readonly (ServiceKey & { readonly revision?: number })[];
};

const held = {
  tenant_id: 'text',
  id: 'varchar',
  name: 'varchar',
  status: 'text',
  failures: 'int4',
  successes: 'int4',
  failure_threshold: 'int4',
  success_threshold: 'int4',
  degraded_ms: 'int4?',
  integration_id: 'varchar?',
  parent_id: 'varchar?',
  blocker_id: 'varchar?',
  blocker_name: 'varchar?',
} as const satisfies Columns;

/**
 * Where services stand that a check of a slot counts for, with the one above that is down: those checked for this slot or a
 * later one are left out. They stay as they are until the transaction ends; locked in the order of their keys, so
 * that two messages never wait for each other.
 */
export const holdServices = statement<HoldAsk, typeof held>({
  title: 'hold the services that were checked',
  on: 'warehouse',
  columns: held,
  example: {
    slot: '2026-01-01T00:00:00.000Z',
    services: [{ tenantId: 'platform', serviceId: 'api' }],
  },
  sql: ({ slot, services }) => sql`
select h.tenant_id, h.id, h.name, h.status::text as status, h.failures, h.successes, h.failure_threshold,
  h.success_threshold, h.degraded_ms, h.integration_id, h.parent_id,
  b.id as blocker_id, b.name as blocker_name
from unnest(${services.map(({ tenantId }) => tenantId)}::text[],
  ${services.map(({ serviceId }) => serviceId)}::text[],
  ${services.map(({ revision }) => revision ?? null)}::integer[]) as g(tenant_id, id, revision)
join monitoring.tb_service_health h on h.tenant_id = g.tenant_id and h.id = g.id
left join monitoring.tb_service_health p
  on p.tenant_id = h.tenant_id and p.id = h.parent_id and p.deleted_at is null and p.is_active
left join monitoring.tb_service_health b on b.tenant_id = p.tenant_id and b.status = 'down'
  and b.id = case when p.status = 'down' then p.id else p.blocked_by end
where h.is_active and h.deleted_at is null and (h.checked_slot is null or h.checked_slot < ${slot}::timestamptz)
  and (g.revision is null or g.revision = h.revision)
order by h.tenant_id, h.id
for no key update of h`,
});

/** What a check made of a service whose row is held. */
export type Outcomes = ServiceKey & {
  readonly checkedAt: Date;
  readonly status: ServiceStatus;
  readonly failures: number;
  readonly successes: number;
  readonly reason: string | null;
  readonly blockedBy: string | null;
  readonly responseMs: number | null;
  /** What went wrong in this check, without secrets. */
  readonly error: string | null;
  readonly details: unknown;
};

/** Outcomes of one slot. */
export type Checked = { readonly slot: string; readonly outcomes: readonly Outcomes[] };

const given = (all: readonly Outcomes[]) => sql`
  select * from unnest(
    ${all.map((o) => o.tenantId)}::text[], ${all.map((o) => o.serviceId)}::text[],
    ${all.map((o) => o.checkedAt.toISOString())}::timestamptz[], ${all.map((o) => o.status)}::text[],
    ${all.map((o) => o.failures)}::integer[], ${all.map((o) => o.successes)}::integer[],
    ${all.map((o) => o.reason)}::text[], ${all.map((o) => o.blockedBy)}::text[],
    ${all.map((o) => o.responseMs)}::integer[], ${all.map((o) => o.error)}::text[],
    ${all.map((o) => JSON.stringify(o.details))}::text[]
  ) as g(tenant_id, id, checked_at, status, failures, successes, reason, blocked_by, response_time, error, details)`;

/** Notes checks in the log, and in their services, whose rows are held, what came of them. */
export const writeChecks = statement<Checked, { checks: 'int8'; changed: 'int8' }>({
  title: 'write checks of services',
  on: 'warehouse',
  columns: { checks: 'int8', changed: 'int8' },
  example: { slot: '2026-01-01T00:00:00.000Z', outcomes: [] },
  sql: ({ slot, outcomes }) => sql`
with given as materialized (${given(outcomes)}), told as (
  update monitoring.tb_service_health h set
    status = g.status::monitoring.service_status, failures = g.failures, successes = g.successes, reason = g.reason,
    blocked_by = g.blocked_by, checked_slot = ${slot}::timestamptz, updated_at = now(),
    last_check = case when h.checked_slot is null then g.checked_at else greatest(h.last_check, g.checked_at) end,
    metrics = coalesce(g.details::jsonb, '{}') || jsonb_build_object('response_ms', g.response_time),
    changed_at = case when h.status::text = g.status then coalesce(h.changed_at, g.checked_at) else g.checked_at end,
    -- Null stays null: nothing is counted yet, and everything will be.
    uptime_until = case when h.uptime_until > g.checked_at then g.checked_at else h.uptime_until end
  from given g where h.tenant_id = g.tenant_id and h.id = g.id
  returning h.changed_at = g.checked_at as changed
), logged as (
  insert into monitoring.tb_health_check_log
    (tenant_id, service_id, status, response_time, error_message, details, checked_at)
  select tenant_id, id, status::monitoring.service_status, response_time, error, details::jsonb, checked_at
  from given order by tenant_id, id
  returning 1
)
select (select count(*) from logged) as checks, count(*) filter (where changed) as changed from told`,
});
