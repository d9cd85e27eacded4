import { sql } from 'kysely';
import { statement, type Columns, type Statement } from '@rookery/db/statement';

type OfTenant = { readonly tenantId: string };

const taken = { taken: 'bool' } as const satisfies Columns;
const present = { present: 'int8' } as const satisfies Columns;

/** Makes those who make a thing of a kind in a tenant wait for each other: two beside each other could pass a limit. */
export const takeTurn = statement<OfTenant & { readonly type: string }, typeof taken>({
  title: 'take the turn to make a thing',
  on: 'warehouse',
  columns: taken,
  example: { tenantId: 'nobody', type: 'alert-rule' },
  sql: ({ tenantId, type }) => sql`
select pg_advisory_xact_lock(hashtextextended('another ' || ${type}::text || ' of ' || ${tenantId}::text, 0)) is not null as taken`,
});

// @__NO_SIDE_EFFECTS__
const countOf = (
  thing: string,
  table: string,
  counts: string,
): Statement<OfTenant, typeof present> =>
  statement({
    title: `count: ${thing}`,
    on: 'warehouse',
    columns: present,
    example: { tenantId: 'nobody' },
    sql: ({ tenantId }) => sql`
select count(*) as present from ${sql.raw(table)} s where s.tenant_id = ${tenantId} and ${sql.raw(counts)}`,
  });

/** How many rules of alerts a tenant has. */
export const countRules = countOf(
  'alert rules',
  'monitoring.tb_alert_rule',
  's.deleted_at is null',
);

/** How many services people of a tenant set up; what others report is not probed, and not counted. */
export const countServices = countOf(
  'services',
  'monitoring.tb_service_health',
  's.deleted_at is null and s.created_by is not null',
);

/** How many silences of a tenant are not over. */
export const countSilences = countOf('silences', 'monitoring.silence', 's.ends_at > now()');

/** How many inhibitions a tenant has. */
export const countInhibitions = countOf('inhibitions', 'monitoring.alert_inhibition', 'true');

/** How many windows of maintenance of a tenant have not expired. */
export const countWindows = countOf(
  'maintenance windows',
  'monitoring.maintenance_window',
  's.ends_at > now()',
);

/** How many escalation policies a tenant has. */
export const countPolicies = countOf(
  'escalation policies',
  'monitoring.tb_escalation_policy',
  'true',
);

/** How many notification targets a tenant has. */
export const countTargets = countOf(
  'notification targets',
  'monitoring.notification_target',
  's.deleted_at is null',
);
