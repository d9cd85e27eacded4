import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** Makes changes of parents of a tenant wait for each other: two beside each other could close a circle. */
export const takeParents = statement({
  title: 'take the turn to change parents',
  on: 'warehouse',
  columns: { taken: 'bool' },
  example: { tenantId: 'platform' },
  sql: ({ tenantId }: { tenantId: string }) => sql`
select pg_advisory_xact_lock(hashtextextended('service parents of ' || ${tenantId}::text, 0)) is not null as taken`,
});

/** A service and the one it is to depend on. */
export type ParentAsk = {
  readonly tenantId: string;
  readonly id: string;
  readonly parentId: string;
};

/**
 * Of the services from a parent upwards: whether there is one, how many, and whether a service is among them; and how many
 * steps there are from that service down.
 */
export const readAncestors = statement<
  ParentAsk,
  { is_known: 'bool'; is_circle: 'bool'; above: 'int8'; below: 'int8' }
>({
  title: 'services above a service',
  on: 'warehouse',
  columns: { is_known: 'bool', is_circle: 'bool', above: 'int8', below: 'int8' },
  example: { tenantId: 'platform', id: 'api', parentId: 'database' },
  sql: ({ tenantId, id, parentId }) => sql`
with recursive above as (
  select id, parent_id, deleted_at from monitoring.tb_service_health where tenant_id = ${tenantId} and id = ${parentId}
  union
  select s.id, s.parent_id, s.deleted_at from above a
  join monitoring.tb_service_health s on s.tenant_id = ${tenantId} and s.id = a.parent_id
), below as (
  select ${id}::text as id, 0 as depth
  union
  select s.id, b.depth + 1 from below b
  join monitoring.tb_service_health s on s.tenant_id = ${tenantId} and s.parent_id = b.id
  where s.deleted_at is null and b.depth < 64
)
select count(*) filter (where id = ${parentId}::text and deleted_at is null) > 0 as is_known,
  count(*) filter (where id = ${id}::text) > 0 as is_circle, count(*) as above,
  (select max(depth) from below)::bigint as below
from above`,
});
