import type { Content } from '../content.ts';

/** A notice as a channel gets it, with where it goes: an address, or a target with its secrets, the present one first. */
export type Parcel = {
  readonly noticeId: string;
  readonly tenantId: string;
  readonly content: Content;
  readonly alertIds: readonly string[];
  readonly decidedAt: Date;
  readonly recipient: string;
  readonly address: string | null;
  readonly secrets: readonly string[];
  /** Where people look at alerts. Null: nowhere, so that there are no links. */
  readonly dashboardUrl: string | null;
};

/** A request over HTTP; `sign` asks for the signature of Standard Webhooks by these secrets. */
export type Call = {
  readonly url: string;
  readonly body: string;
  readonly sign: { readonly id: string; readonly secrets: readonly string[] } | null;
};

/** What a channel wants done for a notice. Events of pagerduty go where `deliver` knows, one call each. */
export type Outgoing =
  | { readonly by: 'http'; readonly call: Call }
  | { readonly by: 'pagerduty'; readonly bodies: readonly string[] }
  | {
      readonly by: 'email';
      readonly to: string;
      readonly subject: string;
      readonly text: string;
      readonly html: string;
    }
  | { readonly by: 'sms'; readonly to: string; readonly text: string }
  | { readonly by: 'in-app'; readonly title: string; readonly body: string }
  /** The channel has no use for this kind of notice. */
  | { readonly by: 'nothing'; readonly why: string };

/** How an attempt went: taken by the channel, to be tried again, or never to be tried again. */
export type Verdict =
  | { readonly outcome: 'taken'; readonly providerId: string | null }
  | {
      readonly outcome: 'temporary';
      readonly problem: string;
      readonly retryAfterSeconds: number | null;
    }
  | { readonly outcome: 'permanent'; readonly problem: string };
