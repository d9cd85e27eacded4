import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { askedId, instant, whole } from '../fields.ts';
import { window } from './monitoring-span.ts';
import { freshOfMonitoring } from './monitoring-window.ts';

const count = z.int().min(0);
const value = z.number().nullable();
const merged = (q: string) =>
  value.meta({
    description: `The ${q} of all values of the window in the unit of the metric, merged and at most 1 % off; no average. Null when the distribution of a part is unknown.`,
  });
const percent = z.number().min(0).max(100).nullable();

const narrowed = {
  endpoint: askedId.optional().meta({ description: 'Only this endpoint.' }),
  metric_name: askedId.optional().meta({ description: 'Only this metric. By default all.' }),
};

const hours = {
  hours: whole(1, 168, 24).meta({
    description:
      'How far back, in hours: the window begins with the five minutes that lie so far back, and ends with those that run.',
  }),
};

const measured = {
  metric_name: z.string().meta({
    description: 'An endpoint with several metrics has a row for each.',
  }),
  endpoint: z.string(),
};

const errorRate = percent.meta({
  description: 'Failed requests in percent of all. Null without requests.',
});

const performance = z
  .object({
    ...measured,
    total_requests: count,
    avg_p50: merged('median'),
    avg_p95: merged('95th percentile'),
    avg_p99: merged('99th percentile'),
    avg_error_rate: errorRate,
    total_errors: count,
  })
  .meta({ id: 'ApiPerformance' });

const slow = z
  .object({
    ...measured,
    avg_p95: merged('95th percentile'),
    max_p99: value.meta({ description: 'The highest 99th percentile of five minutes.' }),
    data_points: count.meta({ description: 'Spans of five minutes whose p95 is above p95_ms.' }),
    spans: count.meta({ description: 'Of how many spans that were measured.' }),
    total_requests: count,
    avg_error_rate: errorRate,
  })
  .meta({ id: 'SlowEndpoint' });

const stored = (q: string) =>
  value.meta({ description: `The ${q} of the hour. Null when unknown or nothing was measured.` });

const counted = (what: string) =>
  count.nullable().meta({ description: `${what} of the hour. Null when nothing was measured.` });

const hour = z
  .object({
    hour: instant.meta({ description: 'When it begins.' }),
    ...measured,
    avg_p50: stored('median'),
    avg_p95: stored('95th percentile'),
    avg_p99: stored('99th percentile'),
    total_requests: counted('Requests'),
    total_errors: counted('Failed requests'),
    error_rate_percent: errorRate,
    complete: z.boolean().meta({
      description: 'The hour is over, and nothing that was sent for it waits to be rolled up.',
    }),
  })
  .meta({ id: 'PerformanceHour' });

/** The performance of endpoints: the busiest, the slowest, and one hour by hour. */
export const monitoringPerformanceEndpoints = {
  listApiPerformance: {
    method: 'GET',
    path: '/v1/monitoring/performance',
    tag: 'Monitoring',
    summary: 'Endpoints with the most requests',
    description:
      'Requests, errors and percentiles of each endpoint over the last hours, the busiest first. Metrics without an endpoint are not in it.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      ...hours,
      ...narrowed,
      limit: whole(1, 500, 20).meta({ description: 'Rows at most; there is no page after them.' }),
    }),
    response: z
      .object({ data: z.array(performance), window, ...freshOfMonitoring })
      .meta({ id: 'ApiPerformanceList' }),
    rows: performance,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'The busiest endpoints of the last hour', query: { hours: '1' } }],
  },
  listSlowestEndpoints: {
    method: 'GET',
    path: '/v1/monitoring/performance/slowest',
    tag: 'Monitoring',
    summary: 'Slow endpoints, the slowest first',
    description:
      'Endpoints whose 95th percentile is above a threshold: over all requests of the window, or, with `over=span`, in some five minutes of it.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      ...hours,
      ...narrowed,
      p95_ms: whole(0, 10_000_000, 1_000).meta({
        description: 'The threshold, in the unit of the metric: milliseconds for times.',
      }),
      over: z.enum(['window', 'span']).default('window').meta({
        description: 'What has to be above it: the p95 of the window, or that of any five minutes.',
      }),
      limit: whole(1, 1_000, 100).meta({
        description: 'Rows at most; there is no page after them.',
      }),
    }),
    response: z
      .object({ data: z.array(slow), window, ...freshOfMonitoring })
      .meta({ id: 'SlowEndpointList' }),
    rows: slow,
    cache: 'facts',
    rate: 'read',
    examples: [
      { title: 'Slow in the last 24 hours' },
      { title: 'Slow for a while', query: { p95_ms: '500', over: 'span' } },
    ],
  },
  getPerformanceTrend: {
    method: 'GET',
    path: '/v1/monitoring/performance/trend',
    tag: 'Monitoring',
    summary: 'One endpoint, hour by hour',
    description:
      'Every hour of the last days, the latest first. An hour in which nothing was measured is there, with nulls; an endpoint of which nothing was measured at all has no row.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      endpoint: askedId.meta({ description: 'The endpoint, as it was reported.' }),
      metric_name: narrowed.metric_name,
      days: whole(1, 90, 7).meta({
        description:
          'How far back, in days: the window begins with the hour that lies so far back, and ends with the one that runs.',
      }),
    }),
    response: z
      .object({ data: z.array(hour), window, ...freshOfMonitoring })
      .meta({ id: 'PerformanceTrend' }),
    rows: hour,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'One week of reports', query: { endpoint: '/api/reports' } }],
  },
} as const satisfies Endpoints;
