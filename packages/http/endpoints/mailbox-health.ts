import * as z from 'zod';
import { covered, day } from '../fields.ts';

const count = z.int().min(0);
const score = z.int().min(0).max(100).nullable();
const share = z.number().min(0);
const ceiling = z.int().min(0).max(100);

const component = z
  .object({
    name: z.enum(['hard_bounces', 'complaints', 'warmup_spam', 'replies', 'unsubscribes']),
    weight: z.number().meta({ description: 'Of 100, when all five count.' }),
    effective_weight: z.number().meta({
      description:
        'Of 100, as it counts here: with fewer than 20 placed warm-up messages `warmup_spam` has none and the others share it. 0 for all without a score.',
    }),
    events: count.meta({
      description:
        'Hard bounces, complaints, warm-up messages found in spam, replies or unsubscribes in the window.',
    }),
    base: count.meta({
      description:
        'What the rate is of: e-mails sent for hard_bounces, warm-up messages delivered for warmup_spam, else e-mails delivered.',
    }),
    rate: share.nullable().meta({ description: 'events / base; null when the base is 0.' }),
    shrunk_rate: share.meta({
      description: 'The rate drawn to what is usual while the base is small: this one gets points.',
    }),
    points: z.number().min(0).max(100).nullable().meta({
      description: '0 to 100 for the shrunk rate. Null when the component does not count.',
    }),
    contribution: z.number().meta({
      description: 'points × effective_weight / 100. All of them add up to `mean`.',
    }),
  })
  .meta({ id: 'HealthComponent' });

const rateCap = z
  .object({
    name: z.string(),
    at: ceiling.meta({ description: 'The highest score while it applies.' }),
    events: count,
    base: count,
    rate: share.meta({ description: 'It applies from this rate on …' }),
    least: count.meta({ description: '… when the base is at least this.' }),
    measured: share.nullable().meta({
      description: 'events / base as they are; null when the base is 0.',
    }),
    applies: z.boolean(),
  })
  .meta({ id: 'HealthCap' });

const recordCap = z
  .object({
    name: z.enum(['spf', 'dkim', 'dmarc']),
    at: ceiling,
    applies: z.boolean().meta({ description: 'The record is known to be missing or to fail.' }),
  })
  .meta({ id: 'HealthRecordCap' });

const needed = z.object({ n: count, of: count });

/** The health of a mailbox on a day, explained. */
export const mailboxHealth = {
  day: day.meta({ description: 'The last of the 14 days.' }),
  score: score.meta({
    description:
      '`mean`, rounded, and at most `cap`. Null with too little data: `enough` tells what is missing.',
  }),
  band: z.enum(['good', 'fair', 'poor', 'critical', 'unknown']).meta({
    description:
      'good from 80, fair from 60, poor from 40, else critical; unknown without a score.',
  }),
  mean: z.number().min(0).nullable().meta({ description: 'The contributions together.' }),
  cap: ceiling.nullable().meta({
    description: 'The lowest cap that applies, whether or not the mean is above. Null when none.',
  }),
  enough: z
    .object({
      sent: needed.meta({ description: 'E-mails sent in the window, of those needed.' }),
      placed: needed.meta({ description: 'Warm-up messages delivered, of those needed.' }),
    })
    .meta({ description: 'One of the two must be reached for a score.' }),
  components: z.array(component),
  caps: z.object({
    rates: z.array(rateCap).meta({
      description: 'On rates as they are, also of components that do not count.',
    }),
    records: z.array(recordCap).meta({ description: 'On the records of the sending domain.' }),
  }),
  records: z
    .object({
      spf: z.boolean().nullable(),
      dkim: z.boolean().nullable(),
      dmarc: z.boolean().nullable(),
    })
    .meta({
      description:
        'Of the sending domain, as known on the last day with e-mails in the window. Null when unknown: that caps nothing.',
    }),
  window: covered.meta({ description: 'The 14 days, half-open.' }),
  score_version: z.int().min(1).meta({
    description: 'Of the weights, the curves and the caps; `version` tells that of a stored score.',
  }),
  history: z
    .array(
      z.object({
        day,
        score,
        cap: ceiling.nullable().meta({ description: 'As `cap`; null as well without a score.' }),
        version: z.int().min(1).nullable(),
      }),
    )
    .meta({ description: 'The score on each day with e-mails, the oldest first.' }),
};
