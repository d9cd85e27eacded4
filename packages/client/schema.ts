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
  '/v1/product-usage': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How the product is used, day by day
     * @description Stable aggregates of external analytics: a short list of figures, read back once a day where the deployment has turned that on, and else none. A day without a figure was not counted, or had none. Single events are not kept here.
     *
     *     The format is chosen by Accept, or by the path: `/v1/product-usage.json`, `/v1/product-usage.csv`, `/v1/product-usage.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listProductUsage'];
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
     * What administrators did
     * @description The compliance audit of the tenant. Reading it is itself recorded, as `audit_log.read` with the subject of the token and the filters, before anything is answered; without that record there is no answer. A page ends before `limit` where its entries are large. Filters other than `action`, `admin_user_id`, `resource_id` and the range look through 20,000 entries a page, which may then be short or empty: as long as there is a `next_cursor` it goes on.
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
  '/v1/audit-log/chain': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The head of the chain of hashes
     * @description The last entry of the tenant’s chain, which is the record of this read. Keep it: a log that is whole has this hash at this place for ever. The first entry has 64 zeros before it.
     *
     *     For the roles auditor, operator; 60 requests a minute and 20 at once for a tenant.
     */
    get: operations['getAuditChain'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audit-log/{seq}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One entry, with its proof
     * @description Everything that the hash of the entry is computed from. Its `hash` is the SHA-256 of `prev_hash`, `seq`, `tenant_id`, `id`, `creation_time` (UTC, with microseconds), `action`, `resource_type`, `resource_id`, `data_classification`, `retention_category` (nothing for null) and the commitments of `admin_user_id`, `ip_address`, `user_agent`, `notes`, `old_values`, `new_values`, `metadata`, each with its length in characters and a colon before it.
     *
     *     For the roles auditor, operator; 60 requests a minute and 20 at once for a tenant.
     */
    get: operations['getAuditEntry'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audit-log/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The compliance audit as a file, with a signed manifest
     * @description Every entry of the range in the order of the chain, as one snapshot, with all that proves it. `repr-digest` (RFC 9530) is the SHA-256 of the file as it is sent, which is never packed; `rookery-manifest` is a JWS (ES256) that says what the file is, of what, for whom, with the same digest: keep both, and `rookery audit verify --file` proves them offline. The export is recorded as `audit_log.exported` in the chain before the first byte; when that cannot be done there is no export. It is read twice, so that it takes twice as long to arrive as it takes to read. An answer that ends without its last chunk failed on the way: ask again. In CSV a text that a spreadsheet would take for a formula has an apostrophe before it; NDJSON has the texts as they are.
     *
     *     The format is chosen by Accept, or by the path: `/v1/audit-log/export.csv`, `/v1/audit-log/export.ndjson`.
     *
     *     For the roles auditor, operator; 12 requests a minute and 6 at once for a tenant.
     */
    get: operations['exportAuditLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/legal-holds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Legal holds, the newest first
     * @description What of the tenant is kept whatever the policies of retention say, by whom and why; those that were released as well.
     *
     *     The format is chosen by Accept, or by the path: `/v1/legal-holds.json`, `/v1/legal-holds.csv`, `/v1/legal-holds.ndjson`.
     *
     *     For the roles auditor, operator; 60 requests a minute and 20 at once for a tenant.
     */
    get: operations['listLegalHolds'];
    put?: never;
    /**
     * Places a legal hold
     * @description From the answer on, rows of the table whose time is in the span are neither deleted nor anonymised, and entries of the compliance audit not erased. A hold of `tb_audit_event` does not hold what the compliance audit took from it: place one of each. Several may hold the same. Who placed it and why is recorded in the audit.
     *
     *     For the roles operator; 120 requests a minute and 40 at once for a tenant.
     */
    post: operations['placeLegalHold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/legal-holds/{hold_id}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Releases a legal hold
     * @description What no other hold keeps ages from then on as if it had never been held. The hold stays in the list. 409 when it was released before.
     *
     *     For the roles operator; 120 requests a minute and 40 at once for a tenant.
     */
    post: operations['releaseLegalHold'];
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
  '/v1/ingest/{stream}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send items into a stream
     * @description Takes up to 500 items of one stream, each judged by itself: those that are accepted are queued, and appear in the reads within seconds; a rejected one comes back with its reason, changes nothing for the others, and can be sent again corrected. The answer is 202 also when all are rejected. What an item holds depends on the stream: see the schemas of the body.
     *
     *     An item counts once in the tenant and stream: by its `id`, or without one by what it holds, its place and the `Idempotency-Key` of the request. Repeat a request that got no answer under the same `Idempotency-Key`, and nothing is counted twice. `time` may be up to 28 days ago, of `performance-metrics` up to 5, and 9 minutes ahead.
     *
     *     For the roles tenant-admin, operator; 3000 requests a minute and 600 at once for a tenant.
     */
    post: operations['ingestItems'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send events of the product
     * @description Takes up to 500 events, each judged by itself against the tracking plan (docs/events.md). Those that are accepted are in the queues of the sinks that the plan names for them when the answer says so; a rejected one comes back with its reason, changes nothing for the others, is counted, and is kept so that it can be replayed when the plan was wrong. The answer is 202 also when all are rejected.
     *
     *     An event counts once in the tenant by its name and `id`. Repeat a request that got no answer under the same `Idempotency-Key`, and nothing is counted twice; send `time` with each event, so that every sink knows it again. A second event of a request with the same name and `id` is rejected and not kept.
     *
     *     For the roles tenant-admin, operator; 3000 requests a minute and 600 at once for a tenant.
     */
    post: operations['sendEvents'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/rejections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Rejected events by reason, the most frequent first
     * @description Events that the tracking plan refused, whether they came over HTTP or over the bus, each counted once however often it came. They are kept for 30 days.
     *
     *     The format is chosen by Accept, or by the path: `/v1/events/rejections.json`, `/v1/events/rejections.csv`, `/v1/events/rejections.ndjson`.
     *
     *     For the roles tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listRejectedEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/errors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Groups of equal errors, those that came last first
     * @description Every group that is kept. One that comes again while you page moves to the top, and may be met twice.
     *
     *     The format is chosen by Accept, or by the path: `/v1/errors.json`, `/v1/errors.csv`, `/v1/errors.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listErrors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/errors/{error_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One group, with its last occurrences
     * @description A group of equal errors with the details of its last occurrence, and the last 20 occurrences that were kept: of a group and day the first ten, then a sample.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getError'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Changes status, assignment or note of a group
     * @description From new, acknowledged and in-progress a group may go to any other status; from resolved and ignored back to those three. `revision` is the one you saw: when somebody else, or the error that came back, changed the group since, the answer is 409 and nothing is changed. Each change is an audit event of the resource type `error`.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['changeError'];
    trace?: never;
  };
  '/v1/monitoring/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Services by state
     * @description How many services there are and in which state; the four states add up to `total_services`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getSystemHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/services': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Services with their latest checks, by name
     * @description Every service with its state, its uptime and its latest checks.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/services.json`, `/v1/monitoring/services.csv`, `/v1/monitoring/services.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listServiceHealth'];
    put?: never;
    /**
     * Sets a service up
     * @description It is probed within a minute. An address that no probe may reach is refused here already; a name is looked at when it is probed. Databases and queues of the platform are for the platform alone.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    post: operations['createService'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/performance': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Endpoints with the most requests
     * @description Requests, errors and percentiles of each endpoint over the last hours, the busiest first. Metrics without an endpoint are not in it.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/performance.json`, `/v1/monitoring/performance.csv`, `/v1/monitoring/performance.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listApiPerformance'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/performance/slowest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Slow endpoints, the slowest first
     * @description Endpoints whose 95th percentile is above a threshold: over all requests of the window, or, with `over=span`, in some five minutes of it.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/performance/slowest.json`, `/v1/monitoring/performance/slowest.csv`, `/v1/monitoring/performance/slowest.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listSlowestEndpoints'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/performance/trend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One endpoint, hour by hour
     * @description Every hour of the last days, the latest first. An hour in which nothing was measured is there, with nulls; an endpoint of which nothing was measured at all has no row.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/performance/trend.json`, `/v1/monitoring/performance/trend.csv`, `/v1/monitoring/performance/trend.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getPerformanceTrend'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/errors/top': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The most frequent errors
     * @description Groups of equal errors seen in the last days, by their occurrences in the window or, with `by=occurrence_count`, over their whole lives.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/errors/top.json`, `/v1/monitoring/errors/top.csv`, `/v1/monitoring/errors/top.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listTopErrors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/errors/trend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Errors by type and day
     * @description Occurrences of each type of error on each day of UTC, the latest first, counted exactly whatever is kept of them. A day without errors of a type has no row. `of=groups` counts groups instead, each on the day of its last occurrence, with the user of that one.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/errors/trend.json`, `/v1/monitoring/errors/trend.csv`, `/v1/monitoring/errors/trend.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listErrorTrend'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/errors/unresolved': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Unresolved errors by severity, the worst first
     * @description Groups seen in the last days that are new, acknowledged or in progress; a severity without any has no row.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/errors/unresolved.json`, `/v1/monitoring/errors/unresolved.csv`, `/v1/monitoring/errors/unresolved.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listUnresolvedErrors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Alerts that are going on, the worst first
     * @description Alerts in the states asked for, by default those that are active, by severity from critical down, and of one severity the newest first.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/alerts.json`, `/v1/monitoring/alerts.csv`, `/v1/monitoring/alerts.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listActiveAlerts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/alert-statistics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What each rule raised lately
     * @description Every rule with the alerts that it raised in the window, the most first: how many are in which state, and how long they took. A deleted rule is there as long as it has alerts in the window.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/alert-statistics.json`, `/v1/monitoring/alert-statistics.csv`, `/v1/monitoring/alert-statistics.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listAlertStatistics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/integrations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Integrations and their health
     * @description Every external service as it was last checked, those with the most errors first, with the calls that failed in the hour before now.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/integrations.json`, `/v1/monitoring/integrations.csv`, `/v1/monitoring/integrations.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listIntegrationHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/integration-metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Calls by integration and kind
     * @description How many calls each integration had of each kind, how many succeeded and how long they took, the most first. Two integrations of one name stay two rows.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/integration-metrics.json`, `/v1/monitoring/integration-metrics.csv`, `/v1/monitoring/integration-metrics.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listIntegrationMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/active-users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many users are active
     * @description Distinct users of the last hour, 24 hours, 7 and 30 days. The longer two come from rollups, in which users stay distinct after their activity is anonymised: they begin with a whole hour, and who came after `complete_through` may be missing there.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getActiveUsers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/feature-usage': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Features by how much they are used
     * @description The features with the most uses, each with its distinct users; activity of the type feature-use, in whole hours.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/feature-usage.json`, `/v1/monitoring/feature-usage.csv`, `/v1/monitoring/feature-usage.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listFeatureUsage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/retention-cohorts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether users come back, by the month they came
     * @description Users by the month of their first activity, and how many of them were active in each month after, the newest cohort first. Months are UTC.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/retention-cohorts.json`, `/v1/monitoring/retention-cohorts.csv`, `/v1/monitoring/retention-cohorts.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listRetentionCohorts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/audit-events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Audit events that match, the newest first
     * @description Every audited action of the product, sign-ins and reads included, as long as it is kept: events that were archived are found as well. What administrators of the platform did is in `/v1/audit-log`. A page ends before `limit` where its events are large; `next_cursor` goes on.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/audit-events.json`, `/v1/monitoring/audit-events.csv`, `/v1/monitoring/audit-events.ndjson`.
     *
     *     For the roles tenant-admin, operator, auditor; 60 requests a minute and 20 at once for a tenant.
     */
    get: operations['searchAuditEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/audit-events/{event_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One audit event, with what it changed
     * @description One audited action whole, wherever it is kept by now.
     *
     *     For the roles tenant-admin, operator, auditor; 60 requests a minute and 20 at once for a tenant.
     */
    get: operations['getAuditEvent'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/audit-users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who did most, user by user
     * @description The users with the most audited actions of the last days, one row each however often their address changed.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/audit-users.json`, `/v1/monitoring/audit-users.csv`, `/v1/monitoring/audit-users.ndjson`.
     *
     *     For the roles tenant-admin, operator, auditor; 60 requests a minute and 20 at once for a tenant.
     */
    get: operations['listAuditUsers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/alert-rules': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Rules of alerts, the newest first
     * @description Every rule that is not deleted, with how its last evaluation went.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/alert-rules.json`, `/v1/monitoring/alert-rules.csv`, `/v1/monitoring/alert-rules.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listAlertRules'];
    put?: never;
    /**
     * Makes a rule
     * @description From the next slot of its interval on it is evaluated. An audit event of the type `alert-rule`.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    post: operations['createAlertRule'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/alert-rules/{alert_rule_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One rule
     * @description A rule of alerts with all its settings.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getAlertRule'];
    put?: never;
    post?: never;
    /**
     * Deletes a rule
     * @description It is evaluated no more, and its open alerts end, saying so. What it raised stays as long as any alert.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    delete: operations['deleteAlertRule'];
    options?: never;
    head?: never;
    /**
     * Changes a rule
     * @description What is left out stays. Series that are pending start afresh; alerts of series that it watches no longer end. `revision` is the one you saw: when somebody changed the rule since, the answer is 409.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['changeAlertRule'];
    trace?: never;
  };
  '/v1/monitoring/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Metrics that a rule may name
     * @description Those that are worked out from e-mails, requests, services and jobs, and those that you reported in the last 7 days.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/metrics.json`, `/v1/monitoring/metrics.csv`, `/v1/monitoring/metrics.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/alerts/{alert_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One alert, explained
     * @description Why it fires, what it went through, and who was told or not.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getAlert'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Acknowledges, resolves or reopens an alert
     * @description Acknowledged: nobody is told again and nothing escalates, until it ends or the time is over. Resolved: it ended; while its series still fires no new one comes. Active: the acknowledgement is taken back. What is resolved stays so. 409 when somebody changed it since you saw it. An audit event of the type `alert`.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['changeAlert'];
    trace?: never;
  };
  '/v1/monitoring/silences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Silences, the newest first
     * @description Also those that are over.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/silences.json`, `/v1/monitoring/silences.csv`, `/v1/monitoring/silences.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listSilences'];
    put?: never;
    /**
     * Silences alerts until a moment
     * @description Alerts go on to be raised, and nobody is told. What still fires when the silence ends is told then.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    post: operations['createSilence'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/silences/{silence_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One silence
     * @description Whom it silences, why and until when.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getSilence'];
    put?: never;
    post?: never;
    /**
     * Deletes a silence
     * @description What it hid and still fires is told from now on.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    delete: operations['deleteSilence'];
    options?: never;
    head?: never;
    /**
     * Changes a silence
     * @description An `ends_at` of now ends it. 409 when somebody changed it since you saw it.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['changeSilence'];
    trace?: never;
  };
  '/v1/monitoring/inhibitions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Inhibitions, the newest first
     * @description Which alerts keep people from being told of which others.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/inhibitions.json`, `/v1/monitoring/inhibitions.csv`, `/v1/monitoring/inhibitions.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listInhibitions'];
    put?: never;
    /**
     * Lets alerts inhibit others
     * @description While an alert of the source fires, nobody is told of those of the target.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    post: operations['createInhibition'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/inhibitions/{inhibition_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One inhibition
     * @description Which alerts it is about.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getInhibition'];
    put?: never;
    post?: never;
    /**
     * Deletes an inhibition
     * @description What it hid and still fires is told from now on.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    delete: operations['deleteInhibition'];
    options?: never;
    head?: never;
    /**
     * Changes an inhibition
     * @description What is left out stays. 409 when somebody changed it since you saw it.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['changeInhibition'];
    trace?: never;
  };
  '/v1/monitoring/escalation-policies': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Escalation policies, the newest first
     * @description Rules name them in escalation_policy_id.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/escalation-policies.json`, `/v1/monitoring/escalation-policies.csv`, `/v1/monitoring/escalation-policies.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listEscalationPolicies'];
    put?: never;
    /**
     * Makes an escalation policy
     * @description Each level is told once, while the alert is active and nobody acknowledged it.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    post: operations['createEscalationPolicy'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/escalation-policies/{policy_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One escalation policy
     * @description Whom it tells, level by level.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getEscalationPolicy'];
    put?: never;
    post?: never;
    /**
     * Deletes an escalation policy
     * @description While a rule names it the answer is 409: change the rule first.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    delete: operations['deleteEscalationPolicy'];
    options?: never;
    head?: never;
    /**
     * Changes an escalation policy
     * @description What is left out stays; levels that an alert reached are not told again. 409 when somebody changed it since you saw it.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['changeEscalationPolicy'];
    trace?: never;
  };
  '/v1/monitoring/notification-targets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Notification targets, the newest first
     * @description Rules name them in notification_recipients. Secrets are never shown.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/notification-targets.json`, `/v1/monitoring/notification-targets.csv`, `/v1/monitoring/notification-targets.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listNotificationTargets'];
    put?: never;
    /**
     * Sets a notification target up
     * @description Its secret is sealed for this target and never shown again.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    post: operations['createNotificationTarget'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/notification-targets/{target_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One notification target
     * @description Without its secret.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getNotificationTarget'];
    put?: never;
    post?: never;
    /**
     * Deletes a notification target
     * @description Its secrets are gone, and notices for it fail. 409 while a rule or a policy names it.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    delete: operations['deleteNotificationTarget'];
    options?: never;
    head?: never;
    /**
     * Changes a notification target
     * @description What is left out stays. Notices for one that is not active fail, saying so.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['changeNotificationTarget'];
    trace?: never;
  };
  '/v1/monitoring/notices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Notices and how they fared, the newest first
     * @description Every notice of the last 90 days, by channel and recipient.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/notices.json`, `/v1/monitoring/notices.csv`, `/v1/monitoring/notices.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listNotices'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/inbox': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Your notices of the channel in-app, the newest first
     * @description Those that are for you and those that are for everybody of the tenant.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/inbox.json`, `/v1/monitoring/inbox.csv`, `/v1/monitoring/inbox.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listInbox'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/inbox/{notice_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Marks one of your notices as read or unread
     * @description For you alone: one for everybody stays new for the others.
     *
     *     For the roles tenant-member, tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['changeInAppNotice'];
    trace?: never;
  };
  '/v1/monitoring/notification-targets/{target_id}/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Gives a notification target a new secret
     * @description Meanwhile the receiver may check with either.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['rotateNotificationTarget'];
    trace?: never;
  };
  '/v1/monitoring/services/{service_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One service, with its last checks
     * @description What is asked of it, how it stands and since when, and its uptime.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getService'];
    put?: never;
    post?: never;
    /**
     * Deletes a service
     * @description It is not probed any more; its checks go with time. While others depend on it the answer is 409.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    delete: operations['deleteService'];
    options?: never;
    head?: never;
    /**
     * Changes a service
     * @description What is left out stays; `probe` is replaced whole. 409 when somebody changed it since you saw it.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['changeService'];
    trace?: never;
  };
  '/v1/monitoring/maintenance-windows': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Windows of maintenance, the newest first
     * @description Also those that have expired.
     *
     *     The format is chosen by Accept, or by the path: `/v1/monitoring/maintenance-windows.json`, `/v1/monitoring/maintenance-windows.csv`, `/v1/monitoring/maintenance-windows.ndjson`.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['listMaintenanceWindows'];
    put?: never;
    /**
     * Makes a window of maintenance
     * @description During it services are not probed, their state is unknown, it counts for no uptime, and nobody is told.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    post: operations['createMaintenanceWindow'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/monitoring/maintenance-windows/{window_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One window of maintenance
     * @description When it is, and which services it is for.
     *
     *     For the roles tenant-member, tenant-admin, operator; 600 requests a minute and 120 at once for a tenant.
     */
    get: operations['getMaintenanceWindow'];
    put?: never;
    post?: never;
    /**
     * Deletes a window of maintenance
     * @description Its services are probed again.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    delete: operations['deleteMaintenanceWindow'];
    options?: never;
    head?: never;
    /**
     * Changes a window of maintenance
     * @description What is left out stays. 409 when somebody changed it since you saw it.
     *
     *     For the roles tenant-admin, operator; 120 requests a minute and 40 at once for a tenant.
     */
    patch: operations['changeMaintenanceWindow'];
    trace?: never;
  };
  '/v1/heartbeats/{heartbeat_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tells that a job ran
     * @description A service whose probe is a heartbeat is down when no ping comes in its period and grace. With an API key of the scope `heartbeats`, or `heartbeat:` and the id of the service, or with a token. The same ping twice changes nothing.
     *
     *     For the roles tenant-member, tenant-admin, operator; 3000 requests a minute and 600 at once for a tenant.
     */
    post: operations['sendHeartbeat'];
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
    LegalHoldNew: {
      /** @description The compliance audit (`admin_audit_log`) or a table of monitoring. */
      table_name: string;
      /** Format: date-time */
      held_from: string;
      /** @description Half-open. By default without an end. */
      held_until?: string | null;
      reason: string;
    };
    LegalHoldRelease: {
      reason: string;
    };
    IngestRequest: {
      /** @description Items of the stream; each is judged by itself. */
      items: (
        | components['schemas']['PerformanceMetricItem']
        | components['schemas']['ErrorReportItem']
        | components['schemas']['AuditEventItem']
        | components['schemas']['UserActivityItem']
        | components['schemas']['SessionEventItem']
        | components['schemas']['IntegrationEventItem']
      )[];
    };
    EventsRequest: {
      /** @description Events; each is judged by itself. */
      events: {
        /** @description Its name in the tracking plan, such as `email_opened`. */
        event: string;
        /** @description Your own id of the event: sent twice under the same name and id, it is one event. Left out, it follows from what the event holds, its place and the `Idempotency-Key` of the request. */
        id?: string;
        /**
         * Format: date-time
         * @description When it happened, with a zone: up to 28 days ago, of `infra_` events up to 5, and 9 minutes ahead. Left out, it is when the request came, which changes when the request is repeated.
         */
        time?: string;
        /** @description Who did it, as an opaque id. Null or left out: nobody did. */
        actor?: string | null;
        /** @description Version of the event in the tracking plan. Left out: the current one. */
        version?: number;
        /** @description The tenant of the token; another one is refused. */
        tenant_id?: string;
        /** @description What the tracking plan says of this event, with names in snake_case; nothing else. */
        properties: Record<string, never>;
      }[];
    };
    ErrorChange: {
      /** @description The `revision` of the group as you saw it. */
      revision: number;
      /** @enum {string} */
      status?: 'new' | 'acknowledged' | 'in-progress' | 'resolved' | 'ignored';
      /** @description User who works on it from now on; null for nobody. */
      assigned_to?: string | null;
      /** @description Why, or how it was resolved; replaces the note. To ignore needs one. */
      note?: string;
    };
    ServiceNew: {
      /** @description What it will be known by. By default one is made up. */
      id?: string;
      name: string;
      /** @description What is asked of it. By default nothing: others report its state. */
      probe?: components['schemas']['Probe'] | null;
      description?: string | null;
      /** @description By default the kind of its probe. */
      service_type?: string;
      /** @description Seconds. By default 300. */
      check_interval?: number;
      /** @description Seconds of an attempt. By default 10; all attempts of a check have 14. */
      timeout?: number;
      /** @description Further attempts of a check. By default 3. */
      retry_count?: number;
      /** @description Service that it depends on: while that is down, this is unknown and silent. */
      parent_id?: string | null;
      /** @description Failed checks in a row after which it is down. By default 1. */
      failure_threshold?: number;
      /** @description Good checks in a row after which it is up. By default 2, of a heartbeat 1. */
      success_threshold?: number;
      /** @description A good check that took longer is degraded. */
      degraded_ms?: number | null;
      /** @description Whether it is probed. By default true. */
      is_active?: boolean;
      /** @description Whether its state is public. By default false. */
      is_public?: boolean;
      /** @description Integration whose events its checks are, too. */
      integration_id?: string | null;
    };
    Probe:
      | components['schemas']['ProbeHttp']
      | components['schemas']['ProbeTcp']
      | components['schemas']['ProbeDns']
      | components['schemas']['ProbePostgres']
      | components['schemas']['ProbeSqs']
      | components['schemas']['ProbeSmtp']
      | components['schemas']['ProbeImap']
      | components['schemas']['ProbeSpf']
      | components['schemas']['ProbeDkim']
      | components['schemas']['ProbeDmarc']
      | components['schemas']['ProbeHeartbeat'];
    /** @description The final answer, behind all redirects, is judged. */
    ProbeHttp: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'http';
      /** @example https://api.example.com/health */
      url: string;
      /**
       * @default GET
       * @enum {string}
       */
      method: 'GET' | 'HEAD' | 'POST';
      headers?: {
        [key: string]: string;
      };
      /**
       * @description Statuses, or ranges of them with both ends, that are good.
       * @default [
       *       {
       *         "from": 200,
       *         "to": 399
       *       }
       *     ]
       */
      status: (
        | number
        | {
            from: number;
            to: number;
          }
      )[];
      /**
       * @description How many are followed; with 0 the redirect itself is the answer.
       * @default 3
       */
      redirects: number;
      header_conditions?: components['schemas']['ProbeHeaderCondition'][];
      json_conditions?: components['schemas']['ProbeJsonCondition'][];
      /** @description Texts that the body has to hold. */
      contains?: string[];
      /** @description Texts that it may not hold. */
      not_contains?: string[];
      /** @description Of an https:// address. */
      certificate?: components['schemas']['ProbeCertificate'];
    };
    ProbeHeaderCondition:
      | {
          name: string;
          /** @enum {string} */
          op: 'exists' | 'absent';
        }
      | {
          name: string;
          /** @enum {string} */
          op: 'equals' | 'not-equals' | 'contains';
          value: string;
        };
    /** @description All that the path selects has to keep it; only absent allows that it is nothing. */
    ProbeJsonCondition:
      | {
          /** @example $.checks.database.status */
          path: string;
          /** @enum {string} */
          op: 'exists' | 'absent';
        }
      | {
          /** @example $.checks.database.status */
          path: string;
          /** @enum {string} */
          op: 'equals' | 'not-equals';
          value: string | number | boolean | null;
        }
      | {
          /** @example $.checks.database.status */
          path: string;
          /** @enum {string} */
          op: 'gt' | 'gte' | 'lt' | 'lte';
          value: number;
        }
      | {
          /** @example $.checks.database.status */
          path: string;
          /** @constant */
          op: 'contains';
          value: string;
        };
    ProbeCertificate: {
      /**
       * @description Degraded when the certificate is valid for less days than this.
       * @default 21
       */
      warn_days: number;
      /**
       * @description Failed when it is valid for less days than this.
       * @default 3
       */
      fail_days: number;
    };
    ProbeTcp: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'tcp';
      /** @example mail.example.com */
      host: string;
      port: number;
      /**
       * @description Whether TLS begins at once.
       * @default false
       */
      tls: boolean;
      certificate?: components['schemas']['ProbeCertificate'];
    };
    ProbeDns: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'dns';
      /** @example example.com */
      name: string;
      /** @enum {string} */
      type: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'NS' | 'TXT' | 'SRV' | 'CAA' | 'PTR';
      /** @description Address of the server to ask. By default the one of the prober. */
      resolver?: string;
      resolver_port?: number;
      /** @description All values there are, in any order; an MX is written `10 mail.example.com`. */
      equals?: string[];
      /** @description Texts that one of them holds each. */
      contains?: string[];
    };
    /** @description A host is asked whether it speaks the protocol: nobody logs on. */
    ProbePostgres: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'postgres';
      /**
       * @description A database of the platform, asked `select 1`; only the platform may.
       * @enum {string}
       */
      database?: 'warehouse' | 'source';
      /** @example mail.example.com */
      host?: string;
      /** @description Of the host, 5432 by default. */
      port?: number;
    };
    /** @description A queue of the platform. */
    ProbeSqs: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'sqs';
      queue: string;
      /** @description Failed with more messages waiting. */
      max_depth: number;
      /** @description Degraded with more. */
      warn_depth?: number;
      /**
       * @description Degraded with more dead letters.
       * @default 0
       */
      max_dead: number;
    };
    /** @description Greeting, EHLO, TLS. */
    ProbeSmtp: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'smtp';
      /** @example mail.example.com */
      host: string;
      /** @default 587 */
      port: number;
      /**
       * @description starttls: upgraded after the greeting; tls: from the first byte on.
       * @default starttls
       * @enum {string}
       */
      security: 'none' | 'starttls' | 'tls';
      certificate?: components['schemas']['ProbeCertificate'];
    };
    /** @description Greeting, CAPABILITY, TLS. */
    ProbeImap: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'imap';
      /** @example mail.example.com */
      host: string;
      /** @default 143 */
      port: number;
      /**
       * @description starttls: upgraded after the greeting; tls: from the first byte on.
       * @default starttls
       * @enum {string}
       */
      security: 'none' | 'starttls' | 'tls';
      certificate?: components['schemas']['ProbeCertificate'];
    };
    /** @description One record, of valid syntax, with at most 10 look-ups. */
    ProbeSpf: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'spf';
      /** @example example.com */
      domain: string;
      /** @description Mechanisms that the record has to hold, such as `include:_spf.example.com`. */
      includes?: string[];
      /**
       * @description The weakest end allowed: `-all`, `~all` or `?all`. Any that is weaker fails.
       * @enum {string}
       */
      all?: 'fail' | 'softfail' | 'neutral';
    };
    /** @description One key of valid syntax that is not revoked. */
    ProbeDkim: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'dkim';
      /** @example example.com */
      domain: string;
      selector: string;
      /**
       * @description Failed when an RSA key is shorter.
       * @default 1024
       */
      min_bits: number;
    };
    /** @description One record of valid syntax, of the domain itself. */
    ProbeDmarc: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'dmarc';
      /** @example example.com */
      domain: string;
      /**
       * @description The weakest policy allowed.
       * @default none
       * @enum {string}
       */
      policy: 'none' | 'quarantine' | 'reject';
      /** @description The least share allowed. */
      pct?: number;
      /**
       * @description Whether `rua` has to be there.
       * @default false
       */
      reports: boolean;
    };
    /** @description Nothing is asked: the job pings, or is down. */
    ProbeHeartbeat: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'heartbeat';
      /** @description A ping is expected this long after the one before. */
      period_seconds: number;
      /**
       * @description How much later it may come.
       * @default 60
       */
      grace_seconds: number;
    };
    AlertRuleNew: {
      /** @description What it will be known by. By default one is made up. */
      id?: string;
      name: string;
      /** @description Metric that it watches: see listMetrics. */
      metric_name: string;
      /**
       * @description contains and not-contains are for metrics of texts, all others for numbers.
       * @enum {string}
       */
      comparison_operator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'ne' | 'contains' | 'not-contains';
      /** @description What the value is compared with; of texts, how many samples must match. */
      threshold: number;
      description?: string | null;
      /**
       * @description By default warning.
       * @enum {string}
       */
      severity?: 'debug' | 'info' | 'warning' | 'error' | 'fatal' | 'critical';
      /**
       * @description By default enabled. A rule that is tested raises alerts of which nobody is told.
       * @enum {string}
       */
      status?: 'enabled' | 'disabled' | 'testing';
      /** @description Minutes for which it must hold before the alert. By default 5. */
      duration_minutes?: number;
      /** @description Seconds between evaluations. By default 60; none come more often than each minute. */
      evaluation_interval?: number;
      /** @description Series that it watches: all matchers agree with their labels. Pattern is the text that contains and not-contains look for. By default all series. */
      scope?: {
        matchers?: {
          label: string;
          /** @enum {string} */
          op: '=' | '!=' | '=~' | '!~';
          /** @description Of =~ and !~ a pattern that the whole value matches. Empty: the label is not there. */
          value: string;
        }[];
        pattern?: string;
      };
      /** @description Ways to tell people. By default none. */
      notification_channels?: ('email' | 'slack' | 'sms' | 'webhook' | 'in-app' | 'pagerduty')[];
      /** @description Whom to tell by each channel: addresses, numbers, users, and for slack, webhook and pagerduty the ids of notification targets. In-app tells everybody when it names nobody. */
      notification_recipients?: {
        [key: string]: string[];
      };
      notification_template?: string | null;
      /** @description Whether its alerts end by themselves. By default true. */
      auto_resolve?: boolean;
      /** @description Seconds after a notice during which a new alert stays silent. By default 300. */
      suppress_duration?: number | null;
      /** @description Most notices in an hour; null for any number. By default 10. */
      max_alerts_per_hour?: number | null;
      escalation_policy_id?: string | null;
      /** @description Minutes without an acknowledgement until the policy begins. */
      escalation_delay?: number | null;
      tags?: {
        [key: string]: string;
      };
      /** @description Over how many minutes the metric is measured; null for its own window. */
      window_minutes?: number | null;
      /** @description A value made of fewer counts as none. By default 0. */
      min_samples?: number;
      keep_firing_minutes?: number;
      /** @description A firing series goes on until it is back behind this. By default the threshold. */
      recovery_threshold?: number | null;
      /**
       * @description What a series without a value counts as. By default ok.
       * @enum {string}
       */
      no_data_state?: 'ok' | 'alerting' | 'keep';
      /** @description How old a value may be and still count. By default 300. */
      lookback_seconds?: number;
      /** @description After how long an acknowledged alert that still fires is active again. */
      acknowledge_minutes?: number | null;
      /** @description Labels whose values put alerts into one notice; rule and severity are labels, too. By default rule. */
      group_by?: string[];
      group_wait_seconds?: number;
      group_interval_seconds?: number;
      repeat_interval_seconds?: number;
    };
    AlertRuleChange: {
      /** @description The `revision` as you saw it. */
      revision: number;
      name?: string;
      /** @description Metric that it watches: see listMetrics. */
      metric_name?: string;
      /**
       * @description contains and not-contains are for metrics of texts, all others for numbers.
       * @enum {string}
       */
      comparison_operator?: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'ne' | 'contains' | 'not-contains';
      /** @description What the value is compared with; of texts, how many samples must match. */
      threshold?: number;
      description?: string | null;
      /**
       * @description By default warning.
       * @enum {string}
       */
      severity?: 'debug' | 'info' | 'warning' | 'error' | 'fatal' | 'critical';
      /**
       * @description By default enabled. A rule that is tested raises alerts of which nobody is told.
       * @enum {string}
       */
      status?: 'enabled' | 'disabled' | 'testing';
      /** @description Minutes for which it must hold before the alert. By default 5. */
      duration_minutes?: number;
      /** @description Seconds between evaluations. By default 60; none come more often than each minute. */
      evaluation_interval?: number;
      /** @description Series that it watches: all matchers agree with their labels. Pattern is the text that contains and not-contains look for. By default all series. */
      scope?: {
        matchers?: {
          label: string;
          /** @enum {string} */
          op: '=' | '!=' | '=~' | '!~';
          /** @description Of =~ and !~ a pattern that the whole value matches. Empty: the label is not there. */
          value: string;
        }[];
        pattern?: string;
      };
      /** @description Ways to tell people. By default none. */
      notification_channels?: ('email' | 'slack' | 'sms' | 'webhook' | 'in-app' | 'pagerduty')[];
      /** @description Whom to tell by each channel: addresses, numbers, users, and for slack, webhook and pagerduty the ids of notification targets. In-app tells everybody when it names nobody. */
      notification_recipients?: {
        [key: string]: string[];
      };
      notification_template?: string | null;
      /** @description Whether its alerts end by themselves. By default true. */
      auto_resolve?: boolean;
      /** @description Seconds after a notice during which a new alert stays silent. By default 300. */
      suppress_duration?: number | null;
      /** @description Most notices in an hour; null for any number. By default 10. */
      max_alerts_per_hour?: number | null;
      escalation_policy_id?: string | null;
      /** @description Minutes without an acknowledgement until the policy begins. */
      escalation_delay?: number | null;
      tags?: {
        [key: string]: string;
      };
      /** @description Over how many minutes the metric is measured; null for its own window. */
      window_minutes?: number | null;
      /** @description A value made of fewer counts as none. By default 0. */
      min_samples?: number;
      keep_firing_minutes?: number;
      /** @description A firing series goes on until it is back behind this. By default the threshold. */
      recovery_threshold?: number | null;
      /**
       * @description What a series without a value counts as. By default ok.
       * @enum {string}
       */
      no_data_state?: 'ok' | 'alerting' | 'keep';
      /** @description How old a value may be and still count. By default 300. */
      lookback_seconds?: number;
      /** @description After how long an acknowledged alert that still fires is active again. */
      acknowledge_minutes?: number | null;
      /** @description Labels whose values put alerts into one notice; rule and severity are labels, too. By default rule. */
      group_by?: string[];
      group_wait_seconds?: number;
      group_interval_seconds?: number;
      repeat_interval_seconds?: number;
    };
    AlertChange: {
      /** @description The `revision` as you saw it. */
      revision: number;
      /** @enum {string} */
      status: 'active' | 'acknowledged' | 'resolved';
      /** @description What you say to it. To resolve needs one: how it ended. */
      note?: string;
      /**
       * Format: date-time
       * @description Until when the acknowledgement holds. By default as the rule says.
       */
      until?: string;
      /** @description The same, from now on. */
      minutes?: number;
    };
    SilenceNew: {
      /** @description What it will be known by. By default one is made up. */
      id?: string;
      /**
       * Format: date-time
       * @description At most 366 days from now, or from its beginning.
       */
      ends_at: string;
      comment: string;
      /** @description All must agree with an alert; rule and severity are labels, too. */
      matchers?: {
        label: string;
        /** @enum {string} */
        op: '=' | '!=' | '=~' | '!~';
        /** @description Of =~ and !~ a pattern that the whole value matches. Empty: the label is not there. */
        value: string;
      }[];
      /**
       * Format: date-time
       * @description By default now.
       */
      starts_at?: string;
      /** @description Instead of matchers: the rule and the labels of this alert. */
      alert_id?: string;
    };
    SilenceChange: {
      /** @description The `revision` as you saw it. */
      revision: number;
      /** @description All must agree with an alert; rule and severity are labels, too. */
      matchers?: {
        label: string;
        /** @enum {string} */
        op: '=' | '!=' | '=~' | '!~';
        /** @description Of =~ and !~ a pattern that the whole value matches. Empty: the label is not there. */
        value: string;
      }[];
      /**
       * Format: date-time
       * @description By default now.
       */
      starts_at?: string;
      /**
       * Format: date-time
       * @description At most 366 days from now, or from its beginning.
       */
      ends_at?: string;
      comment?: string;
    };
    InhibitionNew: {
      /** @description What it will be known by. By default one is made up. */
      id?: string;
      name: string;
      /** @description Alerts that inhibit others while they fire. */
      source_matchers: {
        label: string;
        /** @enum {string} */
        op: '=' | '!=' | '=~' | '!~';
        /** @description Of =~ and !~ a pattern that the whole value matches. Empty: the label is not there. */
        value: string;
      }[];
      /** @description Alerts of which nobody is told meanwhile. */
      target_matchers: {
        label: string;
        /** @enum {string} */
        op: '=' | '!=' | '=~' | '!~';
        /** @description Of =~ and !~ a pattern that the whole value matches. Empty: the label is not there. */
        value: string;
      }[];
      /** @description Labels that must have the same value on both sides. By default none. */
      equal?: string[];
    };
    InhibitionChange: {
      /** @description The `revision` as you saw it. */
      revision: number;
      name?: string;
      /** @description Alerts that inhibit others while they fire. */
      source_matchers?: {
        label: string;
        /** @enum {string} */
        op: '=' | '!=' | '=~' | '!~';
        /** @description Of =~ and !~ a pattern that the whole value matches. Empty: the label is not there. */
        value: string;
      }[];
      /** @description Alerts of which nobody is told meanwhile. */
      target_matchers?: {
        label: string;
        /** @enum {string} */
        op: '=' | '!=' | '=~' | '!~';
        /** @description Of =~ and !~ a pattern that the whole value matches. Empty: the label is not there. */
        value: string;
      }[];
      /** @description Labels that must have the same value on both sides. By default none. */
      equal?: string[];
    };
    EscalationPolicyNew: {
      /** @description What it will be known by. By default one is made up. */
      id?: string;
      name: string;
      /** @description Told one after another. */
      levels: {
        /** @description Minutes after the level before; of the first after the alert, unless its rule has an escalation_delay. */
        after_minutes: number;
        channels: ('email' | 'slack' | 'sms' | 'webhook' | 'in-app' | 'pagerduty')[];
        /** @description Whom to tell by each channel, as in a rule. */
        recipients: {
          [key: string]: string[];
        };
      }[];
      description?: string | null;
    };
    EscalationPolicyChange: {
      /** @description The `revision` as you saw it. */
      revision: number;
      name?: string;
      /** @description Told one after another. */
      levels?: {
        /** @description Minutes after the level before; of the first after the alert, unless its rule has an escalation_delay. */
        after_minutes: number;
        channels: ('email' | 'slack' | 'sms' | 'webhook' | 'in-app' | 'pagerduty')[];
        /** @description Whom to tell by each channel, as in a rule. */
        recipients: {
          [key: string]: string[];
        };
      }[];
      description?: string | null;
    };
    NotificationTargetNew: {
      /** @description What it will be known by. By default one is made up. */
      id?: string;
      name: string;
      /** @enum {string} */
      channel: 'slack' | 'webhook' | 'pagerduty';
      /** @description URL of the incoming webhook of slack, signing secret of a webhook (`whsec_` and 24 to 64 bytes in base64), routing key of pagerduty. It is kept encrypted and never shown. */
      secret: string;
      /** @description URL of a webhook. The others have none: their secret says where they are. */
      address?: string | null;
    };
    NotificationTargetChange: {
      /** @description The `revision` as you saw it. */
      revision: number;
      name?: string;
      /** @description URL of a webhook. The others have none: their secret says where they are. */
      address?: string | null;
      is_active?: boolean;
    };
    InAppNoticeChange: {
      read: boolean;
    };
    NotificationTargetSecret: {
      /** @description The `revision` as you saw it. */
      revision: number;
      /** @description URL of the incoming webhook of slack, signing secret of a webhook (`whsec_` and 24 to 64 bytes in base64), routing key of pagerduty. It is kept encrypted and never shown. */
      secret: string;
      /** @description How long webhooks are signed with the secret before as well. By default 24. */
      overlap_hours?: number;
    };
    ServiceChange: {
      /** @description The `revision` as you saw it. */
      revision: number;
      name?: string;
      /** @description What is asked of it. By default nothing: others report its state. */
      probe?: components['schemas']['Probe'] | null;
      description?: string | null;
      /** @description By default the kind of its probe. */
      service_type?: string;
      /** @description Seconds. By default 300. */
      check_interval?: number;
      /** @description Seconds of an attempt. By default 10; all attempts of a check have 14. */
      timeout?: number;
      /** @description Further attempts of a check. By default 3. */
      retry_count?: number;
      /** @description Service that it depends on: while that is down, this is unknown and silent. */
      parent_id?: string | null;
      /** @description Failed checks in a row after which it is down. By default 1. */
      failure_threshold?: number;
      /** @description Good checks in a row after which it is up. By default 2, of a heartbeat 1. */
      success_threshold?: number;
      /** @description A good check that took longer is degraded. */
      degraded_ms?: number | null;
      /** @description Whether it is probed. By default true. */
      is_active?: boolean;
      /** @description Whether its state is public. By default false. */
      is_public?: boolean;
      /** @description Integration whose events its checks are, too. */
      integration_id?: string | null;
    };
    MaintenanceWindowNew: {
      /** @description What it will be known by. By default one is made up. */
      id?: string;
      name: string;
      /** @description How long each lasts. */
      duration_minutes: number;
      /**
       * Format: date-time
       * @description No window lasts longer: every one expires.
       */
      ends_at: string;
      /** @description Services it is for, with all that depend on them. By default all. */
      services?: string[];
      /** @description When each begins: five fields, in its zone. By default once, at starts_at. */
      cron?: string | null;
      /** @description IANA zone of cron. By default UTC. */
      timezone?: string;
      /**
       * Format: date-time
       * @description None begins before. By default now.
       */
      starts_at?: string;
    };
    MaintenanceWindowChange: {
      /** @description The `revision` as you saw it. */
      revision: number;
      name?: string;
      /** @description How long each lasts. */
      duration_minutes?: number;
      /**
       * Format: date-time
       * @description No window lasts longer: every one expires.
       */
      ends_at?: string;
      /** @description Services it is for, with all that depend on them. By default all. */
      services?: string[];
      /** @description When each begins: five fields, in its zone. By default once, at starts_at. */
      cron?: string | null;
      /** @description IANA zone of cron. By default UTC. */
      timezone?: string;
      /**
       * Format: date-time
       * @description None begins before. By default now.
       */
      starts_at?: string;
    };
    HeartbeatPing: {
      /**
       * @description How the job went; after a fail the service is down at once.
       * @enum {string}
       */
      status: 'ok' | 'fail';
      /** @description What the job says, for people. */
      message?: string;
    };
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
        | 'api-key-invalid'
        | 'api-key-expired'
        | 'api-key-revoked'
        | 'forbidden'
        | 'not-found'
        | 'route-unknown'
        | 'method-not-allowed'
        | 'not-acceptable'
        | 'conflict'
        | 'idempotency-running'
        | 'body-too-large'
        | 'body-unexpected'
        | 'media-type-unsupported'
        | 'idempotency-mismatch'
        | 'answer-too-large'
        | 'change-refused'
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
    ProductUsage: {
      data: components['schemas']['ProductUsageFigure'][];
      range: {
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
        /** @constant */
        timezone: 'UTC';
      };
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    ProductUsageFigure: {
      /**
       * Format: date
       * @description A UTC day: external analytics knows no zone of a tenant.
       * @example 2025-03-10
       */
      day: string;
      /** @description What is counted, such as `product_active_users` or `plan_upgrades`. */
      metric: string;
      value: number;
      /** @description The system it was read from. */
      source: string;
      /**
       * Format: date-time
       * @description When the value last changed.
       */
      updated: string;
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
      /** @description Place in the chain of the tenant, from 1 without a gap. */
      seq: number;
      /** @description 64 hexadecimal digits of a SHA-256. */
      prev_hash: string;
      /** @description 64 hexadecimal digits of a SHA-256. */
      hash: string;
      /** @description Columns whose value was erased: null, and `erased` for `admin_user_id`. */
      erased: string[];
      /** @description The audit event that it was taken from, as in /v1/monitoring/audit-events. */
      audit_event: string | null;
    };
    AuditChainAnswer: {
      data: components['schemas']['AuditChain'];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    AuditChain: {
      /** @description Place of the last entry. */
      seq: number;
      /** @description 64 hexadecimal digits of a SHA-256. */
      hash: string;
      /**
       * Format: date-time
       * @description When the last entry was written.
       */
      updated: string;
      /** @description Entries that are there: as many as `seq`. */
      entries: number;
      /** @description 64 hexadecimal digits of a SHA-256. */
      first_prev_hash: string;
    };
    AuditEntryAnswer: {
      data: components['schemas']['AuditEntryProven'];
      /**
       * Format: date-time
       * @description When the facts were read.
       */
      as_of: string;
      /** @description Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once. */
      complete_through: string | null;
    };
    AuditEntryProven: {
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
      /** @description Place in the chain of the tenant, from 1 without a gap. */
      seq: number;
      /** @description 64 hexadecimal digits of a SHA-256. */
      prev_hash: string;
      /** @description 64 hexadecimal digits of a SHA-256. */
      hash: string;
      /** @description Columns whose value was erased: null, and `erased` for `admin_user_id`. */
      erased: string[];
      /** @description The audit event that it was taken from, as in /v1/monitoring/audit-events. */
      audit_event: string | null;
      proof: components['schemas']['AuditProof'];
    };
    AuditProof: {
      /** @description SHA-256, as hex, of the salt, a colon, the column, a colon, and an equals sign with the text, or `-` where there is no value. */
      commitments: {
        [key: string]: string | null;
      };
      /** @description Of each column that is not erased. */
      salts: {
        [key: string]: string | null;
      };
      /** @description The values as they were committed to; of JSON the text that Postgres has. */
      texts: {
        [key: string]: string | null;
      };
    };
    LegalHoldList: {
      data: components['schemas']['LegalHold'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    LegalHold: {
      id: number;
      tenant_id: string;
      /** @description The compliance audit (`admin_audit_log`) or a table of monitoring. */
      table_name: string;
      /** Format: date-time */
      held_from: string;
      /** @description Null: also what is still to come. */
      held_until: string | null;
      reason: string;
      placed_by: string;
      /** Format: date-time */
      placed_at: string;
      /** @description Null as long as it is in force. */
      released_at: string | null;
      released_by: string | null;
      release_reason: string | null;
    };
    LegalHoldPlaced: {
      data: components['schemas']['LegalHold'];
    };
    LegalHoldReleased: {
      data: components['schemas']['LegalHold'];
    };
    IngestReceipt: {
      /** @enum {string} */
      stream:
        | 'performance-metrics'
        | 'errors'
        | 'audit-events'
        | 'user-activity'
        | 'sessions'
        | 'integration-events';
      /** @description Items that were queued. */
      accepted: number;
      /** @description Items that were not. */
      rejected: number;
      /** @description The verdict on each, in their order. */
      items: components['schemas']['IngestVerdict'][];
    };
    IngestVerdict: {
      /** @description Place of the item in the request, from 0. */
      index: number;
      /** @description The `id` that was sent with it, if any. */
      id: string | null;
      /** @enum {string} */
      verdict: 'accepted' | 'rejected';
      /** @description Why it was rejected: what to change before it is sent again. */
      reason?: string;
    };
    EventsReceipt: {
      /** @description Events that were queued for their sinks. */
      accepted: number;
      /** @description Events that were left out of the sample. */
      sampled: number;
      /** @description Events that were not taken. */
      rejected: number;
      /** @description The verdict on each, in their order. */
      events: components['schemas']['EventVerdict'][];
    };
    EventVerdict: {
      /** @description Place of the event in the request, from 0. */
      index: number;
      /** @description The `id` that was sent with it, if any. */
      id: string | null;
      /**
       * @description `sampled`: in order, and left out because the tracking plan keeps a share of these only.
       * @enum {string}
       */
      verdict: 'accepted' | 'sampled' | 'rejected';
      /** @description Why, as a word that stays: `event-malformed`, `event-too-large`, `event-unknown`, `version-unknown`, `tenant-invalid`, `tenant-foreign`, `tenant-missing`, `id-invalid`, `id-repeated`, `actor-invalid`, `time-invalid`, `time-out-of-range` or `properties-invalid`. */
      code?: string;
      /** @description Why it was rejected: what to change before it is sent again. */
      reason?: string;
    };
    RejectedEventList: {
      data: components['schemas']['RejectedEvents'][];
      /**
       * Format: date-time
       * @description Where the window begins; it ends with now.
       */
      since: string;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    RejectedEvents: {
      /** @description Why, as a word that stays: `event-malformed`, `event-too-large`, `event-unknown`, `version-unknown`, `tenant-invalid`, `tenant-foreign`, `tenant-missing`, `id-invalid`, `id-repeated`, `actor-invalid`, `time-invalid`, `time-out-of-range` or `properties-invalid`. */
      code: string;
      /** @description Its name as it was sent. Null: it had none. */
      event: string | null;
      /** @description One of http, bus. */
      door: string;
      /** @description Events, each counted once. */
      rejections: number;
      /** Format: date-time */
      first_rejected_at: string;
      /** Format: date-time */
      last_rejected_at: string;
      /** @description What was wrong with the newest, in words. */
      reason: string;
    };
    ErrorGroupList: {
      data: components['schemas']['ErrorGroup'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    ErrorGroup: {
      id: string;
      /** @description Of its last occurrence, redacted. */
      message: string;
      error_type: string;
      /** @description The worst seen. */
      severity: string;
      environment: string;
      /** @description One of new, acknowledged, in-progress, resolved, ignored. */
      status: string;
      /** @description User who works on it. */
      assigned_to: string | null;
      /** @description Exact, whatever share of them is kept. */
      occurrence_count: number;
      /** @description Distinct users it met; occurrences without a user add none. */
      affected_users: number;
      /** Format: date-time */
      first_seen: string;
      /** Format: date-time */
      last_seen: string;
      /** @description When it was last resolved. */
      resolved_at: string | null;
      /** @description How often it came back after it was resolved. */
      regressions: number;
      /** @description What a change has to name. */
      revision: number;
    };
    ErrorGroupAnswer: {
      data: components['schemas']['ErrorGroupDetail'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    ErrorGroupDetail: {
      id: string;
      /** @description Of its last occurrence, redacted. */
      message: string;
      error_type: string;
      /** @description The worst seen. */
      severity: string;
      environment: string;
      /** @description One of new, acknowledged, in-progress, resolved, ignored. */
      status: string;
      /** @description User who works on it. */
      assigned_to: string | null;
      /** @description Exact, whatever share of them is kept. */
      occurrence_count: number;
      /** @description Distinct users it met; occurrences without a user add none. */
      affected_users: number;
      /** Format: date-time */
      first_seen: string;
      /** Format: date-time */
      last_seen: string;
      /** @description When it was last resolved. */
      resolved_at: string | null;
      /** @description How often it came back after it was resolved. */
      regressions: number;
      /** @description What a change has to name. */
      revision: number;
      /** @description What makes occurrences equal: SHA-256 in hex. */
      error_hash: string;
      stack_trace: string | null;
      file_path: string | null;
      line_number: number | null;
      function_name: string | null;
      /** @description Whom it met last; a pseudonym once anonymised. */
      user_id: string | null;
      session_id: string | null;
      request_id: string | null;
      endpoint: string | null;
      method: string | null;
      status_code: number | null;
      user_agent: string | null;
      ip_address: string | null;
      /** @description JSON, or null. */
      context: unknown;
      /** @description JSON, or null. */
      breadcrumbs: unknown;
      resolution_note: string | null;
      /** @description Occurrence with which it came back. */
      regressed_at: string | null;
      /** @description The last 20 of the occurrences that were kept, the latest first. */
      instances: components['schemas']['ErrorInstance'][];
    };
    ErrorInstance: {
      /** Format: date-time */
      occurred_at: string;
      /** @description A pseudonym once anonymised. */
      user_id: string | null;
      session_id: string | null;
      request_id: string | null;
      /** @description JSON, or null. */
      context: unknown;
      stack_trace: string | null;
      /** @description JSON, or null. */
      breadcrumbs: unknown;
    };
    ErrorGroupChanged: {
      data: components['schemas']['ErrorGroupDetail'];
    };
    SystemHealth: {
      data: {
        total_services: number;
        healthy_count: number;
        degraded_count: number;
        down_count: number;
        unknown_count: number;
        /** @description Of all: not checked for three of their intervals, so that their state is an old one. */
        stale_count: number;
        /** @description Mean uptime of the services that have one, in percent. Null when none has. */
        avg_uptime_24h: number | null;
      };
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    ServiceHealthList: {
      data: components['schemas']['ServiceHealth'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    ServiceHealth: {
      id: string;
      name: string;
      service_type: string;
      /** @description One of healthy, degraded, down, unknown. */
      status: string;
      /** @description In percent of the last 24 hours. Null when nothing is known of them. */
      uptime_24h: number | null;
      /** Format: date-time */
      last_check: string;
      /** @description The newest first. */
      recent_checks: components['schemas']['HealthCheck'][];
      /** @description Why it has its state. */
      reason: string | null;
      /** @description Since when it has its state. */
      changed_at: string | null;
      /** @description Whether it is probed. */
      is_active: boolean;
      /** @description What a change has to name. */
      revision: number;
    };
    HealthCheck: {
      /** @description One of healthy, degraded, down, unknown. */
      status: string;
      /** @description In milliseconds. Null without answer. */
      response_time: number | null;
      /** Format: date-time */
      checked_at: string;
    };
    ServiceMade: {
      data: components['schemas']['Service'];
    };
    Service: {
      id: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      /** @description What a change has to name. */
      revision: number;
      name: string;
      /** @description What is asked of it, by kind, with its defaults. */
      probe: {
        [key: string]: unknown;
      } | null;
      description: string | null;
      service_type: string;
      check_interval: number;
      timeout: number;
      retry_count: number;
      parent_id: string | null;
      failure_threshold: number;
      success_threshold: number;
      degraded_ms: number | null;
      is_active: boolean;
      is_public: boolean;
      integration_id: string | null;
      managed_by: string | null;
      /** @description What an http probe asks for. */
      health_check_url: string | null;
      /** @description When it is due. Null: at once. */
      next_check_at: string | null;
      /** @description One of healthy, degraded, down, unknown. */
      status: string;
      /** @description Why it has its state. */
      reason: string | null;
      /** @description Since when it has its state. */
      changed_at: string | null;
      /** Format: date-time */
      last_check: string;
      heartbeat_at: string | null;
      /** @description In percent. */
      uptime_24h: number | null;
      /** @description In percent. */
      uptime_7d: number | null;
      /** @description In percent. */
      uptime_30d: number | null;
    };
    ApiPerformanceList: {
      data: components['schemas']['ApiPerformance'][];
      window: components['schemas']['Window'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    ApiPerformance: {
      /** @description An endpoint with several metrics has a row for each. */
      metric_name: string;
      endpoint: string;
      total_requests: number;
      /** @description The median of all values of the window in the unit of the metric, merged and at most 1 % off; no average. Null when the distribution of a part is unknown. */
      avg_p50: number | null;
      /** @description The 95th percentile of all values of the window in the unit of the metric, merged and at most 1 % off; no average. Null when the distribution of a part is unknown. */
      avg_p95: number | null;
      /** @description The 99th percentile of all values of the window in the unit of the metric, merged and at most 1 % off; no average. Null when the distribution of a part is unknown. */
      avg_p99: number | null;
      /** @description Failed requests in percent of all. Null without requests. */
      avg_error_rate: number | null;
      total_errors: number;
    };
    /** @description Half-open instants [from, to), cut at whole buckets so that nothing asked for is left out. */
    Window: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
    };
    SlowEndpointList: {
      data: components['schemas']['SlowEndpoint'][];
      window: components['schemas']['Window'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    SlowEndpoint: {
      /** @description An endpoint with several metrics has a row for each. */
      metric_name: string;
      endpoint: string;
      /** @description The 95th percentile of all values of the window in the unit of the metric, merged and at most 1 % off; no average. Null when the distribution of a part is unknown. */
      avg_p95: number | null;
      /** @description The highest 99th percentile of five minutes. */
      max_p99: number | null;
      /** @description Spans of five minutes whose p95 is above p95_ms. */
      data_points: number;
      /** @description Of how many spans that were measured. */
      spans: number;
      total_requests: number;
      /** @description Failed requests in percent of all. Null without requests. */
      avg_error_rate: number | null;
    };
    PerformanceTrend: {
      data: components['schemas']['PerformanceHour'][];
      window: components['schemas']['Window'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    PerformanceHour: {
      /**
       * Format: date-time
       * @description When it begins.
       */
      hour: string;
      /** @description An endpoint with several metrics has a row for each. */
      metric_name: string;
      endpoint: string;
      /** @description The median of the hour. Null when unknown or nothing was measured. */
      avg_p50: number | null;
      /** @description The 95th percentile of the hour. Null when unknown or nothing was measured. */
      avg_p95: number | null;
      /** @description The 99th percentile of the hour. Null when unknown or nothing was measured. */
      avg_p99: number | null;
      /** @description Requests of the hour. Null when nothing was measured. */
      total_requests: number | null;
      /** @description Failed requests of the hour. Null when nothing was measured. */
      total_errors: number | null;
      /** @description Failed requests in percent of all. Null without requests. */
      error_rate_percent: number | null;
      /** @description The hour is over, and nothing that was sent for it waits to be rolled up. */
      complete: boolean;
    };
    TopErrorList: {
      data: components['schemas']['TopError'][];
      window: components['schemas']['Window'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    TopError: {
      id: string;
      message: string;
      error_type: string;
      /** @description One of debug, info, warning, error, fatal, critical. */
      severity: string;
      environment: string;
      /** @description Over the whole life of the group. */
      occurrence_count: number;
      /** @description In the window. Null when its days were not counted. */
      occurrences_in_window: number | null;
      /** @description Distinct users it met, over its whole life. */
      affected_users: number;
      /** @description One of new, acknowledged, in-progress, resolved, ignored. */
      status: string;
      /** Format: date-time */
      first_seen: string;
      /** Format: date-time */
      last_seen: string;
      /** @description From the first to the last, in hours. */
      duration_hours: number;
    };
    ErrorTrend: {
      data: components['schemas']['ErrorDay'][];
      window: components['schemas']['Window'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    ErrorDay: {
      /**
       * Format: date
       * @description In UTC.
       * @example 2025-03-10
       */
      day: string;
      error_type: string;
      /** @description Occurrences on the day; with `of=groups` groups. */
      error_count: number;
      /** @description Distinct users they met; occurrences without a user add none. */
      affected_users: number;
      /** @description Distinct groups among them. */
      groups: number;
    };
    UnresolvedErrorList: {
      data: components['schemas']['UnresolvedErrors'][];
      window: components['schemas']['Window'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    UnresolvedErrors: {
      /** @description One of debug, info, warning, error, fatal, critical. */
      severity: string;
      /** @description Groups. */
      unresolved_count: number;
      /** @description Over their whole lives. */
      total_occurrences: number;
      /** @description The users of each group, added up over their whole lives: who met two counts twice. */
      total_users_affected: number;
      /** @description Distinct users that met one of them in the window. */
      distinct_users: number;
    };
    AlertList: {
      data: components['schemas']['Alert'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    Alert: {
      id: string;
      /** @description One of active, acknowledged, resolved, suppressed. */
      status: string;
      /** @description One of debug, info, warning, error, fatal, critical. */
      severity: string;
      message: string;
      /** @description Null when there is none, or none that is finite: the message tells. */
      current_value: number | null;
      threshold: number;
      /** Format: date-time */
      triggered_at: string;
      acknowledged_at: string | null;
      acknowledged_by: string | null;
      alert_rule_id: string;
      rule_name: string;
      metric_name: string;
      /** @description The series that it is about, by label. */
      labels: unknown;
      /** @description Raised by a rule under test: nobody was told. */
      shadow: boolean;
      acknowledged_until: string | null;
      resolved_at: string | null;
      /** @description What a change has to name. */
      revision: number;
    };
    AlertStatisticsList: {
      data: components['schemas']['AlertStatistics'][];
      /**
       * Format: date-time
       * @description Where the window begins; it ends with now.
       */
      since: string;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    AlertStatistics: {
      id: string;
      name: string;
      /** @description One of enabled, disabled, testing. */
      status: string;
      /** @description One of debug, info, warning, error, fatal, critical. */
      severity: string;
      /** @description Null while the rule is in force. */
      deleted_at: string | null;
      total_alerts: number;
      active_alerts: number;
      acknowledged_alerts: number;
      resolved_alerts: number;
      suppressed_alerts: number;
      /** @description In the window. Null without alerts. */
      last_triggered: string | null;
      /** @description Mean time until somebody took it on (MTTA). Null when nobody did. */
      avg_acknowledgment_time_minutes: number | null;
      median_acknowledgment_time_minutes: number | null;
      /** @description Mean time until it ended (MTTR). Null when none has. */
      avg_resolution_time_minutes: number | null;
      median_resolution_time_minutes: number | null;
    };
    IntegrationHealthList: {
      data: components['schemas']['IntegrationHealth'][];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    IntegrationHealth: {
      id: string;
      name: string;
      /** @description One of payment-gateway, email-service, cloud-storage, auth-provider, analytics, erp-system, sms-service, webhook. */
      integration_type: string;
      /** @description One of healthy, degraded, down, unknown. */
      status: string;
      is_active: boolean;
      /** @description Percent, as of the last check. Null without calls. */
      success_rate_24h: number | null;
      /** @description Milliseconds, as of the last check. Null without answers. */
      avg_response_time: number | null;
      /** @description As of the last check. */
      error_count_24h: number | null;
      /** @description Calls that failed, counted now. */
      errors_last_hour: number;
      /** Format: date-time */
      last_check: string;
      last_success: string | null;
      rate_limit_quota: number | null;
      rate_limit_remaining: number | null;
      rate_limit_reset: string | null;
    };
    IntegrationMetricsList: {
      data: components['schemas']['IntegrationMetrics'][];
      /**
       * Format: date-time
       * @description Where the window begins; it ends with now.
       */
      since: string;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    IntegrationMetrics: {
      integration_id: string;
      name: string;
      event_type: string;
      total_events: number;
      successful_events: number;
      success_rate: number;
      /** @description Null without answers. */
      avg_response_time_ms: number | null;
    };
    ActiveUsersAnswer: {
      data: components['schemas']['ActiveUsers'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    ActiveUsers: {
      active_last_hour: number;
      active_last_24h: number;
      active_last_7d: number;
      active_last_30d: number;
    };
    FeatureUsageList: {
      data: components['schemas']['FeatureUsage'][];
      /**
       * Format: date-time
       * @description Where the window begins; it ends with now.
       */
      since: string;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    FeatureUsage: {
      module: string | null;
      feature: string | null;
      unique_users: number;
      total_uses: number;
      /** @description Over the uses that tell one. Null when none does. */
      avg_duration_seconds: number | null;
    };
    RetentionCohortList: {
      data: components['schemas']['RetentionCohort'][];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    RetentionCohort: {
      /**
       * Format: date
       * @description First day of the month of their first activity, UTC.
       * @example 2025-03-10
       */
      cohort_month: string;
      cohort_size: number;
      /** @description Of them: active in the month after. Null before it begins. */
      retained_month_1: number | null;
      /** @description Percent of the cohort. Null until the month is over. */
      retention_rate_month_1: number | null;
      /** @description The months that have begun since, in order. */
      months: {
        /** @description How many months after that of the cohort. */
        after: number;
        /**
         * Format: date
         * @example 2025-03-10
         */
        month: string;
        retained: number;
        /** @description Percent of the cohort. Null while it lasts. */
        rate: number | null;
        /** @description Whether the month is over. */
        complete: boolean;
      }[];
    };
    AuditEventList: {
      data: components['schemas']['AuditEvent'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    AuditEvent: {
      event_id: string;
      /** Format: date-time */
      time: string;
      user_id: string;
      /** @description anonymized@example.com once anonymised. */
      user_email: string;
      user_role: string;
      /** @description One of create, read, update, delete, execute, export, login, logout, access-denied. */
      action_type: string;
      resource_type: string;
      resource_id: string | null;
      resource_name: string | null;
      description: string;
      /** @description One of success, failure. */
      outcome: string;
      failure_reason: string | null;
      /** @description Null once anonymised. */
      ip_address: string | null;
      session_id: string | null;
      module: string | null;
      /** @description One of debug, info, warning, error, fatal, critical. */
      severity: string;
      /** @description Whether it has left the stream for the archive. */
      archived: boolean;
    };
    AuditEventAnswer: {
      data: components['schemas']['AuditEventDetail'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    AuditEventDetail: {
      event_id: string;
      /** Format: date-time */
      time: string;
      user_id: string;
      /** @description anonymized@example.com once anonymised. */
      user_email: string;
      user_role: string;
      /** @description One of create, read, update, delete, execute, export, login, logout, access-denied. */
      action_type: string;
      resource_type: string;
      resource_id: string | null;
      resource_name: string | null;
      description: string;
      /** @description One of success, failure. */
      outcome: string;
      failure_reason: string | null;
      /** @description Null once anonymised. */
      ip_address: string | null;
      session_id: string | null;
      module: string | null;
      /** @description One of debug, info, warning, error, fatal, critical. */
      severity: string;
      /** @description Whether it has left the stream for the archive. */
      archived: boolean;
      /** @description JSON, or null. */
      before_data: unknown;
      /** @description JSON, or null. */
      after_data: unknown;
      /** @description JSON, or null. */
      changes: unknown;
      user_agent: string | null;
      request_id: string | null;
      /** @description JSON, or null. */
      metadata: unknown;
    };
    AuditUserList: {
      data: components['schemas']['AuditUser'][];
      /**
       * Format: date-time
       * @description Where the window begins; it ends with now.
       */
      since: string;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    AuditUser: {
      user_id: string;
      /** @description The address of the last action. */
      user_email: string | null;
      total_actions: number;
      /** @description UTC days with an action. */
      active_days: number;
      /** Format: date-time */
      first_action: string;
      /** Format: date-time */
      last_action: string;
      failed_actions: number;
    };
    AlertRuleList: {
      data: components['schemas']['AlertRule'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    AlertRule: {
      id: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      /** @description What a change has to name. */
      revision: number;
      /** @description Who made it. */
      created_by: string;
      name: string;
      metric_name: string;
      /** @description One of gt, gte, lt, lte, eq, ne, contains, not-contains. */
      comparison_operator: string;
      threshold: number;
      description: string | null;
      /** @description One of debug, info, warning, error, fatal, critical. */
      severity: string;
      /** @description One of enabled, disabled, testing. */
      status: string;
      duration_minutes: number;
      evaluation_interval: number;
      scope: {
        matchers?: {
          label: string;
          /** @description One of =, !=, =~, !~. */
          op: string;
          value: string;
        }[];
        pattern?: string;
      };
      notification_channels: string[];
      notification_recipients: {
        [key: string]: string[];
      };
      notification_template: string | null;
      auto_resolve: boolean;
      suppress_duration: number | null;
      max_alerts_per_hour: number | null;
      escalation_policy_id: string | null;
      escalation_delay: number | null;
      /** @description Names and values to find it by. */
      tags: {
        [key: string]: unknown;
      };
      window_minutes: number | null;
      min_samples: number;
      keep_firing_minutes: number;
      recovery_threshold: number | null;
      /** @description One of ok, alerting, keep. */
      no_data_state: string;
      lookback_seconds: number;
      acknowledge_minutes: number | null;
      group_by: string[];
      group_wait_seconds: number;
      group_interval_seconds: number;
      repeat_interval_seconds: number;
      /** @description File of rules that it comes from. */
      managed_by: string | null;
      last_triggered: string | null;
      /** @description Up to when it was evaluated. */
      last_slot: string | null;
      /** @description Why the last evaluation failed. */
      problem: string | null;
    };
    AlertRuleChanged: {
      data: components['schemas']['AlertRule'];
      /** @description What is allowed and probably not meant, in words. */
      warnings: string[];
    };
    AlertRuleAnswer: {
      data: components['schemas']['AlertRule'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    AlertRuleDeleted: {
      data: components['schemas']['AlertRule'];
    };
    MetricList: {
      data: components['schemas']['Metric'][];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    Metric: {
      name: string;
      title: string;
      /** @description One of number, text. */
      kind: string;
      unit: string;
      /** @description Labels that its series have. */
      labels: string[];
      /** @description Window of a rule that names none. */
      window_minutes: number;
      least_window_minutes: number;
      most_window_minutes: number;
      about: string;
      /** @description Reported by somebody, not worked out by us. */
      reported: boolean;
    };
    AlertAnswer: {
      data: components['schemas']['AlertDetail'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    AlertDetail: {
      id: string;
      alert_rule_id: string;
      rule_name: string;
      metric_name: string;
      /** @description One of active, acknowledged, resolved, suppressed. */
      status: string;
      /** @description One of debug, info, warning, error, fatal, critical. */
      severity: string;
      message: string;
      labels: {
        [key: string]: string;
      };
      /** @description Null when there is none. */
      current_value: number | null;
      threshold: number;
      /** Format: date-time */
      triggered_at: string;
      evaluated_at: string | null;
      acknowledged_at: string | null;
      acknowledged_by: string | null;
      acknowledgment_note: string | null;
      acknowledged_until: string | null;
      resolved_at: string | null;
      resolution_note: string | null;
      suppressed_reason: string | null;
      suppressed_until: string | null;
      notified_at: string | null;
      /** @description Why nobody is told at this moment, in words. Empty: nothing holds it back. */
      silent_because: string[];
      /** @description Raised by a rule under test: nobody is told. */
      shadow: boolean;
      /** @description What a change has to name. */
      revision: number;
      /** @description pending or firing. Null: its series breaches not. */
      series_state: string | null;
      /** @description Up to when its rule was evaluated. */
      last_slot: string | null;
      /** @description Why the last evaluation of its rule failed. */
      problem: string | null;
      /** @description Why it fires, as the evaluation saw it: value, samples, window, threshold, with their unit and in words. */
      explanation: {
        [key: string]: unknown;
      };
      /** @description What it went through, in order. */
      transitions: {
        /** Format: date-time */
        at: string;
        /** @description What happened, in a word. */
        kind: string;
        /** @description Who did it. Null: the evaluation. */
        actor: string | null;
        note: string | null;
        value: number | null;
      }[];
      /** @description Who was told, the first 200. */
      notices: {
        id: string;
        kind: string;
        channel: string;
        recipient: string;
        /** @description One of pending, sending, sent, failed. */
        state: string;
        attempts: number;
        /** Format: date-time */
        created_at: string;
        /** Format: date-time */
        next_attempt_at: string;
        sent_at: string | null;
        problem: string | null;
      }[];
    };
    AlertChanged: {
      data: components['schemas']['AlertDetail'];
    };
    SilenceList: {
      data: components['schemas']['Silence'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    Silence: {
      id: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      /** @description What a change has to name. */
      revision: number;
      /** @description Who made it. */
      created_by: string;
      matchers: {
        label: string;
        /** @description One of =, !=, =~, !~. */
        op: string;
        value: string;
      }[];
      /** Format: date-time */
      starts_at: string;
      /** Format: date-time */
      ends_at: string;
      comment: string;
      /** @description When it was told that it ends soon while alerts under it fire. */
      reminded_at: string | null;
    };
    SilenceChanged: {
      data: components['schemas']['Silence'];
    };
    SilenceAnswer: {
      data: components['schemas']['Silence'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    SilenceDeleted: {
      data: components['schemas']['Silence'];
    };
    InhibitionList: {
      data: components['schemas']['Inhibition'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    Inhibition: {
      id: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      /** @description What a change has to name. */
      revision: number;
      /** @description Who made it. */
      created_by: string;
      name: string;
      source_matchers: {
        label: string;
        /** @description One of =, !=, =~, !~. */
        op: string;
        value: string;
      }[];
      target_matchers: {
        label: string;
        /** @description One of =, !=, =~, !~. */
        op: string;
        value: string;
      }[];
      equal: string[];
      /** @description File of rules that it comes from. */
      managed_by: string | null;
    };
    InhibitionMade: {
      data: components['schemas']['Inhibition'];
    };
    InhibitionAnswer: {
      data: components['schemas']['Inhibition'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    InhibitionChanged: {
      data: components['schemas']['Inhibition'];
    };
    InhibitionDeleted: {
      data: components['schemas']['Inhibition'];
    };
    EscalationPolicyList: {
      data: components['schemas']['EscalationPolicy'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    EscalationPolicy: {
      id: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      /** @description What a change has to name. */
      revision: number;
      name: string;
      description: string | null;
      levels: {
        after_minutes: number;
        channels: string[];
        recipients: {
          [key: string]: string[];
        };
      }[];
      /** @description File of rules that it comes from. */
      managed_by: string | null;
    };
    EscalationPolicyMade: {
      data: components['schemas']['EscalationPolicy'];
    };
    EscalationPolicyAnswer: {
      data: components['schemas']['EscalationPolicy'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    EscalationPolicyChanged: {
      data: components['schemas']['EscalationPolicy'];
    };
    EscalationPolicyDeleted: {
      data: components['schemas']['EscalationPolicy'];
    };
    NotificationTargetList: {
      data: components['schemas']['NotificationTarget'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    NotificationTarget: {
      id: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      /** @description What a change has to name. */
      revision: number;
      /** @description Who made it. */
      created_by: string;
      /** @description One of slack, webhook, pagerduty. */
      channel: string;
      name: string;
      address: string | null;
      /** @description Until when the secret before the last rotation counts as well. */
      previous_until: string | null;
      is_active: boolean;
    };
    NotificationTargetMade: {
      data: components['schemas']['NotificationTarget'];
    };
    NotificationTargetAnswer: {
      data: components['schemas']['NotificationTarget'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    NotificationTargetChanged: {
      data: components['schemas']['NotificationTarget'];
    };
    NotificationTargetDeleted: {
      data: components['schemas']['NotificationTarget'];
    };
    NoticeList: {
      data: components['schemas']['Notice'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    Notice: {
      id: string;
      /** @description One of firing, resolved, repeat, digest, escalation, reminder, acknowledged. */
      kind: string;
      /** @description One of email, slack, sms, webhook, in-app, pagerduty. */
      channel: string;
      recipient: string;
      alert_ids: string[];
      /** @description One of pending, sending, sent, failed. */
      state: string;
      attempts: number;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      next_attempt_at: string;
      sent_at: string | null;
      /** @description What the channel calls it. */
      provider_id: string | null;
      /** @description Why the last attempt failed. */
      problem: string | null;
    };
    InAppNoticeList: {
      data: components['schemas']['InAppNotice'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    InAppNotice: {
      id: string;
      /** @description You, or * for everybody. */
      recipient: string;
      title: string;
      body: string;
      /** @description One of debug, info, warning, error, fatal, critical. */
      severity: string;
      alert_ids: string[];
      /** Format: date-time */
      created_at: string;
      /** @description When you first read it. Null: you have not. */
      read_at: string | null;
    };
    InAppNoticeChanged: {
      data: components['schemas']['InAppNotice'];
    };
    NotificationTargetRotated: {
      data: components['schemas']['NotificationTarget'];
    };
    ServiceAnswer: {
      data: components['schemas']['ServiceDetail'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    ServiceDetail: {
      id: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      /** @description What a change has to name. */
      revision: number;
      name: string;
      /** @description What is asked of it, by kind, with its defaults. */
      probe: {
        [key: string]: unknown;
      } | null;
      description: string | null;
      service_type: string;
      check_interval: number;
      timeout: number;
      retry_count: number;
      parent_id: string | null;
      failure_threshold: number;
      success_threshold: number;
      degraded_ms: number | null;
      is_active: boolean;
      is_public: boolean;
      integration_id: string | null;
      managed_by: string | null;
      /** @description What an http probe asks for. */
      health_check_url: string | null;
      /** @description When it is due. Null: at once. */
      next_check_at: string | null;
      /** @description One of healthy, degraded, down, unknown. */
      status: string;
      /** @description Why it has its state. */
      reason: string | null;
      /** @description Since when it has its state. */
      changed_at: string | null;
      /** Format: date-time */
      last_check: string;
      heartbeat_at: string | null;
      /** @description In percent. */
      uptime_24h: number | null;
      /** @description In percent. */
      uptime_7d: number | null;
      /** @description In percent. */
      uptime_30d: number | null;
      checks: {
        /** Format: date-time */
        checked_at: string;
        /** @description One of healthy, degraded, down, unknown. */
        status: string;
        /** @description In milliseconds. */
        response_time: number | null;
        error_message: string | null;
        /** @description What the check saw, or null. */
        details: unknown;
      }[];
    };
    ServiceChanged: {
      data: components['schemas']['Service'];
    };
    ServiceDeleted: {
      data: components['schemas']['Service'];
    };
    MaintenanceWindowList: {
      data: components['schemas']['MaintenanceWindow'][];
      /** @description Give it as `cursor` for the next page. Null on the last. */
      next_cursor: string | null;
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    MaintenanceWindow: {
      id: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      /** @description What a change has to name. */
      revision: number;
      /** @description Who made it. */
      created_by: string;
      name: string;
      services: string[];
      cron: string | null;
      timezone: string;
      duration_minutes: number;
      /** Format: date-time */
      starts_at: string;
      /** Format: date-time */
      ends_at: string;
      /** @description File of rules that it comes from. */
      managed_by: string | null;
    };
    MaintenanceWindowMade: {
      data: components['schemas']['MaintenanceWindow'];
    };
    MaintenanceWindowAnswer: {
      data: components['schemas']['MaintenanceWindow'];
      /**
       * Format: date-time
       * @description When it was read.
       */
      as_of: string;
      /**
       * Format: date-time
       * @description What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.
       */
      complete_through: string;
    };
    MaintenanceWindowChanged: {
      data: components['schemas']['MaintenanceWindow'];
    };
    MaintenanceWindowDeleted: {
      data: components['schemas']['MaintenanceWindow'];
    };
    HeartbeatTaken: {
      data: {
        id: string;
        /** Format: date-time */
        heartbeat_at: string;
      };
    };
    /** @description An item of `performance-metrics`. */
    PerformanceMetricItem: {
      /**
       * Format: date-time
       * @description When, at most 5 days ago; cut to the minute.
       */
      time: string;
      /** @example http_request_duration_ms */
      metric_name: string;
      /**
       * @description How values of the metric add up; the first report of a name settles it. By default histogram with a distribution, summary with percentiles, gauge with a mean, a least or a greatest value, else counter.
       * @enum {string}
       */
      metric_type?: 'counter' | 'gauge' | 'histogram' | 'summary';
      /**
       * @description Route, without identifiers.
       * @example /v1/campaigns/{campaign_id}
       */
      endpoint?: string;
      method?: string;
      status_code?: number;
      /** @description Requests in the minute. With `values` or `sketch`: as many as these hold, or 0 for a metric that counts no requests. */
      request_count: number;
      /** @description How many of them failed. */
      error_count: number;
      /** @description Single values, milliseconds for latencies. */
      values?: number[];
      /** @description In place of `values`: how many lie in each bucket, where bucket k holds the values in (1.02^(k-1), 1.02^k] and bucket zero those that are 0. */
      sketch?: {
        [key: string]: number;
      };
      /** @description Median. Ours, when `values` or `sketch` is given. */
      p50?: number;
      /** @description 95th percentile; as `p50`. */
      p95?: number;
      /** @description 99th percentile; as `p50`. */
      p99?: number;
      /** @description Mean. Ours, when `values` is given. */
      mean?: number;
      /** @description Smallest value. Ours, when `values` is given. */
      min?: number;
      /** @description Greatest value. Ours, when `values` is given. */
      max?: number;
      /** @description Requests a second. */
      throughput?: number;
      /** @description Names and texts that tell series apart; few of them. */
      tags?: {
        [key: string]: string;
      };
      /** @description Your own key of the item: sent twice into the stream, it counts once. */
      id?: string;
    };
    /** @description An item of `errors`. */
    ErrorReportItem: {
      /**
       * Format: date-time
       * @description When it happened.
       */
      occurred_at: string;
      /** @description Redacted, and 4,000 characters are kept. */
      message: string;
      /** @example TypeError */
      error_type: string;
      /**
       * @default error
       * @enum {string}
       */
      severity: 'debug' | 'info' | 'warning' | 'error' | 'fatal' | 'critical';
      /** @description What makes errors equal, if you know better: with it neither message nor stack is compared, only the type. */
      fingerprint?: string;
      /** @description As the runtime printed it; redacted, and 16,000 characters are kept. */
      stack_trace?: string;
      file_path?: string;
      line_number?: number;
      function_name?: string;
      /** @description Whom it met. Left out when nobody. */
      user_id?: string;
      session_id?: string;
      request_id?: string;
      endpoint?: string;
      method?: string;
      status_code?: number;
      user_agent?: string;
      ip_address?: string;
      /** @default production */
      environment: string;
      /** @description Further facts; redacted, and cut to 4 KiB, when written. */
      context?: {
        [key: string]: components['schemas']['Json'];
      };
      /** @description What happened before, oldest first; as `context`. */
      breadcrumbs?: {
        [key: string]: components['schemas']['Json'];
      }[];
      /** @description Your own key of the item: sent twice into the stream, it counts once. */
      id?: string;
    };
    /** @description An item of `audit-events`. */
    AuditEventItem: {
      /**
       * @description Identifier that the writer chose, unique in the tenant. Left out, it follows from the key of the item.
       * @example AUD-2025-001234
       */
      event_id?: string;
      /**
       * Format: date-time
       * @description When it happened.
       */
      time: string;
      /** @description Who acted; kept when the event is anonymised. */
      user_id: string;
      /** @description Address of who acted. */
      user_email: string;
      /** @description Role of who acted. */
      user_role: string;
      /**
       * @description What was done.
       * @enum {string}
       */
      action_type:
        | 'create'
        | 'read'
        | 'update'
        | 'delete'
        | 'execute'
        | 'export'
        | 'login'
        | 'logout'
        | 'access-denied';
      /** @description Kind of the thing it was done to. */
      resource_type: string;
      /** @description The thing it was done to. */
      resource_id?: string | null;
      /** @description Its name at the time; personal data in it is redacted. */
      resource_name?: string | null;
      /** @description What was done, as a sentence; secrets and personal data in it are redacted, and 4,000 characters are kept. */
      description: string;
      /** @description The thing before; redacted and cut to 4 KiB when written. */
      before_data?: {
        [key: string]: components['schemas']['Json'];
      } | null;
      /** @description The thing after; redacted and cut to 4 KiB when written. */
      after_data?: {
        [key: string]: components['schemas']['Json'];
      } | null;
      /** @description The fields that changed, by name. Left out, they follow from `before_data` and `after_data`, each field with `before` and `after`. */
      changes?: {
        [key: string]: components['schemas']['Json'];
      } | null;
      /**
       * @default success
       * @enum {string}
       */
      outcome: 'success' | 'failure';
      /** @description Why it failed; redacted, and 4,000 characters are kept. */
      failure_reason?: string | null;
      /** @description Address it was done from, without a mask. */
      ip_address: string;
      user_agent?: string | null;
      session_id?: string | null;
      request_id?: string | null;
      /** @description Part of the product. */
      module?: string | null;
      /**
       * @default info
       * @enum {string}
       */
      severity: 'debug' | 'info' | 'warning' | 'error' | 'fatal' | 'critical';
      /** @description Further facts by name; redacted and cut to 4 KiB when written. */
      metadata?: {
        [key: string]: components['schemas']['Json'];
      } | null;
      /** @description Your own key of the item: sent twice into the stream, it counts once. */
      id?: string;
    };
    /** @description An item of `user-activity`. */
    UserActivityItem: {
      /**
       * Format: date-time
       * @description When it happened, to the millisecond.
       */
      time: string;
      user_id: string;
      session_id: string;
      /** @enum {string} */
      activity_type: 'page-view' | 'action' | 'feature-use';
      module?: string;
      feature?: string;
      page_url?: string;
      action?: string;
      /** @description Seconds spent. */
      duration?: number;
      /** @description Further facts; redacted, and cut to 4 KiB, when written. */
      metadata?: {
        [key: string]: components['schemas']['Json'];
      };
      /**
       * @example desktop
       * @example mobile
       * @example tablet
       */
      device_type?: string;
      browser?: string;
      os?: string;
      ip_address?: string;
      /** @description Your own key of the item: sent twice into the stream, it counts once. */
      id?: string;
    };
    /** @description An item of `sessions`. */
    SessionEventItem: {
      /** @enum {string} */
      event: 'start' | 'end';
      /**
       * Format: date-time
       * @description When it happened, to the millisecond.
       */
      time: string;
      session_id: string;
      user_id: string;
      /** @description Further facts; redacted, and cut to 4 KiB, when written. */
      metadata?: {
        [key: string]: components['schemas']['Json'];
      };
      /**
       * @example desktop
       * @example mobile
       * @example tablet
       */
      device_type?: string;
      browser?: string;
      os?: string;
      ip_address?: string;
      /** @description Your own key of the item: sent twice into the stream, it counts once. */
      id?: string;
    };
    /** @description An item of `integration-events`. */
    IntegrationEventItem: {
      /** @description Service concerned; it must be set up. */
      integration_id: string;
      /** @enum {string} */
      event_type: 'api-call' | 'webhook-delivery' | 'error';
      /**
       * @description outbound: we called.
       * @enum {string}
       */
      direction: 'outbound' | 'inbound';
      /** @description What was called; redacted, and 500 characters are kept. */
      endpoint?: string | null;
      method?: string | null;
      status_code?: number | null;
      success: boolean;
      /** @description Milliseconds until the answer. Null or left out when none came. */
      response_time?: number | null;
      /** @description What was sent; secrets and personal data are redacted, and 4 KiB are kept. */
      request_payload?: components['schemas']['Json'];
      /** @description What came back; as `request_payload`. */
      response_payload?: components['schemas']['Json'];
      /** @description Why it failed; redacted, and 4,000 characters are kept. */
      error_message?: string | null;
      /**
       * @description Attempts after the first.
       * @default 0
       */
      retry_count: number;
      /** @description Calls that the service allows. */
      rate_limit_quota?: number | null;
      /** @description Calls that are left. The newest event that says so counts for the integration. */
      rate_limit_remaining?: number | null;
      /** @description When the allowance is whole again. */
      rate_limit_reset?: string | null;
      /**
       * Format: date-time
       * @description When it happened.
       */
      occurred_at: string;
      /** @description Your own key of the item: sent twice into the stream, it counts once. */
      id?: string;
    };
    /** @description Any JSON: a text, a number, true, false, null, a list, an object. */
    Json: unknown;
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
     *
     *     `api-key-invalid`: The API key is invalid.
     *
     *     `api-key-expired`: The API key has expired.
     *
     *     `api-key-revoked`: The API key was revoked.
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
    /**
     * @description `conflict`: Something else changed it.
     *
     *     `idempotency-running`: The first request with this key is still running.
     */
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
    /**
     * @description `body-unexpected`: A body is not expected.
     *
     *     `media-type-unsupported`: The body is not JSON.
     */
    Problem415: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /**
     * @description `idempotency-mismatch`: The idempotency key belongs to another request.
     *
     *     `answer-too-large`: The answer is too large.
     *
     *     `change-refused`: The change cannot be made.
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
    /** @description true when this is the answer that the first request with the key got. */
    'Idempotency-Replayed': string;
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
  listProductUsage: {
    parameters: {
      query?: {
        /** @description First day. By default 30 days before `to`. */
        from?: string;
        /** @description First day after the range. By default tomorrow; up to 732 days. */
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
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProductUsage'];
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
  listAuditLog: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these actions, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path. */
        action?: string;
        /** @description Only this administrator. */
        admin_user_id?: string;
        /** @description Only this kind of resource. */
        resource_type?: string;
        /** @description Only this resource. */
        resource_id?: string;
        /** @description Only this class. */
        data_classification?: string;
        /** @description Only this category. */
        retention_category?: string;
        /** @description Only this address; entries that lost theirs have none. */
        ip_address?: string;
        /** @description Only where this field was changed: it is named by the old or the new values. */
        changed?: string;
        /** @description Up to five words, each of which stands somewhere in the resource, the notes, the metadata or the values, in any case of letters, also within a longer word. */
        q?: string;
        /** @description Which comes first. By default the newest. */
        order?: 'newest' | 'oldest';
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
  getAuditChain: {
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
          'application/json': components['schemas']['AuditChainAnswer'];
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
  getAuditEntry: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Place of the entry in the chain. */
        seq: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditEntryAnswer'];
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
  exportAuditLog: {
    parameters: {
      query?: {
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
  listLegalHolds: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only of this table. */
        table_name?: string;
        /** @description Only those in force, or only those released. */
        state?: 'in-force' | 'released';
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
          'application/json': components['schemas']['LegalHoldList'];
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
  placeLegalHold: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LegalHoldNew'];
      };
    };
    responses: {
      /** @description What was made. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHoldPlaced'];
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
  releaseLegalHold: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Number of the hold. */
        hold_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LegalHoldRelease'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHoldReleased'];
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
  ingestItems: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The stream that the items are of. */
        stream:
          | 'performance-metrics'
          | 'errors'
          | 'audit-events'
          | 'user-activity'
          | 'sessions'
          | 'integration-events';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IngestRequest'];
      };
    };
    responses: {
      /** @description What was taken, to be done later. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IngestReceipt'];
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
  sendEvents: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EventsRequest'];
      };
    };
    responses: {
      /** @description What was taken, to be done later. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventsReceipt'];
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
  listRejectedEvents: {
    parameters: {
      query?: {
        /** @description Only those rejected from this instant on; 7 days ago when left out. */
        since?: string;
        /** @description Rows at most; there is no page after them. */
        limit?: number;
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
          'application/json': components['schemas']['RejectedEventList'];
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
  listErrors: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these, separated by commas: new, acknowledged, in-progress, resolved, ignored. */
        status?: string;
        /** @description Only these, separated by commas: debug, info, warning, error, fatal, critical. */
        severity?: string;
        /** @description Only of this environment. */
        environment?: string;
        /** @description Only of this type. */
        error_type?: string;
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
          'application/json': components['schemas']['ErrorGroupList'];
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
  getError: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier of the group. */
        error_id: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorGroupAnswer'];
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
  changeError: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the group. */
        error_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ErrorChange'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorGroupChanged'];
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
  getSystemHealth: {
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
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SystemHealth'];
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
  listServiceHealth: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only services in this state. */
        status?: 'healthy' | 'degraded' | 'down' | 'unknown';
        /** @description The most checks of each service. */
        checks?: number;
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
          'application/json': components['schemas']['ServiceHealthList'];
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
  createService: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ServiceNew'];
      };
    };
    responses: {
      /** @description What was made. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ServiceMade'];
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
  listApiPerformance: {
    parameters: {
      query?: {
        /** @description How far back, in hours: the window begins with the five minutes that lie so far back, and ends with those that run. */
        hours?: number;
        /** @description Only this endpoint. */
        endpoint?: string;
        /** @description Only this metric. By default all. */
        metric_name?: string;
        /** @description Rows at most; there is no page after them. */
        limit?: number;
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
          'application/json': components['schemas']['ApiPerformanceList'];
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
  listSlowestEndpoints: {
    parameters: {
      query?: {
        /** @description How far back, in hours: the window begins with the five minutes that lie so far back, and ends with those that run. */
        hours?: number;
        /** @description Only this endpoint. */
        endpoint?: string;
        /** @description Only this metric. By default all. */
        metric_name?: string;
        /** @description The threshold, in the unit of the metric: milliseconds for times. */
        p95_ms?: number;
        /** @description What has to be above it: the p95 of the window, or that of any five minutes. */
        over?: 'window' | 'span';
        /** @description Rows at most; there is no page after them. */
        limit?: number;
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
          'application/json': components['schemas']['SlowEndpointList'];
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
  getPerformanceTrend: {
    parameters: {
      query: {
        /** @description The endpoint, as it was reported. */
        endpoint: string;
        /** @description Only this metric. By default all. */
        metric_name?: string;
        /** @description How far back, in days: the window begins with the hour that lies so far back, and ends with the one that runs. */
        days?: number;
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
          'application/json': components['schemas']['PerformanceTrend'];
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
  listTopErrors: {
    parameters: {
      query?: {
        /** @description How far back, in days: the window begins with the day of UTC that lies so far back, and ends with today. */
        days?: number;
        /** @description Only errors of this environment, such as production. */
        environment?: string;
        /** @description What puts a group on top. */
        by?: 'occurrences_in_window' | 'occurrence_count';
        /** @description Rows at most; there is no page after them. */
        limit?: number;
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
          'application/json': components['schemas']['TopErrorList'];
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
  listErrorTrend: {
    parameters: {
      query?: {
        /** @description How far back, in days: the window begins with the day of UTC that lies so far back, and ends with today. */
        days?: number;
        /** @description Only errors of this environment, such as production. */
        environment?: string;
        /** @description Only errors of this type. */
        error_type?: string;
        /** @description What is counted. */
        of?: 'occurrences' | 'groups';
        /** @description Rows at most; there is no page after them. */
        limit?: number;
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
          'application/json': components['schemas']['ErrorTrend'];
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
  listUnresolvedErrors: {
    parameters: {
      query?: {
        /** @description How far back, in days: the window begins with the day of UTC that lies so far back, and ends with today. */
        days?: number;
        /** @description Only errors of this environment, such as production. */
        environment?: string;
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
          'application/json': components['schemas']['UnresolvedErrorList'];
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
  listActiveAlerts: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description In one of these states, separated by commas. */
        status?: string;
        /** @description Only of this rule. */
        alert_rule_id?: string;
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
          'application/json': components['schemas']['AlertList'];
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
  listAlertStatistics: {
    parameters: {
      query?: {
        /** @description How many times 24 hours, up to now. */
        days?: number;
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
          'application/json': components['schemas']['AlertStatisticsList'];
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
  listIntegrationHealth: {
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
          'application/json': components['schemas']['IntegrationHealthList'];
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
  listIntegrationMetrics: {
    parameters: {
      query?: {
        /** @description How many hours, up to now. */
        hours?: number;
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
          'application/json': components['schemas']['IntegrationMetricsList'];
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
  getActiveUsers: {
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
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActiveUsersAnswer'];
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
  listFeatureUsage: {
    parameters: {
      query?: {
        /** @description How many times 24 hours, up to now, from the start of an hour. */
        days?: number;
        /** @description Features at most. */
        limit?: number;
        /** @description Only of this part of the product. */
        module?: string;
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
          'application/json': components['schemas']['FeatureUsageList'];
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
  listRetentionCohorts: {
    parameters: {
      query?: {
        /** @description Cohorts at most, the newest. */
        cohorts?: number;
        /** @description Months after each cohort at most. */
        months?: number;
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
          'application/json': components['schemas']['RetentionCohortList'];
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
  searchAuditEvents: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only this user. */
        user_id?: string;
        /** @description Only these actions, separated by commas: create, read, update, delete, execute, export, login, logout, access-denied. */
        action_type?: string;
        /** @description Only this kind of resource. */
        resource_type?: string;
        /** @description Only this resource. */
        resource_id?: string;
        /** @description Only this outcome. */
        outcome?: 'success' | 'failure';
        /** @description Only this part of the product. */
        module?: string;
        /** @description Only this session; events that were anonymised have none. */
        session_id?: string;
        /** @description Only with this text, in any case of letters, in the description, the name of the resource or the address of the user. Nothing but the other filters and the range makes it fast. */
        text?: string;
        /** @description Not before this instant, or this UTC day. */
        from?: string;
        /** @description Before this instant, or before this UTC day. */
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
          'application/json': components['schemas']['AuditEventList'];
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
  getAuditEvent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier that the writer of the event chose. */
        event_id: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditEventAnswer'];
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
  listAuditUsers: {
    parameters: {
      query?: {
        /** @description How many times 24 hours, up to now. */
        days?: number;
        /** @description Users at most. */
        limit?: number;
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
          'application/json': components['schemas']['AuditUserList'];
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
  listAlertRules: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these, by commas. */
        status?: string;
        /** @description Only these, by commas. */
        severity?: string;
        /** @description Only rules over this metric. */
        metric_name?: string;
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
          'application/json': components['schemas']['AlertRuleList'];
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
  createAlertRule: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AlertRuleNew'];
      };
    };
    responses: {
      /** @description What was made. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertRuleChanged'];
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
  getAlertRule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier of the rule. */
        alert_rule_id: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertRuleAnswer'];
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
  deleteAlertRule: {
    parameters: {
      query: {
        /** @description The `revision` as you saw it. */
        revision: number;
      };
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the rule. */
        alert_rule_id: string;
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
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertRuleDeleted'];
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
  changeAlertRule: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the rule. */
        alert_rule_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AlertRuleChange'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertRuleChanged'];
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
  listMetrics: {
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
          /** @description How long it may be kept: private, max-age=60. */
          'Cache-Control'?: string;
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MetricList'];
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
  getAlert: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier of the alert. */
        alert_id: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertAnswer'];
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
  changeAlert: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the alert. */
        alert_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AlertChange'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertChanged'];
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
  listSilences: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these, by commas: coming, active, over. */
        state?: string;
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
          'application/json': components['schemas']['SilenceList'];
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
  createSilence: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SilenceNew'];
      };
    };
    responses: {
      /** @description What was made. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SilenceChanged'];
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
  getSilence: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier of the silence. */
        silence_id: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SilenceAnswer'];
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
  deleteSilence: {
    parameters: {
      query: {
        /** @description The `revision` as you saw it. */
        revision: number;
      };
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the silence. */
        silence_id: string;
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
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SilenceDeleted'];
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
  changeSilence: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the silence. */
        silence_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SilenceChange'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SilenceChanged'];
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
  listInhibitions: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
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
          'application/json': components['schemas']['InhibitionList'];
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
  createInhibition: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['InhibitionNew'];
      };
    };
    responses: {
      /** @description What was made. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InhibitionMade'];
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
  getInhibition: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier of the inhibition. */
        inhibition_id: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InhibitionAnswer'];
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
  deleteInhibition: {
    parameters: {
      query: {
        /** @description The `revision` as you saw it. */
        revision: number;
      };
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the inhibition. */
        inhibition_id: string;
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
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InhibitionDeleted'];
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
  changeInhibition: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the inhibition. */
        inhibition_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['InhibitionChange'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InhibitionChanged'];
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
  listEscalationPolicies: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
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
          'application/json': components['schemas']['EscalationPolicyList'];
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
  createEscalationPolicy: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EscalationPolicyNew'];
      };
    };
    responses: {
      /** @description What was made. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EscalationPolicyMade'];
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
  getEscalationPolicy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier of the policy. */
        policy_id: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EscalationPolicyAnswer'];
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
  deleteEscalationPolicy: {
    parameters: {
      query: {
        /** @description The `revision` as you saw it. */
        revision: number;
      };
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the policy. */
        policy_id: string;
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
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EscalationPolicyDeleted'];
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
  changeEscalationPolicy: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the policy. */
        policy_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EscalationPolicyChange'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EscalationPolicyChanged'];
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
  listNotificationTargets: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these, by commas. */
        channel?: string;
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
          'application/json': components['schemas']['NotificationTargetList'];
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
  createNotificationTarget: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NotificationTargetNew'];
      };
    };
    responses: {
      /** @description What was made. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationTargetMade'];
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
  getNotificationTarget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier of the target. */
        target_id: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationTargetAnswer'];
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
  deleteNotificationTarget: {
    parameters: {
      query: {
        /** @description The `revision` as you saw it. */
        revision: number;
      };
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the target. */
        target_id: string;
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
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationTargetDeleted'];
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
  changeNotificationTarget: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the target. */
        target_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NotificationTargetChange'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationTargetChanged'];
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
  listNotices: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these, by commas. */
        state?: string;
        /** @description Only by these, by commas. */
        channel?: string;
        /** @description Only those that tell of this alert. */
        alert_id?: string;
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
          'application/json': components['schemas']['NoticeList'];
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
  listInbox: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
        /** @description Only these. */
        state?: string;
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
          'application/json': components['schemas']['InAppNoticeList'];
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
  changeInAppNotice: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the notice. */
        notice_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['InAppNoticeChange'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InAppNoticeChanged'];
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
  rotateNotificationTarget: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the target. */
        target_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NotificationTargetSecret'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationTargetRotated'];
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
  getService: {
    parameters: {
      query?: {
        /** @description The most checks, the newest first. */
        checks?: number;
      };
      header?: never;
      path: {
        /** @description Identifier of the service. */
        service_id: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ServiceAnswer'];
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
  deleteService: {
    parameters: {
      query: {
        /** @description The `revision` as you saw it. */
        revision: number;
      };
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the service. */
        service_id: string;
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
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ServiceDeleted'];
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
  changeService: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the service. */
        service_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ServiceChange'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ServiceChanged'];
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
  listMaintenanceWindows: {
    parameters: {
      query?: {
        /** @description Rows on a page. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with all else as it was there. */
        cursor?: string;
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
          'application/json': components['schemas']['MaintenanceWindowList'];
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
  createMaintenanceWindow: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MaintenanceWindowNew'];
      };
    };
    responses: {
      /** @description What was made. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MaintenanceWindowMade'];
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
  getMaintenanceWindow: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Identifier of the window. */
        window_id: string;
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
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MaintenanceWindowAnswer'];
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
  deleteMaintenanceWindow: {
    parameters: {
      query: {
        /** @description The `revision` as you saw it. */
        revision: number;
      };
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the window. */
        window_id: string;
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
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MaintenanceWindowDeleted'];
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
  changeMaintenanceWindow: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the window. */
        window_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MaintenanceWindowChange'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MaintenanceWindowChanged'];
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
  sendHeartbeat: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description Identifier of the service. */
        heartbeat_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['HeartbeatPing'];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          /** @description How long it may be kept: no-store. */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HeartbeatTaken'];
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
