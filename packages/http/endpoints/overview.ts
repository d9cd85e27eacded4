import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { compare, covered, freshness, id, interval, range } from '../fields.ts';
import { emailBucket, emailFigures, rate, seriesOfEmails, warmupFigures } from '../figures.ts';

const count = z.int().min(0);

const active = z
  .object({
    campaigns: count,
    mailboxes: count,
    leads: count.meta({
      description: 'Distinct leads written to in the range, in however many campaigns.',
    }),
  })
  .meta({ id: 'ActiveCounts', description: 'How many of each were active: sent, or written to.' });

const health = z
  .object({
    good: count.meta({ description: 'Score 80 to 100.' }),
    fair: count.meta({ description: 'Score 60 to 79.' }),
    poor: count.meta({ description: 'Score 40 to 59.' }),
    critical: count.meta({ description: 'Score below 40.' }),
    unknown: count.meta({ description: 'No score: too few messages to tell.' }),
  })
  .meta({
    id: 'MailboxesByHealth',
    description: 'Mailboxes by health on their last day in the range.',
  });

const figures = {
  emails: z.object(emailFigures),
  warmups: z.object(warmupFigures),
  active,
  mailbox_health: health,
};

const topCampaign = z.object({
  campaign_id: id,
  sent: count,
  delivered: count,
  replied: count,
  reply_rate: rate,
});

const frailMailbox = z.object({
  mailbox_id: id,
  health_score: z.int().min(0).max(100),
  sent: count,
  bounced: count,
  bounce_rate: rate,
});

/** Everything a tenant does at a glance: one answer, and all its e-mails bucket by bucket. */
export const overviewEndpoints = {
  getOverview: {
    method: 'GET',
    path: '/v1/overview',
    tag: 'Overview',
    summary: 'Everything at a glance',
    description:
      'E-mails of all campaigns together, warm-up messages, what was active, how healthy the mailboxes are, and which campaigns and mailboxes to look at first.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({ ...range, ...compare }),
    response: z
      .object({
        data: z.object({
          ...figures,
          top_campaigns: z.array(topCampaign).meta({
            description:
              'The five campaigns with most answers; where these are equal, the one that sent more.',
          }),
          least_healthy_mailboxes: z.array(frailMailbox).meta({
            description:
              'The five mailboxes with the lowest known score on their last day in the range.',
          }),
        }),
        previous: z.object({ range: covered, ...figures }).optional(),
        range: covered,
        ...freshness,
      })
      .meta({ id: 'Overview' }),
    cache: 'facts',
    rate: 'read',
    examples: [
      { title: 'The last 30 days beside the 30 before', query: { compare: 'previous' } },
      { title: 'One month', query: { from: '2025-03-01', to: '2025-04-01' } },
    ],
  },
  getOverviewSeries: {
    method: 'GET',
    path: '/v1/overview/series',
    tag: 'Overview',
    summary: 'All e-mails, bucket by bucket',
    description:
      'The e-mails of all campaigns together. Zero-filled: a bucket without e-mails is there, with zeros.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({ ...range, ...interval, ...compare }),
    response: seriesOfEmails,
    rows: emailBucket,
    cache: 'facts',
    rate: 'read',
    examples: [
      {
        title: 'A quarter, week by week',
        query: { from: '2025-01-01', to: '2025-04-01', interval: 'week' },
      },
    ],
  },
} as const satisfies Endpoints;
