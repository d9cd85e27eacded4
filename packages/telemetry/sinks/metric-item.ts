import type { Envelope } from '../envelope.ts';
import type { MetricValue } from './metric-values.ts';

/** An item of the stream `performance-metrics`, and the key under which it counts once. */
export type MetricItem = { readonly key: string; readonly item: Readonly<Record<string, unknown>> };

// What the monitoring tier has columns for; other labels are tags.
const columns = new Set(['endpoint', 'method', 'status_code']);

const isFailed = (status: unknown): boolean => typeof status === 'number' && status >= 500;

const amountsOf = ({ metric, value, errors, labels }: MetricValue) => {
  if (metric.kind === 'counter') return { request_count: value, error_count: errors ?? 0 };
  if (metric.kind === 'gauge') return { request_count: 0, error_count: 0, values: [value] };
  return {
    request_count: 1,
    error_count: isFailed(labels['status_code']) ? 1 : 0,
    values: [value],
  };
};

/** A value of an event as an item of the monitoring tier; its key follows from the event, so that it counts once. */
export const metricItem = ({ id, time }: Envelope, of: MetricValue): MetricItem => {
  const own = Object.entries(of.labels);
  const tags = own.filter(([name]) => !columns.has(name));
  return {
    key: `${id}:${of.metric.name}`,
    item: {
      time,
      metric_name: of.metric.name,
      metric_type: of.metric.kind,
      ...Object.fromEntries(own.filter(([name]) => columns.has(name))),
      ...amountsOf(of),
      tags: Object.fromEntries(tags.map(([name, value]) => [name, String(value)])),
    },
  };
};
