import { verdictOf, type Answer } from './channels/answer.ts';
import type { Call, Outgoing, Verdict } from './channels/outgoing.ts';

type Mail = Omit<Extract<Outgoing, { by: 'email' }>, 'by'>;
type TextMessage = Omit<Extract<Outgoing, { by: 'sms' }>, 'by'>;

/**
 * What carries notices out of the house: packages/lambda/deliver.ts. Each fails with a Failure of kind `unavailable` when it
 * is worth trying again, and of another when it is not; an e-mail and a text message come back with what they are called.
 */
export type Carriers = {
  readonly post: (call: Call) => Promise<Answer>;
  readonly email: (mail: Mail) => Promise<string | null>;
  readonly sms: (message: TextMessage) => Promise<string | null>;
  /** Where events of pagerduty go. */
  readonly pagerdutyUrl: string;
};

/** What is carried out of the house. */
export type Freight = Extract<Outgoing, { by: 'http' | 'pagerduty' | 'email' | 'sms' }>;

// One event after the other. What fails is tried again as a whole: an event that was taken is known by its key.
const events = async (
  { post, pagerdutyUrl: url }: Carriers,
  bodies: readonly string[],
): Promise<Verdict> => {
  for (const body of bodies) {
    const verdict = verdictOf(await post({ url, body, sign: null }));
    if (verdict.outcome !== 'taken') return verdict;
  }
  return { outcome: 'taken', providerId: null };
};

/** Carries what a channel made of a notice to where it goes, and says how that went. */
export const carry = async (carriers: Carriers, freight: Freight): Promise<Verdict> => {
  if (freight.by === 'http') return verdictOf(await carriers.post(freight.call));
  if (freight.by === 'pagerduty') return events(carriers, freight.bodies);
  const providerId =
    freight.by === 'email' ? await carriers.email(freight) : await carriers.sms(freight);
  return { outcome: 'taken', providerId };
};
