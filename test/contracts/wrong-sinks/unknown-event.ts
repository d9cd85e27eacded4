import type { Tracker } from '@rookery/telemetry/track';

/** An event that the plan does not know. */
export const wrong = ({ track }: Tracker): Promise<void> =>
  track('email_forwarded', { tenantId: 't1', properties: { email_id: 'e1' } }); // wrong
