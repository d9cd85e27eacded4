import * as z from 'zod';
import { entry } from '@rookery/telemetry/plan/entry';

/** Clickstream never enters olap (B4, B9). */
export const wrong = entry({
  nature: 'behaviour',
  description: 'Somebody moved a panel.',
  owner: 'growth',
  version: 1,
  sinks: ['olap'], // wrong
  pii: [],
  properties: z.strictObject({ panel: z.string() }),
  example: { panel: 'left' },
});
