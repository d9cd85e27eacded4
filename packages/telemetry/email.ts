import type { Tracker } from './track.ts';

/** What the seeds' product says when an e-mail was opened (seed 002 §6.1). */
export type EmailOpened = {
  readonly userId: string;
  readonly tenantId: string;
  readonly campaignId?: string | undefined;
  readonly mailboxId?: string | undefined;
  readonly emailId: string;
};

/** The seeds' `trackEmailOpened` over a tracker: one call of the product's, typed and named as there. */
export const trackEmailOpened =
  ({ track }: Tracker) =>
  ({ userId, tenantId, campaignId, mailboxId, emailId }: EmailOpened): Promise<void> =>
    track('email_opened', {
      tenantId,
      actor: userId,
      properties: { email_id: emailId, campaign_id: campaignId, mailbox_id: mailboxId },
    });
