import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { askedDay, day, freshness, instant } from '../fields.ts';

const figure = z
  .object({
    day: day.meta({ description: 'A UTC day: external analytics knows no zone of a tenant.' }),
    metric: z.string().meta({
      description: 'What is counted, such as `product_active_users` or `plan_upgrades`.',
    }),
    value: z.int().min(0),
    source: z.string().meta({ description: 'The system it was read from.' }),
    updated: instant.meta({ description: 'When the value last changed.' }),
  })
  .meta({ id: 'ProductUsageFigure' });

/** The few aggregates that came back from product analytics. */
export const productUsageEndpoints = {
  listProductUsage: {
    method: 'GET',
    path: '/v1/product-usage',
    tag: 'Overview',
    summary: 'How the product is used, day by day',
    description:
      'Stable aggregates of external analytics: a short list of figures, read back once a day where the deployment has turned that on, and else none. A day without a figure was not counted, or had none. Single events are not kept here.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      from: askedDay.optional().meta({ description: 'First day. By default 30 days before `to`.' }),
      to: askedDay.optional().meta({
        description: 'First day after the range. By default tomorrow; up to 732 days.',
      }),
    }),
    response: z
      .object({
        data: z.array(figure),
        range: z.object({ from: day, to: day, timezone: z.literal('UTC') }),
        ...freshness,
      })
      .meta({ id: 'ProductUsage' }),
    rows: figure,
    cache: 'facts',
    rate: 'read',
    examples: [
      { title: 'The last 30 days' },
      { title: 'One month', query: { from: '2025-03-01', to: '2025-04-01' } },
    ],
  },
} as const satisfies Endpoints;
