import type { Envelope } from './envelope.ts';
import type { Metric, Plan } from './plan/entry.ts';
import { plan } from './plan/plan.ts';

/** A value of a metric that an event tells; `labels` tell series apart, `errors` is null where nothing can fail. */
export type Measure = Pick<Metric, 'name' | 'unit' | 'kind'> & {
  readonly value: number;
  readonly errors: number | null;
  readonly labels: Readonly<Record<string, string>>;
};

const numberIn = (properties: Envelope['properties'], field: string): number | null => {
  const value = properties[field];
  return typeof value === 'number' ? value : null;
};

const labelsOf = (
  properties: Envelope['properties'],
  names: readonly string[],
): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = properties[name];
      return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
    }),
  );

/** What an event of nature `operations` tells as metrics, in the plan's order; a value that was not sent is left out. */
export const measuresOf = (envelope: Envelope, known: Plan = plan): Measure[] => {
  const entry = Object.hasOwn(known, envelope.event) ? known[envelope.event] : undefined;
  if (entry?.nature !== 'operations') return [];
  const labels = labelsOf(envelope.properties, entry.labels);
  return entry.metrics.flatMap(({ name, unit, kind, field, errors }) => {
    const value = numberIn(envelope.properties, field);
    if (value === null) return [];
    const failed = errors === undefined ? null : numberIn(envelope.properties, errors);
    return [{ name, unit, kind, value, errors: failed, labels }];
  });
};
