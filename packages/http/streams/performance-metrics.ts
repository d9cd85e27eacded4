import * as z from 'zod';
import { askedInstant } from '../fields.ts';
import { text, textOrNone } from './texts.ts';

// As far as the columns and the buckets of a sketch go: 25 hours, in milliseconds.
const mostValue = 90_000_000;
const lastBucket = 925;
const mostCount = 2_000_000_000;

const count = z.int().min(0).max(mostCount);
const value = z.number().min(0).max(mostValue);

const isBucket = (name: string): boolean =>
  name === 'zero' || (/^(0|-?[1-9]\d{0,3})$/.test(name) && Number(name) <= lastBucket);

const sketch = z
  .record(z.string().refine(isBucket, 'is no bucket of a sketch'), z.int().min(1).max(mostCount))
  .refine((buckets) => Object.keys(buckets).length > 0, 'is empty');

// Percentiles that the sender worked out; none of them is believed where we know the distribution.
const told = {
  p50: value.optional().meta({ description: 'Median. Ours, when `values` or `sketch` is given.' }),
  p95: value.optional().meta({ description: '95th percentile; as `p50`.' }),
  p99: value.optional().meta({ description: '99th percentile; as `p50`.' }),
  mean: value.optional().meta({ description: 'Mean. Ours, when `values` is given.' }),
  min: value.optional().meta({ description: 'Smallest value. Ours, when `values` is given.' }),
  max: value.optional().meta({ description: 'Greatest value. Ours, when `values` is given.' }),
};

const counted = (item: {
  values?: readonly number[] | undefined;
  sketch?: Readonly<Record<string, number>> | undefined;
}): number | undefined =>
  item.values?.length ?? (item.sketch && Object.values(item.sketch).reduce((sum, n) => sum + n, 0));

/**
 * An item of `performance-metrics`: one series (metric, endpoint, method, status, tags) in one minute, from one reporter.
 * Reporters of one series and minute are added up.
 */
export const performanceMetric = z
  .strictObject({
    time: askedInstant.meta({ description: 'When, at most 5 days ago; cut to the minute.' }),
    metric_name: text(100).meta({ examples: ['http_request_duration_ms'] }),
    metric_type: z.enum(['counter', 'gauge', 'histogram', 'summary']).optional().meta({
      description:
        'How values of the metric add up; the first report of a name settles it. By default histogram with a distribution, summary with percentiles, gauge with a mean, a least or a greatest value, else counter.',
    }),
    endpoint: text(500)
      .optional()
      .meta({
        description: 'Route, without identifiers.',
        examples: ['/v1/campaigns/{campaign_id}'],
      }),
    method: text(10).optional(),
    status_code: z.int().min(100).max(599).optional(),
    request_count: count.meta({
      description:
        'Requests in the minute. With `values` or `sketch`: as many as these hold, or 0 for a metric that counts no requests.',
    }),
    error_count: count.meta({ description: 'How many of them failed.' }),
    values: z
      .array(value)
      .min(1)
      .max(1_000)
      .optional()
      .meta({ description: 'Single values, milliseconds for latencies.' }),
    sketch: sketch.optional().meta({
      description:
        'In place of `values`: how many lie in each bucket, where bucket k holds the values in (1.02^(k-1), 1.02^k] and bucket zero those that are 0.',
    }),
    ...told,
    throughput: value.optional().meta({ description: 'Requests a second.' }),
    tags: z
      .record(text(100), textOrNone(200))
      .refine((tags) => Object.keys(tags).length <= 50, 'has more than 50 names')
      .optional()
      .meta({ description: 'Names and texts that tell series apart; few of them.' }),
  })
  .refine((item) => item.error_count <= item.request_count, {
    path: ['error_count'],
    error: 'is more than request_count',
  })
  .refine((item) => item.values === undefined || item.sketch === undefined, {
    path: ['sketch'],
    error: 'is given beside values',
  })
  .refine((item) => [0, counted(item) ?? item.request_count].includes(item.request_count), {
    path: ['request_count'],
    error: 'is neither 0 nor how many values there are',
  })
  .refine(
    ({ p50 = 0, p95 = Infinity, p99 = Infinity }) =>
      p50 <= p95 && p50 <= p99 && (p95 === Infinity || p95 <= p99),
    { path: ['p50'], error: 'percentiles do not ascend' },
  )
  .refine(({ min = 0, mean, max = Infinity }) => min <= (mean ?? min) && (mean ?? min) <= max, {
    path: ['min'],
    error: 'min, mean and max do not ascend',
  })
  .meta({ id: 'PerformanceMetric' });
