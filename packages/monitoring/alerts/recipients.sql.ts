import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** What a rule or a policy may name: targets and a policy of its tenant. */
export type NamedAsk = {
  readonly tenantId: string;
  readonly targets: readonly string[];
  readonly policyId: string | null;
};

/**
 * Which of the targets that a rule names there are, as `channel id`, and whether its policy is there. Both are held, so that
 * nobody deletes them before the rule is written. A target is deleted by an update, for which `for key share` would not wait.
 */
export const namedByRule = statement<NamedAsk, { targets: '_text'; has_policy: 'bool' }>({
  title: 'targets and policy that a rule names',
  on: 'warehouse',
  columns: { targets: '_text', has_policy: 'bool' },
  example: { tenantId: 'nobody', targets: ['ops'], policyId: 'nights' },
  sql: ({ tenantId, targets, policyId }) => sql`
with policy as (
  select id from monitoring.tb_escalation_policy where tenant_id = ${tenantId} and id = ${policyId} for key share
), target as (
  select t.channel::text || ' ' || t.id as name from monitoring.notification_target t
  where t.tenant_id = ${tenantId} and t.deleted_at is null and t.id = any(${targets}::text[]) order by t.id for share
)
select coalesce((select array_agg(t.name) from target t), '{}') as targets,
  exists (select from policy) as has_policy`,
});
