import { plan } from '@rookery/telemetry/plan/plan';
import type { Sent } from '@rookery/telemetry/envelope';

/** Five hundred events that a tenant may send, of every kind in turn but those of operations; named by number. */
export const eventsOf = (at: Date, from: number): Sent[] => {
  const kinds = Object.entries(plan).filter(([name]) => !name.startsWith('infra_'));
  return Array.from({ length: 500 }, (_, n) => {
    const [event, entry] = kinds[n % kinds.length] ?? ['', { example: {} }];
    return {
      id: `event-${from + n}`,
      event,
      time: at.toISOString(),
      actor: `user-${n % 50}`,
      properties: entry.example,
    };
  });
};

/** The same, only of what goes to PostHog. */
export const clicksOf = (at: Date, from: number): Sent[] =>
  Array.from({ length: 500 }, (_, n) => ({
    id: `event-${from + n}`,
    event: 'email_clicked',
    time: at.toISOString(),
    actor: `user-${n % 50}`,
    properties: plan.email_clicked.example,
  }));
