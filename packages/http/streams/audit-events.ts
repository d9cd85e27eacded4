import * as z from 'zod';
import { askedInstant } from '../fields.ts';
import { auditActions, severities } from '../words.ts';
import { address, facts, text } from './texts.ts';

// What stands where an anonymised event had its address: an event that comes in has one of its own.
const anonymised = 'anonymized@example.com';

/** An item of `audit-events`: who did what to which thing, from where. Delivered twice it is one event. */
export const auditEvent = z
  .strictObject({
    event_id: text(50)
      .optional()
      .meta({
        description:
          'Identifier that the writer chose, unique in the tenant. Left out, it follows from the key of the item.',
        examples: ['AUD-2025-001234'],
      }),
    time: askedInstant.meta({ description: 'When it happened.' }),
    user_id: text(50).meta({ description: 'Who acted; kept when the event is anonymised.' }),
    user_email: text(255)
      .refine((email) => email.toLowerCase() !== anonymised, 'is the address of anonymised events')
      .meta({ description: 'Address of who acted.' }),
    user_role: text(50).meta({ description: 'Role of who acted.' }),
    action_type: z.enum(auditActions).meta({ description: 'What was done.' }),
    resource_type: text(100).meta({ description: 'Kind of the thing it was done to.' }),
    resource_id: text(100).nullish().meta({ description: 'The thing it was done to.' }),
    resource_name: text(255)
      .nullish()
      .meta({ description: 'Its name at the time; personal data in it is redacted.' }),
    description: text(20_000).meta({
      description:
        'What was done, as a sentence; secrets and personal data in it are redacted, and 4,000 characters are kept.',
    }),
    before_data: facts.nullish().meta({
      description: 'The thing before; redacted and cut to 4 KiB when written.',
    }),
    after_data: facts.nullish().meta({
      description: 'The thing after; redacted and cut to 4 KiB when written.',
    }),
    changes: facts.nullish().meta({
      description:
        'The fields that changed, by name. Left out, they follow from `before_data` and `after_data`, each field with `before` and `after`.',
    }),
    outcome: z.enum(['success', 'failure']).default('success'),
    failure_reason: text(20_000)
      .nullish()
      .meta({ description: 'Why it failed; redacted, and 4,000 characters are kept.' }),
    ip_address: address.meta({ description: 'Address it was done from, without a mask.' }),
    user_agent: text(1_000).nullish(),
    session_id: text(100).nullish(),
    request_id: text(100).nullish(),
    module: text(100).nullish().meta({ description: 'Part of the product.' }),
    severity: z.enum(severities).default('info'),
    metadata: facts
      .nullish()
      .meta({ description: 'Further facts by name; redacted and cut to 4 KiB when written.' }),
  })
  .meta({ id: 'AuditEvent' });
