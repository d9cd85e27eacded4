import type { Columns, RowOf } from '@rookery/db/statement';

/** Sums of e-mails as every report reads them; what people did is null where the source does not tell it for all of them. */
export const emailSums = {
  sent: 'int8',
  delivered: 'int8',
  opened_tracked: 'int8',
  opened_human: 'int8?',
  clicked_tracked: 'int8',
  replied: 'int8',
  replied_human: 'int8?',
  bounced: 'int8',
  hard_bounced: 'int8',
  unsubscribed: 'int8',
  spam_complaints: 'int8',
} as const satisfies Columns;

/** Sums of warm-up messages as every report reads them. */
export const warmupSums = {
  sent: 'int8',
  delivered: 'int8',
  opened_tracked: 'int8',
  clicked_tracked: 'int8',
  replied: 'int8',
  bounced: 'int8',
  unsubscribed: 'int8',
  spam_complaints: 'int8',
} as const satisfies Columns;

/** A share with its base. `n`: the e-mails sent that it rests on. */
export type Rate = {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly n: number;
};

/** A share to four decimals; null when the denominator is 0 or the numerator is unknown (guide §6.2). */
export const rateOf = (numerator: number | null, denominator: number, n: number): Rate => {
  if (numerator === null) return { value: null, numerator: null, denominator: null, n: 0 };
  const value = denominator === 0 ? null : Math.round((numerator / denominator) * 1e4) / 1e4;
  return { value, numerator, denominator, n };
};

/** Counters and rates of e-mails, as the API answers them. */
export const emailFigures = (row: RowOf<typeof emailSums>) => {
  const { sent, delivered, opened_tracked, clicked_tracked, replied, bounced } = row;
  const { hard_bounced, unsubscribed, spam_complaints, opened_human, replied_human } = row;
  return {
    sent,
    delivered,
    opened_tracked,
    opened_human,
    clicked_tracked,
    replied,
    replied_human,
    bounced,
    hard_bounced,
    unsubscribed,
    spam_complaints,
    rates: {
      delivery_rate: rateOf(delivered, sent, sent),
      bounce_rate: rateOf(bounced, sent, sent),
      hard_bounce_rate: rateOf(hard_bounced, sent, sent),
      open_rate: rateOf(opened_human, delivered, sent),
      open_rate_raw: rateOf(opened_tracked, delivered, sent),
      click_rate: rateOf(clicked_tracked, delivered, sent),
      click_to_open_rate: rateOf(clicked_tracked, opened_tracked, sent),
      reply_rate: rateOf(replied, delivered, sent),
      human_reply_rate: rateOf(replied_human, delivered, sent),
      unsubscribe_rate: rateOf(unsubscribed, delivered, sent),
      complaint_rate: rateOf(spam_complaints, delivered, sent),
    },
  };
};

/** Counters and rates of warm-up messages, as the API answers them; what is not found in spam is in the inbox. */
export const warmupFigures = (row: RowOf<typeof warmupSums>) => {
  const { sent, delivered, opened_tracked, clicked_tracked, replied } = row;
  const { bounced, unsubscribed, spam_complaints } = row;
  return {
    sent,
    delivered,
    opened_tracked,
    clicked_tracked,
    replied,
    bounced,
    unsubscribed,
    spam_complaints,
    rates: {
      delivery_rate: rateOf(delivered, sent, sent),
      bounce_rate: rateOf(bounced, sent, sent),
      placement_rate: rateOf(delivered - spam_complaints, delivered, sent),
      reply_rate: rateOf(replied, delivered, sent),
    },
  };
};
