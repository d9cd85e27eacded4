import type { Columns } from '@rookery/db/statement';
import { emailSums, warmupSums } from './figures.ts';

/**
 * A daily fact as reports read it: its table, what names a row beside the day, what is summed, and what is known of it.
 * `about` holds columns that are not sums, each an aggregate over the days of the range.
 */
export type Daily<Ids extends Columns, Sums extends Columns, About extends Columns> = {
  readonly table: string;
  readonly ids: Ids;
  readonly sums: Sums;
  readonly about: About;
  readonly aboutSql: { readonly [K in keyof About]: string };
  /** Sort keys that callers may name, besides the identifier: expressions over the sums. Never null. */
  readonly sortable: Readonly<Record<string, string>>;
};

// The value of the last day that has one.
const last = (column: string): string =>
  `(array_agg(f.${column} order by f.day desc) filter (where f.${column} is not null))[1]`;

// A rate without a base sorts below every other.
const share = (numerator: string, denominator: string): string =>
  `coalesce(${numerator}::float8 / nullif(${denominator}, 0), -1)`;

const byEmailFigures = {
  sent: 'sent::float8',
  replied: 'replied::float8',
  bounced: 'bounced::float8',
  reply_rate: share('replied', 'delivered'),
  bounce_rate: share('bounced', 'sent'),
  open_rate_raw: share('opened_tracked', 'delivered'),
};

/** Campaigns by day. */
export const campaigns = {
  table: 'campaign_analytics',
  ids: { campaign_id: 'text' },
  sums: emailSums,
  about: {
    company_id: 'text?',
    status: 'text?',
    completed_leads: 'int4?',
    first_day: 'date?',
    last_day: 'date?',
  },
  aboutSql: {
    company_id: 'min(f.company_id)',
    status: last('status'),
    completed_leads: last('completed_leads'),
    first_day: 'min(f.day)',
    last_day: 'max(f.day)',
  },
  sortable: byEmailFigures,
} as const satisfies Daily<Columns, Columns, Columns>;

/** Sending mailboxes by day. */
export const mailboxes = {
  table: 'mailbox_analytics',
  ids: { mailbox_id: 'text' },
  sums: emailSums,
  about: {
    company_id: 'text?',
    domain_id: 'text?',
    health_score: 'int4?',
    warmup_status: 'text?',
    campaign_status: 'text?',
    current_volume: 'int4?',
    spf: 'bool?',
    dkim: 'bool?',
    dmarc: 'bool?',
    first_day: 'date?',
    last_day: 'date?',
  },
  aboutSql: {
    company_id: 'min(f.company_id)',
    domain_id: last('domain_id'),
    // Of the last day, null included: an older score is not the health of today.
    health_score: '(array_agg(f.health_score order by f.day desc))[1]',
    warmup_status: last('warmup_status'),
    campaign_status: last('campaign_status'),
    current_volume: '(array_agg(f.current_volume order by f.day desc))[1]',
    spf: last('spf'),
    dkim: last('dkim'),
    dmarc: last('dmarc'),
    first_day: 'min(f.day)',
    last_day: 'max(f.day)',
  },
  sortable: { ...byEmailFigures, health_score: 'coalesce(health_score, -1)::float8' },
} as const satisfies Daily<Columns, Columns, Columns>;

/** Warming mailboxes by day. */
export const warmups = {
  table: 'warmup_analytics',
  ids: { mailbox_id: 'text' },
  // Planned only where the source has a plan: null when no day of the range has one.
  sums: { ...warmupSums, planned: 'int8?' },
  about: {
    company_id: 'text?',
    health_score: 'int4?',
    progress_percentage: 'int4?',
    last_planned: 'int4?',
    ramp_days: 'int4?',
    first_day: 'date?',
    last_day: 'date?',
  },
  aboutSql: {
    company_id: 'min(f.company_id)',
    health_score: '(array_agg(f.health_score order by f.day desc))[1]',
    progress_percentage: last('progress_percentage'),
    last_planned: '(array_agg(f.planned order by f.day desc))[1]',
    ramp_days: last('ramp_days'),
    first_day: 'min(f.day)',
    last_day: 'max(f.day)',
  },
  sortable: {
    sent: 'sent::float8',
    health_score: 'coalesce(health_score, -1)::float8',
    progress_percentage: 'coalesce(progress_percentage, -1)::float8',
    placement_rate: share('(delivered - spam_complaints)', 'delivered'),
  },
} as const satisfies Daily<Columns, Columns, Columns>;

/** Steps of sequences by day. */
export const steps = {
  table: 'sequence_step_analytics',
  ids: { campaign_id: 'text', step_id: 'text' },
  sums: emailSums,
  about: {
    company_id: 'text?',
    step_position: 'int4?',
    variant: 'text?',
    first_day: 'date?',
    last_day: 'date?',
  },
  aboutSql: {
    company_id: 'min(f.company_id)',
    step_position: last('step_position'),
    // Of the day that last knew the step: null there means that it is no test any more.
    variant:
      '(array_agg(f.variant order by f.day desc) filter (where f.step_position is not null))[1]',
    first_day: 'min(f.day)',
    last_day: 'max(f.day)',
  },
  // A step whose place is unknown sorts after every place.
  sortable: {
    ...byEmailFigures,
    position: 'coalesce(step_position, 2147483647)::float8',
  },
} as const satisfies Daily<Columns, Columns, Columns>;
