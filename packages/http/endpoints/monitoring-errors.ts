import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { askedId, day, id, instant, whole } from '../fields.ts';
import { severities } from '../words.ts';
import { window } from './monitoring-span.ts';
import { freshOfMonitoring, oneOf } from './monitoring-window.ts';

const count = z.int().min(0);

const severity = oneOf(severities);

const days = (usual: number) => ({
  days: whole(1, 30, usual).meta({
    description:
      'How far back, in days: the window begins with the day of UTC that lies so far back, and ends with today.',
  }),
});

const environment = {
  environment: askedId.optional().meta({
    description: 'Only errors of this environment, such as production.',
  }),
};

const topError = z
  .object({
    id,
    message: z.string(),
    error_type: z.string(),
    severity,
    environment: z.string(),
    occurrence_count: count.meta({ description: 'Over the whole life of the group.' }),
    occurrences_in_window: count.nullable().meta({
      description: 'In the window. Null when its days were not counted.',
    }),
    affected_users: count.meta({ description: 'Distinct users it met, over its whole life.' }),
    status: oneOf(['new', 'acknowledged', 'in-progress', 'resolved', 'ignored']),
    first_seen: instant,
    last_seen: instant,
    duration_hours: z
      .number()
      .min(0)
      .meta({ description: 'From the first to the last, in hours.' }),
  })
  .meta({ id: 'TopError' });

const errorDay = z
  .object({
    day: day.meta({ description: 'In UTC.' }),
    error_type: z.string(),
    error_count: count.meta({ description: 'Occurrences on the day; with `of=groups` groups.' }),
    affected_users: count.meta({
      description: 'Distinct users they met; occurrences without a user add none.',
    }),
    groups: count.meta({ description: 'Distinct groups among them.' }),
  })
  .meta({ id: 'ErrorDay' });

const unresolved = z
  .object({
    severity,
    unresolved_count: count.meta({ description: 'Groups.' }),
    total_occurrences: count.meta({ description: 'Over their whole lives.' }),
    total_users_affected: count.meta({
      description:
        'The users of each group, added up over their whole lives: who met two counts twice.',
    }),
    distinct_users: count.meta({
      description: 'Distinct users that met one of them in the window.',
    }),
  })
  .meta({ id: 'UnresolvedErrors' });

/** Reports of errors: the most frequent, day by day, and what is unresolved. */
export const monitoringErrorEndpoints = {
  listTopErrors: {
    method: 'GET',
    path: '/v1/monitoring/errors/top',
    tag: 'Monitoring',
    summary: 'The most frequent errors',
    description:
      'Groups of equal errors seen in the last days, by their occurrences in the window or, with `by=occurrence_count`, over their whole lives.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      ...days(7),
      ...environment,
      by: z
        .enum(['occurrences_in_window', 'occurrence_count'])
        .default('occurrences_in_window')
        .meta({ description: 'What puts a group on top.' }),
      limit: whole(1, 500, 20).meta({ description: 'Rows at most; there is no page after them.' }),
    }),
    response: z
      .object({ data: z.array(topError), window, ...freshOfMonitoring })
      .meta({ id: 'TopErrorList' }),
    rows: topError,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'The most frequent in production', query: { environment: 'production' } }],
  },
  listErrorTrend: {
    method: 'GET',
    path: '/v1/monitoring/errors/trend',
    tag: 'Monitoring',
    summary: 'Errors by type and day',
    description:
      'Occurrences of each type of error on each day of UTC, the latest first, counted exactly whatever is kept of them. A day without errors of a type has no row. `of=groups` counts groups instead, each on the day of its last occurrence, with the user of that one.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      ...days(30),
      ...environment,
      error_type: askedId.optional().meta({ description: 'Only errors of this type.' }),
      of: z.enum(['occurrences', 'groups']).default('occurrences').meta({
        description: 'What is counted.',
      }),
      limit: whole(1, 10_000, 1_000).meta({
        description: 'Rows at most; there is no page after them.',
      }),
    }),
    response: z
      .object({ data: z.array(errorDay), window, ...freshOfMonitoring })
      .meta({ id: 'ErrorTrend' }),
    rows: errorDay,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'The last week', query: { days: '7' } }],
  },
  listUnresolvedErrors: {
    method: 'GET',
    path: '/v1/monitoring/errors/unresolved',
    tag: 'Monitoring',
    summary: 'Unresolved errors by severity, the worst first',
    description:
      'Groups seen in the last days that are new, acknowledged or in progress; a severity without any has no row.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({ ...days(30), ...environment }),
    response: z
      .object({ data: z.array(unresolved), window, ...freshOfMonitoring })
      .meta({ id: 'UnresolvedErrorList' }),
    rows: unresolved,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'What is open' }],
  },
} as const satisfies Endpoints;
