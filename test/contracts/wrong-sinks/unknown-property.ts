import type { Tracker } from '@rookery/telemetry/track';

/** A property that the plan does not know. */
export const wrong = ({ track }: Tracker): Promise<void> =>
  track('email_opened', { tenantId: 't1', properties: { email_id: 'e1', body: 'x' } }); // wrong
