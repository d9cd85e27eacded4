import * as z from 'zod';
import { covered, day, freshness, widths } from './fields.ts';

const count = z.int().min(0);

/** A share, with what it is the share of. */
export const rate = z
  .object({
    value: z.number().nullable(),
    numerator: count.nullable(),
    denominator: count.nullable(),
    n: count,
  })
  .meta({
    id: 'Rate',
    description:
      'numerator / denominator to four decimals; null when the denominator is 0 or nothing is known. n: e-mails sent that the rate rests on; 0 when it is unknown.',
  });

/** What is counted of e-mails: each e-mail at most once, on the day it was sent. */
export const emailCounts = {
  sent: count,
  delivered: count,
  opened_tracked: count,
  opened_human: count.nullable().meta({
    description:
      'Of opened_tracked: by a person. Null when the source does not tell that of all e-mails.',
  }),
  clicked_tracked: count,
  replied: count,
  replied_human: count.nullable().meta({
    description: 'Of replied: by a person. Null when the source does not tell that of all e-mails.',
  }),
  bounced: count,
  hard_bounced: count,
  unsubscribed: count,
  spam_complaints: count,
};

/** The rates of e-mails, each with its base. */
export const emailRates = z
  .object({
    delivery_rate: rate.meta({ description: 'delivered / sent' }),
    bounce_rate: rate.meta({ description: 'bounced / sent' }),
    hard_bounce_rate: rate.meta({ description: 'hard_bounced / sent' }),
    open_rate: rate.meta({ description: 'opened_human / delivered' }),
    open_rate_raw: rate.meta({ description: 'opened_tracked / delivered, machines included' }),
    click_rate: rate.meta({ description: 'clicked_tracked / delivered' }),
    click_to_open_rate: rate.meta({ description: 'clicked_tracked / opened_tracked' }),
    reply_rate: rate.meta({ description: 'replied / delivered' }),
    human_reply_rate: rate.meta({ description: 'replied_human / delivered' }),
    unsubscribe_rate: rate.meta({ description: 'unsubscribed / delivered' }),
    complaint_rate: rate.meta({ description: 'spam_complaints / delivered' }),
  })
  .meta({ id: 'EmailRates' });

/** Counts and rates of e-mails together. */
export const emailFigures = { ...emailCounts, rates: emailRates };

/** What is counted of warm-up messages. */
export const warmupCounts = {
  sent: count,
  delivered: count,
  opened_tracked: count,
  clicked_tracked: count,
  replied: count,
  bounced: count,
  unsubscribed: count,
  spam_complaints: count.meta({ description: 'Found in a spam folder.' }),
};

/** The rates of warm-up messages. */
export const warmupRates = z
  .object({
    delivery_rate: rate.meta({ description: 'delivered / sent' }),
    bounce_rate: rate.meta({ description: 'bounced / sent' }),
    placement_rate: rate.meta({ description: 'in the inbox / delivered' }),
    reply_rate: rate.meta({ description: 'replied / delivered' }),
  })
  .meta({ id: 'WarmupRates' });

/** Counts and rates of warm-up messages together. */
export const warmupFigures = { ...warmupCounts, rates: warmupRates };

const matching = count.meta({ description: 'How many match, on all pages together.' });

const bucketDays = {
  from: day,
  to: day,
  mature: z.boolean().meta({
    description: 'False until 72 hours after the end: opens and answers are still coming in.',
  }),
};

/** One bucket of a series of e-mails. */
export const emailBucket = z.object({ ...bucketDays, ...emailFigures }).meta({ id: 'EmailBucket' });

/** One bucket of a series of warm-up messages. */
export const warmupBucket = z
  .object({ ...bucketDays, ...warmupFigures })
  .meta({ id: 'WarmupBucket' });

/** The figures of a life, or of a whole range. */
export const lifetimeOfEmails = z.object(emailFigures).meta({ id: 'EmailFigures' });

/** A series of e-mails, and that of the range before. */
export const seriesOfEmails = z
  .object({
    data: z.array(emailBucket),
    totals: lifetimeOfEmails,
    previous: z
      .object({ range: covered, totals: lifetimeOfEmails, data: z.array(emailBucket) })
      .optional(),
    range: covered,
    interval: z.enum(widths),
    ...freshness,
  })
  .meta({ id: 'EmailSeries' });

/** Totals over all that match, and the same of the range before. */
export const emailTotals = z.object({ matching, ...emailFigures }).meta({ id: 'EmailTotals' });
export const previousOfEmails = z
  .object({ range: covered, ...emailFigures })
  .meta({ id: 'PreviousEmailFigures' });
