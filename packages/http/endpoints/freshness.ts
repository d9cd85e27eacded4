import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { day, freshness, instant } from '../fields.ts';
import { roles } from '../identity.ts';

const count = z.int().min(0);

/** What freshness may be. */
export const freshnessStates = ['current', 'behind', 'drifting', 'unknown'] as const;

const aggregatedDay = z
  .object({
    day,
    aggregated_at: instant,
    reason: z.string().meta({ description: 'What made the day be counted again.' }),
  })
  .meta({ id: 'AggregatedDay' });

const reconciliation = z
  .object({
    reconciled_at: instant,
    cells: count.meta({ description: 'Days compared.' }),
    behind: count.meta({ description: 'Days that differed because a change was on its way.' }),
    drift: count.meta({ description: 'Days that differed without a change on its way.' }),
  })
  .meta({
    id: 'Reconciliation',
    description: 'The last comparison of the facts with the e-mails.',
  });

/** How fresh the facts are. */
export const freshnessEndpoints = {
  getFreshness: {
    method: 'GET',
    path: '/v1/freshness',
    tag: 'Freshness',
    summary: 'How fresh the facts are',
    description:
      'Up to when the facts are complete, when days were counted last, and what the last comparison with the e-mails found. `data` has the days of the last 35 that have been counted, the newest first.',
    roles,
    params: z.strictObject({}),
    query: z.strictObject({}),
    response: z
      .object({
        state: z.enum(freshnessStates).meta({
          description:
            '`current`: complete up to the last hour. `behind`: not so, as when changes that were found wait to be counted. `drifting`: the last comparison found days that differ without a reason. `unknown`: nothing has been counted yet, or nothing completely.',
        }),
        summary: z.string().meta({ description: 'The state in a sentence.' }),
        last_aggregated_at: instant.nullable().meta({
          description: 'When a day was counted last. Null before the first.',
        }),
        days_known: count.meta({ description: 'Days that have been counted, all together.' }),
        first_day: day.nullable(),
        last_day: day.nullable(),
        days_pending: count.meta({
          description:
            'Days known to have changed and not counted since. `complete_through` is held back to before the first of them was found.',
        }),
        leads_pending: count.meta({
          description:
            'Leads whose e-mails left a day, not recounted since; they hold it back too.',
        }),
        pending_since: instant.nullable().meta({
          description: 'When the first of what is pending was found. Null when nothing is.',
        }),
        reconciliation: reconciliation.nullable(),
        data: z.array(aggregatedDay),
        ...freshness,
      })
      .meta({ id: 'Freshness' }),
    rows: aggregatedDay,
    cache: 'none',
    rate: 'read',
    examples: [{ title: 'How fresh the facts are' }],
  },
} as const satisfies Endpoints;
