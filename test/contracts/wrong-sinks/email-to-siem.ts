import * as z from 'zod';
import { entry } from '@rookery/telemetry/plan/entry';

/** The security log takes nothing but security. */
export const wrong = entry({
  nature: 'behaviour',
  description: 'Somebody moved a panel.',
  owner: 'growth',
  version: 1,
  sinks: ['posthog', 'siem'], // wrong
  pii: [],
  properties: z.strictObject({ panel: z.string() }),
  example: { panel: 'left' },
});
