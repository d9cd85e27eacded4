import type { Tracker } from '@rookery/telemetry/track';

/** An event of nobody. */
export const wrong = ({ track }: Tracker): Promise<void> =>
  track('email_opened', { properties: { email_id: 'e1' } }); // wrong
