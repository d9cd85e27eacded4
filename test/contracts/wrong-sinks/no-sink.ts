import * as z from 'zod';
import { entry } from '@rookery/telemetry/plan/entry';

/** An event that goes nowhere is not collected. */
export const wrong = entry({
  nature: 'behaviour',
  description: 'Somebody moved a panel.',
  owner: 'growth',
  version: 1,
  sinks: [], // wrong
  pii: [],
  properties: z.strictObject({ panel: z.string() }),
  example: { panel: 'left' },
});
