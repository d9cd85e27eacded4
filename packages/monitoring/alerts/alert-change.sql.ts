import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { microseconds } from '../reports/cursor.sql.ts';
import type { SettingAsk } from '../settings/setting.sql.ts';

const at = (column: string): string => `${microseconds(`a.${column}`)} as ${column}`;
const someone = { tenantId: 'nobody', id: 'none' };

const workColumns = {
  status: 'text',
  acknowledged_by: 'varchar?',
  acknowledgment_note: 'text?',
  acknowledged_until: 'text?',
  resolution_note: 'text?',
  is_over: 'bool',
  revision: 'int4',
  acknowledge_minutes: 'int4?',
} as const;

/** Where work on an alert stands, and how long its rule lets an acknowledgement hold. The alert is held. */
export const holdAlert = statement<SettingAsk, typeof workColumns>({
  title: 'hold an alert',
  on: 'warehouse',
  columns: workColumns,
  example: someone,
  sql: ({ tenantId, id }) => sql`
select a.status::text as status, a.acknowledged_by, a.acknowledgment_note, ${sql.raw(at('acknowledged_until'))},
  a.resolution_note, a.resolved_at is not null as is_over, a.revision, r.acknowledge_minutes
from monitoring.tb_alert a
join monitoring.tb_alert_rule r on r.tenant_id = a.tenant_id and r.id = a.alert_rule_id
where a.tenant_id = ${tenantId} and a.id = ${id}
for no key update of a`,
});

/** What somebody made of an alert, for its row and for the list of what it went through. */
export type AlertWork = SettingAsk & {
  readonly status: string;
  readonly actor: string;
  readonly note: string | null;
  readonly until: string | null;
  readonly kind: string;
  readonly now: Date;
};

/**
 * Writes what somebody made of an alert that is held, and that it went through it. An acknowledgement that is taken back is
 * forgotten in the row; one that is prolonged keeps when it began.
 */
export const changeAlertRow = statement<AlertWork, { revision: 'int4' }>({
  title: 'change where work on an alert stands',
  on: 'warehouse',
  columns: { revision: 'int4' },
  example: {
    ...someone,
    status: 'acknowledged',
    actor: 'ann',
    note: null,
    until: null,
    kind: 'acknowledged',
    now: new Date('2026-01-01T00:00:00Z'),
  },
  sql: ({ tenantId, id, status, actor, note, until, kind, now }) => sql`
with work as (
  select ${status}::text as status, ${actor}::text as actor, ${note}::text as note, ${until}::timestamptz as until,
    ${now}::timestamptz as at
), changed as (
  update monitoring.tb_alert a set status = w.status::monitoring.alert_status,
    acknowledged_at = case w.status when 'acknowledged' then coalesce(case when a.status = 'acknowledged' then a.acknowledged_at end, w.at)
      when 'active' then null else a.acknowledged_at end,
    acknowledged_by = case w.status when 'acknowledged' then w.actor when 'active' then null else a.acknowledged_by end,
    acknowledgment_note = case w.status when 'acknowledged' then w.note when 'active' then null else a.acknowledgment_note end,
    acknowledged_until = case w.status when 'acknowledged' then w.until end,
    resolved_at = case when w.status = 'resolved' then w.at end,
    resolution_note = case when w.status = 'resolved' then w.note else a.resolution_note end,
    suppressed_until = null, revision = a.revision + 1, updated_at = w.at
  from work w where a.tenant_id = ${tenantId} and a.id = ${id}
  returning a.id, a.revision
), told as (
  insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, actor, note)
  select ${tenantId}, c.id, w.at, ${kind}::text, w.actor, w.note from changed c, work w
)
select revision from changed`,
});
