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
  ${microseconds('s.created_at')} as created_at, ${microseconds('s.read_at')} as read_at`);

/** In-app notices of a reader and of everybody, the newest first; the filter `recipient` names the reader. */
export const listLetters = statement<SettingsAsk, typeof letterColumns>({
  title: 'in-app notices of a reader',
  on: 'warehouse',
  columns: letterColumns,
  example,
  sql: ({ tenantId, filters, after, limit }) => sql`
select ${letter} from monitoring.in_app_notice s
where s.tenant_id = ${tenantId} and s.recipient = any('{*}'::text[] || ${filters['recipient'] ?? []}::text[])
  ${any(`case when s.read_at is null then 'unread' else 'read' end`, filters['state'])} ${before({ after })}
order by s.created_at desc, s.id desc limit ${limit + 1}`,
});

/** Marks a notice of a reader as read at a moment, or as unread; when it was first read stays. No row when it is not his. */
export const markLetter = statement<
  SettingAsk & { readonly recipient: string; readonly readAt: string | null },
  typeof letterColumns
>({
  title: 'mark an in-app notice',
  on: 'warehouse',
  columns: letterColumns,
  example: { tenantId: 'nobody', id: 'none', recipient: 'ann', readAt: null },
  sql: ({ tenantId, id, recipient, readAt }) => sql`
update monitoring.in_app_notice s
set read_at = case when ${readAt}::timestamptz is not null then coalesce(s.read_at, ${readAt}::timestamptz) end
where s.tenant_id = ${tenantId} and s.id = ${id} and s.recipient in ('*', ${recipient})
returning ${letter}`,
});
