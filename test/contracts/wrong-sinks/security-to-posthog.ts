import * as z from 'zod';
import { entry } from '@rookery/telemetry/plan/entry';

/** Details of an attack that went to product analytics cannot be taken back. */
export const wrong = entry({
  nature: 'security',
  severity: 'warning',
  description: 'A key was refused.',
  owner: 'security',
  version: 1,
  sinks: ['siem', 'posthog'], // wrong
  pii: [],
  properties: z.strictObject({ key_id: z.string() }),
  example: { key_id: 'k1' },
});
