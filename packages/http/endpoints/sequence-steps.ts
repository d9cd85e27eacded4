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
} from '../fields.ts';
import {
  emailBucket,
  emailFigures,
  emailTotals,
  lifetimeOfEmails,
  previousOfEmails,
  seriesOfEmails,
} from '../figures.ts';

const count = z.int().min(0);
const share = z.number().min(0).max(1);

const known = {
  company_id: z.string().nullable(),
  step_position: z.int().min(1).nullable().meta({
    description: 'Place in the sequence, from 1, as last known in the range. Null when unknown.',
  }),
  variant: z.string().nullable().meta({
    description: 'Letter in an A/B test, as last known in the range. Null when it is no test.',
  }),
  first_day: day.nullable(),
  last_day: day.nullable(),
};

const step = z
  .object({ campaign_id: id, step_id: id, ...known, ...emailFigures })
  .meta({ id: 'SequenceStep' });

const metric = z.enum(['reply_rate', 'human_reply_rate', 'click_rate', 'open_rate']);

const comparison = z
  .object({
    successes: count.nullable(),
    trials: count.nullable(),
    interval: z.object({ low: share, high: share }).nullable().meta({
      description:
        'The rate lies between these with 95 %. Null where the source tells none from a machine.',
    }),
    probability_best: share.nullable().meta({
      description: 'That its rate is the highest of the test. Null where nothing is compared.',
    }),
    expected_loss: share.nullable().meta({
      description:
        'By how much the highest rate of the test exceeds its own, on average: what choosing it costs. Null where nothing is compared.',
    }),
  })
  .meta({
    id: 'StepComparison',
    description: 'The rate is taken to be Beta(1 + successes, 1 + trials - successes).',
  });

const position = z
  .object({
    step_position: known.step_position,
    verdict: z
      .enum(['too_early', 'winner', 'no_difference', 'undecided', 'no_test', 'unknown', 'too_many'])
      .meta({
        description:
          'too_early: a variant has fewer than 200 trials. winner: one is the best with 95 %. no_difference: choosing any of them, even the worst, costs less than 0.1 percentage points on average. no_test: fewer than two variants with a letter, or the position is unknown. unknown: the source tells no person from a machine. too_many: more than 24 variants, or the positions before have used up what one answer compares, 2,500 pairs (each variant with each and itself); each variant then has its interval alone.',
      }),
    winner: id.nullable().meta({ description: 'The step that wins.' }),
    variants: z.array(
      z.object({ step_id: id, ...known, ...emailFigures, comparison }).meta({ id: 'ComparedStep' }),
    ),
  })
  .meta({ id: 'ComparedPosition' });

/** Steps of sequences: a list, one bucket by bucket, and those of a campaign compared. */
export const sequenceStepEndpoints = {
  listSequenceSteps: {
    method: 'GET',
    path: '/v1/sequence-steps',
    tag: 'Sequence steps',
    summary: 'Steps with e-mails in a range',
    description:
      'Every step that sent in the range, with its counters and rates over it, and totals over all that match.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      ...range,
      ...compare,
      ...page([
        'id',
        'position',
        'sent',
        'replied',
        'bounced',
        'reply_rate',
        'bounce_rate',
        'open_rate_raw',
      ]),
      campaign_id: ids('campaigns'),
      company_id: ids('companies'),
      variant: ids('variants'),
    }),
    response: z
      .object({
        data: z.array(step),
        totals: emailTotals,
        previous: previousOfEmails.optional(),
        range: covered,
        next_cursor: nextCursor,
        ...freshness,
      })
      .meta({ id: 'SequenceStepList' }),
    rows: step,
    cache: 'facts',
    rate: 'read',
    examples: [
      { title: 'The steps that are answered most', query: { sort: '-reply_rate', limit: '10' } },
    ],
  },
  compareCampaignSteps: {
    method: 'GET',
    path: '/v1/campaigns/{campaign_id}/steps',
    tag: 'Sequence steps',
    summary: 'The steps of a campaign, variants side by side',
    description:
      'The steps that sent in the range, in the order of the sequence, each position with its variants and a verdict on their A/B test; steps of unknown position are together at the end.',
    roles: analysts,
    params: z.strictObject({ campaign_id: askedId }),
    query: z.strictObject({
      ...range,
      metric: metric.default('reply_rate').meta({
        description:
          'The rate to compare by: replied, replied_human or clicked_tracked of delivered, or opened_human of delivered.',
      }),
    }),
    response: z
      .object({
        data: z.array(position),
        totals: lifetimeOfEmails,
        metric,
        range: covered,
        ...freshness,
      })
      .meta({ id: 'CampaignSteps' }),
    cache: 'facts',
    rate: 'read',
    examples: [
      {
        title: 'Which variant people answer',
        params: { campaign_id: 'heron-analytics-partners' },
        query: { metric: 'human_reply_rate' },
      },
    ],
  },
  getSequenceStepSeries: {
    method: 'GET',
    path: '/v1/campaigns/{campaign_id}/steps/{step_id}/series',
    tag: 'Sequence steps',
    summary: 'One step, bucket by bucket',
    description: 'Zero-filled: a bucket without e-mails is there, with zeros.',
    roles: analysts,
    params: z.strictObject({ campaign_id: askedId, step_id: askedId }),
    query: z.strictObject({ ...range, ...interval, ...compare }),
    response: seriesOfEmails,
    rows: emailBucket,
    cache: 'facts',
    rate: 'read',
    examples: [
      {
        title: 'The last days, week by week',
        params: {
          campaign_id: 'heron-analytics-partners',
          step_id: 'heron-analytics-partners-step1',
        },
        query: { interval: 'week' },
      },
    ],
  },
} as const satisfies Endpoints;
