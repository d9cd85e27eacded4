import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import {
  askedDay,
  askedId,
  covered,
  day,
  freshness,
  id,
  ids,
  nextCursor,
  page,
  range,
  statuses,
} from '../fields.ts';
import { emailFigures, lifetimeOfEmails } from '../figures.ts';

const count = z.int().min(0);

const inCampaign = {
  campaign_id: id,
  status: z.string().nullable().meta({ description: 'Of the lead in the campaign.' }),
  first_day: day.nullable().meta({ description: 'First day on which it was written to.' }),
  last_day: day.nullable().meta({ description: 'Last day on which it was written to.' }),
  ...emailFigures,
};

const lead = z.object({ lead_id: id, ...inCampaign }).meta({ id: 'Lead' });

const engagement = z
  .enum([
    'contacted',
    'delivered',
    'opened',
    'opened_human',
    'clicked',
    'replied',
    'replied_human',
    'bounced',
    'hard_bounced',
    'unsubscribed',
    'complained',
    'not_opened',
    'not_replied',
  ])
  .optional()
  .meta({
    description:
      'Only leads with at least one such e-mail in the campaign; `contacted` is every lead. `not_opened` and `not_replied`: with none, delivered or not, so that `opened` and `not_opened` together are `contacted`. `opened_human` and `replied_human` leave out leads of which the source tells none from a machine.',
  });

/** Leads: a list, and one with its campaigns. */
export const leadEndpoints = {
  listLeads: {
    method: 'GET',
    path: '/v1/leads',
    tag: 'Leads',
    summary: 'Leads, each in each of its campaigns',
    description:
      'A row for a lead in a campaign, with its counters and rates over its whole life: `from` and `to` choose leads by the day they were last written to and cut no figure. By default all leads; `range` then reaches from the first such day to tomorrow. Sorting by a counter reads every lead that matches.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      from: askedDay.optional().meta({
        description: 'Only leads last written to on this day or later. By default all.',
      }),
      to: askedDay.optional().meta({
        description: 'Only leads last written to before this day. By default all.',
      }),
      tz: range.tz,
      ...page(['id', 'sent', 'opened_tracked', 'replied', 'last_day']),
      campaign_id: ids('campaigns'),
      lead_id: ids('leads'),
      status: statuses,
      engagement,
      totals: z.enum(['true', 'false']).default('false').meta({
        description:
          'Adds totals over all that match. They read every lead: half a second for a million.',
      }),
    }),
    response: z
      .object({
        data: z.array(lead),
        totals: z
          .object({
            matching: count.meta({ description: 'Rows that match, on all pages together.' }),
            leads: count.meta({ description: 'Distinct leads among them.' }),
            ...emailFigures,
          })
          .nullable()
          .meta({ description: 'Null unless asked for by `totals=true`.' }),
        range: covered,
        next_cursor: nextCursor,
        ...freshness,
      })
      .meta({ id: 'LeadList' }),
    rows: lead,
    cache: 'facts',
    rate: 'read',
    examples: [
      {
        title: 'Who answered, the latest first',
        query: { engagement: 'replied_human', sort: '-last_day', limit: '10' },
      },
    ],
  },
  getLead: {
    method: 'GET',
    path: '/v1/leads/{lead_id}',
    tag: 'Leads',
    summary: 'One lead',
    description:
      'The campaigns that wrote to a lead, the latest first and up to 500, and totals over all of them: of its whole life. `GET /v1/leads?lead_id=…` pages through however many there are.',
    roles: analysts,
    params: z.strictObject({ lead_id: askedId }),
    query: z.strictObject({}),
    response: z
      .object({
        data: z.object({
          lead_id: id,
          first_day: day.nullable(),
          last_day: day.nullable(),
          campaign_count: count.meta({
            description: 'All campaigns that wrote to it; `campaigns` holds the latest 500.',
          }),
          campaigns: z.array(z.object(inCampaign).meta({ id: 'LeadInCampaign' })),
          totals: lifetimeOfEmails,
        }),
        ...freshness,
      })
      .meta({ id: 'LeadAnswer' }),
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'One lead', params: { lead_id: 'heron-analytics-lead1' } }],
  },
} as const satisfies Endpoints;
