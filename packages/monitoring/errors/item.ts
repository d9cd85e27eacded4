import { capped, redacted, redactedText } from '../payload/payload.ts';
import { fingerprintOf } from './fingerprint.ts';

/** An occurrence as the stream `errors` takes it: instants with a zone (RFC 3339). */
export type ErrorItem = {
  readonly occurred_at: string;
  readonly message: string;
  readonly error_type: string;
  readonly severity: string;
  readonly fingerprint?: string | undefined;
  readonly stack_trace?: string | undefined;
  readonly file_path?: string | undefined;
  readonly line_number?: number | undefined;
  readonly function_name?: string | undefined;
  readonly user_id?: string | undefined;
  readonly session_id?: string | undefined;
  readonly request_id?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly method?: string | undefined;
  readonly status_code?: number | undefined;
  readonly user_agent?: string | undefined;
  readonly ip_address?: string | undefined;
  readonly environment: string;
  readonly context?: unknown;
  readonly breadcrumbs?: unknown;
};

const text = (value: string | undefined, characters: number): string | null =>
  value === undefined ? null : redactedText(value, characters);

const json = (value: unknown, otherwise: object): unknown =>
  value === undefined ? otherwise : capped(redacted(value));

/** An occurrence as it is written, by column, under the key for which it counts once: texts redacted and cut. */
export const occurrenceOf = (key: string, item: ErrorItem) => ({
  key,
  error_hash: fingerprintOf(item),
  environment: item.environment,
  occurred_at: item.occurred_at,
  message: redactedText(item.message, 4_000),
  error_type: item.error_type,
  severity: item.severity,
  stack_trace: text(item.stack_trace, 16_000),
  file_path: text(item.file_path, 500),
  line_number: item.line_number ?? null,
  function_name: text(item.function_name, 200),
  user_id: item.user_id ?? null,
  session_id: item.session_id ?? null,
  request_id: item.request_id ?? null,
  endpoint: text(item.endpoint, 500),
  method: item.method ?? null,
  status_code: item.status_code ?? null,
  user_agent: text(item.user_agent, 2_000),
  ip_address: item.ip_address ?? null,
  context: json(item.context, {}),
  breadcrumbs: json(item.breadcrumbs, []),
});

/** An occurrence to write. */
export type Occurrence = ReturnType<typeof occurrenceOf>;
