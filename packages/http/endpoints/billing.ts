import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { day, freshness, instant, nextCursor, page } from '../fields.ts';

const count = z.int().min(0);
const share = z.number().min(0).nullable();
// The order of these lists cannot be chosen.
const { limit, cursor } = page(['newest']);
const readers = ['tenant-admin', 'operator'] as const;

const number = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'is not the number of a period')
  .transform(Number);

const domainsNote = 'Null when the domain of a mailbox is unknown.';

const usage = {
  emails_sent: count,
  mailboxes_used: count,
  domains_used: count.nullable().meta({ description: domainsNote }),
  campaigns_used: count,
  leads_used: count,
  warmups_active: count.meta({ description: 'Most mailboxes that warmed up on one day.' }),
};

const differences = {
  emails_sent: z.int(),
  mailboxes_used: z.int(),
  domains_used: z.int().nullable().meta({ description: 'Null when either side is unknown.' }),
  campaigns_used: z.int(),
  leads_used: z.int(),
  warmups_active: z.int(),
};
const summed = z.object({ count, ...differences }).meta({ id: 'SummedAdjustments' });

const period = z
  .object({
    period_id: z.int().min(1),
    subscription_id: z.string().nullable(),
    state: z.enum(['open', 'closed']).meta({
      description: 'open: follows the facts. closed: fixed; later changes become adjustments.',
    }),
    first_day: day,
    end_day: day.meta({ description: 'First day after the period.' }),
    period_start: instant,
    period_end: instant,
    timezone: z.string(),
    closed_at: instant.nullable(),
    updated: instant.meta({
      description:
        'When a value of the period last changed; counting it again to the same does not count.',
    }),
    ...usage,
    adjustments: z.object({ billable: summed, unbillable: summed }).meta({
      description:
        'What changed in earlier, closed periods and is applied to this one. Unbillable: found too late to be charged.',
    }),
    adjusted: z
      .object({ ...differences })
      .meta({ description: 'Usage plus billable adjustments: what to charge in this period.' }),
  })
  .meta({ id: 'BillingPeriod' });

const adjustment = z
  .object({
    adjustment_id: z.int().min(1),
    period_id: z.int().min(1).meta({ description: 'The closed period whose usage changed.' }),
    applied_to: z.int().min(1).meta({ description: 'The period that carries the difference.' }),
    billable: z.boolean(),
    created: instant,
    ...differences,
  })
  .meta({ id: 'BillingAdjustment' });

const quota = z
  .string()
  .regex(/^[1-9]\d{0,11}$/, 'is not a whole number from 1')
  .transform(Number)
  .optional()
  .meta({ description: 'What the subscription allows in a period. Quotas are kept elsewhere.' });

const ratio = { quota: count, used: count.nullable(), share };
const quotaUse = z
  .object(ratio)
  .meta({ id: 'QuotaUse', description: 'share: used / quota to four decimals.' });
const emailQuotaUse = z
  .object({
    ...ratio,
    projected_share: share.meta({ description: 'Projected e-mails / quota.' }),
    reached: z.boolean(),
    reached_on: day.nullable().meta({
      description:
        'The day on which the e-mails of the period reached the quota; before that, the day on which they will at the projected pace. Null when that is not in this period, or not known.',
    }),
  })
  .meta({ id: 'EmailQuotaUse' });

const projection = z
  .object({
    full_days: count.meta({
      description: 'Days of the period that are over and whose facts are complete.',
    }),
    full_days_sent: count.meta({ description: 'E-mails sent on these days.' }),
    emails_sent: count.nullable().meta({
      description:
        'full_days_sent / full_days × the days of the period, rounded, and at least emails_sent so far: every remaining day is taken to be like the average full one. Null before the first full day.',
    }),
  })
  .meta({ id: 'UsageProjection' });

const current = z
  .object({
    ...period.shape,
    today: day.meta({ description: 'Today in the time zone of the tenant.' }),
    elapsed_share: z.number().min(0).max(1).meta({
      description:
        'How much of the time from period_start to period_end is over, to four decimals.',
    }),
    projection,
    quotas: z
      .object({
        emails_sent: emailQuotaUse.nullable(),
        mailboxes_used: quotaUse.nullable(),
        domains_used: quotaUse.nullable(),
        campaigns_used: quotaUse.nullable(),
        leads_used: quotaUse.nullable(),
        warmups_active: quotaUse.nullable(),
      })
      .meta({ description: 'Usage against each quota you gave; adjustments do not use up any.' }),
  })
  .meta({ id: 'CurrentBilling' });

/** Billing: periods with their usage, the one that runs, and what changed after a period closed. */
export const billingEndpoints = {
  listBillingPeriods: {
    method: 'GET',
    path: '/v1/billing/periods',
    tag: 'Billing',
    summary: 'Billing periods, the newest first',
    description:
      'Every period with its usage, the adjustments applied to it, and the usage adjusted by those that are billable.',
    roles: readers,
    params: z.strictObject({}),
    query: z.strictObject({
      limit,
      cursor,
      state: z.enum(['open', 'closed']).optional().meta({ description: 'Only in this state.' }),
    }),
    response: z
      .object({ data: z.array(period), next_cursor: nextCursor, ...freshness })
      .meta({ id: 'BillingPeriodList' }),
    rows: period,
    cache: 'billing',
    rate: 'read',
    examples: [{ title: 'The periods that are final', query: { state: 'closed' } }],
  },
  getBillingPeriod: {
    method: 'GET',
    path: '/v1/billing/periods/{period_id}',
    tag: 'Billing',
    summary: 'One billing period',
    description: 'A period with its usage and the adjustments applied to it.',
    roles: readers,
    params: z.strictObject({ period_id: number }),
    query: z.strictObject({}),
    response: z.object({ data: period, ...freshness }).meta({ id: 'BillingPeriodAnswer' }),
    cache: 'billing',
    rate: 'read',
    examples: [{ title: 'One period', params: { period_id: '1' } }],
  },
  getCurrentBilling: {
    method: 'GET',
    path: '/v1/billing/current',
    tag: 'Billing',
    summary: 'The billing period that runs',
    description:
      'The open period that holds today: usage so far, how much of it is over, where the e-mails will end at this pace, and how that compares with the quotas you give. Not found before the first e-mail of the period has been counted.',
    roles: readers,
    params: z.strictObject({}),
    query: z.strictObject({
      quota_emails: quota,
      quota_mailboxes: quota,
      quota_domains: quota,
      quota_campaigns: quota,
      quota_leads: quota,
      quota_warmups: quota,
    }),
    response: z.object({ data: current, ...freshness }).meta({ id: 'CurrentBillingAnswer' }),
    cache: 'billing',
    rate: 'read',
    examples: [{ title: 'Against a quota of e-mails', query: { quota_emails: '50000' } }],
  },
  listBillingAdjustments: {
    method: 'GET',
    path: '/v1/billing/adjustments',
    tag: 'Billing',
    summary: 'Changes to closed periods, the newest first',
    description:
      'Each is a difference in the usage of a closed period, and belongs to the period it is applied to.',
    roles: readers,
    params: z.strictObject({}),
    query: z.strictObject({
      limit,
      cursor,
      period_id: number.optional().meta({ description: 'Only changes of this closed period.' }),
      applied_to: number.optional().meta({ description: 'Only those that this period carries.' }),
      billable: z
        .enum(['true', 'false'])
        .transform((text) => text === 'true')
        .optional()
        .meta({ description: 'Only those that are charged, or only those that are not.' }),
    }),
    response: z
      .object({ data: z.array(adjustment), next_cursor: nextCursor, ...freshness })
      .meta({ id: 'BillingAdjustmentList' }),
    rows: adjustment,
    cache: 'billing',
    rate: 'read',
    examples: [{ title: 'What is charged', query: { billable: 'true' } }],
  },
} as const satisfies Endpoints;
