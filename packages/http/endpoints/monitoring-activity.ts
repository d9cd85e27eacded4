import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { askedId, day, whole } from '../fields.ts';
import { freshOfMonitoring, since } from './monitoring-window.ts';

const count = z.int().min(0);
const percent = z.number().min(0).max(100).nullable();

const feature = z
  .object({
    module: z.string().nullable(),
    feature: z.string().nullable(),
    unique_users: count,
    total_uses: count,
    avg_duration_seconds: z.number().nullable().meta({
      description: 'Over the uses that tell one. Null when none does.',
    }),
  })
  .meta({ id: 'FeatureUsage' });

const cohort = z
  .object({
    cohort_month: day.meta({ description: 'First day of the month of their first activity, UTC.' }),
    cohort_size: z.int().min(1),
    retained_month_1: count.nullable().meta({
      description: 'Of them: active in the month after. Null before it begins.',
    }),
    retention_rate_month_1: percent.meta({
      description: 'Percent of the cohort. Null until the month is over.',
    }),
    months: z
      .array(
        z.object({
          after: z.int().min(1).meta({ description: 'How many months after that of the cohort.' }),
          month: day,
          retained: count,
          rate: percent.meta({ description: 'Percent of the cohort. Null while it lasts.' }),
          complete: z.boolean().meta({ description: 'Whether the month is over.' }),
        }),
      )
      .meta({ description: 'The months that have begun since, in order.' }),
  })
  .meta({ id: 'RetentionCohort' });

/** What users do: how many there are, what they use, and whether they come back. */
export const monitoringActivityEndpoints = {
  getActiveUsers: {
    method: 'GET',
    path: '/v1/monitoring/active-users',
    tag: 'Monitoring',
    summary: 'How many users are active',
    description:
      'Distinct users of the last hour, 24 hours, 7 and 30 days. The longer two come from rollups, in which users stay distinct after their activity is anonymised: they begin with a whole hour, and who came after `complete_through` may be missing there.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({}),
    response: z
      .object({
        data: z
          .object({
            active_last_hour: count,
            active_last_24h: count,
            active_last_7d: count,
            active_last_30d: count,
          })
          .meta({ id: 'ActiveUsers' }),
        ...freshOfMonitoring,
      })
      .meta({ id: 'ActiveUsersAnswer' }),
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'Active users now' }],
  },
  listFeatureUsage: {
    method: 'GET',
    path: '/v1/monitoring/feature-usage',
    tag: 'Monitoring',
    summary: 'Features by how much they are used',
    description:
      'The features with the most uses, each with its distinct users; activity of the type feature-use, in whole hours.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      days: whole(1, 90, 30).meta({
        description: 'How many times 24 hours, up to now, from the start of an hour.',
      }),
      limit: whole(1, 100, 20).meta({ description: 'Features at most.' }),
      module: askedId.optional().meta({ description: 'Only of this part of the product.' }),
    }),
    response: z
      .object({ data: z.array(feature), since, ...freshOfMonitoring })
      .meta({ id: 'FeatureUsageList' }),
    rows: feature,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'The last week', query: { days: '7', limit: '10' } }],
  },
  listRetentionCohorts: {
    method: 'GET',
    path: '/v1/monitoring/retention-cohorts',
    tag: 'Monitoring',
    summary: 'Whether users come back, by the month they came',
    description:
      'Users by the month of their first activity, and how many of them were active in each month after, the newest cohort first. Months are UTC.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      cohorts: whole(1, 60, 12).meta({ description: 'Cohorts at most, the newest.' }),
      months: whole(1, 60, 12).meta({ description: 'Months after each cohort at most.' }),
    }),
    response: z
      .object({ data: z.array(cohort), ...freshOfMonitoring })
      .meta({ id: 'RetentionCohortList' }),
    rows: cohort,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'Half a year', query: { cohorts: '6', months: '6' } }],
  },
} as const satisfies Endpoints;
