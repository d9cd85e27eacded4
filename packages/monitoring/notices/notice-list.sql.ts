import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { microseconds } from '../reports/cursor.sql.ts';
import type { SettingAsk, SettingsAsk } from '../settings/setting.sql.ts';

const noticeColumns = {
  id: 'text',
  kind: 'text',
  channel: 'text',
  recipient: 'text',
  alert_ids: '_text',
  state: 'text',
  attempts: 'int4',
  created_at: 'text',
  next_attempt_at: 'text',
  sent_at: 'text?',
  provider_id: 'text?',
  problem: 'text?',
} as const;

const any = (column: string, values: readonly string[] | null | undefined) =>
  values === null || values === undefined
    ? sql``
    : sql`and ${sql.raw(column)} = any(${values}::text[])`;

const before = ({ after }: Pick<SettingsAsk, 'after'>) =>
  after === null
    ? sql``
    : sql`and (s.created_at, s.id) < (${after.createdAt}::timestamptz, ${after.id}::text)`;

const example: SettingsAsk = { tenantId: 'nobody', filters: {}, after: null, limit: 50 };

/** Notices and how they fared, the newest first. */
export const listNotices = statement<SettingsAsk, typeof noticeColumns>({
  title: 'notices and how they fared',
  on: 'warehouse',
  columns: noticeColumns,
  example,
  sql: ({ tenantId, filters, after, limit }) => sql`
select s.id, s.kind, s.channel::text as channel, s.recipient, s.alert_ids, s.state, s.attempts,
  ${sql.raw(microseconds('s.created_at'))} as created_at, ${sql.raw(microseconds('s.next_attempt_at'))} as next_attempt_at,
  ${sql.raw(microseconds('s.sent_at'))} as sent_at, s.provider_id, s.problem
from monitoring.notice s
where s.tenant_id = ${tenantId} ${any('s.state', filters['state'])} ${any('s.channel::text', filters['channel'])}
  ${(filters['alert_id'] ?? null) === null ? sql`` : sql`and s.alert_ids @> ${filters['alert_id']}::text[]`}
  ${before({ after })}
order by s.created_at desc, s.id desc limit ${limit + 1}`,
});

const letterColumns = {
  id: 'text',
  recipient: 'text',
  title: 'text',
  body: 'text',
  severity: 'text',
  alert_ids: '_text',
  created_at: 'text',
  read_at: 'text?',
} as const;

const letter =
  sql.raw(`s.id, s.recipient, s.title, s.body, s.severity::text as severity, s.alert_ids,
  ${microseconds('s.created_at')} as created_at, ${microseconds('d.read_at')} as read_at`);

/**
 * In-app notices of a reader and of everybody, the newest first, with what he has read; the filter `recipient` names the
 * reader.
 */
export const listLetters = statement<SettingsAsk, typeof letterColumns>({
  title: 'in-app notices of a reader',
  on: 'warehouse',
  columns: letterColumns,
  example,
  sql: ({ tenantId, filters, after, limit }) => sql`
select ${letter} from monitoring.in_app_notice s
left join monitoring.in_app_read d
  on d.tenant_id = s.tenant_id and d.notice_id = s.id and d.reader = any(${filters['recipient'] ?? []}::text[])
where s.tenant_id = ${tenantId} and s.recipient = any('{*}'::text[] || ${filters['recipient'] ?? []}::text[])
  ${any(`case when d.read_at is null then 'unread' else 'read' end`, filters['state'])} ${before({ after })}
order by s.created_at desc, s.id desc limit ${limit + 1}`,
});

/**
 * Marks a notice as read by a reader at a moment, or as unread, for him alone; when he first read it stays. No row when it
 * is not for him.
 */
export const markLetter = statement<
  SettingAsk & { readonly recipient: string; readonly readAt: string | null },
  typeof letterColumns
>({
  title: 'mark an in-app notice',
  on: 'warehouse',
  columns: letterColumns,
  example: { tenantId: 'nobody', id: 'none', recipient: 'ann', readAt: null },
  sql: ({ tenantId, id, recipient, readAt }) => sql`
with mine as (
  select n.* from monitoring.in_app_notice n
  where n.tenant_id = ${tenantId} and n.id = ${id} and n.recipient in ('*', ${recipient})
), made as (
  insert into monitoring.in_app_read as d (tenant_id, notice_id, reader, read_at)
  select m.tenant_id, m.id, ${recipient}, ${readAt}::timestamptz from mine m where ${readAt}::timestamptz is not null
  on conflict (tenant_id, notice_id, reader) do update set read_at = d.read_at
  returning d.notice_id, d.read_at
), gone as (
  delete from monitoring.in_app_read d using mine m
  where d.tenant_id = m.tenant_id and d.notice_id = m.id and d.reader = ${recipient} and ${readAt}::timestamptz is null
)
select ${letter} from mine s left join made d on d.notice_id = s.id`,
});
