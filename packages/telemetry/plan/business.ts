import * as z from 'zod';
import { entry } from './entry.ts';
import { word } from './fields.ts';

const common = {
  nature: 'behaviour',
  owner: 'growth',
  version: 1,
  sinks: ['posthog'],
  pii: [],
} as const;

/** What becomes of customers (seed 002 §6.3); invoices are made from olap.billing_analytics, never from these. */
export const business = {
  business_signup: entry({
    ...common,
    description: 'A customer signed up.',
    pii: ['email', 'company'],
    properties: z.strictObject({
      plan: word,
      referrer: word.optional(),
      email: z.email().max(320).optional(),
      company: word.optional(),
    }),
    example: {
      plan: 'starter',
      referrer: 'newsletter',
      email: 'ada@example.com',
      company: 'Heron Ltd',
    },
  }),
  business_upgrade: entry({
    ...common,
    description: 'A customer took a larger plan.',
    properties: z.strictObject({ from_plan: word, to_plan: word }),
    example: { from_plan: 'starter', to_plan: 'growth' },
  }),
  business_churn: entry({
    ...common,
    description: 'A customer left.',
    properties: z.strictObject({ plan: word, reason: word.optional() }),
    example: { plan: 'growth', reason: 'price' },
  }),
} as const;
