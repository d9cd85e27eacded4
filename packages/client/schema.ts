// Generated from the contract table by `npm run docs`: change packages/http/endpoints, not this file.
/* oxlint-disable */

export interface paths {
  '/v1/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Everything at a glance
     * @description E-mails of all campaigns together, warm-up messages, what was active, how healthy the mailboxes are, and which campaigns and mailboxes to look at first.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getOverview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/overview/series': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All e-mails, bucket by bucket
     * @description The e-mails of all campaigns together. Zero-filled: a bucket without e-mails is there, with zeros.
     *
     *     The format is chosen by Accept, or by the path: `/v1/overview/series.json`, `/v1/overview/series.csv`, `/v1/overview/series.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getOverviewSeries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Campaigns with e-mails in a range
     * @description Every campaign that sent in the range, with its counters and rates over it, and totals over all that match.
     *
     *     The format is chosen by Accept, or by the path: `/v1/campaigns.json`, `/v1/campaigns.csv`, `/v1/campaigns.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listCampaigns'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns/{campaign_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One campaign
     * @description What a campaign did in a range and over its whole life.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getCampaign'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns/{campaign_id}/series': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One campaign, bucket by bucket
     * @description Zero-filled: a bucket without e-mails is there, with zeros.
     *
     *     The format is chosen by Accept, or by the path: `/v1/campaigns/{campaign_id}/series.json`, `/v1/campaigns/{campaign_id}/series.csv`, `/v1/campaigns/{campaign_id}/series.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getCampaignSeries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/mailboxes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Mailboxes with e-mails in a range
     * @description Every mailbox that sent campaign e-mails in the range, with its counters and rates over it, and totals over all that match. Warm-up messages are not in it.
     *
     *     The format is chosen by Accept, or by the path: `/v1/mailboxes.json`, `/v1/mailboxes.csv`, `/v1/mailboxes.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listMailboxes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/mailboxes/{mailbox_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One mailbox
     * @description What a mailbox did in a range and over its whole life.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getMailbox'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/mailboxes/{mailbox_id}/series': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One mailbox, bucket by bucket
     * @description Zero-filled: a bucket without e-mails is there, with zeros, and its health is null.
     *
     *     The format is chosen by Accept, or by the path: `/v1/mailboxes/{mailbox_id}/series.json`, `/v1/mailboxes/{mailbox_id}/series.csv`, `/v1/mailboxes/{mailbox_id}/series.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getMailboxSeries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/mailboxes/{mailbox_id}/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The health of one mailbox, explained
     * @description How its score comes about: the mean of five rates over 14 days, each turned into points and weighted, under the lowest cap that applies. Nothing in it is rounded but the score, so that it adds up.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getMailboxHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/leads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Leads, each in each of its campaigns
     * @description A row for a lead in a campaign, with its counters and rates over its whole life: `from` and `to` choose leads by the day they were last written to and cut no figure. By default all leads; `range` then reaches from the first such day to tomorrow. Sorting by a counter reads every lead that matches.
     *
     *     The format is chosen by Accept, or by the path: `/v1/leads.json`, `/v1/leads.csv`, `/v1/leads.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listLeads'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/leads/{lead_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One lead
     * @description The campaigns that wrote to a lead, the latest first and up to 500, and totals over all of them: of its whole life. `GET /v1/leads?lead_id=…` pages through however many there are.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getLead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/warmups': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Mailboxes with warm-up messages in a range
     * @description Every mailbox that sent warm-up messages in the range, with its counters and rates over it, and totals over all that match. Campaign e-mails are not in it.
     *
     *     The format is chosen by Accept, or by the path: `/v1/warmups.json`, `/v1/warmups.csv`, `/v1/warmups.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listWarmups'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/warmups/{mailbox_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The warm-up of one mailbox
     * @description What a warm-up did in a range and over its whole life.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getWarmup'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/warmups/{mailbox_id}/series': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The warm-up of one mailbox, bucket by bucket
     * @description What was planned and what was sent, with health and progress. Zero-filled: a bucket without messages is there, with zeros, and its health, progress and plan are null.
     *
     *     The format is chosen by Accept, or by the path: `/v1/warmups/{mailbox_id}/series.json`, `/v1/warmups/{mailbox_id}/series.csv`, `/v1/warmups/{mailbox_id}/series.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getWarmupSeries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sequence-steps': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Steps with e-mails in a range
     * @description Every step that sent in the range, with its counters and rates over it, and totals over all that match.
     *
     *     The format is chosen by Accept, or by the path: `/v1/sequence-steps.json`, `/v1/sequence-steps.csv`, `/v1/sequence-steps.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listSequenceSteps'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns/{campaign_id}/steps': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The steps of a campaign, variants side by side
     * @description The steps that sent in the range, in the order of the sequence, each position with its variants and a verdict on their A/B test; steps of unknown position are together at the end.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['compareCampaignSteps'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns/{campaign_id}/steps/{step_id}/series': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One step, bucket by bucket
     * @description Zero-filled: a bucket without e-mails is there, with zeros.
     *
     *     The format is chosen by Accept, or by the path: `/v1/campaigns/{campaign_id}/steps/{step_id}/series.json`, `/v1/campaigns/{campaign_id}/steps/{step_id}/series.csv`, `/v1/campaigns/{campaign_id}/steps/{step_id}/series.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getSequenceStepSeries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/billing/periods': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Billing periods, the newest first
     * @description Every period with its usage, the adjustments applied to it, and the usage adjusted by those that are billable.
     *
     *     The format is chosen by Accept, or by the path: `/v1/billing/periods.json`, `/v1/billing/periods.csv`, `/v1/billing/periods.ndjson`.
     *
     *     For the roles tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listBillingPeriods'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/billing/periods/{period_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One billing period
     * @description A period with its usage and the adjustments applied to it.
     *
     *     For the roles tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getBillingPeriod'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/billing/current': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The billing period that runs
     * @description The open period that holds today: usage so far, how much of it is over, where the e-mails will end at this pace, and how that compares with the quotas you give. Not found before the first e-mail of the period has been counted.
     *
     *     For the roles tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getCurrentBilling'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/billing/adjustments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Changes to closed periods, the newest first
     * @description Each is a difference in the usage of a closed period, and belongs to the period it is applied to.
     *
     *     The format is chosen by Accept, or by the path: `/v1/billing/adjustments.json`, `/v1/billing/adjustments.csv`, `/v1/billing/adjustments.ndjson`.
     *
     *     For the roles tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listBillingAdjustments'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/freshness': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How fresh the facts are
     * @description Up to when the facts are complete, when days were counted last, and what the last comparison with the e-mails found. `data` has the days of the last 35 that have been counted, the newest first.
     *
     *     The format is chosen by Accept, or by the path: `/v1/freshness.json`, `/v1/freshness.csv`, `/v1/freshness.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator, auditor; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getFreshness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audit-log': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What administrators did, the newest first
     * @description The compliance audit of the tenant. Reading it is itself recorded, as `audit_log.read` with the subject of the token and the filters, before anything is answered; without that record there is no answer. A page ends before `limit` where its entries are large; `next_cursor` goes on.
     *
     *     The format is chosen by Accept, or by the path: `/v1/audit-log.json`, `/v1/audit-log.csv`, `/v1/audit-log.ndjson`.
     *
     *     For the roles auditor, operator; 60 requests a minute and 20 at once for a tenant.
     */
    get: operations['listAuditLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/exports/campaign-days': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Campaigns by day, whole
     * @description Every row of the range, in the order of its key, as one snapshot; written while it is read, however many there are. An answer that ends without its last chunk failed on the way: ask again. Not packed by default; gzip on request.
     *
     *     The format is chosen by Accept, or by the path: `/v1/exports/campaign-days.csv`, `/v1/exports/campaign-days.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 12 requests a minute and 6 at once for a tenant.
     */
    get: operations['exportCampaignDays'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/exports/mailbox-days': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Mailboxes by day, whole
     * @description Every row of the range, in the order of its key, as one snapshot; written while it is read, however many there are. An answer that ends without its last chunk failed on the way: ask again. Not packed by default; gzip on request.
     *
     *     The format is chosen by Accept, or by the path: `/v1/exports/mailbox-days.csv`, `/v1/exports/mailbox-days.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 12 requests a minute and 6 at once for a tenant.
     */
    get: operations['exportMailboxDays'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/exports/step-days': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Sequence steps by day, whole
     * @description Every row of the range, in the order of its key, as one snapshot; written while it is read, however many there are. An answer that ends without its last chunk failed on the way: ask again. Not packed by default; gzip on request.
     *
     *     The format is chosen by Accept, or by the path: `/v1/exports/step-days.csv`, `/v1/exports/step-days.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 12 requests a minute and 6 at once for a tenant.
     */
    get: operations['exportStepDays'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/exports/warmup-days': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Warm-ups by day, whole
     * @description Every row of the range, in the order of its key, as one snapshot; written while it is read, however many there are. An answer that ends without its last chunk failed on the way: ask again. Not packed by default; gzip on request.
     *
     *     The format is chosen by Accept, or by the path: `/v1/exports/warmup-days.csv`, `/v1/exports/warmup-days.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 12 requests a minute and 6 at once for a tenant.
     */
    get: operations['exportWarmupDays'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/exports/leads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Leads last written to in the range, whole
     * @description Every row of the range, in the order of its key, as one snapshot; written while it is read, however many there are. An answer that ends without its last chunk failed on the way: ask again. Not packed by default; gzip on request.
     *
     *     The format is chosen by Accept, or by the path: `/v1/exports/leads.csv`, `/v1/exports/leads.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 12 requests a minute and 6 at once for a tenant.
     */
    get: operations['exportLeads'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Overview: {
      data: {
        emails: {
          sent: number;
          delivered: number;
          opened_tracked: number;
          /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
          opened_human: number | null;
          clicked_tracked: number;
          replied: number;
          /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
          replied_human: number | null;
          bounced: number;
          hard_bounced: number;
          unsubscribed: number;
          spam_complaints: number;
          rates: components['schemas']['EmailRates'];
        };
        warmups: {
          sent: number;
          delivered: number;
          opened_tracked: number;
          clicked_tracked: number;
          replied: number;
          bounced: number;
          unsubscribed: number;
          /** @description Found in a spam folder. */
          spam_complaints: number;
          rates: components['schemas']['WarmupRates'];
        };
        active: components['schemas']['ActiveCounts'];
        mailbox_health: components['schemas']['MailboxesByHealth'];
        /** @description The five campaigns with most answers; where these are equal, the one that sent more. */
        top_campaigns: {
          campaign_id: string;
          sent: number;
          delivered: number;
          replied: number;
          reply_rate: components['schemas']['Rate'];
        }[];
        /** @description The five mailboxes with the lowest known score on their last day in the range. */
        least_healthy_mailboxes: {
          mailbox_id: string;
          health_score: number;
          sent: number;
          bounced: number;
          bounce_rate: components['schemas']['Rate'];
        }[];
      };
      previous?: {
        range: components['schemas']['Range'];
        emails: {
          sent: number;
          delivered: number;
          opened_tracked: number;
          /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
          opened_human: number | null;
          clicked_tracked: number;
          replied: number;
          /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
          replied_human: number | null;
          bounced: number;
          hard_bounced: number;
          unsubscribed: number;
          spam_complaints: number;
          rates: components['schemas']['EmailRates'];
        };
        warmups: {
          sent: number;
          delivered: number;
          opened_tracked: number;
          clicked_tracked: number;
          replied: number;
          bounced: number;
          unsubscribed: number;
          /** @description Found in a spam folder. */
          spam_complaints: number;
          rates: components['schemas']['WarmupRates'];
        };
        active: components['schemas']['ActiveCounts'];
        mailbox_health: components['schemas']['MailboxesByHealth'];
      };
      range: components['schemas']['Range'];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    EmailRates: {
      /** @description delivered / sent */
      delivery_rate: components['schemas']['Rate'];
      /** @description bounced / sent */
      bounce_rate: components['schemas']['Rate'];
      /** @description hard_bounced / sent */
      hard_bounce_rate: components['schemas']['Rate'];
      /** @description opened_human / delivered */
      open_rate: components['schemas']['Rate'];
      /** @description opened_tracked / delivered, machines included */
      open_rate_raw: components['schemas']['Rate'];
      /** @description clicked_tracked / delivered */
      click_rate: components['schemas']['Rate'];
      /** @description clicked_tracked / opened_tracked */
      click_to_open_rate: components['schemas']['Rate'];
      /** @description replied / delivered */
      reply_rate: components['schemas']['Rate'];
      /** @description replied_human / delivered */
      human_reply_rate: components['schemas']['Rate'];
      /** @description unsubscribed / delivered */
      unsubscribe_rate: components['schemas']['Rate'];
      /** @description spam_complaints / delivered */
      complaint_rate: components['schemas']['Rate'];
    };
    /** @description numerator / denominator to four decimals; null when the denominator is 0 or nothing is known. n: e-mails sent that the rate rests on; 0 when it is unknown. */
    Rate: {
      value: number | null;
      numerator: number | null;
      denominator: number | null;
      n: number;
    };
    WarmupRates: {
      /** @description delivered / sent */
      delivery_rate: components['schemas']['Rate'];
      /** @description bounced / sent */
      bounce_rate: components['schemas']['Rate'];
      /** @description in the inbox / delivered */
      placement_rate: components['schemas']['Rate'];
      /** @description replied / delivered */
      reply_rate: components['schemas']['Rate'];
    };
    /** @description How many of each were active: sent, or written to. */
    ActiveCounts: {
      campaigns: number;
      mailboxes: number;
      /** @description Distinct leads written to in the range, in however many campaigns. */
      leads: number;
    };
    /** @description Mailboxes by health on their last day in the range. */
    MailboxesByHealth: {
      /** @description Score 80 to 100. */
      good: number;
      /** @description Score 60 to 79. */
      fair: number;
      /** @description Score 40 to 59. */
      poor: number;
      /** @description Score below 40. */
      critical: number;
      /** @description No score: too few messages to tell. */
      unknown: number;
    };
    /** @description Half-open days [from, to) in the time zone of the tenant. */
    Range: {
      /**
       * Format: date
       * @example 2025-03-10
       */
      from: string;
      /**
       * Format: date
       * @example 2025-03-10
       */
      to: string;
      timezone: string;
    };
    /** @description An error (RFC 9457). */
    Problem: {
      /** @description The page that explains the code. */
      type: string;
      title: string;
      /** @enum {number} */
      status: 400 | 401 | 403 | 404 | 405 | 406 | 409 | 413 | 415 | 422 | 429 | 500 | 503 | 504;
      /** @description What to do next. Not with a status of 500 or above. */
      detail?: string;
      /** @enum {string} */
      code:
        | 'request-malformed'
        | 'cursor-malformed'
        | 'token-missing'
        | 'token-invalid'
        | 'token-expired'
        | 'forbidden'
        | 'not-found'
        | 'route-unknown'
        | 'method-not-allowed'
        | 'not-acceptable'
        | 'conflict'
        | 'body-too-large'
        | 'body-unexpected'
        | 'answer-too-large'
        | 'range-empty'
        | 'range-too-long'
        | 'timezone-unavailable'
        | 'cursor-mismatch'
        | 'rate-limited'
        | 'internal'
        | 'issuer-unreachable'
        | 'unavailable'
        | 'database-unavailable'
        | 'answer-too-slow';
      request_id: string;
      errors?: {
        path: string;
        message: string;
      }[];
    };
    EmailSeries: {
      data: components['schemas']['EmailBucket'][];
      totals: components['schemas']['EmailFigures'];
      previous?: {
        range: components['schemas']['Range'];
        totals: components['schemas']['EmailFigures'];
        data: components['schemas']['EmailBucket'][];
      };
      range: components['schemas']['Range'];
      /** @enum {string} */
      interval: 'day' | 'week' | 'month';
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    EmailBucket: {
      /**
       * Format: date
       * @example 2025-03-10
       */
      from: string;
      /**
       * Format: date
       * @example 2025-03-10
       */
      to: string;
      /** @description False until 72 hours after the end: opens and answers are still coming in. */
      mature: boolean;
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
    };
    EmailFigures: {
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
    };
    CampaignList: {
      data: components['schemas']['Campaign'][];
      totals: components['schemas']['EmailTotals'];
      previous?: components['schemas']['PreviousEmailFigures'];
      range: components['schemas']['Range'];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    Campaign: {
      campaign_id: string;
      company_id: string | null;
      /** @description As last known: in a list in the range, for one campaign in its life. */
      status: string | null;
      completed_leads: number | null;
      first_day: string | null;
      last_day: string | null;
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
    };
    EmailTotals: {
      /** @description How many match, on all pages together. */
      matching: number;
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
    };
    PreviousEmailFigures: {
      range: components['schemas']['Range'];
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
    };
    CampaignAnswer: {
      data: {
        campaign_id: string;
        company_id: string | null;
        /** @description As last known: in a list in the range, for one campaign in its life. */
        status: string | null;
        completed_leads: number | null;
        first_day: string | null;
        last_day: string | null;
        sent: number;
        delivered: number;
        opened_tracked: number;
        /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
        opened_human: number | null;
        clicked_tracked: number;
        replied: number;
        /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
        replied_human: number | null;
        bounced: number;
        hard_bounced: number;
        unsubscribed: number;
        spam_complaints: number;
        rates: components['schemas']['EmailRates'];
        lifetime: components['schemas']['EmailFigures'];
      };
      previous?: components['schemas']['PreviousEmailFigures'];
      range: components['schemas']['Range'];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    MailboxList: {
      data: components['schemas']['Mailbox'][];
      totals: components['schemas']['EmailTotals'];
      previous?: components['schemas']['PreviousEmailFigures'];
      range: components['schemas']['Range'];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    Mailbox: {
      mailbox_id: string;
      company_id: string | null;
      domain_id: string | null;
      /** @description Of the last day with e-mails, over the 14 days that end with it. Null with too little data: see /health. */
      health_score: number | null;
      /** @description As last known. */
      warmup_status: string | null;
      /** @description As last known. */
      campaign_status: string | null;
      /** @description Campaign e-mails and warm-up messages sent on the last day with e-mails. */
      current_volume: number | null;
      /** @description Whether SPF passes, as last known. */
      spf: boolean | null;
      /** @description Whether DKIM passes, as last known. */
      dkim: boolean | null;
      /** @description Whether there is a DMARC policy. */
      dmarc: boolean | null;
      first_day: string | null;
      last_day: string | null;
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
    };
    MailboxAnswer: {
      data: {
        mailbox_id: string;
        company_id: string | null;
        domain_id: string | null;
        /** @description Of the last day with e-mails, over the 14 days that end with it. Null with too little data: see /health. */
        health_score: number | null;
        /** @description As last known. */
        warmup_status: string | null;
        /** @description As last known. */
        campaign_status: string | null;
        /** @description Campaign e-mails and warm-up messages sent on the last day with e-mails. */
        current_volume: number | null;
        /** @description Whether SPF passes, as last known. */
        spf: boolean | null;
        /** @description Whether DKIM passes, as last known. */
        dkim: boolean | null;
        /** @description Whether there is a DMARC policy. */
        dmarc: boolean | null;
        first_day: string | null;
        last_day: string | null;
        sent: number;
        delivered: number;
        opened_tracked: number;
        /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
        opened_human: number | null;
        clicked_tracked: number;
        replied: number;
        /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
        replied_human: number | null;
        bounced: number;
        hard_bounced: number;
        unsubscribed: number;
        spam_complaints: number;
        rates: components['schemas']['EmailRates'];
        lifetime: components['schemas']['EmailFigures'];
      };
      previous?: components['schemas']['PreviousEmailFigures'];
      range: components['schemas']['Range'];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    ScoredEmailSeries: {
      data: components['schemas']['ScoredEmailBucket'][];
      totals: components['schemas']['EmailFigures'];
      previous?: {
        range: components['schemas']['Range'];
        totals: components['schemas']['EmailFigures'];
        data: components['schemas']['ScoredEmailBucket'][];
      };
      range: components['schemas']['Range'];
      /** @enum {string} */
      interval: 'day' | 'week' | 'month';
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    ScoredEmailBucket: {
      /**
       * Format: date
       * @example 2025-03-10
       */
      from: string;
      /**
       * Format: date
       * @example 2025-03-10
       */
      to: string;
      /** @description False until 72 hours after the end: opens and answers are still coming in. */
      mature: boolean;
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
      /** @description Of the last day with e-mails in the bucket. Null when unknown. */
      health_score: number | null;
    };
    MailboxHealth: {
      data: {
        mailbox_id: string;
        /**
         * Format: date
         * @description The last of the 14 days.
         * @example 2025-03-10
         */
        day: string;
        /** @description `mean`, rounded, and at most `cap`. Null with too little data: `enough` tells what is missing. */
        score: number | null;
        /**
         * @description good from 80, fair from 60, poor from 40, else critical; unknown without a score.
         * @enum {string}
         */
        band: 'good' | 'fair' | 'poor' | 'critical' | 'unknown';
        /** @description The contributions together. */
        mean: number | null;
        /** @description The lowest cap that applies, whether or not the mean is above. Null when none. */
        cap: number | null;
        /** @description One of the two must be reached for a score. */
        enough: {
          /** @description E-mails sent in the window, of those needed. */
          sent: {
            n: number;
            of: number;
          };
          /** @description Warm-up messages delivered, of those needed. */
          placed: {
            n: number;
            of: number;
          };
        };
        components: components['schemas']['HealthComponent'][];
        caps: {
          /** @description On rates as they are, also of components that do not count. */
          rates: components['schemas']['HealthCap'][];
          /** @description On the records of the sending domain. */
          records: components['schemas']['HealthRecordCap'][];
        };
        /** @description Of the sending domain, as known on the last day with e-mails in the window. Null when unknown: that caps nothing. */
        records: {
          spf: boolean | null;
          dkim: boolean | null;
          dmarc: boolean | null;
        };
        /** @description The 14 days, half-open. */
        window: components['schemas']['Range'];
        /** @description Of the weights, the curves and the caps; `version` tells that of a stored score. */
        score_version: number;
        /** @description The score on each day with e-mails, the oldest first. */
        history: {
          /**
           * Format: date
           * @example 2025-03-10
           */
          day: string;
          score: number | null;
          /** @description As `cap`; null as well without a score. */
          cap: number | null;
          version: number | null;
        }[];
      };
      /** @description The half-open days of the history. */
      range: components['schemas']['Range'];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    HealthComponent: {
      /** @enum {string} */
      name: 'hard_bounces' | 'complaints' | 'warmup_spam' | 'replies' | 'unsubscribes';
      /** @description Of 100, when all five count. */
      weight: number;
      /** @description Of 100, as it counts here: with fewer than 20 placed warm-up messages `warmup_spam` has none and the others share it. 0 for all without a score. */
      effective_weight: number;
      /** @description Hard bounces, complaints, warm-up messages found in spam, replies or unsubscribes in the window. */
      events: number;
      /** @description What the rate is of: e-mails sent for hard_bounces, warm-up messages delivered for warmup_spam, else e-mails delivered. */
      base: number;
      /** @description events / base; null when the base is 0. */
      rate: number | null;
      /** @description The rate drawn to what is usual while the base is small: this one gets points. */
      shrunk_rate: number;
      /** @description 0 to 100 for the shrunk rate. Null when the component does not count. */
      points: number | null;
      /** @description points × effective_weight / 100. All of them add up to `mean`. */
      contribution: number;
    };
    HealthCap: {
      name: string;
      /** @description The highest score while it applies. */
      at: number;
      events: number;
      base: number;
      /** @description It applies from this rate on … */
      rate: number;
      /** @description … when the base is at least this. */
      least: number;
      /** @description events / base as they are; null when the base is 0. */
      measured: number | null;
      applies: boolean;
    };
    HealthRecordCap: {
      /** @enum {string} */
      name: 'spf' | 'dkim' | 'dmarc';
      at: number;
      /** @description The record is known to be missing or to fail. */
      applies: boolean;
    };
    LeadList: {
      data: components['schemas']['Lead'][];
      /** @description Null unless asked for by `totals=true`. */
      totals: {
        /** @description Rows that match, on all pages together. */
        matching: number;
        /** @description Distinct leads among them. */
        leads: number;
        sent: number;
        delivered: number;
        opened_tracked: number;
        /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
        opened_human: number | null;
        clicked_tracked: number;
        replied: number;
        /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
        replied_human: number | null;
        bounced: number;
        hard_bounced: number;
        unsubscribed: number;
        spam_complaints: number;
        rates: components['schemas']['EmailRates'];
      } | null;
      range: components['schemas']['Range'];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    Lead: {
      lead_id: string;
      campaign_id: string;
      /** @description Of the lead in the campaign. */
      status: string | null;
      /** @description First day on which it was written to. */
      first_day: string | null;
      /** @description Last day on which it was written to. */
      last_day: string | null;
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
    };
    LeadAnswer: {
      data: {
        lead_id: string;
        first_day: string | null;
        last_day: string | null;
        /** @description All campaigns that wrote to it; `campaigns` holds the latest 500. */
        campaign_count: number;
        campaigns: components['schemas']['LeadInCampaign'][];
        totals: components['schemas']['EmailFigures'];
      };
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    LeadInCampaign: {
      campaign_id: string;
      /** @description Of the lead in the campaign. */
      status: string | null;
      /** @description First day on which it was written to. */
      first_day: string | null;
      /** @description Last day on which it was written to. */
      last_day: string | null;
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
    };
    WarmupList: {
      data: components['schemas']['Warmup'][];
      totals: components['schemas']['PlannedWarmupTotals'];
      previous?: components['schemas']['PreviousPlannedWarmupFigures'];
      range: components['schemas']['Range'];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    Warmup: {
      mailbox_id: string;
      company_id: string | null;
      /** @description Of the last day with messages, over the 14 days that end with it. Null with fewer than 20 placed messages. */
      health_score: number | null;
      /** @description Qualified days so far of `ramp_days`, as last known. Null without a plan. */
      progress_percentage: number | null;
      /** @description Messages planned for the last day with messages. Null without a plan. */
      last_planned: number | null;
      ramp_days: number | null;
      first_day: string | null;
      last_day: string | null;
      /** @description Messages planned for the days with messages: compare `sent`. Days without a plan are not in it; null when none has one. */
      planned: number | null;
      sent: number;
      delivered: number;
      opened_tracked: number;
      clicked_tracked: number;
      replied: number;
      bounced: number;
      unsubscribed: number;
      /** @description Found in a spam folder. */
      spam_complaints: number;
      rates: components['schemas']['WarmupRates'];
    };
    PlannedWarmupTotals: {
      /** @description How many match, on all pages together. */
      matching: number;
      /** @description Messages planned for the days with messages: compare `sent`. Days without a plan are not in it; null when none has one. */
      planned: number | null;
      sent: number;
      delivered: number;
      opened_tracked: number;
      clicked_tracked: number;
      replied: number;
      bounced: number;
      unsubscribed: number;
      /** @description Found in a spam folder. */
      spam_complaints: number;
      rates: components['schemas']['WarmupRates'];
    };
    PreviousPlannedWarmupFigures: {
      range: components['schemas']['Range'];
      /** @description Messages planned for the days with messages: compare `sent`. Days without a plan are not in it; null when none has one. */
      planned: number | null;
      sent: number;
      delivered: number;
      opened_tracked: number;
      clicked_tracked: number;
      replied: number;
      bounced: number;
      unsubscribed: number;
      /** @description Found in a spam folder. */
      spam_complaints: number;
      rates: components['schemas']['WarmupRates'];
    };
    WarmupAnswer: {
      data: {
        mailbox_id: string;
        company_id: string | null;
        /** @description Of the last day with messages, over the 14 days that end with it. Null with fewer than 20 placed messages. */
        health_score: number | null;
        /** @description Qualified days so far of `ramp_days`, as last known. Null without a plan. */
        progress_percentage: number | null;
        /** @description Messages planned for the last day with messages. Null without a plan. */
        last_planned: number | null;
        ramp_days: number | null;
        first_day: string | null;
        last_day: string | null;
        /** @description Messages planned for the days with messages: compare `sent`. Days without a plan are not in it; null when none has one. */
        planned: number | null;
        sent: number;
        delivered: number;
        opened_tracked: number;
        clicked_tracked: number;
        replied: number;
        bounced: number;
        unsubscribed: number;
        /** @description Found in a spam folder. */
        spam_complaints: number;
        rates: components['schemas']['WarmupRates'];
        lifetime: components['schemas']['PlannedWarmupFigures'];
      };
      previous?: components['schemas']['PreviousPlannedWarmupFigures'];
      range: components['schemas']['Range'];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    PlannedWarmupFigures: {
      /** @description Messages planned for the days with messages: compare `sent`. Days without a plan are not in it; null when none has one. */
      planned: number | null;
      sent: number;
      delivered: number;
      opened_tracked: number;
      clicked_tracked: number;
      replied: number;
      bounced: number;
      unsubscribed: number;
      /** @description Found in a spam folder. */
      spam_complaints: number;
      rates: components['schemas']['WarmupRates'];
    };
    ScoredWarmupSeries: {
      data: components['schemas']['ScoredWarmupBucket'][];
      totals: components['schemas']['PlannedWarmupFigures'];
      previous?: {
        range: components['schemas']['Range'];
        totals: components['schemas']['PlannedWarmupFigures'];
        data: components['schemas']['ScoredWarmupBucket'][];
      };
      range: components['schemas']['Range'];
      /** @enum {string} */
      interval: 'day' | 'week' | 'month';
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    ScoredWarmupBucket: {
      /**
       * Format: date
       * @example 2025-03-10
       */
      from: string;
      /**
       * Format: date
       * @example 2025-03-10
       */
      to: string;
      /** @description False until 72 hours after the end: opens and answers are still coming in. */
      mature: boolean;
      sent: number;
      delivered: number;
      opened_tracked: number;
      clicked_tracked: number;
      replied: number;
      bounced: number;
      unsubscribed: number;
      /** @description Found in a spam folder. */
      spam_complaints: number;
      rates: components['schemas']['WarmupRates'];
      /** @description Messages planned for the days with messages: compare `sent`. Days without a plan are not in it; null when none has one. */
      planned: number | null;
      /** @description Of the last day with messages in the bucket. Null when unknown. */
      health_score: number | null;
      /** @description Of the last day with messages in the bucket. Null when unknown. */
      progress_percentage: number | null;
    };
    SequenceStepList: {
      data: components['schemas']['SequenceStep'][];
      totals: components['schemas']['EmailTotals'];
      previous?: components['schemas']['PreviousEmailFigures'];
      range: components['schemas']['Range'];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    SequenceStep: {
      campaign_id: string;
      step_id: string;
      company_id: string | null;
      /** @description Place in the sequence, from 1, as last known in the range. Null when unknown. */
      step_position: number | null;
      /** @description Letter in an A/B test, as last known in the range. Null when it is no test. */
      variant: string | null;
      first_day: string | null;
      last_day: string | null;
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
    };
    CampaignSteps: {
      data: components['schemas']['ComparedPosition'][];
      totals: components['schemas']['EmailFigures'];
      /** @enum {string} */
      metric: 'reply_rate' | 'human_reply_rate' | 'click_rate' | 'open_rate';
      range: components['schemas']['Range'];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    ComparedPosition: {
      /** @description Place in the sequence, from 1, as last known in the range. Null when unknown. */
      step_position: number | null;
      /**
       * @description too_early: a variant has fewer than 200 trials. winner: one is the best with 95 %. no_difference: choosing any of them, even the worst, costs less than 0.1 percentage points on average. no_test: fewer than two variants with a letter, or the position is unknown. unknown: the source tells no person from a machine. too_many: more than 24 variants, or the positions before have used up what one answer compares, 2,500 pairs (each variant with each and itself); each variant then has its interval alone.
       * @enum {string}
       */
      verdict:
        | 'too_early'
        | 'winner'
        | 'no_difference'
        | 'undecided'
        | 'no_test'
        | 'unknown'
        | 'too_many';
      /** @description The step that wins. */
      winner: string | null;
      variants: components['schemas']['ComparedStep'][];
    };
    ComparedStep: {
      step_id: string;
      company_id: string | null;
      /** @description Place in the sequence, from 1, as last known in the range. Null when unknown. */
      step_position: number | null;
      /** @description Letter in an A/B test, as last known in the range. Null when it is no test. */
      variant: string | null;
      first_day: string | null;
      last_day: string | null;
      sent: number;
      delivered: number;
      opened_tracked: number;
      /** @description Of opened_tracked: by a person. Null when the source does not tell that of all e-mails. */
      opened_human: number | null;
      clicked_tracked: number;
      replied: number;
      /** @description Of replied: by a person. Null when the source does not tell that of all e-mails. */
      replied_human: number | null;
      bounced: number;
      hard_bounced: number;
      unsubscribed: number;
      spam_complaints: number;
      rates: components['schemas']['EmailRates'];
      comparison: components['schemas']['StepComparison'];
    };
    /** @description The rate is taken to be Beta(1 + successes, 1 + trials - successes). */
    StepComparison: {
      successes: number | null;
      trials: number | null;
      /** @description The rate lies between these with 95 %. Null where the source tells none from a machine. */
      interval: {
        low: number;
        high: number;
      } | null;
      /** @description That its rate is the highest of the test. Null where nothing is compared. */
      probability_best: number | null;
      /** @description By how much the highest rate of the test exceeds its own, on average: what choosing it costs. Null where nothing is compared. */
      expected_loss: number | null;
    };
    BillingPeriodList: {
      data: components['schemas']['BillingPeriod'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    BillingPeriod: {
      period_id: number;
      subscription_id: string | null;
      /**
       * @description open: follows the facts. closed: fixed; later changes become adjustments.
       * @enum {string}
       */
      state: 'open' | 'closed';
      /**
       * Format: date
       * @example 2025-03-10
       */
      first_day: string;
      /**
       * Format: date
       * @description First day after the period.
       * @example 2025-03-10
       */
      end_day: string;
      /** Format: date-time */
      period_start: string;
      /** Format: date-time */
      period_end: string;
      timezone: string;
      closed_at: string | null;
      /**
       * Format: date-time
       * @description When a value of the period last changed; counting it again to the same does not count.
       */
      updated: string;
      emails_sent: number;
      mailboxes_used: number;
      /** @description Null when the domain of a mailbox is unknown. */
      domains_used: number | null;
      campaigns_used: number;
      leads_used: number;
      /** @description Most mailboxes that warmed up on one day. */
      warmups_active: number;
      /** @description What changed in earlier, closed periods and is applied to this one. Unbillable: found too late to be charged. */
      adjustments: {
        billable: components['schemas']['SummedAdjustments'];
        unbillable: components['schemas']['SummedAdjustments'];
      };
      /** @description Usage plus billable adjustments: what to charge in this period. */
      adjusted: {
        emails_sent: number;
        mailboxes_used: number;
        /** @description Null when either side is unknown. */
        domains_used: number | null;
        campaigns_used: number;
        leads_used: number;
        warmups_active: number;
      };
    };
    SummedAdjustments: {
      count: number;
      emails_sent: number;
      mailboxes_used: number;
      /** @description Null when either side is unknown. */
      domains_used: number | null;
      campaigns_used: number;
      leads_used: number;
      warmups_active: number;
    };
    BillingPeriodAnswer: {
      data: components['schemas']['BillingPeriod'];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    CurrentBillingAnswer: {
      data: components['schemas']['CurrentBilling'];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    CurrentBilling: {
      period_id: number;
      subscription_id: string | null;
      /**
       * @description open: follows the facts. closed: fixed; later changes become adjustments.
       * @enum {string}
       */
      state: 'open' | 'closed';
      /**
       * Format: date
       * @example 2025-03-10
       */
      first_day: string;
      /**
       * Format: date
       * @description First day after the period.
       * @example 2025-03-10
       */
      end_day: string;
      /** Format: date-time */
      period_start: string;
      /** Format: date-time */
      period_end: string;
      timezone: string;
      closed_at: string | null;
      /**
       * Format: date-time
       * @description When a value of the period last changed; counting it again to the same does not count.
       */
      updated: string;
      emails_sent: number;
      mailboxes_used: number;
      /** @description Null when the domain of a mailbox is unknown. */
      domains_used: number | null;
      campaigns_used: number;
      leads_used: number;
      /** @description Most mailboxes that warmed up on one day. */
      warmups_active: number;
      /** @description What changed in earlier, closed periods and is applied to this one. Unbillable: found too late to be charged. */
      adjustments: {
        billable: components['schemas']['SummedAdjustments'];
        unbillable: components['schemas']['SummedAdjustments'];
      };
      /** @description Usage plus billable adjustments: what to charge in this period. */
      adjusted: {
        emails_sent: number;
        mailboxes_used: number;
        /** @description Null when either side is unknown. */
        domains_used: number | null;
        campaigns_used: number;
        leads_used: number;
        warmups_active: number;
      };
      /**
       * Format: date
       * @description Today in the time zone of the tenant.
       * @example 2025-03-10
       */
      today: string;
      /** @description How much of the time from period_start to period_end is over, to four decimals. */
      elapsed_share: number;
      projection: components['schemas']['UsageProjection'];
      /** @description Usage against each quota you gave; adjustments do not use up any. */
      quotas: {
        emails_sent: components['schemas']['EmailQuotaUse'] | null;
        mailboxes_used: components['schemas']['QuotaUse'] | null;
        domains_used: components['schemas']['QuotaUse'] | null;
        campaigns_used: components['schemas']['QuotaUse'] | null;
        leads_used: components['schemas']['QuotaUse'] | null;
        warmups_active: components['schemas']['QuotaUse'] | null;
      };
    };
    UsageProjection: {
      /** @description Days of the period that are over and whose facts are complete. */
      full_days: number;
      /** @description E-mails sent on these days. */
      full_days_sent: number;
      /** @description full_days_sent / full_days × the days of the period, rounded, and at least emails_sent so far: every remaining day is taken to be like the average full one. Null before the first full day. */
      emails_sent: number | null;
    };
    EmailQuotaUse: {
      quota: number;
      used: number | null;
      share: number | null;
      /** @description Projected e-mails / quota. */
      projected_share: number | null;
      reached: boolean;
      /** @description The day on which the e-mails of the period reached the quota; before that, the day on which they will at the projected pace. Null when that is not in this period, or not known. */
      reached_on: string | null;
    };
    /** @description share: used / quota to four decimals. */
    QuotaUse: {
      quota: number;
      used: number | null;
      share: number | null;
    };
    BillingAdjustmentList: {
      data: components['schemas']['BillingAdjustment'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    BillingAdjustment: {
      adjustment_id: number;
      /** @description The closed period whose usage changed. */
      period_id: number;
      /** @description The period that carries the difference. */
      applied_to: number;
      billable: boolean;
      /** Format: date-time */
      created: string;
      emails_sent: number;
      mailboxes_used: number;
      /** @description Null when either side is unknown. */
      domains_used: number | null;
      campaigns_used: number;
      leads_used: number;
      warmups_active: number;
    };
    Freshness: {
      /**
       * @description `current`: complete up to the last hour. `behind`: not so, as when changes that were found wait to be counted. `drifting`: the last comparison found days that differ without a reason. `unknown`: nothing has been counted yet, or nothing completely.
       * @enum {string}
       */
      state: 'current' | 'behind' | 'drifting' | 'unknown';
      /** @description The state in a sentence. */
      summary: string;
      /** @description When a day was counted last. Null before the first. */
      last_aggregated_at: string | null;
      /** @description Days that have been counted, all together. */
      days_known: number;
      first_day: string | null;
      last_day: string | null;
      /** @description Days known to have changed and not counted since. `complete_through` is held back to before the first of them was found. */
      days_pending: number;
      /** @description Leads whose e-mails left a day, not recounted since; they hold it back too. */
      leads_pending: number;
      /** @description When the first of what is pending was found. Null when nothing is. */
      pending_since: string | null;
      reconciliation: components['schemas']['Reconciliation'] | null;
      data: components['schemas']['AggregatedDay'][];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    /** @description The last comparison of the facts with the e-mails. */
    Reconciliation: {
      /** Format: date-time */
      reconciled_at: string;
      /** @description Days compared. */
      cells: number;
      /** @description Days that differed because a change was on its way. */
      behind: number;
      /** @description Days that differed without a change on its way. */
      drift: number;
    };
    AggregatedDay: {
      /**
       * Format: date
       * @example 2025-03-10
       */
      day: string;
      /** Format: date-time */
      aggregated_at: string;
      /** @description What made the day be counted again. */
      reason: string;
    };
    AuditLog: {
      data: components['schemas']['AuditEntry'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    AuditEntry: {
      id: number;
      /** Format: date-time */
      creation_time: string;
      admin_user_id: string;
      action: string;
      resource_type: string;
      resource_id: string;
      tenant_id: string;
      /** @description JSON, or null. */
      old_values: unknown;
      /** @description JSON, or null. */
      new_values: unknown;
      ip_address: string | null;
      user_agent: string | null;
      notes: string | null;
      /** @description JSON, or null. */
      metadata: unknown;
      data_classification: string | null;
      retention_category: string | null;
    };
  };
  responses: {
    /**
     * @description `request-malformed`: The request is malformed.
     *
     *     `cursor-malformed`: The cursor is malformed.
     */
    Problem400: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /**
     * @description `token-missing`: A token is missing.
     *
     *     `token-invalid`: The token is invalid.
     *
     *     `token-expired`: The token has expired.
     */
    Problem401: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `forbidden`: The role may not do this. */
    Problem403: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /**
     * @description `not-found`: There is no such thing.
     *
     *     `route-unknown`: There is no such endpoint.
     */
    Problem404: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `method-not-allowed`: The method is not allowed. */
    Problem405: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `not-acceptable`: No acceptable format. */
    Problem406: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `conflict`: Something else changed it. */
    Problem409: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `body-too-large`: The body is too large. */
    Problem413: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `body-unexpected`: A body is not expected. */
    Problem415: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /**
     * @description `answer-too-large`: The answer is too large.
     *
     *     `range-empty`: The range is empty.
     *
     *     `range-too-long`: The range is too long.
     *
     *     `timezone-unavailable`: The time zone is not available.
     *
     *     `cursor-mismatch`: The cursor belongs to another question.
     */
    Problem422: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `rate-limited`: Too many requests. */
    Problem429: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `internal`: Something is broken on our side. */
    Problem500: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /**
     * @description `issuer-unreachable`: The token issuer does not answer.
     *
     *     `unavailable`: Unavailable for the moment.
     *
     *     `database-unavailable`: The database does not answer.
     */
    Problem503: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `answer-too-slow`: The answer took too long. */
    Problem504: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /** @description The one given, or one of ours: tell it when you ask for help. */
    'X-Request-Id': string;
    /** @description Requests at once for the tenant in this class. */
    'RateLimit-Limit': string;
    /** @description Requests left at once. */
    'RateLimit-Remaining': string;
    /** @description Seconds until all of them are there again. */
    'RateLimit-Reset': string;
    /** @description When the facts were read, as in `as_of`. */
    'Rookery-As-Of': string;
    /** @description As `complete_through`; absent while that is null. */
    'Rookery-Complete-Through': string;
    /** @description Changes when the facts do: for If-None-Match. */
    ETag: string;
    /** @description The next page, rel="next"; absent on the last. */
    Link: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getOverview: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Overview'];
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getOverviewSeries: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Width of a bucket. Weeks start on Monday; the first and the last are cut at the range. */
        interval?: 'day' | 'week' | 'month';
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EmailSeries'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  listCampaigns: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
        /** @description Order, with - for descending. By default id. The identifier breaks ties; by a figure, a row whose figure changes while you page may move. */
        sort?:
          | 'id'
          | '-id'
          | 'sent'
          | '-sent'
          | 'replied'
          | '-replied'
          | 'bounced'
          | '-bounced'
          | 'reply_rate'
          | '-reply_rate'
          | 'bounce_rate'
          | '-bounce_rate'
          | 'open_rate_raw'
          | '-open_rate_raw';
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these campaigns, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        campaign_id?: string;
        /** @description Only these companies, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        company_id?: string;
        /** @description Only with one of these statuses, separated by commas. */
        status?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignList'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getCampaign: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
      };
      header?: never;
      path: {
        /** @description Identifier of the campaign, as in the OLTP database. */
        campaign_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignAnswer'];
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getCampaignSeries: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Width of a bucket. Weeks start on Monday; the first and the last are cut at the range. */
        interval?: 'day' | 'week' | 'month';
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
      };
      header?: never;
      path: {
        /** @description Identifier of the campaign, as in the OLTP database. */
        campaign_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EmailSeries'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  listMailboxes: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
        /** @description Order, with - for descending. By default id. The identifier breaks ties; by a figure, a row whose figure changes while you page may move. */
        sort?:
          | 'id'
          | '-id'
          | 'sent'
          | '-sent'
          | 'replied'
          | '-replied'
          | 'bounced'
          | '-bounced'
          | 'reply_rate'
          | '-reply_rate'
          | 'bounce_rate'
          | '-bounce_rate'
          | 'health_score'
          | '-health_score';
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these mailboxes, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        mailbox_id?: string;
        /** @description Only these companies, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        company_id?: string;
        /** @description Only these domains, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        domain_id?: string;
        /** @description Only with one of these statuses of the warm-up, separated by commas. */
        warmup_status?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailboxList'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getMailbox: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
      };
      header?: never;
      path: {
        /** @description Identifier of the mailbox, as in the OLTP database. */
        mailbox_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailboxAnswer'];
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getMailboxSeries: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Width of a bucket. Weeks start on Monday; the first and the last are cut at the range. */
        interval?: 'day' | 'week' | 'month';
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
      };
      header?: never;
      path: {
        /** @description Identifier of the mailbox, as in the OLTP database. */
        mailbox_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScoredEmailSeries'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getMailboxHealth: {
    parameters: {
      query?: {
        /** @description Last day of the 14. By default the last day with e-mails, or else with warm-up messages. */
        day?: string;
        /** @description First day of the history. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the history, at most 90 days. By default the day after `day`. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
      };
      header?: never;
      path: {
        /** @description Identifier of the mailbox, as in the OLTP database. */
        mailbox_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailboxHealth'];
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  listLeads: {
    parameters: {
      query?: {
        /** @description Only leads last written to on this day or later. By default all. */
        from?: string;
        /** @description Only leads last written to before this day. By default all. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Order, with - for descending. By default id. The identifier breaks ties; by a figure, a row whose figure changes while you page may move. */
        sort?:
          | 'id'
          | '-id'
          | 'sent'
          | '-sent'
          | 'opened_tracked'
          | '-opened_tracked'
          | 'replied'
          | '-replied'
          | 'last_day'
          | '-last_day';
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these campaigns, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        campaign_id?: string;
        /** @description Only these leads, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        lead_id?: string;
        /** @description Only with one of these statuses, separated by commas. */
        status?: string;
        /** @description Only leads with at least one such e-mail in the campaign; `contacted` is every lead. `not_opened` and `not_replied`: with none, delivered or not, so that `opened` and `not_opened` together are `contacted`. `opened_human` and `replied_human` leave out leads of which the source tells none from a machine. */
        engagement?:
          | 'contacted'
          | 'delivered'
          | 'opened'
          | 'opened_human'
          | 'clicked'
          | 'replied'
          | 'replied_human'
          | 'bounced'
          | 'hard_bounced'
          | 'unsubscribed'
          | 'complained'
          | 'not_opened'
          | 'not_replied';
        /** @description Adds totals over all that match. They read every lead: half a second for a million. */
        totals?: 'true' | 'false';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeadList'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getLead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier of the lead, as in the OLTP database. */
        lead_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeadAnswer'];
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  listWarmups: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
        /** @description Order, with - for descending. By default id. The identifier breaks ties; by a figure, a row whose figure changes while you page may move. */
        sort?:
          | 'id'
          | '-id'
          | 'sent'
          | '-sent'
          | 'health_score'
          | '-health_score'
          | 'progress_percentage'
          | '-progress_percentage'
          | 'placement_rate'
          | '-placement_rate';
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these mailboxes, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        mailbox_id?: string;
        /** @description Only these companies, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        company_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WarmupList'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getWarmup: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
      };
      header?: never;
      path: {
        /** @description Identifier of the mailbox, as in the OLTP database. */
        mailbox_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WarmupAnswer'];
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getWarmupSeries: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Width of a bucket. Weeks start on Monday; the first and the last are cut at the range. */
        interval?: 'day' | 'week' | 'month';
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
      };
      header?: never;
      path: {
        /** @description Identifier of the mailbox, as in the OLTP database. */
        mailbox_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScoredWarmupSeries'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  listSequenceSteps: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
        /** @description Order, with - for descending. By default id. The identifier breaks ties; by a figure, a row whose figure changes while you page may move. */
        sort?:
          | 'id'
          | '-id'
          | 'position'
          | '-position'
          | 'sent'
          | '-sent'
          | 'replied'
          | '-replied'
          | 'bounced'
          | '-bounced'
          | 'reply_rate'
          | '-reply_rate'
          | 'bounce_rate'
          | '-bounce_rate'
          | 'open_rate_raw'
          | '-open_rate_raw';
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these campaigns, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        campaign_id?: string;
        /** @description Only these companies, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        company_id?: string;
        /** @description Only these variants, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        variant?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SequenceStepList'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  compareCampaignSteps: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description The rate to compare by: replied, replied_human or clicked_tracked of delivered, or opened_human of delivered. */
        metric?: 'reply_rate' | 'human_reply_rate' | 'click_rate' | 'open_rate';
      };
      header?: never;
      path: {
        /** @description Identifier of the campaign, as in the OLTP database. */
        campaign_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignSteps'];
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getSequenceStepSeries: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
        /** @description Width of a bucket. Weeks start on Monday; the first and the last are cut at the range. */
        interval?: 'day' | 'week' | 'month';
        /** @description Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then. */
        compare?: 'previous';
      };
      header?: never;
      path: {
        /** @description Identifier of the campaign, as in the OLTP database. */
        campaign_id: string;
        /** @description Identifier of the step, as in the OLTP database. */
        step_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EmailSeries'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  listBillingPeriods: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only in this state. */
        state?: 'open' | 'closed';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=300. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BillingPeriodList'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getBillingPeriod: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier of the period, as in the OLTP database. */
        period_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=300. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BillingPeriodAnswer'];
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getCurrentBilling: {
    parameters: {
      query?: {
        /** @description What the subscription allows in a period. Quotas are kept elsewhere. */
        quota_emails?: string;
        /** @description What the subscription allows in a period. Quotas are kept elsewhere. */
        quota_mailboxes?: string;
        /** @description What the subscription allows in a period. Quotas are kept elsewhere. */
        quota_domains?: string;
        /** @description What the subscription allows in a period. Quotas are kept elsewhere. */
        quota_campaigns?: string;
        /** @description What the subscription allows in a period. Quotas are kept elsewhere. */
        quota_leads?: string;
        /** @description What the subscription allows in a period. Quotas are kept elsewhere. */
        quota_warmups?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=300. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CurrentBillingAnswer'];
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  listBillingAdjustments: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only changes of this closed period. */
        period_id?: string;
        /** @description Only those that this period carries. */
        applied_to?: string;
        /** @description Only those that are charged, or only those that are not. */
        billable?: 'true' | 'false';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: private, max-age=300. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BillingAdjustmentList'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      /** @description Nothing changed since the ETag in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  getFreshness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Freshness'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  listAuditLog: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only this action. */
        action?: string;
        /** @description Only this administrator. */
        admin_user_id?: string;
        /** @description Only this kind of resource. */
        resource_type?: string;
        /** @description Only this resource. */
        resource_id?: string;
        /** @description Not before this instant, or this day in the time zone of the tenant. */
        from?: string;
        /** @description Before this instant, or before this day. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditLog'];
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  exportCampaignDays: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  exportMailboxDays: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  exportStepDays: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  exportWarmupDays: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
  exportLeads: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range: it is half-open. By default tomorrow, so that today is in it. */
        to?: string;
        /** @description IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused. */
        tz?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Rookery-As-Of': components['headers']['Rookery-As-Of'];
          'Rookery-Complete-Through': components['headers']['Rookery-Complete-Through'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      400: components['responses']['Problem400'];
      401: components['responses']['Problem401'];
      403: components['responses']['Problem403'];
      404: components['responses']['Problem404'];
      405: components['responses']['Problem405'];
      406: components['responses']['Problem406'];
      409: components['responses']['Problem409'];
      413: components['responses']['Problem413'];
      415: components['responses']['Problem415'];
      422: components['responses']['Problem422'];
      429: components['responses']['Problem429'];
      500: components['responses']['Problem500'];
      503: components['responses']['Problem503'];
      504: components['responses']['Problem504'];
    };
  };
}
