import * as z from 'zod';
import { entry } from './entry.ts';
import { id, text, word } from './fields.ts';

// What every event about an e-mail tells (seed 002 §6.1).
const about = {
  email_id: id,
  campaign_id: id.optional(),
  mailbox_id: id.optional(),
  lead_id: id.optional(),
  step_id: id.optional(),
};

const example = { email_id: 'eml_7f3a', campaign_id: 'cmp_12', mailbox_id: 'mbx_3' };

const common = {
  nature: 'behaviour',
  owner: 'delivery',
  version: 1,
  sinks: ['posthog'],
  pii: [],
} as const;

/** What happens to an e-mail (seed 002 §6.3). What customers see of it is counted from the source, not from these. */
export const email = {
  email_sent: entry({
    ...common,
    description: 'An e-mail was handed to the provider.',
    properties: z.strictObject({ ...about, provider: word.optional() }),
    example: { ...example, provider: 'ses' },
  }),
  email_delivered: entry({
    ...common,
    description: 'The receiving server took an e-mail.',
    properties: z.strictObject(about),
    example,
  }),
  email_opened: entry({
    ...common,
    description: 'A recipient opened an e-mail, as far as a tracking pixel can tell.',
    properties: z.strictObject(about),
    example,
  }),
  email_clicked: entry({
    ...common,
    description: 'A recipient followed a link of an e-mail.',
    // Links of a campaign often carry who clicked.
    pii: ['link_url'],
    properties: z.strictObject({
      ...about,
      link_domain: word.optional(),
      link_url: text.optional(),
    }),
    example: {
      ...example,
      link_domain: 'example.com',
      link_url: 'https://example.com/?to=ada%40example.com',
    },
  }),
  email_bounced: entry({
    ...common,
    description: 'An e-mail came back.',
    // Servers quote the address that they refuse.
    pii: ['diagnostic'],
    properties: z.strictObject({
      ...about,
      bounce_type: z.enum(['hard', 'soft']),
      diagnostic: text.optional(),
    }),
    example: {
      ...example,
      bounce_type: 'hard',
      diagnostic: '550 5.1.1 <ada@example.com> unknown user',
    },
  }),
  email_replied: entry({
    ...common,
    description: 'A recipient answered an e-mail.',
    properties: z.strictObject(about),
    example,
  }),
  email_unsubscribed: entry({
    ...common,
    description:
      'A recipient wants no more e-mails. An extension: the seeds count it and name no event.',
    properties: z.strictObject(about),
    example,
  }),
  email_complained: entry({
    ...common,
    description:
      'A recipient called an e-mail spam. An extension: the seeds count it and name no event.',
    properties: z.strictObject(about),
    example,
  }),
} as const;
