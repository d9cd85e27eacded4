import * as z from 'zod';
import type { Auditor } from '@rookery/telemetry/audit/audit';
import { entry } from '@rookery/telemetry/plan/entry';
import type { Tracker } from '@rookery/telemetry/track';

/** The right twin of every mistake beside this file: it compiles. */
export const clickstream = entry({
  nature: 'behaviour',
  description: 'Somebody moved a panel.',
  owner: 'growth',
  version: 1,
  sinks: ['posthog', 'console'],
  pii: ['name'],
  sample: 0.1,
  properties: z.strictObject({ panel: z.string(), name: z.string().optional() }),
  example: { panel: 'left' },
});

export const opened = ({ track }: Tracker): Promise<void> =>
  track('email_opened', { tenantId: 't1', properties: { email_id: 'e1' } });

const actor = { id: 'u1', email: 'ada@example.com', role: 'admin' };
const resource = { resourceId: 'r1', ip: '203.0.113.9' };

export const started = ({ audit }: Auditor): Promise<void> =>
  audit('impersonation.started', { tenantId: 't1', actor, ...resource });
