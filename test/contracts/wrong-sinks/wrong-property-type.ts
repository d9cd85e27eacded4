import type { Tracker } from '@rookery/telemetry/track';

/** A property of another type. */
export const wrong = ({ track }: Tracker): Promise<void> =>
  track('email_opened', { tenantId: 't1', properties: { email_id: 1 } }); // wrong
