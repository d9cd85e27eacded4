import * as z from 'zod';
import { askedInstant } from '../fields.ts';
import { text } from './texts.ts';

const mostInteger = 2_147_483_647;
const whole = z.int().min(0).max(mostInteger);

const payload = z.json().optional();

/** An item of `integration-events`: one call to or from an external service, and what the service allows after it. */
export const integrationEvent = z
  .strictObject({
    integration_id: text(50).meta({ description: 'Service concerned; it must be set up.' }),
    event_type: z.enum(['api-call', 'webhook-delivery', 'error']),
    direction: z.enum(['outbound', 'inbound']).meta({ description: 'outbound: we called.' }),
    endpoint: text(2_000)
      .nullish()
      .meta({ description: 'What was called; redacted, and 500 characters are kept.' }),
    method: text(10).nullish(),
    status_code: z.int().min(100).max(599).nullish(),
    success: z.boolean(),
    response_time: whole
      .nullish()
      .meta({ description: 'Milliseconds until the answer. Null or left out when none came.' }),
    request_payload: payload.meta({
      description: 'What was sent; secrets and personal data are redacted, and 4 KiB are kept.',
    }),
    response_payload: payload.meta({ description: 'What came back; as `request_payload`.' }),
    error_message: text(20_000)
      .nullish()
      .meta({ description: 'Why it failed; redacted, and 4,000 characters are kept.' }),
    retry_count: z.int().min(0).max(1_000_000).default(0).meta({
      description: 'Attempts after the first.',
    }),
    rate_limit_quota: whole.nullish().meta({ description: 'Calls that the service allows.' }),
    rate_limit_remaining: whole.nullish().meta({
      description: 'Calls that are left. The newest event that says so counts for the integration.',
    }),
    rate_limit_reset: askedInstant
      .nullish()
      .meta({ description: 'When the allowance is whole again.' }),
    occurred_at: askedInstant.meta({ description: 'When it happened.' }),
  })
  .meta({ id: 'IntegrationEvent' });
