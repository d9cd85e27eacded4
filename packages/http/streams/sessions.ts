import * as z from 'zod';
import { askedInstant } from '../fields.ts';
import { facts, text, user } from './texts.ts';
import { device } from './user-activity.ts';

/**
 * An item of `sessions`: the start or the end of one. They may come in any order, and before or after the activity. A
 * session that nobody ends is ended 30 minutes after it was last seen.
 */
export const sessionEvent = z
  .strictObject({
    event: z.enum(['start', 'end']),
    time: askedInstant.meta({ description: 'When it happened, to the millisecond.' }),
    session_id: text(100),
    user_id: user,
    metadata: facts.optional().meta({
      description: 'Further facts; redacted, and cut to 4 KiB, when written.',
    }),
    ...device,
  })
  .meta({ id: 'SessionEvent' });
