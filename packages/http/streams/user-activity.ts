import * as z from 'zod';
import { askedInstant } from '../fields.ts';
import { address, facts, text, user } from './texts.ts';

/** What a session and every activity of it may say about the device. */
export const device = {
  device_type: text(50)
    .optional()
    .meta({ examples: ['desktop', 'mobile', 'tablet'] }),
  browser: text(100).optional(),
  os: text(100).optional(),
  ip_address: address.optional(),
};

/** An item of `user-activity`: one thing that a user did. Clickstream does not belong here. */
export const userActivity = z
  .strictObject({
    time: askedInstant.meta({ description: 'When it happened, to the millisecond.' }),
    user_id: user,
    session_id: text(100),
    activity_type: z.enum(['page-view', 'action', 'feature-use']),
    module: text(100).optional(),
    feature: text(100).optional(),
    page_url: text(500).optional(),
    action: text(100).optional(),
    duration: z.int().min(0).max(604_800).optional().meta({ description: 'Seconds spent.' }),
    metadata: facts.optional().meta({
      description: 'Further facts; redacted, and cut to 4 KiB, when written.',
    }),
    ...device,
  })
  .meta({ id: 'UserActivity' });
