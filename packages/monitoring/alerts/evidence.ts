import { metricOf } from './catalogue.ts';
import type { Explained } from './explain.ts';
import { valueText } from './message.ts';

// Postgres keeps the names of JSON in an order of its own: this is the one to read them in.
const order = [
  'sentence',
  'metric',
  'labels',
  'value',
  'samples',
  'measured_at',
  'window_minutes',
  'operator',
  'threshold',
  'pattern',
  'for_seconds',
  'active_at',
  'fired_at',
];

// JSON knows neither NaN nor the infinities: they are kept as words.
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : null;

/**
 * Why an alert fires, as its evaluation wrote it down, in an order to read it in; with the unit of its numbers, and value,
 * threshold and recovery threshold in words, as `5.2 %`. What is none is null.
 */
export const evidenceOf = ({
  explanation,
  metric_name,
}: Pick<Explained, 'explanation' | 'metric_name'>): Record<string, unknown> => {
  const facts: Record<string, unknown> =
    typeof explanation === 'object' && explanation !== null ? { ...explanation } : {};
  const { unit } = metricOf(metric_name);
  const said = (name: string): string | null => {
    const number = numberOf(facts[name]);
    return number === null ? null : valueText(number, unit);
  };
  const known = order.filter((name) => Object.hasOwn(facts, name));
  return {
    ...Object.fromEntries(known.map((name) => [name, facts[name]])),
    ...facts,
    unit,
    value_text: said('value'),
    threshold_text: said('threshold'),
    recovery_threshold_text: said('recovery_threshold'),
  };
};
