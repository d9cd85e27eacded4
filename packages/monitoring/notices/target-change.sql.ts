import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { microseconds } from '../reports/cursor.sql.ts';
import { setUpFields } from '../settings/field.sql.ts';
import { settingStatements, type SettingAsk } from '../settings/setting.sql.ts';

/** A notification target by column, without its secrets: the API may read no more. */
export const targetFields = {
  ...setUpFields,
  created_by: { is: 'varchar' },
  channel: { is: 'text', read: 's.channel::text' },
  name: { is: 'varchar', put: 'varchar(200)' },
  address: { is: 'text?', put: 'text' },
  previous_until: { is: 'text?', read: microseconds('s.previous_until') },
  is_active: { is: 'bool', put: 'boolean' },
} as const;

const shelf = {
  thing: 'notification targets',
  table: 'monitoring.notification_target',
  fields: targetFields,
  filters: { channel: 's.channel::text' },
  isSigned: true,
  onDelete: '',
  example: { name: 'Operations', address: null, is_active: true },
} as const;

// Those that write are in targets.sql.ts: they know of secrets.
const { list, one, hold } = settingStatements(shelf);

/** Notification targets of a tenant, the newest first. */
export const targetsPage = list;

/** One notification target. */
export const targetOfId = one;

/** One notification target, held. */
export const holdTarget = hold;

/** The rules and policies that name a target, the first five. */
export const usersOfTarget = statement<SettingAsk, { name: 'text' }>({
  title: 'rules and policies that name a notification target',
  on: 'warehouse',
  columns: { name: 'text' },
  example: { tenantId: 'nobody', id: 'none' },
  sql: ({ tenantId, id }) => sql`
select 'rule ' || r.id as name from monitoring.tb_alert_rule r
where r.tenant_id = ${tenantId} and r.deleted_at is null
  and exists (select from jsonb_each(r.notification_recipients) c
    where c.key in ('slack', 'webhook', 'pagerduty') and c.value @> to_jsonb(${id}::text))
union all
select 'policy ' || p.id from monitoring.tb_escalation_policy p
where p.tenant_id = ${tenantId} and exists (select from jsonb_array_elements(p.levels) l, jsonb_each(l -> 'recipients') c
    where c.key in ('slack', 'webhook', 'pagerduty') and c.value @> to_jsonb(${id}::text))
order by name limit 5`,
});
