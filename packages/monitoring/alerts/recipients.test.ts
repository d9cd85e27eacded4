import { expect, test } from 'vitest';
import { channels } from '../notices/channels/index.ts';
import { recipientsFault } from './recipients.ts';

test.each([
  ['email', 'ops@example.com'],
  ['email', 'ops@localhost'],
  ['email', 'ops@xn--mller-kva.de'],
  ['email', 'ops@müller.de'],
  ['email', 'a,b@example.com'],
  ['email', 'a@b_c.de'],
  ['sms', '+4915112345678'],
  ['sms', '015112345678'],
] as const)(
  'a rule takes the %s recipient %s when its channel can reach it, and only then',
  (channel, name) => {
    const fault = recipientsFault([channel], { [channel]: [name] }, []);

    expect(fault === null).toBe(channels[channel].recipient.test(name));
  },
);
