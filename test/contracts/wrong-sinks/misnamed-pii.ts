import * as z from 'zod';
import { entry } from '@rookery/telemetry/plan/entry';

/** What is named as personal must be there, or it is not held back. */
export const wrong = entry({
  nature: 'behaviour',
  description: 'Somebody moved a panel.',
  owner: 'growth',
  version: 1,
  sinks: ['posthog'],
  pii: ['e_mail'], // wrong
  properties: z.strictObject({ panel: z.string(), email: z.string() }),
  example: { panel: 'left', email: 'ada@example.com' },
});
