import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { jsonField, setUpFields } from '../settings/field.sql.ts';
import { settingStatements, type SettingAsk } from '../settings/setting.sql.ts';
import type { Recipients } from '../alerts/rule-change.sql.ts';

/** A level of a policy, as the contract lets it in. */
export type PolicyLevel = {
  readonly after_minutes: number;
  readonly channels: string[];
  readonly recipients: Recipients;
};

/** An escalation policy by column. */
export const policyFields = {
  ...setUpFields,
  name: { is: 'varchar', put: 'varchar(200)' },
  description: { is: 'text?', put: 'text' },
  levels: jsonField<PolicyLevel[]>(),
  managed_by: { is: 'text?', put: 'text' },
} as const;

const shelf = {
  thing: 'escalation policies',
  table: 'monitoring.tb_escalation_policy',
  fields: policyFields,
  filters: {},
  isSigned: false,
  onDelete: null,
  example: {
    name: 'Nights',
    description: null,
    levels: [{ after_minutes: 10, channels: ['in-app'], recipients: {} }],
    managed_by: null,
  },
} as const;

/** The statements of escalation policies. */
export const {
  list: listPolicies,
  one: policyOfId,
  hold: holdPolicy,
  make: makePolicy,
  put: putPolicy,
  drop: dropPolicy,
} = settingStatements(shelf);

/** The rules in force that name a policy, the first five. */
export const rulesOfPolicy = statement<SettingAsk, { id: 'varchar' }>({
  title: 'rules that name an escalation policy',
  on: 'warehouse',
  columns: { id: 'varchar' },
  example: { tenantId: 'nobody', id: 'none' },
  sql: ({ tenantId, id }) => sql`
select r.id from monitoring.tb_alert_rule r
where r.tenant_id = ${tenantId} and r.escalation_policy_id = ${id} and r.deleted_at is null order by r.id limit 5`,
});
