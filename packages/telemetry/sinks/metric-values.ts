import type { Envelope } from '../envelope.ts';
import type { EntryOf, Metric } from '../plan/entry.ts';

/** What an event says of one metric, with the labels that tell its series apart. */
export type MetricValue = {
  readonly metric: Metric;
  readonly value: number;
  /** How many of a counter failed; null where the plan tells nothing of it. */
  readonly errors: number | null;
  readonly labels: Readonly<Record<string, string | number>>;
};

const isLabel = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

/** The values of an event's metrics, without those it does not tell. */
export const valuesOf = (
  { properties }: Envelope,
  { metrics, labels }: EntryOf<'operations'>,
): MetricValue[] => {
  const told = Object.fromEntries(
    labels.flatMap((name) => {
      const value = properties[name];
      return isLabel(value) ? [[name, value]] : [];
    }),
  );
  return metrics.flatMap((metric) => {
    const value = properties[metric.field];
    const errors = metric.errors === undefined ? null : properties[metric.errors];
    if (typeof value !== 'number') return [];
    return [{ metric, value, errors: typeof errors === 'number' ? errors : null, labels: told }];
  });
};

// As far as columns of the monitoring tier go.
const mostCount = 2_000_000_000;
const mostValue = 90_000_000;

/** Why the monitoring tier would not take a value, null when it does. */
export const faultOf = ({ metric: { name, kind }, value, errors }: MetricValue): string | null => {
  const most = kind === 'counter' ? mostCount : mostValue;
  if (value < 0 || value > most) return `${name} is not between 0 and ${most}`;
  if (kind === 'counter' && !Number.isInteger(value)) return `${name} counts no whole things`;
  return errors !== null && (errors < 0 || errors > value || !Number.isInteger(errors))
    ? `${name} has more errors than there are, or parts of one`
    : null;
};
