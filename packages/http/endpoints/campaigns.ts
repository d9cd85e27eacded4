import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import {
  compare,
  covered,
  day,
  freshness,
  askedId,
  id,
  ids,
  interval,
  nextCursor,
  page,
  range,
  statuses,
} from '../fields.ts';
import {
  emailFigures,
  emailBucket,
  emailTotals,
  lifetimeOfEmails,
  previousOfEmails,
  seriesOfEmails,
} from '../figures.ts';

const count = z.int().min(0);
const campaignId = z.strictObject({ campaign_id: askedId });

const known = {
  campaign_id: id,
  company_id: z.string().nullable(),
  status: z
    .string()
    .nullable()
    .meta({ description: 'As last known: in a list in the range, for one campaign in its life.' }),
  completed_leads: count.nullable(),
  first_day: day.nullable(),
  last_day: day.nullable(),
};

const campaign = z.object({ ...known, ...emailFigures }).meta({ id: 'Campaign' });

/** Campaigns: a list with totals, one with its lifetime, and one bucket by bucket. */
export const campaignEndpoints = {
  listCampaigns: {
    method: 'GET',
    path: '/v1/campaigns',
    tag: 'Campaigns',
    summary: 'Campaigns with e-mails in a range',
    description:
      'Every campaign that sent in the range, with its counters and rates over it, and totals over all that match.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      ...range,
      ...compare,
      ...page(['id', 'sent', 'replied', 'bounced', 'reply_rate', 'bounce_rate', 'open_rate_raw']),
      campaign_id: ids('campaigns'),
      company_id: ids('companies'),
      status: statuses,
    }),
    response: z
      .object({
        data: z.array(campaign),
        totals: emailTotals,
        previous: previousOfEmails.optional(),
        range: covered,
        next_cursor: nextCursor,
        ...freshness,
      })
      .meta({ id: 'CampaignList' }),
    rows: campaign,
    cache: 'facts',
    rate: 'read',
    examples: [
      { title: 'The ten campaigns with most answers', query: { sort: '-replied', limit: '10' } },
    ],
  },
  getCampaign: {
    method: 'GET',
    path: '/v1/campaigns/{campaign_id}',
    tag: 'Campaigns',
    summary: 'One campaign',
    description: 'What a campaign did in a range and over its whole life.',
    roles: analysts,
    params: campaignId,
    query: z.strictObject({ ...range, ...compare }),
    response: z
      .object({
        data: z.object({
          ...known,
          ...emailFigures,
          lifetime: lifetimeOfEmails,
        }),
        previous: previousOfEmails.optional(),
        range: covered,
        ...freshness,
      })
      .meta({ id: 'CampaignAnswer' }),
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'One campaign', params: { campaign_id: 'heron-analytics-partners' } }],
  },
  getCampaignSeries: {
    method: 'GET',
    path: '/v1/campaigns/{campaign_id}/series',
    tag: 'Campaigns',
    summary: 'One campaign, bucket by bucket',
    description: 'Zero-filled: a bucket without e-mails is there, with zeros.',
    roles: analysts,
    params: campaignId,
    query: z.strictObject({ ...range, ...interval, ...compare }),
    response: seriesOfEmails,
    rows: emailBucket,
    cache: 'facts',
    rate: 'read',
    examples: [
      {
        title: 'The last days, week by week',
        params: { campaign_id: 'heron-analytics-partners' },
        query: { interval: 'week' },
      },
    ],
  },
} as const satisfies Endpoints;
