import type { Envelope } from '../envelope.ts';
import { platformTenant } from '../plan/category.ts';
import type { MetricValue } from './metric-values.ts';

const namespace = 'Rookery/Telemetry';
const units = { count: 'Count', milliseconds: 'Milliseconds', percent: 'Percent' } as const;

// Routes, methods and statuses stay out: each set of values is a metric that CloudWatch asks 0.30 USD a month for.
const few = ['service', 'pool'];

/**
 * An event's values as a line of CloudWatch's embedded metric format. Dimensions are the stage, whether it is about the platform or
 * a customer, and for the platform alone its services and pools: what customers call theirs could be any number of names.
 * Tenant and event are in the line for who searches, and no dimension.
 */
export const metricLine = (
  { id, event, time, tenant_id }: Envelope,
  values: readonly MetricValue[],
  stage: string,
): object => {
  const isPlatform = tenant_id === platformTenant;
  const labels = Object.entries(values[0]?.labels ?? {}).filter(
    ([name]) => isPlatform && few.includes(name),
  );
  const told = values.flatMap(({ metric: { name, unit }, value, errors }) => [
    { Name: name, Unit: units[unit], value },
    ...(errors === null ? [] : [{ Name: `${name}_failed`, Unit: units.count, value: errors }]),
  ]);
  const dimensions = {
    stage,
    origin: isPlatform ? 'platform' : 'customers',
    ...Object.fromEntries(labels.map(([name, value]) => [name, String(value)])),
  };
  return {
    _aws: {
      Timestamp: Date.parse(time),
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: told.map(({ Name, Unit }) => ({ Name, Unit })),
        },
      ],
    },
    ...dimensions,
    ...Object.fromEntries(told.map(({ Name, value }) => [Name, value])),
    event_id: id,
    event,
    tenant_id,
  };
};
