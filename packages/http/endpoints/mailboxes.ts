import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import {
  askedDay,
  askedId,
  compare,
  covered,
  day,
  freshness,
  id,
  ids,
  interval,
  nextCursor,
  page,
  range,
  statuses,
  widths,
} from '../fields.ts';
import {
  emailBucket,
  emailFigures,
  emailTotals,
  lifetimeOfEmails,
  previousOfEmails,
} from '../figures.ts';
import { mailboxHealth } from './mailbox-health.ts';

const mailboxId = z.strictObject({ mailbox_id: askedId });
const score = z.int().min(0).max(100).nullable();

const known = {
  company_id: z.string().nullable(),
  domain_id: z.string().nullable(),
  health_score: score.meta({
    description:
      'Of the last day with e-mails, over the 14 days that end with it. Null with too little data: see /health.',
  }),
  warmup_status: z.string().nullable().meta({ description: 'As last known.' }),
  campaign_status: z.string().nullable().meta({ description: 'As last known.' }),
  current_volume: z.int().min(0).nullable().meta({
    description: 'Campaign e-mails and warm-up messages sent on the last day with e-mails.',
  }),
  spf: z.boolean().nullable().meta({ description: 'Whether SPF passes, as last known.' }),
  dkim: z.boolean().nullable().meta({ description: 'Whether DKIM passes, as last known.' }),
  dmarc: z.boolean().nullable().meta({ description: 'Whether there is a DMARC policy.' }),
  first_day: day.nullable(),
  last_day: day.nullable(),
};

const mailbox = z.object({ mailbox_id: id, ...known, ...emailFigures }).meta({ id: 'Mailbox' });

const bucket = z
  .object({
    ...emailBucket.shape,
    health_score: score.meta({
      description: 'Of the last day with e-mails in the bucket. Null when unknown.',
    }),
  })
  .meta({ id: 'ScoredEmailBucket' });

/** Mailboxes: a list with totals, one with its lifetime, one bucket by bucket, and its health explained. */
export const mailboxEndpoints = {
  listMailboxes: {
    method: 'GET',
    path: '/v1/mailboxes',
    tag: 'Mailboxes',
    summary: 'Mailboxes with e-mails in a range',
    description:
      'Every mailbox that sent campaign e-mails in the range, with its counters and rates over it, and totals over all that match. Warm-up messages are not in it.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      ...range,
      ...compare,
      ...page(['id', 'sent', 'replied', 'bounced', 'reply_rate', 'bounce_rate', 'health_score']),
      mailbox_id: ids('mailboxes'),
      company_id: ids('companies'),
      domain_id: ids('domains'),
      warmup_status: statuses.meta({
        description: 'Only with one of these statuses of the warm-up, separated by commas.',
      }),
    }),
    response: z
      .object({
        data: z.array(mailbox),
        totals: emailTotals,
        previous: previousOfEmails.optional(),
        range: covered,
        next_cursor: nextCursor,
        ...freshness,
      })
      .meta({ id: 'MailboxList' }),
    rows: mailbox,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'Those that bounce most', query: { sort: '-bounce_rate', limit: '10' } }],
  },
  getMailbox: {
    method: 'GET',
    path: '/v1/mailboxes/{mailbox_id}',
    tag: 'Mailboxes',
    summary: 'One mailbox',
    description: 'What a mailbox did in a range and over its whole life.',
    roles: analysts,
    params: mailboxId,
    query: z.strictObject({ ...range, ...compare }),
    response: z
      .object({
        data: z.object({ mailbox_id: id, ...known, ...emailFigures, lifetime: lifetimeOfEmails }),
        previous: previousOfEmails.optional(),
        range: covered,
        ...freshness,
      })
      .meta({ id: 'MailboxAnswer' }),
    cache: 'facts',
    rate: 'read',
    examples: [
      { title: 'One mailbox', params: { mailbox_id: 'heron-analytics-partners-mailbox2' } },
    ],
  },
  getMailboxSeries: {
    method: 'GET',
    path: '/v1/mailboxes/{mailbox_id}/series',
    tag: 'Mailboxes',
    summary: 'One mailbox, bucket by bucket',
    description:
      'Zero-filled: a bucket without e-mails is there, with zeros, and its health is null.',
    roles: analysts,
    params: mailboxId,
    query: z.strictObject({ ...range, ...interval, ...compare }),
    response: z
      .object({
        data: z.array(bucket),
        totals: lifetimeOfEmails,
        previous: z
          .object({ range: covered, totals: lifetimeOfEmails, data: z.array(bucket) })
          .optional(),
        range: covered,
        interval: z.enum(widths),
        ...freshness,
      })
      .meta({ id: 'ScoredEmailSeries' }),
    rows: bucket,
    cache: 'facts',
    rate: 'read',
    examples: [
      {
        title: 'The last days, week by week',
        params: { mailbox_id: 'heron-analytics-partners-mailbox2' },
        query: { interval: 'week' },
      },
    ],
  },
  getMailboxHealth: {
    method: 'GET',
    path: '/v1/mailboxes/{mailbox_id}/health',
    tag: 'Mailboxes',
    summary: 'The health of one mailbox, explained',
    description:
      'How its score comes about: the mean of five rates over 14 days, each turned into points and weighted, under the lowest cap that applies. Nothing in it is rounded but the score, so that it adds up.',
    roles: analysts,
    params: mailboxId,
    query: z.strictObject({
      day: askedDay.optional().meta({
        description:
          'Last day of the 14. By default the last day with e-mails, or else with warm-up messages.',
      }),
      from: askedDay.optional().meta({
        description: 'First day of the history. By default 30 days before `to`.',
      }),
      to: askedDay.optional().meta({
        description:
          'First day after the history, at most 90 days. By default the day after `day`.',
      }),
      tz: range.tz,
    }),
    response: z
      .object({
        data: z.object({ mailbox_id: id, ...mailboxHealth }),
        range: covered.meta({ description: 'The half-open days of the history.' }),
        ...freshness,
      })
      .meta({ id: 'MailboxHealth' }),
    cache: 'facts',
    rate: 'read',
    examples: [
      {
        title: 'Why it scores as it does',
        params: { mailbox_id: 'heron-analytics-partners-mailbox2' },
      },
    ],
  },
} as const satisfies Endpoints;
