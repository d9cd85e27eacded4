import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { IntegrationRow } from './item.ts';

const columns =
  'integration_id, event_type, direction, endpoint, method, status_code, success, response_time,' +
  ' request_payload, response_payload, error_message, retry_count, occurred_at';

/**
 * Which of the integrations there are; they stay until the transaction ends, and nobody else writes their state before.
 * Locked in the order of their ids, so that two batches never wait for each other; a lock that new events (foreign keys)
 * do not wait for.
 */
export const holdIntegrations = statement({
  title: 'hold the integrations of a batch',
  on: 'warehouse',
  columns: { id: 'varchar' },
  example: { tenantId: 'platform', ids: ['payments'] },
  sql: ({ tenantId, ids }: { tenantId: string; ids: readonly string[] }) => sql`
select id from monitoring.tb_integration_health
where tenant_id = ${tenantId} and id = any(${ids}::text[])
order by id
for no key update`,
});

/** Calls of one tenant whose integrations are held. */
export type Calls = { readonly tenantId: string; readonly calls: readonly IntegrationRow[] };

/**
 * Writes calls, and of each integration when it was last called, last succeeded, and what it last said that it allows. The
 * moments only ever go forward and each of the three for itself, so the order in which calls arrive changes nothing; of
 * two calls at one moment the lower rest counts.
 */
export const writeCalls = statement<Calls, { rows: 'int8' }>({
  title: 'write calls of integrations',
  on: 'warehouse',
  columns: { rows: 'int8' },
  example: { tenantId: 'platform', calls: [] },
  sql: ({ tenantId, calls }) => sql`
with given as materialized (
  select * from jsonb_to_recordset(${JSON.stringify(calls)}::jsonb) as g(
    integration_id varchar(50), event_type varchar(50), direction varchar(10), endpoint varchar(500), method varchar(10),
    status_code integer, success boolean, response_time integer, request_payload jsonb, response_payload jsonb,
    error_message text, retry_count integer, rate_limit_quota integer, rate_limit_remaining integer,
    rate_limit_reset timestamptz, occurred_at timestamptz)
), written as (
  insert into monitoring.tb_integration_event (tenant_id, ${sql.raw(columns)})
  select ${tenantId}, ${sql.raw(columns)} from given order by integration_id, occurred_at
  returning 1
), newest as (
  select integration_id, max(occurred_at) as last_check,
    max(occurred_at) filter (where success) as last_success
  from given group by integration_id
), allowance as (
  select distinct on (g.integration_id)
    g.integration_id, g.occurred_at, g.rate_limit_quota, g.rate_limit_remaining, g.rate_limit_reset
  from given g
  join monitoring.tb_integration_health h on h.tenant_id = ${tenantId} and h.id = g.integration_id
  where num_nonnulls(g.rate_limit_quota, g.rate_limit_remaining, g.rate_limit_reset) > 0
    and (h.rate_limit_at is null or g.occurred_at > h.rate_limit_at or (g.occurred_at = h.rate_limit_at
      and (h.rate_limit_remaining is null or g.rate_limit_remaining < h.rate_limit_remaining)))
  order by g.integration_id, g.occurred_at desc, g.rate_limit_remaining
), state as (
  update monitoring.tb_integration_health h set
    last_check = greatest(h.last_check, n.last_check),
    last_success = greatest(h.last_success, n.last_success),
    rate_limit_at = coalesce(a.occurred_at, h.rate_limit_at),
    rate_limit_quota = case when a.occurred_at is null then h.rate_limit_quota else a.rate_limit_quota end,
    rate_limit_remaining = case when a.occurred_at is null then h.rate_limit_remaining else a.rate_limit_remaining end,
    rate_limit_reset = case when a.occurred_at is null then h.rate_limit_reset else a.rate_limit_reset end,
    updated_at = now()
  from newest n
  left join allowance a using (integration_id)
  where h.tenant_id = ${tenantId} and h.id = n.integration_id and (
    n.last_check > h.last_check or n.last_success > coalesce(h.last_success, '-infinity') or a.occurred_at is not null)
)
select count(*) as rows from written`,
});
