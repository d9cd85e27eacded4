import { addressForms } from '../recipient.ts';
import { email } from './email.ts';
import { inApp } from './in-app.ts';
import type { Outgoing, Parcel } from './outgoing.ts';
import { pagerduty } from './pagerduty.ts';
import { slack } from './slack.ts';
import { sms } from './sms.ts';
import { webhook } from './webhook.ts';

/** The channels of the seed. */
const channelNames = ['email', 'slack', 'sms', 'webhook', 'pagerduty', 'in-app'] as const;

/** One of them. */
export type Channel = (typeof channelNames)[number];

/** What of its recipient a channel needs, what such a recipient looks like, and what it makes of a notice. */
export type ChannelRules = {
  /** The recipient is a notification_target with a secret; else it is an address itself. */
  readonly hasTarget: boolean;
  readonly recipient: RegExp;
  readonly compose: (parcel: Parcel) => Outgoing;
};

const anything = /^[^\p{Cc}]+$/u;

/** Every channel, by name. */
export const channels = {
  email: {
    hasTarget: false,
    recipient: addressForms.email.form,
    compose: email,
  },
  slack: { hasTarget: true, recipient: anything, compose: slack },
  sms: { hasTarget: false, recipient: addressForms.sms.form, compose: sms },
  webhook: { hasTarget: true, recipient: anything, compose: webhook },
  pagerduty: { hasTarget: true, recipient: anything, compose: pagerduty },
  'in-app': { hasTarget: false, recipient: anything, compose: inApp },
} as const satisfies Record<Channel, ChannelRules>;

/** True for the name of a channel. */
export const isChannel = (name: string): name is Channel => Object.hasOwn(channels, name);
