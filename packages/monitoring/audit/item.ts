import { createHash } from 'node:crypto';
import { capped, redacted, redactedText } from '../payload/payload.ts';
import { changed } from './change.ts';

type Kept = string | null | undefined;

/** An audit event as the stream `audit-events` takes it; times are instants with a zone (RFC 3339). */
export type AuditItem = {
  readonly event_id?: Kept;
  readonly time: string;
  readonly user_id: string;
  readonly user_email: string;
  readonly user_role: string;
  readonly action_type: string;
  readonly resource_type: string;
  readonly resource_id?: Kept;
  readonly resource_name?: Kept;
  readonly description: string;
  readonly before_data?: unknown;
  readonly after_data?: unknown;
  readonly changes?: unknown;
  readonly outcome: string;
  readonly failure_reason?: Kept;
  readonly ip_address: string;
  readonly user_agent?: Kept;
  readonly session_id?: Kept;
  readonly request_id?: Kept;
  readonly module?: Kept;
  readonly severity: string;
  readonly metadata?: unknown;
};

const longText = 4_000;

const text = (value: Kept, characters: number): string | null =>
  typeof value === 'string' ? redactedText(value, characters) : null;

const json = (value: unknown): unknown =>
  value === undefined || value === null ? null : capped(redacted(value));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// Cutting to size takes what comes last. How long the event is kept and which action it tells of must not be lost with it.
const firstFields = ['retention_category', 'action'];
const metadataOf = (metadata: unknown): unknown => {
  if (!isRecord(metadata)) return json(metadata ?? {});
  const first = firstFields.filter((name) => Object.hasOwn(metadata, name));
  return json({ ...Object.fromEntries(first.map((name) => [name, metadata[name]])), ...metadata });
};

/** The identifier of an event whose writer gave none: the same for the same key. */
export const derivedId = (key: string): string =>
  `AUD-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;

/** The row of an event in tb_audit_event, by column: redacted, cut to size, and `changes` found when not given. */
export const auditRow = (key: string, item: AuditItem) => ({
  event_id: item.event_id ?? derivedId(key),
  time: item.time,
  user_id: item.user_id,
  user_email: item.user_email,
  user_role: item.user_role,
  action_type: item.action_type,
  resource_type: item.resource_type,
  resource_id: item.resource_id ?? null,
  resource_name: text(item.resource_name, 255),
  description: redactedText(item.description, longText),
  before_data: json(item.before_data),
  after_data: json(item.after_data),
  changes: json(item.changes ?? changed(item.before_data, item.after_data)),
  outcome: item.outcome,
  failure_reason: text(item.failure_reason, longText),
  ip_address: item.ip_address,
  user_agent: item.user_agent ?? null,
  session_id: item.session_id ?? null,
  request_id: item.request_id ?? null,
  module: item.module ?? null,
  severity: item.severity,
  metadata: metadataOf(item.metadata),
});

/** A row of tb_audit_event to write. */
export type AuditRow = ReturnType<typeof auditRow>;
