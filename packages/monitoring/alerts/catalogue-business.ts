import type { Metric } from './catalogue.ts';

const day = 1_440;

// Two days, so that midnight does not leave a rate with hardly an e-mail; up to a quarter.
const days = (usual: number) => ({ usual: usual * day, least: day, most: 92 * day });

const measures = [
  ['sent', 'E-mails sent', 'count', 'E-mails that were sent'],
  ['bounce_rate', 'Bounce rate', 'fraction', 'Of the e-mails sent: bounced, hard and soft'],
  ['hard_bounce_rate', 'Hard bounce rate', 'fraction', 'Of the e-mails sent: bounced for good'],
  ['complaint_rate', 'Complaint rate', 'fraction', 'Of the e-mails delivered: reported as spam'],
  ['reply_rate', 'Reply rate', 'fraction', 'Of the e-mails delivered: answered'],
  [
    'open_rate',
    'Open rate',
    'fraction',
    'Of the e-mails delivered: opened by a person, or opened at all where the source tells no person from a machine',
  ],
  ['click_rate', 'Click rate', 'fraction', 'Of the e-mails delivered: a link was clicked'],
  ['unsubscribe_rate', 'Unsubscribe rate', 'fraction', 'Of the e-mails delivered: unsubscribed'],
] as const;

const entities = [
  ['campaign', 'campaign', ['campaign_id']],
  ['mailbox', 'mailbox', ['mailbox_id']],
  ['tenant', 'the tenant', []],
] as const;

const attribution =
  'over the local days up to and including that of the slot; what happens to an e-mail counts on the day it was sent.';

/**
 * What the facts of the warehouse say. A day goes on changing while answers and bounces come in, and what it was before is
 * not kept: a replay judges old days by what is known of them now.
 */
export const businessMetrics: readonly Metric[] = [
  ...entities.flatMap(([entity, called, labels]) =>
    measures.map(([measure, title, unit, about]): Metric => ({
      name: `${entity}.${measure}`,
      title: `${title} of ${called}`,
      kind: 'number',
      unit,
      labels,
      window: days(measure === 'sent' ? 1 : 2),
      source: 'facts',
      about: `${about}, ${attribution}`,
    })),
  ),
  {
    name: 'mailbox.health_score',
    title: 'Health score of mailbox',
    kind: 'number',
    unit: 'score',
    labels: ['mailbox_id'],
    window: days(7),
    source: 'facts',
    about:
      'Score from 0 to 100 on the last local day of the window with e-mails; each looks back on 14 days itself.',
  },
  {
    name: 'tenant.emails_sent_period',
    title: 'E-mails sent in the billing period of the tenant',
    kind: 'number',
    unit: 'count',
    labels: [],
    window: { usual: 1, least: 1, most: 1 },
    source: 'periods',
    about:
      'E-mails sent in the billing period that the slot lies in: for a limit of your own, as the threshold of the rule.',
  },
  {
    name: 'tenant.quota_used',
    title: 'Used quota of the tenant',
    kind: 'number',
    unit: 'fraction',
    labels: [],
    window: { usual: 1, least: 1, most: 1 },
    source: 'quotas',
    about:
      'E-mails sent in the billing period that the slot lies in, over the quota (quota_emails) of the subscription that runs at the slot. None without a subscription, without a quota, and before the first e-mail of the period is counted.',
  },
];
