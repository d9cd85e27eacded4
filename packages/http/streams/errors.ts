import * as z from 'zod';
import { askedInstant } from '../fields.ts';
import { severities } from '../words.ts';
import { address, facts, text, user } from './texts.ts';

/** An item of `errors`: one occurrence of an error. Equal ones become one group, however often they occur. */
export const errorReport = z
  .strictObject({
    occurred_at: askedInstant.meta({ description: 'When it happened.' }),
    message: text(20_000).meta({ description: 'Redacted, and 4,000 characters are kept.' }),
    error_type: text(100).meta({ examples: ['TypeError'] }),
    severity: z.enum(severities).default('error'),
    fingerprint: text(200).optional().meta({
      description:
        'What makes errors equal, if you know better: with it neither message nor stack is compared, only the type.',
    }),
    stack_trace: text(60_000).optional().meta({
      description: 'As the runtime printed it; redacted, and 16,000 characters are kept.',
    }),
    file_path: text(500).optional(),
    line_number: z.int().min(0).max(2_000_000_000).optional(),
    function_name: text(200).optional(),
    user_id: user.optional().meta({ description: 'Whom it met. Left out when nobody.' }),
    session_id: text(100).optional(),
    request_id: text(100).optional(),
    endpoint: text(500).optional(),
    method: text(10).optional(),
    status_code: z.int().min(100).max(599).optional(),
    user_agent: text(2_000).optional(),
    ip_address: address.optional(),
    environment: text(50).default('production'),
    context: facts.optional().meta({
      description: 'Further facts; redacted, and cut to 4 KiB, when written.',
    }),
    breadcrumbs: z
      .array(facts)
      .max(100)
      .optional()
      .meta({ description: 'What happened before, oldest first; as `context`.' }),
  })
  .meta({ id: 'ErrorReport' });
