import { capped, redacted, redactedText } from '../payload/payload.ts';

type Kept<T> = T | null | undefined;

/** A call as the stream `integration-events` takes it: instants with a zone (RFC 3339), milliseconds. */
export type IntegrationItem = {
  readonly integration_id: string;
  readonly event_type: string;
  readonly direction: string;
  readonly endpoint?: Kept<string>;
  readonly method?: Kept<string>;
  readonly status_code?: Kept<number>;
  readonly success: boolean;
  readonly response_time?: Kept<number>;
  readonly request_payload?: unknown;
  readonly response_payload?: unknown;
  readonly error_message?: Kept<string>;
  readonly retry_count: number;
  readonly rate_limit_quota?: Kept<number>;
  readonly rate_limit_remaining?: Kept<number>;
  readonly rate_limit_reset?: Kept<string>;
  readonly occurred_at: string;
};

const text = (value: Kept<string>, characters: number): string | null =>
  typeof value === 'string' ? redactedText(value, characters) : null;

const json = (value: unknown): unknown => (value === undefined ? null : capped(redacted(value)));

/** The row of a call in tb_integration_event, by column, and what the service allows: payloads redacted and cut to 4 KiB. */
export const integrationRow = (item: IntegrationItem) => ({
  integration_id: item.integration_id,
  event_type: item.event_type,
  direction: item.direction,
  endpoint: text(item.endpoint, 500),
  method: item.method ?? null,
  status_code: item.status_code ?? null,
  success: item.success,
  response_time: item.response_time ?? null,
  request_payload: json(item.request_payload),
  response_payload: json(item.response_payload),
  error_message: text(item.error_message, 4_000),
  retry_count: item.retry_count,
  rate_limit_quota: item.rate_limit_quota ?? null,
  rate_limit_remaining: item.rate_limit_remaining ?? null,
  rate_limit_reset: item.rate_limit_reset ?? null,
  occurred_at: item.occurred_at,
});

/** A row of tb_integration_event to write, with what the service allows. */
export type IntegrationRow = ReturnType<typeof integrationRow>;
