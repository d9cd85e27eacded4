import * as z from 'zod';
import { entry } from './entry.ts';
import { id, word } from './fields.ts';

const common = {
  nature: 'behaviour',
  owner: 'growth',
  version: 1,
  sinks: ['posthog'],
  pii: [],
} as const;

/** What people do in the admin panel that changes nothing (seed 002 §2.1): never a row of olap. */
export const adminUi = {
  admin_ui_viewed: entry({
    ...common,
    description: 'Somebody looked at a page of the admin panel.',
    // Every page of everybody: half of them tell as much.
    sample: 0.5,
    properties: z.strictObject({
      page: word,
      session_id: id.optional(),
      referrer_page: word.optional(),
    }),
    example: { page: 'campaigns', session_id: 'ses_9', referrer_page: 'home' },
  }),
  admin_button_clicked: entry({
    ...common,
    description: 'Somebody used a button, toggle or form that changes no critical configuration.',
    properties: z.strictObject({ page: word, button: word, session_id: id.optional() }),
    example: { page: 'campaigns', button: 'filter', session_id: 'ses_9' },
  }),
} as const;
