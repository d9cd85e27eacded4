import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Matcher } from '../alerts/matcher.ts';
import { microseconds } from '../reports/cursor.sql.ts';
import { instantField, jsonField, setUpFields } from '../settings/field.sql.ts';
import { settingStatements, type SettingAsk } from '../settings/setting.sql.ts';

/** A silence by column. */
export const silenceFields = {
  ...setUpFields,
  created_by: { is: 'varchar' },
  matchers: jsonField<Matcher[]>(),
  starts_at: instantField('starts_at'),
  ends_at: instantField('ends_at'),
  comment: { is: 'text', put: 'text' },
  reminded_at: { is: 'text?', read: microseconds('s.reminded_at'), put: 'timestamptz' },
} as const;

const shelf = {
  thing: 'silences',
  table: 'monitoring.silence',
  fields: silenceFields,
  filters: {
    state: `case when s.ends_at <= now() then 'over' when s.starts_at > now() then 'coming' else 'active' end`,
  },
  isSigned: true,
  onDelete: null,
  example: {
    matchers: [{ label: 'rule', op: '=', value: 'latency' }],
    starts_at: '2026-01-01T00:00:00Z',
    ends_at: '2026-01-02T00:00:00Z',
    comment: 'night work',
  },
} as const;

/** The statements of silences. */
export const {
  list: listSilences,
  one: silenceOfId,
  hold: holdSilence,
  make: makeSilence,
  put: putSilence,
  drop: dropSilence,
} = settingStatements(shelf);

/** The rule and the labels of an alert, by which more like it are silenced. */
export const alertToSilence = statement<SettingAsk, { alert_rule_id: 'varchar'; labels: 'jsonb' }>({
  title: 'rule and labels of an alert',
  on: 'warehouse',
  columns: { alert_rule_id: 'varchar', labels: 'jsonb' },
  example: { tenantId: 'nobody', id: 'none' },
  sql: ({ tenantId, id }) => sql`
select a.alert_rule_id, a.labels from monitoring.tb_alert a where a.tenant_id = ${tenantId} and a.id = ${id}`,
});
