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
  widths,
} from '../fields.ts';
import { warmupBucket, warmupFigures } from '../figures.ts';

const count = z.int().min(0);
const percent = z.int().min(0).max(100).nullable();
const mailboxId = z.strictObject({ mailbox_id: askedId });

const known = {
  company_id: z.string().nullable(),
  health_score: percent.meta({
    description:
      'Of the last day with messages, over the 14 days that end with it. Null with fewer than 20 placed messages.',
  }),
  progress_percentage: percent.meta({
    description: 'Qualified days so far of `ramp_days`, as last known. Null without a plan.',
  }),
  last_planned: count.nullable().meta({
    description: 'Messages planned for the last day with messages. Null without a plan.',
  }),
  ramp_days: z.int().min(1).nullable(),
  first_day: day.nullable(),
  last_day: day.nullable(),
};

const figures = {
  planned: count.nullable().meta({
    description:
      'Messages planned for the days with messages: compare `sent`. Days without a plan are not in it; null when none has one.',
  }),
  ...warmupFigures,
};

const warmup = z.object({ mailbox_id: id, ...known, ...figures }).meta({ id: 'Warmup' });
const whole = z.object(figures).meta({ id: 'PlannedWarmupFigures' });
const previous = z
  .object({ range: covered, ...figures })
  .meta({ id: 'PreviousPlannedWarmupFigures' });

const bucket = z
  .object({
    ...warmupBucket.shape,
    planned: figures.planned,
    health_score: percent.meta({
      description: 'Of the last day with messages in the bucket. Null when unknown.',
    }),
    progress_percentage: percent.meta({
      description: 'Of the last day with messages in the bucket. Null when unknown.',
    }),
  })
  .meta({ id: 'ScoredWarmupBucket' });

/** Warm-ups: a list with totals, one with its lifetime, and one bucket by bucket. */
export const warmupEndpoints = {
  listWarmups: {
    method: 'GET',
    path: '/v1/warmups',
    tag: 'Warm-ups',
    summary: 'Mailboxes with warm-up messages in a range',
    description:
      'Every mailbox that sent warm-up messages in the range, with its counters and rates over it, and totals over all that match. Campaign e-mails are not in it.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      ...range,
      ...compare,
      ...page(['id', 'sent', 'health_score', 'progress_percentage', 'placement_rate']),
      mailbox_id: ids('mailboxes'),
      company_id: ids('companies'),
    }),
    response: z
      .object({
        data: z.array(warmup),
        totals: z
          .object({
            matching: count.meta({ description: 'How many match, on all pages together.' }),
            ...figures,
          })
          .meta({ id: 'PlannedWarmupTotals' }),
        previous: previous.optional(),
        range: covered,
        next_cursor: nextCursor,
        ...freshness,
      })
      .meta({ id: 'WarmupList' }),
    rows: warmup,
    cache: 'facts',
    rate: 'read',
    examples: [
      { title: 'Where most lands in spam', query: { sort: 'placement_rate', limit: '10' } },
    ],
  },
  getWarmup: {
    method: 'GET',
    path: '/v1/warmups/{mailbox_id}',
    tag: 'Warm-ups',
    summary: 'The warm-up of one mailbox',
    description: 'What a warm-up did in a range and over its whole life.',
    roles: analysts,
    params: mailboxId,
    query: z.strictObject({ ...range, ...compare }),
    response: z
      .object({
        data: z.object({ mailbox_id: id, ...known, ...figures, lifetime: whole }),
        previous: previous.optional(),
        range: covered,
        ...freshness,
      })
      .meta({ id: 'WarmupAnswer' }),
    cache: 'facts',
    rate: 'read',
    examples: [
      { title: 'One warm-up', params: { mailbox_id: 'heron-analytics-partners-mailbox2' } },
    ],
  },
  getWarmupSeries: {
    method: 'GET',
    path: '/v1/warmups/{mailbox_id}/series',
    tag: 'Warm-ups',
    summary: 'The warm-up of one mailbox, bucket by bucket',
    description:
      'What was planned and what was sent, with health and progress. Zero-filled: a bucket without messages is there, with zeros, and its health, progress and plan are null.',
    roles: analysts,
    params: mailboxId,
    query: z.strictObject({ ...range, ...interval, ...compare }),
    response: z
      .object({
        data: z.array(bucket),
        totals: whole,
        previous: z.object({ range: covered, totals: whole, data: z.array(bucket) }).optional(),
        range: covered,
        interval: z.enum(widths),
        ...freshness,
      })
      .meta({ id: 'ScoredWarmupSeries' }),
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
} as const satisfies Endpoints;
