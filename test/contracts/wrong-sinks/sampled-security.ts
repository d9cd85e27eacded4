import * as z from 'zod';
import { entry } from '@rookery/telemetry/plan/entry';

/** A security log that holds every second login proves nothing. */
export const wrong = entry({
  nature: 'security',
  severity: 'info',
  description: 'A key was used.',
  owner: 'security',
  version: 1,
  sinks: ['siem'],
  sample: 0.5, // wrong
  pii: [],
  properties: z.strictObject({ key_id: z.string() }),
  example: { key_id: 'k1' },
});
